"""The power goes at any moment: what was promised is there, whole; the file opens by itself.

Each test replays a recorded run of the real store (see `lab`). The negative control proves that the replay would
notice: with synchronous = NORMAL it must find losses.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.lab import shim
from tests.faults.lab.replay import Cut, Operation, cuts, read_log
from tests.faults.lab.writer import COPY, NAME, SEALED_AT, SEALED_KEY, held
from tests.storage import doors
from workshop_tui.errors import DamagedSessionFile, WrongKey
from workshop_tui.storage import opening
from workshop_tui.storage.session_file import open_existing

pytestmark = pytest.mark.skipif(bool(shim.missing()), reason=shim.missing())

BATCHES = 60


def recorded(folder: Path, mode: str) -> list[Operation]:
    """The operations of one run."""
    disk = folder / "disk"
    disk.mkdir()
    done = shim.run(shim.build(folder), disk, mode, str(disk), str(BATCHES), log=folder / "log")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("ACK") == BATCHES
    return read_log(folder / "log")


@dataclass
class Found:
    """What a replay came to."""

    points: int = 0
    lost: int = 0
    broken: int = 0
    unpromised: int = 0
    """Moments at which the batch after the last promise was there too."""
    copies: int = 0
    """Moments at which the copy was there."""
    betrayed: int = 0
    """Moments at which a key was on the disk although its round was said to be sealed."""
    not_yet: int = 0
    """Moments at which it was there, right before."""
    snapshots: int = 0
    """Moments at which there was a second copy to go on with, had the file been lost."""
    behind: int = 0
    """How many batches it lacked at most."""


def replayed(log: list[Operation], folder: Path, *, step: int, seed: int | None = None) -> Found:
    """Look at the session file after each cut."""
    found = Found()
    place = folder / "after"
    for cut in cuts(log, step=step, seed=seed):
        place.mkdir()
        for name, content in cut.files.items():
            (place / Path(name).name).write_bytes(content)
        found.points += 1
        _judge(cut, place, found)
        if cut.promised >= SEALED_AT - 1:
            there = any(SEALED_KEY in doors.deciphered(*each) for each in cut.files.items())
            found.betrayed += there and cut.promised >= SEALED_AT
            found.not_yet += there and cut.promised < SEALED_AT
        shutil.rmtree(place)
    return found


def _judge(cut: Cut, place: Path, found: Found) -> None:
    copy = place / COPY
    if copy.exists():
        # A copy is whole or absent, never in between.
        found.copies += 1
        assert held(opening.examine(copy, doors.in_use()).stored) == set(range(BATCHES // 2 + 1))
    kept = [held(opening.examine(each, doors.in_use()).stored) for each in place.glob("[0-9a-f]*-0*.workshop")]
    if kept:
        # Each is whole or absent too, and none says more than was written.
        best = max(map(len, kept))
        assert all(each == set(range(len(each))) and len(each) <= cut.promised + 2 for each in kept)
        found.snapshots += 1
        found.behind = max(found.behind, cut.promised + 1 - best)
    path = place / NAME
    if not path.exists():
        found.lost += cut.promised >= 0
        return
    try:
        batches = held(opening.examine(path, doors.in_use()).stored)
    except (DamagedSessionFile, WrongKey):
        found.broken += 1
        return
    promised = set(range(cut.promised + 1))
    found.lost += not promised <= batches
    found.unpromised += cut.promised + 1 in batches
    assert batches <= promised | {cut.promised + 1}


def test_nothing_promised_is_lost_when_everything_unsynced_is(tmp_path: Path) -> None:
    found = replayed(recorded(tmp_path, "full"), tmp_path, step=1)

    assert (found.lost, found.broken, found.betrayed) == (0, 0, 0)
    # The run is long enough to mean something, and the replay looks into the gap between commit and promise.
    assert found.points > 150
    assert found.copies > 50
    # From the first one on there always is one, and never an older one than the last but one.
    assert found.snapshots > 100
    assert found.behind <= 20
    assert found.not_yet > 0


@pytest.mark.long_when_locked
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_promised_is_lost_when_chance_decides_what_survives(tmp_path: Path, seed: int) -> None:
    found = replayed(recorded(tmp_path, "full"), tmp_path, step=4, seed=seed)

    assert (found.lost, found.broken, found.betrayed) == (0, 0, 0), f"seed {seed}"
    assert found.points > 100
    assert found.unpromised > 0


@pytest.mark.parametrize("seed", [None, 1])
def test_the_replay_does_find_losses_where_there_are_some(tmp_path: Path, seed: int | None) -> None:
    found = replayed(recorded(tmp_path, "normal"), tmp_path, step=4, seed=seed)

    assert found.lost > 10


def test_what_was_saved_of_a_lost_file_is_whole_or_absent_and_there_once_it_was_said(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    done = shim.run(shim.build(tmp_path), disk, "losing", str(disk), "20", log=tmp_path / "log")
    assert done.returncode == 0, done.stderr
    assert "saved as “rescued-1-session.workshop”" in done.stdout
    place, there, absent = tmp_path / "after", 0, 0
    for seed in (None, 1, 2):
        for cut in cuts(read_log(tmp_path / "log"), step=1, seed=seed):
            place.mkdir()
            for name, content in cut.files.items():
                (place / Path(name).name).write_bytes(content)
            rescued = place / f"rescued-1-{NAME}"
            if rescued.exists():
                there += 1
                assert held(opening.examine(rescued, doors.in_use()).stored) == set(range(20))
            else:
                absent += 1
                assert cut.promised < 0, "it was said to be saved"
            shutil.rmtree(place)

    assert there > 3
    assert absent > 50


def test_the_session_goes_on_by_itself_after_a_power_cut(tmp_path: Path) -> None:
    log = recorded(tmp_path, "full")
    opened = 0
    for cut in cuts(log, step=37, seed=5):
        if cut.promised < 0:
            continue
        place = tmp_path / f"after{cut.point}"
        place.mkdir()
        for name, content in cut.files.items():
            (place / Path(name).name).write_bytes(content)

        store = open_existing(place / NAME)
        batches = held(store.load())
        store.commit([], 1)
        store.close()

        assert batches >= set(range(cut.promised + 1))
        opened += 1
    assert opened > 5
