"""Where modules that only POSIX has are missing, and where our own modules believe to be on Windows.

Two folders below `elsewhere` change what Python finds, in every process of a test. In "hidden" those modules are
missing for everybody, Python's own and other people's modules included. In "windows" our own modules, and only they,
see what Windows has: `sys.platform`, no signals but Ctrl+C, no breakaway, its locks, its question whether a process is
alive. What this shows: no path that is walked here needs a name that Windows lacks. What it does not: how Windows
itself behaves, and its consoles and file systems; that needs the real one (.github/workflows/ci.yml).
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.runtime.laptop import Laptop, free_port, look
from workshop_tui.errors import EnvironmentProblem
from workshop_tui.runtime import processes
from workshop_tui.runtime.processes import is_alive, is_alive_for_windows, start_detached

ELSEWHERE = Path(__file__).with_name("elsewhere")


@pytest.fixture(params=["hidden", "windows"])
def system(request: pytest.FixtureRequest) -> str:
    """Which other system."""
    return str(request.param)


@pytest.fixture
def elsewhere(system: str, laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    """A laptop whose processes find another system."""
    if sys.platform != "linux":
        pytest.skip("another system is made out of Linux")
    paths = [str(ELSEWHERE / system), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    return laptop


def test_our_modules_really_find_another_system(elsewhere: Laptop, system: str) -> None:
    code = "import workshop_tui.lock as lock; print(lock.sys.platform, getattr(lock, 'fcntl', None))"

    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    assert seen == f"{'win32' if system == 'windows' else sys.platform} None"


@pytest.mark.parametrize(
    "module", ["workshop_tui.tui.app", "workshop_tui.runtime.serving", "workshop_tui.web.http.server"]
)
def test_console_room_and_listeners_can_be_loaded_elsewhere(elsewhere: Laptop, module: str) -> None:
    loaded = subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, text=True, check=False)

    assert loaded.returncode == 0, loaded.stderr


def test_help_and_check_answer_elsewhere(elsewhere: Laptop) -> None:
    helped, checked = elsewhere.cli("--help"), elsewhere.cli("check", elsewhere.agenda)

    assert (helped.returncode, checked.returncode) == (0, 0), helped.stderr + checked.stderr
    assert "A short evening" in checked.stdout


def test_a_whole_day_is_played_and_counted_again_elsewhere(elsewhere: Laptop) -> None:
    played = elsewhere.cli("demo", "--headless", "--people", 2, "--to", elsewhere.folder / "out")

    assert played.returncode == 0, played.stdout + played.stderr
    assert "every vote and every word that was acknowledged is there once" in played.stdout
    assert elsewhere.rooms() == []


def test_a_room_starts_answers_exports_and_stops_elsewhere(elsewhere: Laptop) -> None:
    started = elsewhere.cli("run", elsewhere.agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port())
    assert started.returncode == 0, started.stderr
    (session,) = elsewhere.folder.glob("*.workshop")

    said = [
        elsewhere.cli(*command)
        for command in (["status"], ["export", session], ["stop", "--yes"], ["recount", session])
    ]

    assert [each.returncode for each in said] == [0, 0, 0, 0], [each.stderr for each in said]
    assert "Not started" in said[0].stdout
    assert "report.html" in said[1].stdout
    assert elsewhere.rooms() == []
    assert sorted(path.name for path in elsewhere.folder.glob(".*.lock")) == []


def test_a_second_room_on_the_same_file_is_refused_elsewhere_too(elsewhere: Laptop, system: str) -> None:
    run = elsewhere.begin()

    with pytest.raises(EnvironmentProblem) as refused:
        elsewhere.resume(run.session_path)

    # Without a lock of the system SQLite's own decides: "another program", and not which.
    assert ("another program" if system == "hidden" else f"process {run.pid}") in str(refused.value.message)
    assert look(run).boot_id == run.boot_id


def test_after_a_killed_room_its_file_is_opened_again_elsewhere(elsewhere: Laptop) -> None:
    run = elsewhere.begin()
    elsewhere.kill(run)

    again = elsewhere.resume(run.session_path)

    assert again.session == run.session
    assert look(again).boot_id == again.boot_id


# Starting. -------------------------------------------------------------------------------------------


class Windows:
    """What `processes` sees of Windows: how processes were started, and whether one may leave its job."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, lets_go: bool) -> None:
        self.flags: list[int] = []
        self._lets_go = lets_go
        monkeypatch.setattr(processes, "os", SimpleNamespace(name="nt"))
        monkeypatch.setattr(processes, "subprocess", SimpleNamespace(Popen=self._start, DEVNULL=subprocess.DEVNULL))

    def _start(self, _: list[str], *, creationflags: int, **others: object) -> str:
        assert "start_new_session" not in others
        self.flags.append(creationflags)
        if creationflags & 0x01000000 and not self._lets_go:
            raise PermissionError(13, "Access is denied", None, 5)
        return "a process"


