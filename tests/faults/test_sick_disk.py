"""A disk that answers with errors: nothing is promised that is not on it, and the store gets well by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.lab import shim
from tests.faults.lab.writer import NAME, held
from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.errors import EnvironmentProblem, StoreUnavailable
from workshop_tui.storage import db, opening
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.session_file import open_existing

BATCHES = 30

needs_lab = pytest.mark.skipif(bool(shim.missing()), reason=shim.missing())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, key: FileKey | None) -> Path:
    """The shim, and beside it a session file that was never used."""
    del key
    folder = tmp_path_factory.mktemp("lab")
    samples.fresh(folder, NAME).close()
    return shim.build(folder)


def checked(folder: Path, done: subprocess.CompletedProcess[str], *, faults: int) -> None:
    """After a run that met a fault: said so, took nothing on the same connection, and lost nothing."""
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("FAULT") >= faults
    assert "SAME" not in done.stdout
    assert done.stdout.count("ACK") == BATCHES
    contents = opening.examine(folder / NAME, doors.in_use())
    assert held(contents.stored) == set(range(BATCHES))
    # Each batch is there once, even one that was refused and had reached the disk all the same.
    once = [event for event in contents.stored.journal if isinstance(event, ev.PresentSet)]
    assert len(once) == len({event.at for event in once})


@needs_lab
@pytest.mark.long_when_locked
@pytest.mark.parametrize("sync", range(7, 43, 3))
def test_an_fsync_that_fails_once_is_never_followed_by_a_promise_on_the_same_connection(
    library: Path, tmp_path: Path, sync: int
) -> None:
    shutil.copy(library.with_name(NAME), tmp_path / NAME)

    done = shim.run(library, tmp_path, "stubborn", str(tmp_path), str(BATCHES), eio_at_sync=sync)

    checked(tmp_path, done, faults=1)


@needs_lab
@pytest.mark.parametrize("sync", [1, 3])
def test_an_fsync_that_fails_while_opening_opens_nothing_and_harms_nothing(
    library: Path, tmp_path: Path, sync: int
) -> None:
    shutil.copy(library.with_name(NAME), tmp_path / NAME)

    refused = shim.run(library, tmp_path, "stubborn", str(tmp_path), str(BATCHES), eio_at_sync=sync)
    again = shim.run(library, tmp_path, "stubborn", str(tmp_path), str(BATCHES))

    assert refused.stdout == ""
    assert "the disk answered with an error" in refused.stderr
    checked(tmp_path, again, faults=0)


@needs_lab
def test_while_every_fsync_fails_nothing_is_taken_and_afterwards_nothing_is_twice(
    library: Path, tmp_path: Path
) -> None:
    """When the log cannot be folded either, a refused batch stays in it; it is found when loading again."""
    stayed = 0
    for sync in (13, 14, 18, 20, 26):
        folder = tmp_path / str(sync)
        folder.mkdir()
        shutil.copy(library.with_name(NAME), folder / NAME)
        sick = folder / "sick"

        done = shim.run(library, folder, "stubborn", str(folder), str(BATCHES), sick=sick, sick_at=sync)

        checked(folder, done, faults=1)
        assert not sick.exists()
        stayed += done.stdout.count("THERE")
    # Else this test would say nothing about the case it is for.
    assert stayed > 0


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    samples.fresh(tmp_path, NAME).close()

    writer = [sys.executable, "-W", "error", "-m", "tests.faults.lab.writer"]
    done = subprocess.run(
        [*writer, "limited", str(tmp_path), str(BATCHES), doors.way()],
        env={"PYTHONPATH": ":".join(path for path in sys.path if path)},
        capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip

    checked(tmp_path, done, faults=1)
    assert "or is full" in done.stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def filled(folder: Path) -> Path:
    """Fill a disk to the last byte; deleting the file given frees it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return ballast


def test_a_full_disk_is_said_nothing_is_promised_and_freeing_space_is_enough(small_disk: Path) -> None:
    store = samples.fresh(small_disk)
    store.commit(samples.started(), 1)
    ballast = filled(small_disk)
    promised: list[str] = []

    def go_on() -> None:
        for n in range(1_000):
            store.commit([samples.story(n, body="x" * 3_000)], n)
            promised.append(f"c{n:05}")

    with pytest.raises(StoreUnavailable, match="full") as fault:
        go_on()
    with pytest.raises(StoreUnavailable):
        store.commit([samples.cast(1)], 1)
    with pytest.raises(StoreUnavailable):
        store.recover()

    ballast.unlink()
    store.recover()
    kept = [row.key for row in store.load().contributions]
    store.commit([samples.cast(2)], 2)

    store.close()
    assert kept == promised
    assert "Everything confirmed so far is safe" in str(fault.value.message)
    assert list(opening.examine(store.path, doors.in_use()).stored.ballots["i01.1"]) == [samples.voter(2)]


