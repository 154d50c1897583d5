"""Votes for questions in a running room: counted after the commit, once, and thrown away with a commit that failed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_agenda, an_info, item, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import StoreUnavailable
from workshop_tui.room.room import Room
from workshop_tui.room.tables import Tables

PEOPLE = [f"{n:032x}" for n in range(40)]
KEY = "q" * 32


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(an_info(an_agenda(item(1, kind="questions"))))


@pytest.fixture
async def room(store: MemoryStore) -> AsyncIterator[Room]:
    """A room of forty with one approved question."""
    room = a_room(store, FakeClock())
    await room.start()
    for person in PEOPLE:
        await room.submit(cmd.Join(person=person, token_hash=hashlib.sha256(person.encode()).digest()))
    await room.submit(cmd.OpenItem(item="i01"))
    asked = cmd.Contribute(
        person=PEOPLE[0], item="i01", body='{"text":"Why?"}', consent="C2", key=KEY, submission_id=sid()
    )
    await room.submit(asked)
    await room.submit(cmd.Moderate(contribution=KEY, handling="approved"))
    yield room
    await room.close()


def upvote(person: str, *, on: bool = True) -> cmd.Upvote:
    return cmd.Upvote(person=person, contribution=KEY, on=on)


async def test_many_at_once_share_commits_and_each_counts_once(room: Room) -> None:
    before, heard = room.commits, room.notifier.room_version

    await asyncio.gather(*(room.submit(upvote(person)) for person in PEOPLE * 3))

    assert room.tables.votes[KEY] == 40
    assert room.commits - before < 10
    assert room.notifier.room_version == heard


async def test_on_and_off_in_one_batch_leave_what_came_last(room: Room) -> None:
    wanted = [upvote(PEOPLE[1]), upvote(PEOPLE[1], on=False), upvote(PEOPLE[2]), upvote(PEOPLE[0], on=False)]

    await asyncio.gather(*map(room.submit, wanted))

    assert room.tables.votes[KEY] == 1
    assert [room.tables.kept_presses(person, KEY) % 2 == 1 for person in PEOPLE[:3]] == [False, False, True]


async def test_a_commit_that_failed_leaves_no_vote_and_no_answer(room: Room, store: MemoryStore) -> None:
    store.broken = "The disk is full."

    with pytest.raises(StoreUnavailable):
        await room.submit(upvote(PEOPLE[1]))
    room.fault = ""
    with pytest.raises(StoreUnavailable):
        await room.submit(cmd.MarkAnswered(contribution=KEY, words="So"))

    assert room.tables.votes[KEY] == 1
    assert room.tables.kept_presses(PEOPLE[1], KEY) % 2 == 0
    assert room.tables.kept_answer(KEY) is None
    store.broken = room.fault = ""
    await room.submit(upvote(PEOPLE[1]))
    assert room.tables.votes[KEY] == 2


async def test_a_room_that_starts_again_counts_the_same(room: Room, store: MemoryStore) -> None:
    await asyncio.gather(*(room.submit(upvote(person)) for person in PEOPLE[:7]))
    await room.submit(upvote(PEOPLE[3], on=False))
    await room.submit(cmd.MarkAnswered(contribution=KEY, owner="The chair"))

    again = Tables(store.load())

    assert again.votes == room.tables.votes == {KEY: 6}
    assert again.kept_answer(KEY) == room.tables.kept_answer(KEY)
    assert [again.kept_presses(p, KEY) % 2 == 1 for p in PEOPLE] == [
        room.tables.kept_presses(p, KEY) % 2 == 1 for p in PEOPLE
    ]


async def test_a_question_taken_back_in_the_batch_of_its_votes_stops_nothing(room: Room) -> None:
    wanted = [*map(upvote, PEOPLE[1:4]), cmd.TakeBack(person=PEOPLE[0], contribution=KEY)]

    await asyncio.wait_for(asyncio.gather(*map(room.submit, wanted)), 10)

    assert room.tables.votes[KEY] == 0
    assert not room.tables.contributions[KEY].body
    await asyncio.wait_for(room.submit(cmd.SetPresent(people=12)), 10)
