"""What a facilitator knows before the room sees a result, and what the room never sees of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes import FakeClock, MemoryStore
from tests.room.test_roles_at_the_desk import come, seen
from tests.sessions import a_room, an_agenda, an_info
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Statement
from workshop_tui.domain.honesty import base_sentence
from workshop_tui.messages import ENGLISH
from workshop_tui.room.results import round_result, turnout
from workshop_tui.room.room import Room
from workshop_tui.views.asking import question
from workshop_tui.views.moment import Moment

TWICE = "That is more than the 4 counted in the room. Some may have answered twice."
ALONE = "Only one person answered: publishing this tells what that person said."
ALIKE = "All 5 gave the same answer. In so small a group, publishing this tells what each person said."


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = a_room(MemoryStore(an_info(an_agenda())), FakeClock())
    await room.start()
    await room.submit(cmd.OpenItem(item="i01"))
    await room.submit(cmd.OpenVote(key=b"k" * 32))
    yield room
    await room.close()


def asked(room: Room) -> list[str]:
    """What a desk is asked before it reveals."""
    found = question(Moment(snapshot=seen(room)), cmd.Reveal())
    assert found is not None
    return list(map(ENGLISH.text, found.words))


def shown(room: Room) -> list[str]:
    """Every sentence of the result that phones and the big screen show."""
    blocks, words = round_result(room, room.state.rounds[0])
    sentences = (block.text for block in blocks if isinstance(block, Statement))
    return [ENGLISH.text(text) for text in (*words, *sentences)]


async def test_that_some_may_have_answered_twice_is_asked_about_and_not_shown(room: Room) -> None:
    await room.submit(cmd.SetPresent(people=4))
    await come(room, "", 3, "a")
    await come(room, "", 3, "b")
    open_now = asked(room)
    await room.submit(cmd.CloseVote())
    closed = asked(room)
    await room.submit(cmd.Reveal())

    assert TWICE in open_now
    assert TWICE in closed
    assert open_now[0] == "6 people answered, though 4 people were counted in the room."
    assert not any("twice" in sentence for sentence in shown(room))


async def test_the_number_that_was_counted_stays_the_number_that_was_counted(room: Room) -> None:
    await room.submit(cmd.SetPresent(people=4))
    await come(room, "", 5, "a")

    found = turnout(room, room.state.rounds[0])

    assert str(base_sentence(found)) == "5 people answered, though 4 people were counted in the room."
    assert str(found.out_of) == "5 people"
    assert shown(room)[0] == str(base_sentence(found))


@pytest.mark.parametrize(("people", "told"), [(1, ALONE), (5, ALIKE)])
async def test_what_a_result_tells_of_single_people_is_asked_about_and_not_shown(
    room: Room, people: int, told: str
) -> None:
    await come(room, "", people, "a")
    await room.submit(cmd.CloseVote())
    before = asked(room)
    await room.submit(cmd.Reveal())

    assert told in before
    assert not any("publishing" in sentence for sentence in shown(room))


async def test_once_the_room_has_seen_it_there_is_nothing_to_warn_of(room: Room) -> None:
    await come(room, "", 1, "a")
    await room.submit(cmd.Reveal())

    found = seen(room).round

    assert found is not None
    assert found.warnings == ()
