"""Files on disk: all of them whole, or none, and never over something else."""

from __future__ import annotations

import errno
import pkgutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.broken_disk import Fault, broken, failing
from tests.exports.workshops import a_workshop
from tests.platforms import needs_posix
from workshop_tui.errors import FolderUnusable, InputError, SettingsError
from workshop_tui.exports import outputs
from workshop_tui.exports.files import NAMES, ON_REQUEST, export
from workshop_tui.exports.formats import PAGES
from workshop_tui.kinds.registry import KINDS
from workshop_tui.lock import FileLock
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


NEVER_GIVEN = [
    *((True, failing(step, nth=nth)) for step in ("open", "write", "fsync") for nth in (1, 3)),
    *((False, failing(step, nth=nth)) for step in ("open", "write", "fsync") for nth in (1, 3)),
    (False, failing("mkdir")), (False, failing("rename")), (False, failing("fsync_folder")),
    (True, failing("link", "rename")), (True, failing("link", "rename", nth=5)),
]  # fmt: skip


@pytest.mark.parametrize(("there", "fault"), NEVER_GIVEN)
def test_a_disk_that_fails_half_way_leaves_nothing_behind(
    record: SessionRecord, tmp_path: Path, there: bool, fault: Fault
) -> None:
    folder = tmp_path / "x"
    made = folder if there else tmp_path / "nothing"
    made.mkdir()

    with broken(tmp_path, fault), pytest.raises(FolderUnusable, match="No space left on device") as caught:
        export(record, KINDS, folder)

    assert str(caught.value).endswith(
        "The session is safe. Free some space on the disk and try again, or choose another place with --to."
    )
    assert names(tmp_path) == {made.name}
    assert names(made) == set()


@pytest.mark.parametrize("fault", [failing("fsync_folder", code=errno.EINVAL), failing("link", code=errno.EPERM)])
def test_a_disk_that_knows_one_name_for_a_file_or_makes_no_names_durable_takes_an_export_all_the_same(
    record: SessionRecord, tmp_path: Path, fault: Fault
) -> None:
    with broken(tmp_path, fault):
        export(record, KINDS, tmp_path)

    assert names(tmp_path) == set(USUAL)


def test_an_export_that_was_killed_leaves_nothing_after_the_next_one_of_its_session_and_nobody_elses_goes(
    record: SessionRecord, tmp_path: Path
) -> None:
    folder = tmp_path / "day-2026-11-22"
    folder.mkdir()
    (folder / "votes.csv").write_text("an earlier one", "utf-8")
    left = (
        tmp_path / ".export-day-2026-11-22-0a1b2c3d.part" / "report.md",
        tmp_path / ".export-day-2026-11-22-version-2-0a1b2c3e.part" / "report.md",
        folder / ".report.md-0a1b2c3f.part",
        tmp_path / ".writing-0a1b2c3d.lock",
        folder / ".writing-0a1b2c3f.lock",
    )
    other = tmp_path / ".export-day-2026-11-23-0a1b2c3d.part" / "report.md"
    somebodys = folder / ".film-0a1b2c3d.part"
    lives = tmp_path / ".export-day-2026-11-22-0123abcd.part" / "report.md"
    for each in (*left, other, somebodys, lives):
        each.parent.mkdir(exist_ok=True)
        each.write_text("half a report", "utf-8")

    with FileLock(tmp_path / "writing-0123abcd"):
        export(record, KINDS, folder, numbered=True)

    assert not any(each.exists() for each in left)
    assert all(each.exists() for each in (other, somebodys, lives))
    assert {each for each in names(tmp_path) if not each.startswith(".")} == {
        "day-2026-11-22", "day-2026-11-22-version-2",
    }  # fmt: skip


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
