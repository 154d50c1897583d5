"""Files that are written whole: two runs at once, and what a killed one left."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.platforms import needs_posix
from workshop_tui import whole_files
from workshop_tui.lock import FileLock, lock_path
from workshop_tui.unwritten import NotWritten

OLD, NEW, NEWER = b"old", b"new", b"newer"


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


@pytest.mark.parametrize("over", [True, False])
def test_two_runs_to_one_name_at_once_never_take_each_others_files(tmp_path: Path, *, over: bool) -> None:
    path = tmp_path / "a.html"

    def slow() -> Iterable[bytes]:
        yield NEW
        # Meanwhile another one begins, and ends.
        whole_files.write({path: lambda: (NEWER,)}, over=over)
        assert path.read_bytes() == NEWER

    if over:
        whole_files.write({path: slow}, over=True)
    else:
        with pytest.raises(NotWritten, match="File exists"):
            whole_files.write({path: slow})

    assert path.read_bytes() == (NEW if over else NEWER)
    assert names(tmp_path) == {"a.html"}


def test_what_a_run_begun_that_lives_stays_and_what_a_killed_one_left_goes_with_the_next_to_that_name(
    tmp_path: Path,
) -> None:
    for left in (".a.html-00000001.part", ".a.html-00000002.part", ".a.html-00000002.old", ".b.html-00000002.part",
                 ".writing-00000003.lock"):  # fmt: skip
        (tmp_path / left).write_bytes(OLD)

    with FileLock(tmp_path / "writing-00000001"):
        whole_files.write({tmp_path / "a.html": lambda: (NEW,)})
        assert names(tmp_path) == {
            "a.html", ".a.html-00000001.part", ".writing-00000001.lock", ".b.html-00000002.part"
        }  # fmt: skip
    whole_files.write({tmp_path / "b.html": lambda: (NEW,)})
    assert names(tmp_path) == {"a.html", "b.html", ".a.html-00000001.part"}
    whole_files.sweep(tmp_path, "a.html".__eq__)
    assert names(tmp_path) == {"a.html", "b.html"}


def test_a_disk_that_knows_no_locks_takes_files_all_the_same_and_nothing_there_is_taken_for_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("workshop_tui.lock._grab", unknown)
    lives = tmp_path / ".a.html-00000001.part"
    for each in (lives, lock_path(tmp_path / "writing-00000001")):
        each.write_bytes(OLD)

    whole_files.write({tmp_path / "a.html": lambda: (NEW,)})

    assert names(tmp_path) == {"a.html", lives.name, ".writing-00000001.lock"}


def test_what_a_maker_raises_goes_through_and_nothing_is_changed(tmp_path: Path) -> None:
    def broken() -> Iterable[bytes]:
        yield NEW
        raise ValueError("no words")

    (tmp_path / "a").write_bytes(OLD)
    for make in (
        lambda: whole_files.write({tmp_path / "a": lambda: (NEW,), tmp_path / "b": broken}, over=True),
        lambda: whole_files.write_folder(tmp_path / "c", {"a": lambda: (NEW,), "b": broken}),
    ):
        with pytest.raises(ValueError, match="no words"):
            make()

    assert names(tmp_path) == {"a"}
    assert (tmp_path / "a").read_bytes() == OLD


@needs_posix
def test_only_its_owner_may_read_what_is_written_also_over_what_others_could(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a"
    whole_files.write({path: lambda: (OLD,)})
    path.chmod(0o644)

    whole_files.write({path: lambda: (NEW * 100_000, NEW)}, over=True)

    assert path.read_bytes() == NEW * 100_001
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)] == [0o600, 0o700]
