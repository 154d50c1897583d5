"""A write-up is finished by itself when its last day has passed; only the room's own clock says when."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from tests.fakes import NOON, FakeClock, MemoryStore
from tests.sessions import a_room, an_info, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.errors import CommandRefused, StoreUnavailable
from workshop_tui.room import room as room_module
from workshop_tui.room.desk import Addresses, snapshot
from workshop_tui.room.room import Room

DAY = 24 * 3_600_000
STORY = '{"parts":[["what_happened","I rang nine times."]],"level":"C1"}'
ADDRESSES = Addresses(boot_id="b", session_path="/s", join_url="J", screen_url="S", host_url="H")


def finished_by(store: MemoryStore) -> list[str]:
    return [event.who for event in store.events if isinstance(event, ev.WriteUpFinished)]


async def with_a_story(room: Room) -> None:
    """Somebody told something that nobody may hear in their words."""
    await room.submit(cmd.Join(person="ana", token_hash=hashlib.sha256(b"ana").digest(), at=room.clock.now_ms()))
    await room.submit(cmd.OpenItem(item="i03", at=room.clock.now_ms()))
    told = cmd.Contribute(
        person="ana", item="i03", body=STORY, consent="C1", key="k1", submission_id=sid(), at=room.clock.now_ms()
    )
    await room.submit(told)


async def test_the_room_finishes_when_the_last_day_has_passed_and_not_before() -> None:
    store, clock = MemoryStore(an_info(write_up_until=NOON + DAY)), FakeClock()
    room = a_room(store, clock)
    await room.start()
    await with_a_story(room)
    clock.pass_s(DAY / 1000 - 1)
    await room.tick()
    assert finished_by(store) == []
    assert room.tables.contributions["k1"].body == STORY

    clock.pass_s(1)
    await room.tick()
    await room.tick()

    assert finished_by(store) == ["room"]
    assert room.state.phase == "finished"
    assert room.tables.contributions["k1"].body == ""
    seen = snapshot(room, ADDRESSES, peek=False, connected=0, screens=0, desk="")
    assert seen.finished_at == NOON + DAY
    await room.close()


@pytest.mark.parametrize("left", [False, True])
async def test_a_clock_that_is_put_right_does_not_end_the_day(*, left: bool) -> None:
    store, clock = MemoryStore(an_info(write_up_until=NOON + DAY)), FakeClock()
    room = a_room(store, clock)
    await room.start()
    await with_a_story(room)
    if left:
        await room.submit(cmd.EndWorkshop(confirm="END", at=NOON))

    clock.set_by_s(26 * 365 * DAY / 1000)
    await room.tick()
    assert finished_by(store) == []
    clock.pass_s(DAY / 1000)
    await room.tick()

    assert finished_by(store) == ["room"]
    await room.close()


async def test_a_room_that_starts_after_the_last_day_finishes_first() -> None:
    store = MemoryStore(an_info(write_up_until=NOON + DAY))
    room = a_room(store, FakeClock())
    await room.start()
    await with_a_story(room)
    await room.close()

    room = a_room(store, FakeClock(NOON + 2 * DAY))
    await room.start()

    assert finished_by(store) == ["room"]
    with pytest.raises(CommandRefused, match="finished"):
        await room.submit(cmd.AddNote(kind="note", text="Too late", key="n1", at=NOON + 2 * DAY))
    await room.close()


async def test_one_that_was_finished_by_hand_or_has_no_last_day_is_left_alone() -> None:
    by_hand, endless = MemoryStore(an_info(write_up_until=NOON + DAY)), MemoryStore(an_info())
    for store in (by_hand, endless):
        room = a_room(store, clock := FakeClock())
        await room.start()
        if store is by_hand:
            await room.submit(cmd.EndWorkshop(confirm="END", at=NOON))
            await room.submit(cmd.FinishWriteUp(confirm="FINISH", at=NOON))
        clock.pass_s(3 * DAY / 1000)
        await room.tick()
        await room.close()

    assert finished_by(by_hand) == ["facilitator"]
    assert finished_by(endless) == []


async def test_a_disk_that_fails_at_the_last_moment_puts_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_module, "RETRY_S", 0.01)
    store = MemoryStore(an_info(write_up_until=NOON - 1))
    store.broken = "The disk is full."
    room = a_room(store, FakeClock())
    await room.start()
    assert room.fault == "The disk is full."
    assert finished_by(store) == []

    store.broken = ""
    while room.fault:
        await asyncio.sleep(0.01)
    await room.tick()

    assert finished_by(store) == ["room"]
    await room.close()


async def test_what_a_batch_wrote_is_shown_and_what_it_could_not_write_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room_module, "RETRY_S", 60)
    store = MemoryStore(an_info())
    room = a_room(store)
    await room.start()
    await with_a_story(room)
    await room.submit(cmd.Retell(contribution="k1", words="Of a phone", at=NOON))
    assert room.tables.kept_retelling("k1") == "Of a phone"
    steps = room.tables.undo("")

    store.broken = "The disk is full."
    with pytest.raises(StoreUnavailable):
        await room.submit(cmd.Retell(contribution="k1", words="Of a letter", at=NOON))

    assert room.tables.retelling("k1") == room.tables.kept_retelling("k1") == "Of a phone"
    assert room.tables.undo("") == steps
    await room.close()