def test_a_room_leaves_the_job_of_the_terminal_it_was_started_in(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = Windows(monkeypatch, lets_go=True)

    assert start_detached(["room"], subprocess.DEVNULL) == "a process"

    (flags,) = windows.flags
    assert flags & 0x01000000


def test_where_the_job_lets_nobody_leave_the_room_starts_inside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = Windows(monkeypatch, lets_go=False)

    assert start_detached(["room"], subprocess.DEVNULL) == "a process"

    asked, then = windows.flags
    assert asked == then | 0x01000000
    assert not then & 0x01000000


def test_a_start_that_fails_for_another_reason_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    starts: list[object] = []

    def start(*_: object, **__: object) -> None:
        starts.append(1)
        raise FileNotFoundError(2, "no such program")

    monkeypatch.setattr(processes, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(processes, "subprocess", SimpleNamespace(Popen=start, DEVNULL=subprocess.DEVNULL))

    with pytest.raises(FileNotFoundError):
        start_detached(["room"], subprocess.DEVNULL)
    assert len(starts) == 1


# Being alive. ----------------------------------------------------------------------------------------


class Kernel32:
    """Knows the processes 10, which runs, 11, which has ended, and 12, which is somebody else's."""

    def __init__(self) -> None:
        self.opened: list[int] = []
        self.closed: list[int] = []
        self._error = 0

    def OpenProcess(self, _access: int, _inherit: bool, pid: int) -> int | None:  # noqa: N802
        if pid not in (10, 11):
            self._error = 5 if pid == 12 else 87
            return None
        self.opened.append(pid)
        return pid

    def WaitForSingleObject(self, handle: int, milliseconds: int) -> int:  # noqa: N802
        assert milliseconds == 0
        return 0x102 if handle == 10 else 0

    def CloseHandle(self, handle: int) -> None:  # noqa: N802
        self.closed.append(handle)

    def last_error(self) -> int:
        return self._error


@pytest.mark.parametrize(("pid", "lives"), [(10, True), (11, False), (12, True), (13, False)])
def test_windows_is_asked_whether_a_process_lives_and_its_handle_given_back(pid: int, lives: bool) -> None:
    kernel = Kernel32()

    assert is_alive_for_windows(pid, kernel, kernel.last_error) is lives
    assert kernel.closed == kernel.opened


def test_a_process_lives_until_it_has_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        before = is_alive(process.pid)
        process.kill()

    assert before
    assert not is_alive(process.pid)


async def test_a_process_ends_with_the_one_it_was_told_even_where_it_keeps_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processes, "LOOK_S", 0.01)
    told = asyncio.Event()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        watching = asyncio.create_task(processes.until_orphaned(process.pid, told.set))
        await asyncio.sleep(0.1)
        early = told.is_set()
        process.kill()

    await asyncio.wait_for(watching, 5)

    assert not early
    assert told.is_set()
