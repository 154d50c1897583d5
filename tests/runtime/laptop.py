"""A laptop of a test's own: its own folders, real room processes on 127.0.0.1, and nothing of it left behind."""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from workshop_tui.domain import commands as cmd
from workshop_tui.room.queue_page import QueuePage
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.runtime import processes, running, starting
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.running import RunFile
from workshop_tui.runtime.serving import ServeAsked
from workshop_tui.runtime.sessions import NewSession
from workshop_tui.settings import HOME_VARIABLE
from workshop_tui.storage import key_file
from workshop_tui.storage.key_file import KeyFile
from workshop_tui.storage.keys import FileKey

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
"""Windows ends a process at once for any signal, and does not know this one's name."""

SHORT_EVENING = """
title = "A short evening"
stage = "needs"

[[item]]
title = "How you got here"
minutes = 30
question = "How did you get here?"
[item.phone]
kind = "single"
options = ["On foot", "By bus", "By car", "By bicycle"]

[[item]]
title = "Your own"
minutes = 45
question = "What was it like?"
[item.phone]
kind = "vignette"

[[item]]
title = "For the facilitator"
minutes = 5
question = "What do you need?"
[item.phone]
kind = "private"
"""
"""i01 is a vote, i02 takes stories, i03 takes private words."""


REHEARSED = ["--unlocked", "A rehearsal", "--keep-until", "undecided"]
"""What is said of a session that begins and is not locked, so that nothing is asked."""


