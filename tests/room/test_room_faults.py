"""A disk that fails in the middle: nobody is told something that then did not happen, and nothing received is lost."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_info, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import DamagedSessionFile, StoreUnavailable
from workshop_tui.room import room as room_module
from workshop_tui.room.ports import StoredSession
from workshop_tui.room.room import Room

FULL = "The disk is full."


@asynccontextmanager
async def voting(store: MemoryStore, *people: str) -> AsyncIterator[Room]:
    """A started room in which these people have joined and the first vote is open."""
    room = a_room(store)
    await room.start()
    for person in people:
        token = hashlib.sha256(person.encode()).digest()
        await room.submit(cmd.Join(person=person, token_hash=token, at=room.clock.now_ms()))
    await room.submit(cmd.OpenItem(item="i01", at=room.clock.now_ms()))
    await room.submit(cmd.OpenVote(key=b"k" * 32, at=room.clock.now_ms()))
    try:
        yield room
    finally:
        await room.close()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_module, "RETRY_S", 0.01)


def vote(person: str, choice: str = "a") -> cmd.Cast:
    return cmd.Cast(person=person, round="i01.1", choice=f'{{"option":"{choice}"}}', submission_id=sid())


async def well_again(room: Room) -> None:
    seen = room.notifier.desk_version
    while room.fault:
        seen = await room.notifier.wait_desk(seen, 5)


async def test_a_vote_that_met_a_closing_which_was_never_written_is_not_told_that_it_came_too_late() -> None:
    store = MemoryStore(an_info())
    async with voting(store, "ana") as room:
        store.broken = FULL

        closing, late = await asyncio.gather(
            room.submit(cmd.CloseVote(at=room.clock.now_ms())), room.submit(vote("ana")), return_exceptions=True
        )

        assert isinstance(closing, StoreUnavailable)
        assert isinstance(late, StoreUnavailable), "the vote is still open: the phone has to try again"
        store.broken = ""
        await well_again(room)
        await room.submit(vote("ana"))
        assert room.tables.tallies["i01.1"].answered == 1


class TwiceRead(MemoryStore):
    """Reads the file a second time only once somebody's vote is on its way: as slowly as a sick disk does."""

    def __init__(self) -> None:
        super().__init__(an_info())
        self.loads = 0
        self.voted = threading.Event()

    def load(self) -> StoredSession:
        self.loads += 1
        if self.loads == 3:
            self.voted.wait(5)
        return super().load()


async def test_a_vote_received_right_after_two_writes_failed_at_once_stays_in_the_count() -> None:
    store = TwiceRead()
    async with voting(store, "ana", "ben") as room:
        await room.submit(vote("ana"))
        store.broken = FULL
        # The clock's tick writes too: both meet the full disk in the same moment.
        failed = await asyncio.gather(room.submit(vote("ben")), room.tick(), return_exceptions=True)
        assert isinstance(failed[0], StoreUnavailable)
        store.broken = ""
        await well_again(room)

        received = asyncio.ensure_future(room.submit(vote("ben", "b")))
        await asyncio.sleep(0)
        store.voted.set()
        await received
        for _ in range(20):
            await asyncio.sleep(0.005)

        assert room.tables.tallies["i01.1"].profile == {'{"option":"a"}': 1, '{"option":"b"}': 1}


async def a_vote_counts_once_the_disk_is_well(store: MemoryStore) -> None:
    """The disk was full for a while, and the room comes back by itself."""
    async with voting(store, "ana") as room:
        store.broken = FULL
        with pytest.raises(StoreUnavailable):
            await room.submit(vote("ana"))
        store.broken = ""
        await asyncio.wait_for(well_again(room), 5)

        await room.submit(vote("ana"))

        assert room.tables.tallies["i01.1"].answered == 1


async def test_a_file_that_reads_as_damaged_for_a_moment_is_tried_again() -> None:
    class Odd(MemoryStore):
        """Cannot be understood at the first reading after the fault."""

        loads = 0

        def load(self) -> StoredSession:
            self.loads += 1
            if self.loads == 2:
                raise DamagedSessionFile("“x” is damaged: its pages do not fit together.")
            return super().load()

    await a_vote_counts_once_the_disk_is_well(Odd(an_info()))


async def test_the_clock_goes_on_after_a_look_that_met_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    class Buggy(MemoryStore):
        """The second look at it fails in a way that nobody thought of."""

        looks = 0

        def check_in_place(self) -> None:
            self.looks += 1
            if self.looks == 2:
                raise ZeroDivisionError

    monkeypatch.setattr(room_module, "TICK_S", 0.001)
    store = Buggy(an_info())
    async with voting(store, "ana"):
        for _ in range(1_000):
            await asyncio.sleep(0.002)
            if store.looks > 3:
                break

    assert store.looks > 3


async def test_a_file_that_meets_a_bug_while_it_is_opened_again_is_tried_again() -> None:
    class Buggy(MemoryStore):
        """The first recovery fails in a way that nobody thought of."""

        recoveries = 0

        def recover(self) -> None:
            self.recoveries += 1
            if self.recoveries == 1:
                raise ZeroDivisionError
            super().recover()

    await a_vote_counts_once_the_disk_is_well(Buggy(an_info()))


async def test_a_second_copy_that_met_a_bug_keeps_nothing_else_from_being_done() -> None:
    class Buggy(MemoryStore):
        """Cannot be copied."""

        def snapshot(self) -> None:
            raise ZeroDivisionError

    async with voting(Buggy(an_info()), "ana") as room:
        clock = room.clock
        assert isinstance(clock, FakeClock)
        clock.pass_s(10)
        await room.tick()
        before = room.commits
        for _ in range(6):
            clock.pass_s(10)
            await room.tick()

        assert room.commits == before + 6
