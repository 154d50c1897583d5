"""Every command with every path that leads nowhere: words, an exit code, and nothing left behind."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.platforms import needs_posix
from tests.runtime.laptop import Laptop
from workshop_tui.cli import run_command_line

COMMANDS: dict[str, Callable[[Path], tuple[object, ...]]] = {
    "run an agenda": lambda path: ("run", path, "--no-console", "--lan", "127.0.0.1"),
    "run a session": lambda path: ("run", path.with_suffix(".workshop"), "--no-console"),
    "check": lambda path: ("check", path),
    "attach": lambda path: ("attach", path),
    "status": lambda path: ("status", path),
    "stop": lambda path: ("stop", path, "--yes"),
    "export": lambda path: ("export", path),
    "recount": lambda path: ("recount", path),
    "delete": lambda path: ("delete", path.with_suffix(".workshop"), "--yes"),
    "tally": lambda path: ("tally", path),
    "tally a set of ballots": lambda path: ("tally", path.with_suffix(".soi")),
    "demo": lambda path: ("demo", path, "--headless"),
    "demo by its option": lambda path: ("demo", "--headless", "--agenda", path),
    "help": lambda path: ("help", path),
}
"""What is typed for a path, by what it is to do."""

ENDINGS = (".toml", ".workshop", ".soi")


def _nothing(path: Path) -> None:
    """Leave nothing there."""


def _empty(path: Path) -> None:
    path.touch()


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere")


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


BAD: dict[str, Callable[[Path], object]] = {
    "missing": _nothing,
    "a folder": Path.mkdir,
    "empty": _empty,
    "noise": _noise,
    "a link to nothing": _link_to_nothing,
    "a link to itself": _link_to_itself,
    "a pipe": _pipe,
}
"""What is made at a path, by name."""


RIGHT = {
    # A damaged session can be deleted.
    ("delete", "empty"), ("delete", "noise"),
    # Ballots may come out of a pipe.
    ("tally", "a pipe"), ("tally a set of ballots", "a pipe"),
}  # fmt: skip
"""Where the path is as it may be."""


class Said(NamedTuple):
    """What became of a command."""

    code: int
    err: str


Typed = Callable[..., Said]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types a command in this process, so that a fault is this test's."""

    def type_(*arguments: object) -> Said:
        code = run_command_line([str(each) for each in arguments])
        return Said(code, capsys.readouterr().err)

    return type_


def _is_told(said: Said) -> None:
    assert said.code in (2, 3, 4), said
    assert said.err.startswith("workshop-tui: "), said.err
    assert "Traceback" not in said.err
    assert "Error:" not in said.err
    assert "Usage:" not in said.err


@needs_posix
@pytest.mark.parametrize(("command", "bad"), [pair for pair in product(COMMANDS, BAD) if pair not in RIGHT])
def test_a_path_that_leads_nowhere_is_told_in_words_and_leaves_nothing(
    laptop: Laptop, typed: Typed, command: str, bad: str
) -> None:
    folder = laptop.folder / "elsewhere"
    folder.mkdir()
    for ending in ENDINGS:
        BAD[bad](folder / f"day{ending}")
    before = sorted(folder.iterdir())

    _is_told(typed(*COMMANDS[command](folder / "day.toml")))

    assert sorted(folder.iterdir()) == before
    assert laptop.rooms() == []


@needs_posix
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["n" * 300, "day.toml/below a file.toml", "no/such/folder.toml"])
def test_a_path_that_cannot_be_is_told_in_words(laptop: Laptop, typed: Typed, command: str, name: str) -> None:
    for ending in ENDINGS:
        laptop.write(f"day{ending}", "")

    _is_told(typed(*COMMANDS[command](laptop.folder / name)))

    assert laptop.rooms() == []


def _as_an_ordinary_user(*arguments: object) -> Said:
    """Run a command for somebody whom the modes of files bind, also where the tests are an administrator's."""

    def bind() -> None:
        if os.geteuid() == 0:
            for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
                ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP

    done = subprocess.run(
        [sys.executable, "-m", "workshop_tui", *map(str, arguments)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False, preexec_fn=bind,
    )  # fmt: skip
    return Said(done.returncode, done.stderr)


needs_modes = pytest.mark.skipif(
    sys.platform != "linux" and (sys.platform == "win32" or os.geteuid() == 0), reason="no modes bind this user"
)


@needs_modes
@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in ("help", "delete")])
def test_a_file_that_may_not_be_read_is_told_in_our_words(laptop: Laptop, command: str) -> None:
    for ending in ENDINGS:
        laptop.write(f"day{ending}", "title").chmod(0)

    done = _as_an_ordinary_user(*COMMANDS[command](laptop.folder / "day.toml"))

    _is_told(done)
    assert "mend the file" not in done.err
    assert laptop.rooms() == []