class Laptop:
    """One machine that may run rooms.

    Args:
        folder: Everything it keeps lies below here; `WORKSHOP_TUI_HOME` points to its `home`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.agenda = self.write("evening.toml", SHORT_EVENING)
        self._pids: set[int] = set()

    @property
    def runtime(self) -> Path:
        """Where run files and logs lie."""
        return self.home / "run"

    def write(self, name: str, text: str) -> Path:
        """A text file in this laptop's folder."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    # Rooms. --------------------------------------------------------------------------------------

    def asked(self, name: str = "day.workshop", **asked: object) -> ServeAsked:
        """What a new room of the short evening is asked to serve."""
        usual: dict[str, object] = {
            "session_path": str(self.folder / name),
            "new": NewSession(agenda=str(self.agenda)),
            "address": "127.0.0.1",
            "any_port": True,
        }
        return ServeAsked(**{**usual, **asked})  # type: ignore[arg-type]

    def begin(self, name: str = "day.workshop", **asked: object) -> RunFile:
        """Start a new session."""
        return self._started(self.asked(name, **asked))

    def begin_locked(self, passphrase: str, name: str = "day.workshop", slip: str = "", **asked: object) -> RunFile:
        """Start a new session that is locked."""
        session_id = secrets.token_hex(8)
        known, key = key_file.new(session_id, self.agenda.name, passphrase, slip)
        new = NewSession(agenda=str(self.agenda), id=session_id)
        return self._started(self.asked(name, new=new, **asked), key, known)

    def resume_locked(self, session: str | Path, passphrase: str) -> RunFile:
        """Start a room on a locked session file that is there."""
        key = KeyRing(passphrase).key_of(Path(session))
        return self._started(ServeAsked(session_path=str(session)), key)

    def resume(self, session: str | Path, **asked: object) -> RunFile:
        """Start a room on a session file that is there."""
        return self._started(ServeAsked(session_path=str(session), **asked))  # type: ignore[arg-type]

    def _started(self, asked: ServeAsked, key: FileKey | None = None, known: KeyFile | None = None) -> RunFile:
        run = starting.start_room(asked, key, known)
        self._pids.add(run.pid)
        return run

    def strike(self, run: RunFile) -> None:
        """`kill -9`, without waiting."""
        os.kill(run.pid, KILL)

    def kill(self, run: RunFile) -> None:
        """`kill -9`, and wait until the process has gone."""
        self.strike(run)
        wait_until_gone(run.pid)

    def stop(self, run: RunFile) -> None:
        """Stop a room in order, and wait until the process has gone."""
        with open_process(run.pid) as process:
            starting.stop_room(run)
            assert process.ends(10), "the room did not end after it was stopped"
        _reap(run.pid)

    def rooms(self) -> list[RunFile]:
        """What run files say, believed or not."""
        found = []
        for path in sorted(self.runtime.glob("*.json")):
            with contextlib.suppress(msgspec.DecodeError):
                found.append(msgspec.json.decode(path.read_bytes(), type=RunFile))
        return found

    # The command line. ---------------------------------------------------------------------------

    def cli(self, *arguments: object, environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run one command without a terminal; one that begins is kept as in a rehearsal if nothing is said."""
        said = [str(each) for each in arguments]
        begins = said[:1] == ["run"] and len(said) > 1 and not said[1].endswith(".workshop")
        if begins and "--keep-until" not in said:
            said += REHEARSED
        return subprocess.run(
            [sys.executable, "-m", "workshop_tui", *said],
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def close(self) -> None:
        """End every room of this laptop that is still there."""
        for run in self.rooms():
            self._pids.add(run.pid)
        for pid in self._pids:
            if self._is_ours(pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, KILL)
                wait_until_gone(pid)

    def _is_ours(self, pid: int) -> bool:
        """Whether a process still belongs to this laptop: numbers are used again."""
        if sys.platform != "linux":
            return not _has_ended(pid) and "workshop_tui" in _told_by_ps(pid, "command")
        try:
            environ = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        except OSError:
            return False
        return f"{HOME_VARIABLE}={self.home}".encode() in environ


@contextmanager
def a_laptop(folder: Path) -> Iterator[Laptop]:
    """A laptop whose rooms end with the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(folder / "home"))
        # Neither the tests' own terminal nor a proxy of this machine has a part in it.
        for name in ("XDG_RUNTIME_DIR", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
        laptop = Laptop(folder)
        try:
            yield laptop
        finally:
            laptop.close()


# What the facilitator does, over the control routes. -------------------------------------------------


def give(run: RunFile, *commands: cmd.FacilitatorCommand) -> None:
    """Carry out facilitator's commands."""
    for command in commands:
        running.ask(run, "POST", "/control/command", command)


def look(run: RunFile, *, peek: bool = False) -> Snapshot:
    """The desk's view of this moment."""
    body = running.ask(run, "GET", f"/control/snapshot?peek={int(peek)}")
    return msgspec.json.decode(body, type=Snapshot)


def queue(run: RunFile, which: str = "unread") -> QueuePage:
    """The first page of the reading queue."""
    return msgspec.json.decode(running.ask(run, "GET", f"/control/queue?which={which}&count=50"), type=QueuePage)


# Processes. ------------------------------------------------------------------------------------------


class Process:
    """A process somebody else may have started, watched without polling where the system can do that."""

    def __init__(self, pid: int, descriptor: int | None) -> None:
        self._pid, self._descriptor = pid, descriptor

    def ends(self, within_s: float) -> bool:
        """Whether it ends in this time."""
        if self._descriptor is not None:
            return bool(select.select([self._descriptor], [], [], within_s)[0])
        until = time.monotonic() + within_s
        while not (ended := _has_ended(self._pid)) and time.monotonic() < until:
            time.sleep(0.02)
        return ended


@contextmanager
def open_process(pid: int) -> Iterator[Process]:
    """Watch a process that is there.

    Raises:
        ProcessLookupError: it is not.
    """
    if not hasattr(os, "pidfd_open"):
        if not processes.is_alive(pid):
            raise ProcessLookupError(pid)
        yield Process(pid, None)
        return
    descriptor = os.pidfd_open(pid)
    try:
        yield Process(pid, descriptor)
    finally:
        os.close(descriptor)


def wait_until_gone(pid: int) -> None:
    """Wait for the end of a process, whoever started it, and leave no dead entry of our own."""
    try:
        with open_process(pid) as process:
            assert process.ends(15), f"process {pid} is still there"
    except ProcessLookupError:
        return
    _reap(pid)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_alive(pid: int) -> bool:
    """Whether a process runs; a dead entry that nobody reaped yet does not."""
    try:
        with open_process(pid) as process:
            return not process.ends(0)
    except ProcessLookupError:
        return False


def _has_ended(pid: int) -> bool:
    """Whether a process has ended, also if nobody reaped it yet."""
    if sys.platform == "win32":
        return not processes.is_alive(pid)
    state = _told_by_ps(pid, "stat")
    return not state or state.startswith("Z")


def _told_by_ps(pid: int, what: str) -> str:
    if sys.platform == "win32":
        # It has no such program; a number is used again later there.
        return "workshop_tui"
    asked = ["ps", "-p", str(pid), "-o", f"{what}="]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def _reap(pid: int) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
