"""Somebody deletes, moves, cuts or overwrites the session file under a busy room: nothing acknowledged is lost.

Whatever the timer does, whether people vote at that moment or nobody does: what was acknowledged is in the file or in
what the room saved, and nothing is acknowledged once the file is lost.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.platforms import needs_posix
from tests.sessions import an_agenda, an_info, item, options
from tests.storage import doors
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import FileLost, SessionFileError, StoreUnavailable
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room import room as room_module
from workshop_tui.room.room import Room
from workshop_tui.storage import opening
from workshop_tui.storage.disk import beside
from workshop_tui.storage.session_file import SessionFile, create

pytestmark = needs_posix

PEOPLE = tuple(f"{n:032x}" for n in range(1, 9))
AGENDA = an_agenda(item(1, kind="single", options=options("One", "Two", "Three")), item(2, kind="vignette"))


def both_deleted(path: Path) -> None:
    path.unlink()
    beside(path, "wal").unlink()


def folder_removed(path: Path) -> None:
    shutil.rmtree(path.parent)


def log_deleted(path: Path) -> None:
    beside(path, "wal").unlink()


def copied_over(path: Path) -> None:
    other = create(path.with_name("other.workshop"), an_info(AGENDA), b"", b"o" * 32)
    other.close()
    path.write_bytes(other.path.read_bytes())


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def moved_away(path: Path) -> None:
    path.rename(path.with_name("away"))


LOSSES = [both_deleted, folder_removed, log_deleted, copied_over, cut, moved_away]


class Crowd:
    """People who vote and tell as fast as answers come, and what they were told is safe."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.votes: dict[str, str] = {}
        self.stories: set[str] = set()
        self.after_the_loss = 0
        self.lost = False
        self._n = 0

    async def send(self, person: str) -> None:
        """One vote, and every third time a story."""
        self._n += 1
        n, choice = self._n, f'{{"option":"{"abc"[self._n % 3]}"}}'
        was_lost = self.lost
        sid = f"{n:032x}"
        await self.room.submit(cmd.Cast(person=person, round="i01.1", choice=choice, submission_id=sid, at=1))
        self.votes[person] = choice
        if n % 3 == 0:
            words = f'{{"parts":[["what_happened","Story {n}"]],"level":"C2"}}'
            sid = f"{n:031x}f"
            told = cmd.Contribute(
                person=person, item="i02", body=words, consent="C2", key=f"k{n}", submission_id=sid, at=1
            )
            await self.room.submit(told)
            self.stories.add(f"k{n}")
        self.after_the_loss += was_lost

    async def go_on(self, person: str) -> None:
        """Until the room takes no more."""
        while True:
            try:
                await self.send(person)
            except StoreUnavailable:
                return


@pytest.fixture
async def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFile:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(room_module, "RETRY_S", 0.01)
    monkeypatch.setattr(room_module, "TICK_S", 3_600.0)
    (tmp_path / "day").mkdir()
    return create(tmp_path / "day" / "day.workshop", an_info(AGENDA), b"agenda", b"s" * 32)


async def begun(store: SessionFile, *, timer: bool) -> Room:
    """A room in which people have joined, a vote is open, and stories are taken."""
    room = Room(store, store.load(), KINDS, FakeClock())
    await room.start()
    for person in PEOPLE:
        await room.submit(cmd.Join(person=person, token_hash=hashlib.sha256(person.encode()).digest(), at=1))
    for command in (
        cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32), cmd.OpenItem(item="i02", vote="keep"),
        *([] if timer else [cmd.PauseTimer()]),
    ):  # fmt: skip
        await room.submit(command)
    return room


def acknowledged_is_in(path: Path, crowd: Crowd) -> bool:
    """Whether a file holds everything that people were told is safe."""
    try:
        stored = opening.examine(path, doors.in_use()).stored
    except (SessionFileError, StoreUnavailable):
        return False
    choices = {row.choice for row in stored.ballots.get("i01.1", {}).values()}
    keys = {row.key for row in stored.contributions}
    return len(stored.ballots.get("i01.1", {})) >= len(crowd.votes) > 0 and crowd.stories <= keys and bool(choices)


