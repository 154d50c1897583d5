"""Rooms that run now: their run files, and whether one can be believed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from workshop_tui.errors import RoomUnreachable, SettingsError, WorkshopError
from workshop_tui.messages import Listed, Sentences, Text, Verbatim, tr
from workshop_tui.protocol import client, paths
from workshop_tui.protocol.answers import Health, decoded
from workshop_tui.room.square import typed_url
from workshop_tui.runtime.page_keys import ENDING as PAGES
from workshop_tui.runtime.processes import is_alive
from workshop_tui.settings import runtime_folder, write_private

LEFT = ".left"
"""What the run file of a room that crashed ends in, once somebody noticed."""


LOGS_KEPT = 2
"""How many older logs of a session are kept beside the newest."""


class RunFile(Struct, frozen=True, kw_only=True):
    """What a running room says about itself, for the same user on the same machine."""

    boot_id: str
    session: str
    session_path: str
    agenda_path: str
    """The agenda file it was started from; empty when it was started from a session file."""
    pid: int
    control_port: int
    token: str
    join_url: str
    join_code: str
    screen_url: str
    host_url: str
    are_pages_moved: bool = False
    """Whether windows of host page and big screen that were open before find nothing where they look."""

    @property
    def name(self) -> str:
        """The name of its session file."""
        return Path(self.session_path).name

    @property
    def join_address(self) -> str:
        """The join address as people read and type it."""
        return typed_url(urlsplit(self.join_url).netloc, self.join_code)

    @property
    def control_url(self) -> str:
        """Where the control routes are."""
        return f"http://127.0.0.1:{self.control_port}"


def write(run: RunFile) -> Path:
    """Leave the run file, mode 0600, whole or not at all."""
    path = _path_of(run.session)
    write_private(path, msgspec.json.format(msgspec.json.encode(run)))
    path.with_suffix(LEFT).unlink(missing_ok=True)
    return path


def log_path(session: Path) -> Path:
    """Where the rooms of a session file log to: no two files share a log, whatever they are called."""
    whole = hashlib.sha256(os.fsencode(session.resolve())).hexdigest()
    return runtime_folder() / f"{session.stem}-{whole[:8]}.log"


def traces_of(session: Path, session_id: str) -> list[Path]:
    """What rooms of a session leave in the runtime folder: run files, one that was begun, logs; if they are there.

    Args:
        session: The session file.
        session_id: Its random name; empty where nobody knows it.
    """
    folder, log = runtime_folder(), log_path(session)
    runs = (
        [folder / f"{session_id}{ending}" for ending in (".json", ".json.tmp", LEFT, PAGES, f"{PAGES}.tmp")]
        if session_id
        else []
    )
    for path in (*folder.glob("*.json"), *folder.glob(f"*{LEFT}")):
        run = _read(path)
        if run is not None and run.session_path == str(session) and path not in runs:
            runs.append(path)
    logs = [log, *(log.with_name(f"{log.name}.{number}") for number in range(1, LOGS_KEPT + 1))]
    return [path for path in (*runs, *logs) if path.is_file()]


def left_behind(session: str) -> RunFile | None:
    """What the last room of a session said about itself, if it ended without taking that away; else None.

    Only for whoever holds the session file: then no such room can be running.
    """
    path = _path_of(session)
    return _read(path) or _read(path.with_suffix(LEFT))


def is_left(run: RunFile) -> bool:
    """Whether the run file of this very start is still there; a room takes it away last."""
    found = _read(_path_of(run.session))
    return found is not None and found.boot_id == run.boot_id


def remove(run: RunFile) -> None:
    """Take the run file away, unless a newer room has left its own."""
    if is_left(run):
        _path_of(run.session).unlink(missing_ok=True)


def find_all() -> list[RunFile]:
    """Every room that runs and answers, oldest first; run files that nobody stands behind are put aside."""
    rooms = []
    paths = sorted(runtime_folder().glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in paths:
        run = _read(path)
        if run is None:
            continue
        if answers(run):
            rooms.append(run)
        elif not is_alive(run.pid):
            with contextlib.suppress(FileNotFoundError):
                path.replace(path.with_suffix(LEFT))
    return rooms


def room_of(session: Path) -> RunFile | None:
    """The room that runs a session file now; None for none."""
    path = str(session.resolve())
    return next((run for run in find_all() if run.session_path == path), None)


def find(session: str) -> RunFile:
    """The running room a person means.

    Args:
        session: A session file's path or name, or the beginning of a session's name; empty when only one runs.

    Raises:
        RoomUnreachable: none runs.
        SettingsError: several run, or none of those that run is meant.
    """
    rooms = find_all()
    if not rooms:
        raise RoomUnreachable(tr("No workshop is running."), advice=tr("Start one: workshop-tui run AGENDA."))
    meant = [run for run in rooms if not session or _is_meant(run, session)]
    if not meant:
        raise SettingsError(
            tr("“{session}” is not running.", session=session),
            advice=tr("Running now: {names}.", names=Verbatim(", ".join(run.name for run in rooms))),
        )
    if len(meant) > 1:
        several = Listed(tuple(Verbatim(run.name) for run in meant))
        command = Verbatim(f"workshop-tui attach {shlex.quote(meant[0].name)}")
        raise SettingsError(
            tr("Several workshops are running: {names}.", names=several),
            advice=tr("Say which one, such as: {command}", command=command),
        )
    return meant[0]


def _is_meant(run: RunFile, session: str) -> bool:
    wanted, path = Path(session).expanduser(), Path(run.session_path)
    return wanted.resolve() == path or wanted.name in (path.name, path.stem) or run.session.startswith(session)


def answers(run: RunFile) -> bool:
    """Whether the room at that port is the one that wrote the file."""
    try:
        said = decoded(ask(run, "GET", paths.HEALTH, patience_s=2), Health)
    except WorkshopError:
        return False
    # After a crash another program may have this port by now: what it says need not be JSON.
    return said is not None and said.boot_id == run.boot_id


def ask(run: RunFile, method: str, path: str, body: object = None, *, patience_s: float = 30) -> bytes:
    """Ask a running room something over its control routes.

    Raises:
        RoomUnreachable: it does not answer.
        WorkshopError: it refuses; the words are the room's.
    """
    try:
        return client.ask(run.control_port, run.token, method, path, body, patience_s=patience_s)
    except RoomUnreachable as problem:
        raise RoomUnreachable(problem.message, advice=tr("Start it again: workshop-tui run AGENDA.")) from problem


class AboutFile(Struct, frozen=True):
    """What a room says about its file, out of all that it shows."""

    damage: tuple[Text, ...] = ()
    """What in it is not as it was written, as sentences."""
    fault: Sentences = ""
    """Why nothing can be saved in it; empty when all is well."""


def about_file(run: RunFile) -> AboutFile:
    """How a room's session file is."""
    return msgspec.json.decode(ask(run, "GET", paths.SNAPSHOT), type=AboutFile)


def _path_of(session: str) -> Path:
    return runtime_folder() / f"{session}.json"


def _read(path: Path) -> RunFile | None:
    try:
        return decoded(path.read_bytes(), RunFile)
    except OSError:
        return None
