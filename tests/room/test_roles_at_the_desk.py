"""What the desk sees of roles: counts of who came, and both groups once a vote is counted for good."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_agenda, an_info, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Bars, Statement
from workshop_tui.messages import ENGLISH
from workshop_tui.room.desk import Addresses, round_details, snapshot
from workshop_tui.room.results import turnout
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import Snapshot

ADDRESSES = Addresses(boot_id="b", session_path="s", join_url="j", screen_url="w", host_url="h")


def seen(room: Room, *, peek: bool = False) -> Snapshot:
    return snapshot(room, ADDRESSES, peek=peek, connected=0, screens=0, desk="")


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    store = MemoryStore(an_info(an_agenda(roles=("patient", "carer", "staff", "observer"))))
    room = a_room(store, FakeClock())
    await room.start()
    await room.submit(cmd.OpenItem(item="i01"))
    await room.submit(cmd.OpenVote(key=b"k" * 32))
    yield room
    await room.close()


async def come(room: Room, role: str, count: int, choice: str = "") -> None:
    for number in range(count):
        person = f"{role}{choice}{number}"
        await room.submit(cmd.Join(person=person, token_hash=person.encode()))
        if role:
            await room.submit(cmd.TellRole(person=person, role=role))
        if choice:
            ballot = f'{{"option":"{choice}"}}'
            await room.submit(cmd.Cast(person=person, round="i01.1", choice=ballot, submission_id=sid()))


async def test_the_desk_sees_how_many_came_as_what_and_never_who(room: Room) -> None:
    await come(room, "patient", 2)
    await come(room, "staff", 1)
    await come(room, "observer", 3)
    await come(room, "", 1)
    found = seen(room)

    assert str(found.roles) == "2 patients, 1 staff, 3 look on and 1 has not said."
    assert (found.phones, found.looking_on) == (7, 3)
    assert found.round is not None
    assert found.round.base == 4
    assert turnout(room, room.state.rounds[0]).joined == 4


async def test_both_groups_are_behind_the_result_once_it_is_counted_for_good(room: Room) -> None:
    await come(room, "patient", 6, "a")
    await come(room, "carer", 5, "b")
    await come(room, "staff", 10, "b")
    await room.submit(cmd.CloseVote())
    assert round_details(room).blocks == ()

    await room.submit(cmd.Reveal())
    blocks = round_details(room).blocks
    said = [ENGLISH.text(block.text) for block in blocks if isinstance(block, Statement)]
    public, staff = (block for block in blocks if isinstance(block, Bars))

    assert "Patients, carers and public: 11 people answered." in said
    assert "Staff: 10 people answered." in said
    assert {ENGLISH.text(bar.label): bar.value for bar in public.bars} == {"Phones": 6, "Letters": 5, "Parking": 0}
    assert {ENGLISH.text(bar.label): bar.value for bar in staff.bars} == {"Phones": 0, "Letters": 10, "Parking": 0}
    # What the room sees is the whole, and only the whole.
    result = seen(room).result
    assert result is not None
    (whole,) = (block for block in result if isinstance(block, Bars))
    assert {ENGLISH.text(bar.label): bar.value for bar in whole.bars} == {"Phones": 6, "Letters": 15, "Parking": 0}


async def test_a_small_group_is_behind_no_result(room: Room) -> None:
    await come(room, "patient", 30, "a")
    await come(room, "staff", 9, "b")
    await room.submit(cmd.Reveal())

    assert round_details(room).blocks == ()
    assert room.tables.tallies["i01.1"].parts == {}


async def test_roles_and_groups_are_there_after_a_restart(room: Room) -> None:
    await come(room, "patient", 10, "a")
    await come(room, "staff", 10, "b")
    await come(room, "observer", 1)
    await come(room, "", 1)
    store = room._store
    assert isinstance(store, MemoryStore)

    again = a_room(store, FakeClock())

    assert again.tables.roles == room.tables.roles
    assert again.tables.tallies["i01.1"].parts == room.tables.tallies["i01.1"].parts != {}
    assert again.tables.role("observer0") == "observer"


async def test_a_role_that_could_not_be_written_is_not_there(room: Room) -> None:
    store = room._store
    assert isinstance(store, MemoryStore)
    await come(room, "", 1)
    store.broken = "The disk is full."

    with pytest.raises(Exception, match="disk is full"):
        await room.submit(cmd.TellRole(person="0", role="staff"))

    assert room.tables.role("0") == ""
    assert str(seen(room).roles) == "1 has not said."