def test_a_disk_with_room_for_a_few_words_only_still_counts_as_full(small_disk: Path) -> None:
    store = samples.fresh(small_disk)
    store.commit(samples.started(), 1)
    ballast = filled(small_disk)
    with pytest.raises(StoreUnavailable, match="full"):
        store.commit([samples.story(1, body="x" * 9_000)], 1)
    there = sorted(small_disk.iterdir())
    os.truncate(ballast, ballast.stat().st_size - opening.SPACE_TO_GO_ON // 2)

    with pytest.raises(StoreUnavailable, match="full"):
        store.recover()
    assert sorted(small_disk.iterdir()) == there

    os.truncate(ballast, 0)
    store.recover()
    store.commit([samples.story(1, body="x" * 9_000)], 2)
    store.close()


def test_a_full_disk_at_the_start_is_said_and_the_file_can_still_be_read(small_disk: Path) -> None:
    store = samples.fresh(small_disk)
    store.commit(samples.started(), 1)
    store.close()
    before = store.path.read_bytes()
    ballast = filled(small_disk)

    with pytest.raises(EnvironmentProblem, match=r"full|space"):
        open_existing(store.path)

    assert store.path.read_bytes() == before
    assert len(opening.examine(store.path, doors.in_use()).stored.journal) == 3
    ballast.unlink()
    open_existing(store.path).close()


def test_a_new_session_that_does_not_fit_leaves_nothing_behind(small_disk: Path) -> None:
    ballast = filled(small_disk)
    os.truncate(ballast, ballast.stat().st_size - 40_000)

    with pytest.raises(StoreUnavailable, match="Nothing was left behind"):
        samples.fresh(small_disk)

    assert [each.name for each in small_disk.iterdir()] == [ballast.name]


def test_on_a_full_disk_what_is_destroyed_leaves_the_second_copies_all_the_same(small_disk: Path) -> None:
    store = samples.fresh(small_disk)
    store.commit([*samples.started(), *(samples.story(n, body="x" * 3_000) for n in range(20))], 1)
    write = store.snapshot()
    assert write is not None
    write()
    (before,) = small_disk.glob("*.snapshots/*.workshop")
    # Enough for what is written into the file, too little for another copy of it, also in the place of the older one.
    store.commit([samples.story(n, body="x" * 3_000) for n in range(20, 70)], 1)
    assert store._held.connection is not None
    db.fold(store._held.connection, "TRUNCATE")
    assert store._held.watch.has_folded()
    ballast = filled(small_disk)
    os.truncate(ballast, ballast.stat().st_size - 60_000)

    store.commit(samples.sealed(counts=()), 2)

    assert not before.exists()
    assert not list(small_disk.glob("**/*.part*"))
    ballast.unlink()
    write = store.snapshot()
    assert write is not None
    write()
    (after,) = small_disk.glob("*.snapshots/*.workshop")
    store.close()
    assert samples.ROUND_KEY not in doors.readable(after)


def test_a_rescue_that_does_not_fit_beside_a_lost_file_goes_to_another_disk(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    store = samples.fresh(small_disk)
    store.commit([*samples.started(), samples.cast(1)], 1)
    known = store.load()
    store.path.rename(small_disk / "away")
    filled(small_disk)

    said = str(store.rescue(known))

    store.close()
    (rescued,) = tmp_path.glob("home/data/*/rescued-1-*")
    assert str(rescued) in said
    assert not list(small_disk.glob("*rescued*"))
    assert opening.examine(rescued, doors.in_use()).stored.ballots == known.ballots


def test_a_copy_that_does_not_fit_leaves_nothing_behind(small_disk: Path, tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([samples.story(n, body="x" * 3_000) for n in range(500)], 1)
    for n in range(2):
        with pytest.raises(StoreUnavailable, match="full"):
            store.copy_to(small_disk / f"copy{n}.workshop", ())

    store.commit([samples.story(1_000)], 1)
    store.close()
    assert list(small_disk.iterdir()) == []
