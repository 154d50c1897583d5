"""The writer loop: order, one commit for many, nothing shown before it is on disk."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_info, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.errors import CommandRefused, RoomBusy, StoreUnavailable, TooLate
from workshop_tui.limits import INBOX
from workshop_tui.messages import Message, Verbatim
from workshop_tui.room import room as room_module
from workshop_tui.room.room import Room


@asynccontextmanager
async def running(store: MemoryStore | None = None, clock: FakeClock | None = None) -> AsyncIterator[Room]:
    """A started room."""
    room = a_room(store or MemoryStore(an_info()), clock or FakeClock())
    await room.start()
    try:
        yield room
    finally:
        await room.close()


async def join(room: Room, *people: str) -> None:
    for person in people:
        token = hashlib.sha256(person.encode()).digest()
        await room.submit(cmd.Join(person=person, token_hash=token, at=room.clock.now_ms()))


async def open_vote(room: Room) -> str:
    await room.submit(cmd.OpenItem(item="i01", at=room.clock.now_ms()))
    await room.submit(cmd.OpenVote(key=b"k" * 32, at=room.clock.now_ms()))
    return "i01.1"


def vote(person: str, choice: str = "a") -> cmd.Cast:
    return cmd.Cast(person=person, round="i01.1", choice=f'{{"option":"{choice}"}}', submission_id=sid())


async def test_three_hundred_votes_at_once_need_few_commits_and_wake_the_desk_as_rarely() -> None:
    people = [f"p{n}" for n in range(300)]
    async with running() as room:
        await asyncio.gather(*(join(room, person) for person in people))
        await open_vote(room)
        commits, woken = room.commits, room.notifier.desk_version

        await asyncio.gather(*(room.submit(vote(person)) for person in people))

        assert room.tables.tallies["i01.1"].profile == {'{"option":"a"}': 300}
        assert room.commits - commits <= 3
        assert room.notifier.desk_version - woken <= 3


async def test_votes_wake_no_phone() -> None:
    async with running() as room:
        await join(room, "ana")
        await open_vote(room)
        version = room.notifier.room_version

        await room.submit(vote("ana"))

        assert room.notifier.room_version == version


async def test_commands_of_one_batch_see_each_other_in_order() -> None:
    async with running() as room:
        await join(room, "ana")
        await open_vote(room)
        commits = room.commits

        answers = await asyncio.gather(
            room.submit(vote("ana", "a")),
            room.submit(cmd.CloseVote(at=room.clock.now_ms())),
            room.submit(vote("ana", "b")),
            return_exceptions=True,
        )

        assert isinstance(answers[2], TooLate)
        assert room.tables.tallies["i01.1"].profile == {'{"option":"a"}': 1}
        assert room.commits == commits + 1


async def test_a_commit_that_fails_leaves_no_trace_and_everybody_is_told_to_try_again() -> None:
    store = MemoryStore(an_info())
    async with running(store) as room:
        await join(room, "ana", "ben")
        await open_vote(room)
        store.broken = "The disk is full."
        before = (room.state, dict(room.tables.tallies["i01.1"].profile))

        answers = await asyncio.gather(room.submit(vote("ana")), room.submit(cmd.CloseVote()), return_exceptions=True)

        assert all(isinstance(answer, StoreUnavailable) for answer in answers)
        assert (room.state, dict(room.tables.tallies["i01.1"].profile)) == before
        assert room.fault == "The disk is full."
        with pytest.raises(StoreUnavailable):
            await room.submit(vote("ben"))


async def test_the_room_recovers_by_itself_once_the_disk_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_module, "RETRY_S", 0.01)
    store = MemoryStore(an_info())
    async with running(store) as room:
        await join(room, "ana")
        await open_vote(room)
        store.broken = "The disk is full."
        with pytest.raises(StoreUnavailable):
            await room.submit(vote("ana"))
        seen = room.notifier.desk_version
        store.broken = ""
        while room.fault:
            seen = await room.notifier.wait_desk(seen, 5)

        await room.submit(vote("ana"))

        assert room.tables.tallies["i01.1"].profile == {'{"option":"a"}': 1}


async def test_an_unexpected_fault_in_one_command_fails_that_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    real = room_module.decide

    def decide(state, command, rows, kinds):
        if isinstance(command, cmd.SetPresent):
            raise ZeroDivisionError
        return real(state, command, rows, kinds)

    monkeypatch.setattr(room_module, "decide", decide)
    async with running() as room:
        await join(room, "ana")
        await open_vote(room)

        answers = await asyncio.gather(
            room.submit(vote("ana")), room.submit(cmd.SetPresent(people=3)), room.submit(cmd.CloseVote()),
            return_exceptions=True,
        )  # fmt: skip

        assert isinstance(answers[1], ZeroDivisionError)
        assert room.tables.tallies["i01.1"].answered == 1
        assert room.state.last_round.status == "closed"


async def test_an_unexpected_fault_in_the_tables_fails_its_command_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as room:
        await join(room, "ana")
        await open_vote(room)
        real = room.tables.apply

        def apply(event):
            if isinstance(event, ev.NoteWritten):
                raise ZeroDivisionError
            real(event)

        monkeypatch.setattr(room.tables, "apply", apply)
        answers = await asyncio.wait_for(
            asyncio.gather(
                room.submit(vote("ana")), room.submit(cmd.AddNote(key="n", kind="note", text="A bus")),
                room.submit(cmd.CloseVote()), return_exceptions=True,
            ),
            10,
        )  # fmt: skip

        assert isinstance(answers[1], ZeroDivisionError)
        assert room.tables.tallies["i01.1"].answered == 1
        assert room.state.last_round.status == "closed"


async def test_a_full_inbox_says_so_and_takes_no_more() -> None:
    room = a_room()
    waiting = [asyncio.ensure_future(room.submit(vote("ana"))) for _ in range(INBOX)]
    await asyncio.sleep(0)

    with pytest.raises(RoomBusy):
        await room.submit(vote("ana"))

    for each in waiting:
        each.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await room.close()


async def test_a_restart_goes_on_at_the_same_item_with_the_same_time_left() -> None:
    store, clock = MemoryStore(an_info()), FakeClock()
    async with running(store, clock) as room:
        await join(room, "ana")
        await open_vote(room)
        await room.submit(vote("ana", "b"))
        clock.pass_s(100)
        await room.tick()
        left = room.state.here.left_ms(clock.now_ms())
    clock.pass_s(3600)

    async with running(store, clock) as again:
        assert again.state.current == "i01"
        assert abs(again.state.here.left_ms(clock.now_ms()) - left) <= 1000
        assert again.state.planned_end == room.state.planned_end, "the day went on meanwhile"
        assert again.state.last_round.status == "open"
        assert again.tables.tallies["i01.1"].profile == {'{"option":"b"}': 1}
        await again.submit(vote("ana", "c"))
        assert again.tables.tallies["i01.1"].profile == {'{"option":"c"}': 1}


async def test_a_sleep_stands_the_timer_and_closes_nothing() -> None:
    clock = FakeClock()
    async with running(clock=clock) as room:
        await open_vote(room)
        clock.pass_s(1)
        await room.tick()
        clock.pass_s(3600)
        await room.tick()

        here = room.state.here
        assert here.running_since is None
        assert here.left_ms(clock.now_ms()) > 590_000
        assert room.state.slept_ms >= 3_500_000
        assert room.state.last_round.status == "open"


@pytest.mark.parametrize("hours", [2, -2])
async def test_setting_the_clock_changes_no_time_left(hours: int) -> None:
    clock = FakeClock()
    async with running(clock=clock) as room:
        await open_vote(room)
        clock.pass_s(10)
        clock.set_by_s(hours * 3600)
        await room.tick()

        assert abs(room.state.here.left_ms(clock.now_ms()) - 590_000) < 1000
        assert room.state.here.running_since is not None


async def test_a_refused_command_costs_no_commit() -> None:
    async with running() as room:
        commits = room.commits

        with pytest.raises(CommandRefused):
            await room.submit(cmd.CloseVote())

        assert room.commits == commits


async def test_a_batch_that_cannot_be_written_fails_only_the_command_that_is_to_blame() -> None:
    class Fussy(MemoryStore):
        """Cannot write one sort of event, like a file that meets a text it cannot hold."""

        def commit(self, events: Sequence[ev.Event], alive_ms: int) -> None:
            if any(isinstance(event, ev.PresentSet) for event in events):
                raise UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "surrogates not allowed")
            super().commit(events, alive_ms)

    async with running(Fussy(an_info())) as room:
        await join(room, "ana")
        await open_vote(room)

        answers = await asyncio.gather(
            room.submit(vote("ana")), room.submit(cmd.SetPresent(people=3)), room.submit(cmd.CloseVote()),
            return_exceptions=True,
        )  # fmt: skip

        assert isinstance(answers[1], UnicodeEncodeError)
        assert room.tables.tallies["i01.1"].answered == 1
        assert room.state.last_round.status == "closed"
        assert room.fault == ""


async def test_that_a_copy_holds_more_than_the_file_is_said_in_the_language_of_the_desk() -> None:
    store = MemoryStore(an_info())
    store.left_over = (Path("/closed/newer.workshop"), Path("/closed/other.workshop"))
    store.ahead = frozenset(store.left_over[:1])
    async with running(store) as room:
        newer, other = room.left_over

    assert isinstance(newer, Message)
    assert str(newer) == "newer.workshop (it holds more than this file)"
    assert other == Verbatim("other.workshop")
