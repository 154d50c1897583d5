"""Every command that writes for people, on a disk that fails or is killed at any step: nothing is half-written."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.broken_disk import Fault, broken, failing
from tests.cycle.answered import filled, sent
from tests.cycle.test_spine import handed_on, the_plan
from tests.faults.lab.ending import in_a_child
from tests.platforms import needs_posix
from workshop_tui.agendas import read_agenda
from workshop_tui.cli import run_command_line
from workshop_tui.kinds.registry import KINDS
from workshop_tui.runtime import cycle_files, follow_ups

ID = "a1" * 8
HANDED_ON = "exports/needs/baton-for-plan.zip"

COMMANDS = {
    "export": "export needs.workshop --to out --only report.md --only actions.xlsx --only record.json",
    "export, new": "export needs.workshop --to new --only report.md --only actions.xlsx --only record.json",
    "baton": "baton needs.workshop --for plan --to-body Council --by 2027-02-28 --to out",
    "receipt": f"receipt plan.workshop {HANDED_ON} --body Council --to out/receipt.json",
    "answer": "answer needs.workshop POINT --status done --words Rung --reference Minute",
    "answer, workbook": "answer needs.workshop --workbook answers.xlsx --yes",
    "record": "record . --to board",
    "new": f"new --baton {HANDED_ON} --to out/our-plan.toml",
}
"""Each as it is typed in the folder of the workshops."""

SLOW = ("baton", "receipt")
"""Those that take the most steps."""


@dataclass
class Laptop:
    """A folder with a whole turn in it, in which commands are typed."""

    folder: Path
    point: str
    capsys: pytest.CaptureFixture[str]
    said: str = field(default="", init=False)

    def types(self, command: str, fault: Fault | None = None) -> int:
        """The exit code; what is printed stands in `said`."""
        arguments = [self.point if each == "POINT" else each for each in COMMANDS[command].split()]
        with broken(self.folder, fault or (lambda *_: None)):
            code = run_command_line(arguments)
        printed = self.capsys.readouterr()
        self.said = " ".join((printed.out + printed.err).split())
        return code

    def files(self) -> dict[str, bytes]:
        """Every file, those with a dot too; not what SQLite writes."""
        found = (each for each in sorted(self.folder.rglob("*")) if each.is_file() and ".workshop" not in each.name)
        return {str(each.relative_to(self.folder)): each.read_bytes() for each in found}

    def answers(self) -> list[tuple[str, str, str]]:
        lines = follow_ups.read(follow_ups.path_of(self.folder / "needs.workshop"), ID).lines
        return [(each.what, each.to, each.words) for each in lines]


@pytest.fixture(scope="module")
def turn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A needs workshop that handed its points on, a plan workshop that answers, and the record before any answer."""
    folder = tmp_path_factory.mktemp("turn")

    def say(*arguments: object, code: int = 0) -> str:
        assert run_command_line([str(each) for each in arguments]) == code
        return f"{folder / HANDED_ON}\n2 points are handed on."

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSHOP_TUI_HOME", str(tmp_path_factory.mktemp("home")))
        needs, _ = handed_on(say, folder)
        say("export", needs, "--only", "record.json")
        say("new", "--baton", folder / HANDED_ON, "--to", folder / "plan.toml")
        the_plan(read_agenda(folder / "plan.toml", KINDS)[0], folder)
        say("record", folder, "--to", folder / "board")
        point = cycle_files.read_baton(folder / HANDED_ON).points[0].id
        say("answer", needs, point, "--status", "acknowledged")
        done = {"status": "Done", "words": "It is 111"}
        (folder / "answers.xlsx").write_bytes(filled(sent(folder / HANDED_ON), done))
        (folder / "out").mkdir()
        yield folder, point


