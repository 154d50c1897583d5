"""Files on disk: all of them whole, or none, and never over something else."""

from __future__ import annotations

import os
import pkgutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exports.workshops import a_workshop
from tests.platforms import needs_posix
from workshop_tui.errors import FolderUnusable, InputError, SettingsError
from workshop_tui.exports import outputs
from workshop_tui.exports.files import NAMES, ON_REQUEST, export
from workshop_tui.exports.formats import PAGES
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.record import SessionRecord

USUAL = [name for name in NAMES if name not in (*ON_REQUEST, "reasons.csv")]
"""The files of a session in which nobody gave a reason."""


def test_every_module_of_an_audience_is_an_output_in_the_formats_that_it_names() -> None:
    modules = {each.name for each in pkgutil.iter_modules(outputs.__path__)}

    assert len(outputs.OUTPUTS) == len(modules)
    assert {f"{output.name}.{ending}" for output in outputs.OUTPUTS for ending in output.formats} < set(NAMES)
    assert {ending for output in outputs.OUTPUTS for ending in output.formats} == {page.ending for page in PAGES}
    assert len(set(NAMES)) == len(NAMES)
    assert sum(output.with_data for output in outputs.OUTPUTS) == 1, "two would write files of the same names"


@pytest.fixture(scope="module")
def record() -> SessionRecord:
    return a_workshop().record()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_files_are_written_into_a_new_folder_with_its_parents(record: SessionRecord, tmp_path: Path) -> None:
    paths = export(record, KINDS, tmp_path / "a" / "b")

    assert [path.name for path in paths] == USUAL
    assert names(tmp_path / "a" / "b") == set(USUAL)
    assert names(tmp_path / "a") == {"b"}
    assert all(path.stat().st_size for path in paths)


def test_the_same_session_gives_the_same_bytes_wherever_and_whenever(
    record: SessionRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    one = export(record, KINDS, tmp_path / "one")
    monkeypatch.setenv("TZ", "America/New_York")
    two = export(a_workshop().record(), KINDS, tmp_path / "two")

    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_writing_the_same_again_is_fine_and_changes_nothing(record: SessionRecord, tmp_path: Path) -> None:
    before = [path.stat().st_mtime_ns for path in export(record, KINDS, tmp_path / "x")]

    after = export(record, KINDS, tmp_path / "x")

    assert [path.stat().st_mtime_ns for path in after] == before


def test_another_file_of_that_name_is_left_alone_and_nothing_is_written(record: SessionRecord, tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text("mine", "utf-8")

    with pytest.raises(InputError, match="Another votes") as caught:
        export(record, KINDS, tmp_path)

    assert f"--to {tmp_path}-version-2" in str(caught.value)
    assert names(tmp_path) == {"votes.csv"}
    assert (tmp_path / "votes.csv").read_text("utf-8") == "mine"


def test_a_session_that_went_on_is_exported_again_into_the_next_version(record: SessionRecord, tmp_path: Path) -> None:
    folder = tmp_path / "day-2026-11-22"
    folder.mkdir()
    (folder / "votes.csv").write_text("an earlier one", "utf-8")

    first, again = (export(record, KINDS, folder, numbered=True) for _ in range(2))

    assert {path.parent.name for path in first} == {"day-2026-11-22-version-2"}
    assert again == first
    assert (folder / "votes.csv").read_text("utf-8") == "an earlier one"
    assert names(tmp_path) == {"day-2026-11-22", "day-2026-11-22-version-2"}


def test_the_first_version_lies_in_the_folder_itself(record: SessionRecord, tmp_path: Path) -> None:
    paths = export(record, KINDS, tmp_path / "day-2026-11-22", numbered=True)

    assert {path.parent for path in paths} == {tmp_path / "day-2026-11-22"}


def test_a_link_of_that_name_is_not_followed(record: SessionRecord, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "report.md").symlink_to(tmp_path / "elsewhere.md")

    with pytest.raises(InputError):
        export(record, KINDS, folder)

    assert not (tmp_path / "elsewhere.md").exists()


def test_missing_files_join_those_that_are_there_already(record: SessionRecord, tmp_path: Path) -> None:
    export(record, KINDS, tmp_path / "x", ["votes.csv"])
    (tmp_path / "x" / "mine.txt").write_text("mine", "utf-8")

    export(record, KINDS, tmp_path / "x")

    assert names(tmp_path / "x") == {*USUAL, "mine.txt"}


def test_only_what_was_asked_for_is_written(record: SessionRecord, tmp_path: Path) -> None:
    paths = export(record, KINDS, tmp_path / "x", ("session.json", "report.md"))

    assert [path.name for path in paths] == ["report.md", "session.json"]
    assert names(tmp_path / "x") == {"report.md", "session.json"}


def test_an_unknown_format_is_told_with_the_nearest_one(record: SessionRecord, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no format “vote.csv”. Did you mean “votes.csv”\?"):
        export(record, KINDS, tmp_path / "x", ["vote.csv"])

    assert not (tmp_path / "x").exists()


def test_a_file_where_the_folder_should_be_is_told(record: SessionRecord, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")

    with pytest.raises(FolderUnusable, match="--to"):
        export(record, KINDS, tmp_path / "x")

    assert names(tmp_path) == {"x"}


@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_fails_half_way_leaves_nothing_behind(
    record: SessionRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, there: bool
) -> None:
    folder = tmp_path / "x"
    if there:
        folder.mkdir()
    left = [2]

    def failing(real: object) -> object:
        def act(*args: object, **extra: object) -> object:
            left[0] -= 1
            if left[0] < (1 if call == "rename" and not there else 0):
                raise OSError(28, "No space left on device")
            return real(*args, **extra)  # type: ignore[operator]

        return act

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", failing(os.fsync))
    elif call == "rename":
        left[0] = 2 if there else 1
        monkeypatch.setattr(Path, "rename", failing(Path.rename))
    else:
        monkeypatch.setattr(Path, "open", failing(Path.open))

    with pytest.raises(FolderUnusable, match="No space left on device"):
        export(record, KINDS, folder)

    assert folder.exists() == there
    assert names(tmp_path) == ({"x"} if there else set())
    assert not there or names(folder) == set()


@needs_posix
def test_reports_are_readable_for_their_owner_only(record: SessionRecord, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir(mode=0o755)

    files = [*export(record, KINDS, tmp_path / "new" / "x"), *export(record, KINDS, tmp_path / "there")]

    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert {stat.S_IMODE((tmp_path / each).stat().st_mode) for each in ("new", "new/x")} == {0o700}


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.exports.cycle_day import answers, cycle_day
from workshop_tui.exports.files import export
from workshop_tui.kinds.registry import KINDS

real, left = os.fsync, [int(sys.argv[2])]

def fsync(handle):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)

os.fsync = fsync
day = cycle_day()
export(day.record(), KINDS, Path(sys.argv[1]), followed=answers(day))
"""


@needs_posix
@pytest.mark.parametrize("at", [0, 9, 26])
def test_an_export_killed_half_way_leaves_no_file_under_its_name_and_the_next_one_writes_all(
    tmp_path: Path, at: int
) -> None:
    def run(many: int) -> int:
        return subprocess.run(
            [sys.executable, "-c", KILLED, str(tmp_path / "x"), str(many)], check=False, cwd=Path(__file__).parents[2]
        ).returncode

    assert run(at) == -signal.SIGKILL
    assert not (tmp_path / "x").exists()
    assert run(10_000) == 0
    assert {"board-item.docx", "actions.xlsx", "dates.ics", "record.json"} <= names(tmp_path / "x")