def candidates(folder: Path) -> list[Path]:
    return [*folder.glob("day/*.workshop"), *folder.glob("home/data/*/*.workshop"), *folder.glob("day/away")]


@pytest.mark.parametrize("lose", LOSSES)
@pytest.mark.parametrize("timer", [True, False], ids=["timer", "no timer"])
@pytest.mark.parametrize("busy", [True, False], ids=["busy", "quiet"])
async def test_what_was_acknowledged_is_saved_and_nothing_is_acknowledged_after_the_loss(
    store: SessionFile, tmp_path: Path, lose: Callable[[Path], None], timer: bool, busy: bool
) -> None:
    room = await begun(store, timer=timer)
    crowd = Crowd(room)
    for person in PEOPLE[:4]:
        await crowd.send(person)
    if busy:
        sending = [asyncio.create_task(crowd.go_on(person)) for person in PEOPLE]
        while len(crowd.votes) < len(PEOPLE):
            await asyncio.sleep(0)
        # On the writer's thread, between two commits.
        await room.on_writer(lambda: lose(store.path))
        crowd.lost = True
        await asyncio.gather(*sending)
    else:
        lose(store.path)
        crowd.lost = True
        # Nobody sends anything: the room looks by itself.
        await room.tick()
    if lose is not log_deleted:
        assert room.fault
    while room.fault and "saved as" not in ENGLISH.text(room.fault):
        await asyncio.sleep(0.005)
    with_counts = {person: room.tables.kept_ballot("i01.1", person) for person in PEOPLE}
    await room.close()

    assert {person: row.choice for person, row in with_counts.items() if row} == crowd.votes
    assert crowd.after_the_loss == 0 or lose is log_deleted
    whole = [each for each in candidates(tmp_path) if acknowledged_is_in(each, crowd)]
    assert whole, [each.name for each in candidates(tmp_path)]


async def test_a_file_that_was_moved_and_put_back_goes_on_by_itself_and_nothing_is_lost(
    store: SessionFile, tmp_path: Path
) -> None:
    room = await begun(store, timer=True)
    crowd = Crowd(room)
    await crowd.send(PEOPLE[0])
    moved_away(store.path)
    with pytest.raises(FileLost):
        await crowd.send(PEOPLE[1])
    store.path.with_name("away").rename(store.path)
    while room.fault:
        await asyncio.sleep(0.005)

    await crowd.send(PEOPLE[1])
    await crowd.send(PEOPLE[2])
    await room.close()

    assert acknowledged_is_in(store.path, crowd)


async def test_what_was_saved_goes_when_a_key_is_destroyed_in_the_file_that_was_put_back(
    store: SessionFile, tmp_path: Path
) -> None:
    room = await begun(store, timer=True)
    await Crowd(room).send(PEOPLE[0])
    moved_away(store.path)
    await room.tick()
    assert len(list(tmp_path.glob("day/rescued-*"))) == 1
    store.path.with_name("away").rename(store.path)
    while room.fault:
        await asyncio.sleep(0.005)

    await room.submit(cmd.OpenItem(item="i01", vote="keep"))
    await room.submit(cmd.Reveal())
    left = list(tmp_path.glob("day/rescued-*"))
    await room.close()

    assert left == []


async def test_a_snapshot_is_made_each_minute_of_the_rooms_clock_while_something_changes(
    store: SessionFile, tmp_path: Path
) -> None:
    room = await begun(store, timer=False)
    clock = room.clock
    assert isinstance(clock, FakeClock)
    counts = []
    for n in range(4):
        if n != 2:
            await Crowd(room).send(PEOPLE[n])
        for _ in range(6):
            clock.pass_s(10)
            await room.tick()
        counts.append(sorted(each.name for each in tmp_path.glob("day/*.snapshots/*.workshop")))
    await room.close()

    assert [len(each) for each in counts] == [1, 2, 2, 2]
    assert counts[1] == counts[2] != counts[3]