@pytest.fixture
def laptop(
    turn: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Laptop:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    folder = tmp_path / "laptop"
    shutil.copytree(turn[0], folder)
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return Laptop(folder, turn[1], capsys)


FULL = ("No space left on device", "Free some space on the disk and try again")
CLOSED = ("Read-only file system", "Make the folder writable and try again")
SICK = ("Input/output error", "Check the disk and its cable and try again")

REFUSED = {
    "full at the first write": (lambda: failing("write"), *FULL),
    "full at a name": (lambda: failing("open"), *FULL),
    "full at the lock": (lambda: failing("open", locks=True), *FULL),
    "full at the last step": (lambda: failing("link", "rename", "replace"), *FULL),
    "a folder that is closed": (lambda: failing("open", "mkdir", code=errno.EROFS, locks=True), *CLOSED),
    "a disk that keeps nothing": (lambda: failing("fsync", code=errno.EIO), *SICK),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_written_changes_nothing_says_what_to_do_and_is_done_by_the_next_try(
    laptop: Laptop, command: str, why: str
) -> None:
    fault, said, advice = REFUSED[why]
    before = laptop.files()

    assert laptop.types(command, fault()) == 4

    assert said in laptop.said
    assert advice in laptop.said
    assert ("--to" in laptop.said.rpartition("try again")[2]) == (not command.startswith("answer"))
    assert laptop.files() == before
    assert laptop.types(command) == 0
    assert set(before) <= set(laptop.files())
    assert laptop.files() != before
    assert not any("/." in f"/{each}" for each in laptop.files())


LATER = [
    *((each, step, 3) for each in ("export", "export, new", "record") for step in ("open", "write", "fsync")),
    ("export, new", "rename", 1), ("record", "replace", 2), ("record", "replace", 3),
]  # fmt: skip


@pytest.mark.parametrize(("command", "step", "nth"), LATER)
def test_of_files_that_belong_together_none_is_new_where_a_later_one_fails(
    laptop: Laptop, command: str, step: str, nth: int
) -> None:
    before = laptop.files()

    assert laptop.types(command, failing(step, nth=nth, once=True)) == 4

    assert FULL[0] in laptop.said
    assert laptop.files() == before
    assert laptop.types(command) == 0


def test_of_files_that_join_others_none_is_there_where_one_cannot_have_its_name(laptop: Laptop) -> None:
    before = laptop.files()

    assert laptop.types("export", failing("link", "rename", exact=("actions.xlsx",))) == 4

    assert laptop.files() == before


@pytest.mark.parametrize(
    ("command", "file"),
    [("record", f"what-became-of-it.{each}") for each in ("html", "xlsx", "json")]
    + [("answer", "needs.follow-up.jsonl"), ("answer, workbook", "needs.follow-up.jsonl")],
)
def test_a_file_that_is_open_in_another_program_is_named_and_all_are_as_before(
    laptop: Laptop, command: str, file: str
) -> None:
    before = laptop.files()

    # As Windows keeps a workbook for Excel: it can be read and has a second name, and nothing takes its place.
    assert laptop.types(command, failing("replace", code=errno.EACCES, exact=(file,))) == 4

    assert f"{file} cannot be written (Permission denied). Nothing was changed." in laptop.said
    assert f"If {file} is open in another program, please close it there and try again." in laptop.said
    assert laptop.files() == before
    assert laptop.types(command) == 0


def test_what_could_not_be_put_back_is_said_and_the_next_try_makes_all_new(laptop: Laptop) -> None:
    html = laptop.folder / "board" / "what-became-of-it.html"

    assert laptop.types("record", failing("replace", code=errno.EACCES, nth=2)) == 4

    assert "what-became-of-it.xlsx cannot be written (Permission denied)." in laptop.said
    assert "New already, and not as before: what-became-of-it.html." in laptop.said
    assert "Nothing was changed" not in laptop.said
    assert laptop.types("record") == 0
    assert {each.name for each in html.parent.iterdir()} == {
        f"what-became-of-it.{ending}" for ending in ("html", "xlsx", "json")
    }


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "fault",
    [lambda: failing("fsync_folder", code=errno.EIO, exact=("out", "laptop", "board")),
     lambda: failing("link", code=errno.EPERM)],
    ids=["names that cannot be made durable", "one name for a file"],
)  # fmt: skip
def test_what_does_no_harm_is_no_error(laptop: Laptop, command: str, fault: object) -> None:
    before = laptop.files()

    assert laptop.types(command, fault()) == 0, laptop.said  # type: ignore[operator]

    assert laptop.files() != before
    assert not any("/." in f"/{each}" for each in laptop.files())


@pytest.mark.parametrize(
    ("command", "to"),
    [("export", "plan.toml"), ("baton", "plan.toml"), ("record", "plan.toml"), ("receipt", "plan.toml/receipt.json"),
     ("new", "plan.toml/our.toml")],
)  # fmt: skip
def test_a_file_where_the_folder_should_be_is_said_with_the_option_that_names_another(
    laptop: Laptop, command: str, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = laptop.files()
    monkeypatch.setitem(COMMANDS, command, f"{COMMANDS[command].partition('--to ')[0]} --to {to}")

    assert laptop.types(command) == 4

    assert "Check the name and the folder, or choose another place with --to." in laptop.said
    assert laptop.files() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_a_program_copies_is_said_once_in_the_same_words(
    laptop: Laptop, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = laptop.folder.with_name("OneDrive - Some Trust")
    laptop.folder.rename(synced)
    laptop.folder = synced
    monkeypatch.chdir(synced)

    assert laptop.types(command) == 0

    assert laptop.said.count("is no safe place for people's words: OneDrive copies everything in it") == 1
    assert laptop.said.count("Keep them in a folder on this computer's disk that no program copies.") == 1


def test_a_baton_of_which_its_session_cannot_know_is_not_handed_on(laptop: Laptop) -> None:
    before = laptop.files()

    code = laptop.types("baton", failing("replace", exact=("needs.follow-up.jsonl",)))

    assert code == 4
    assert "needs.follow-up.jsonl cannot be written (No space left on device). Nothing was changed." in laptop.said
    assert laptop.files() == before


def test_handing_the_same_on_twice_is_noted_once(laptop: Laptop) -> None:
    assert laptop.types("baton") == 0
    once = laptop.files()

    assert laptop.types("baton") == 0

    assert laptop.files() == once


@needs_posix
@pytest.mark.parametrize(
    "command", [pytest.param(each, marks=pytest.mark.long) if each in SLOW else each for each in COMMANDS]
)
def test_wherever_it_is_killed_each_file_is_old_or_new_and_the_next_run_leaves_nothing_else(
    laptop: Laptop, command: str, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    laptop.folder.rename(kept)
    ended, at = -signal.SIGKILL, 0

    while ended:
        at += 1
        shutil.rmtree(laptop.folder, ignore_errors=True)
        shutil.copytree(kept, laptop.folder)
        os.chdir(laptop.folder)
        before, answered = laptop.files(), laptop.answers()

        def killed(step: int = at) -> None:
            left = [step]

            def fault(*_: object) -> None:
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)

            assert laptop.types(command, fault) == 0

        ended = in_a_child(killed)
        assert ended in (0, signal.SIGKILL)
        found, noted = _given(laptop.files()), laptop.answers()
        # What was answered may be answered again, and what was handed on may not.
        again = laptop.types(command)
        assert again == 0 or "Nothing in it is new." in laptop.said, f"step {at}: {laptop.said}"
        new = laptop.files()
        for name, data in found.items():
            assert data in (before.get(name), new[name]) or name == "needs.follow-up.jsonl", f"step {at}: {name}"
        assert noted[: len(answered)] == answered
        assert len(noted) - len(answered) in (0, 1)
        assert again or not set(new) - set(_given(new)), f"step {at}"
    assert at > 8


def _given(files: dict[str, bytes]) -> dict[str, bytes]:
    """Those that have their names."""
    return {name: data for name, data in files.items() if "/." not in f"/{name}"}


@pytest.mark.parametrize("command", ["export", "export, new", "baton", "receipt"])
def test_files_of_which_the_session_cannot_know_are_there_and_that_is_said(laptop: Laptop, command: str) -> None:
    locks = (".needs.workshop.lock", ".plan.workshop.lock")

    assert laptop.types(command, failing("open", code=errno.EROFS, locks=True, exact=locks)) == 0, laptop.said

    assert "The session does not know of these files: list them when somebody takes their words back." in laptop.said
    assert "Read-only file system" in laptop.said or "read-only file system" in laptop.said
    assert laptop.types(command) == 0
    assert "does not know" not in laptop.said