WRITERS: dict[str, Callable[[Path, Path], tuple[object, ...]]] = {
    "demo": lambda to, session: ("demo", "--headless", "--people", 1, "--to", to),
    "export": lambda to, session: ("export", session, "--to", to),
}
"""Commands that write to a folder somebody names."""


@pytest.mark.parametrize("command", WRITERS)
@pytest.mark.parametrize("name", ["a file", "a file/below", "n" * 300, "no right"])
@needs_modes
def test_a_folder_that_cannot_be_written_to_is_told_in_words_and_leaves_nothing(
    laptop: Laptop, command: str, name: str
) -> None:
    run = laptop.begin()
    laptop.stop(run)
    laptop.write("a file", "of somebody's")
    (laptop.folder / "no right").mkdir(mode=0o555)
    before = sorted(laptop.folder.rglob("*"))

    done = _as_an_ordinary_user(*WRITERS[command](laptop.folder / name, Path(run.session_path)))

    _is_told(done)
    assert [path for path in sorted(laptop.folder.rglob("*")) if laptop.home not in path.parents] == [
        path for path in before if laptop.home not in path.parents
    ]
    assert laptop.rooms() == []
    (laptop.folder / "no right").chmod(0o755)


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in ("check", "tally", "help")])
def test_a_home_that_cannot_be_made_is_told_in_words(
    laptop: Laptop, typed: Typed, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(laptop.write("home is a file", "")))

    _is_told(typed(*COMMANDS[command](laptop.folder / "evening.toml")))


def test_a_folder_named_for_a_session_is_called_a_folder(laptop: Laptop, typed: Typed) -> None:
    for command in ("export", "recount"):
        said = typed(command, laptop.folder)

        assert said.code == 2
        assert "is a folder, not a session file." in said.err


@needs_posix
def test_no_name_of_a_file_begins_a_line_of_its_own(laptop: Laptop, typed: Typed) -> None:
    path = laptop.folder / "day\nworkshop-tui: All is well..workshop"
    for command in (("export", path), ("recount", path), ("delete", path, "--yes"), ("run", path, "--no-console")):
        said = typed(*command)

        assert "\nworkshop-tui: All" not in said.err
        assert r"day\u000aworkshop-tui: All" in said.err or "day workshop-tui: All" in said.err


@pytest.mark.parametrize("name", ["two\nlines", "half a letter \udcff"])
@needs_posix
def test_a_home_that_cannot_be_handed_on_is_told_in_words(
    laptop: Laptop, typed: Typed, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(laptop.folder / name))

    said = typed("run", laptop.agenda, "--no-console", "--lan", "127.0.0.1")

    _is_told(said)
    assert "signs that cannot be shown" in said.err
    assert not (laptop.folder / name).exists()


@pytest.mark.parametrize("command", ["--help", "--version", "check {}", "status", "help agenda", "help"])
@needs_posix
def test_what_cannot_be_written_is_told_in_words(laptop: Laptop, command: str) -> None:
    arguments = [sys.executable, "-m", "workshop_tui", *command.format(laptop.agenda).split()]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)

    _is_told(Said(done.returncode, done.stderr))


@needs_posix
def test_a_command_without_any_output_is_carried_out(laptop: Laptop) -> None:
    run = laptop.begin()
    laptop.stop(run)
    to = laptop.folder / "reports"

    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -m workshop_tui export "$1" --to "$2" <&- >&- 2>&-',
         sys.executable, run.session_path, to], timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 0
    assert (to / "report.md").is_file()


@needs_posix
def test_a_home_named_from_where_one_is_is_the_rooms_too(
    laptop: Laptop, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(laptop.folder)
    monkeypatch.setenv("WORKSHOP_TUI_HOME", "home")

    assert typed("run", "evening.toml", "--no-console", "--lan", "127.0.0.1").code == 0
    assert len(laptop.rooms()) == 1
    assert typed("stop", "--yes").code == 0
