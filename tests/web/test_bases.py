"""One answer, one base: console, host page, big screen and report say the same number of the same people."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_info, sid
from tests.web.host_desk import ADDRESSES
from workshop_tui.domain import commands as cmd
from workshop_tui.exports.rounds import rounds
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.desk import snapshot
from workshop_tui.room.record import RoundRecord, SessionRecord
from workshop_tui.room.room import Room
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.signs import room_signs
from workshop_tui.views.facts import answers_words
from workshop_tui.views.moment import Moment
from workshop_tui.web.screen.pictures import Pictures

PEOPLE = [f"{n:032x}" for n in range(6)]


@asynccontextmanager
async def voted(*before: cmd.Command) -> AsyncIterator[Room]:
    """Six phones, of which four answered and one skipped."""
    room = a_room(MemoryStore(an_info()), FakeClock())
    await room.start()
    await give(room, *(cmd.Join(person=person, token_hash=person.encode()) for person in PEOPLE), *before)
    await give(room, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32))
    choices = [*['{"option":"a"}'] * 4, None]
    for person, choice in zip(PEOPLE, choices, strict=False):
        await give(room, cmd.Cast(person=person, round="i01.1", choice=choice, submission_id=sid()))
    yield room
    await room.close()


async def give(room: Room, *commands: cmd.Command) -> None:
    for command in commands:
        await room.submit(msgspec.structs.replace(command, at=room.clock.now_ms()))


def reported(room: Room) -> tuple[str, ...]:
    """What the report says below the result of the one vote."""
    tally = room.tables.tallies["i01.1"]
    ballots = RoundRecord(
        key="i01.1", profile=tally.profile, skipped=tally.skipped, changes=0, sealed_profile=None, sealed_skipped=None
    )
    record = SessionRecord(
        info=room.info, state=room.state, journal=(), journal_head="", rounds=(ballots,), contributions=(), notes=(),
        phones=room.tables.joined,
    )  # fmt: skip
    return rounds(record, KINDS, "session_report")[0].sentences


def said(room: Room) -> set[tuple[str, str]]:
    """(answers, base) as console, host page, big screen and report say it."""
    view = snapshot(room, ADDRESSES, peek=False, connected=0, screens=0, desk="")
    words = [
        " ".join(str(sign.text) for sign in room_signs(ConsoleMoment(snapshot=view))),
        " ".join(map(str, answers_words(Moment(snapshot=view)))),
    ]
    words.append(str(Pictures(room, ADDRESSES.join_url).picture(room.clock.now_ms()).count))
    words += [sentence for sentence in map(str, reported(room)) if re.match(r"\d+ of ", sentence)]
    found = [re.findall(r"(\d+) of (\d+) (?:people|phones|answered)", each) for each in words]
    assert [len(each) for each in found] == [1, 1, 1, 1], words
    return {each[0] for each in found}


@pytest.mark.parametrize(
    ("counted", "base"),
    [(None, "6"), (9, "9"), (5, "5")],
    ids=["nobody counted", "more people than phones", "as many as answered or skipped"],
)
async def test_all_say_the_same_base_of_a_closed_vote(counted: int | None, base: str) -> None:
    async with voted(cmd.SetPresent(people=counted)) as room:
        await give(room, cmd.CloseVote())
        assert said(room) == {("4", base)}


@pytest.mark.parametrize("counted", [3, 0])
async def test_where_more_answered_than_were_counted_all_say_both_numbers(counted: int) -> None:
    async with voted(cmd.SetPresent(people=counted)) as room:
        await give(room, cmd.CloseVote())
        view = snapshot(room, ADDRESSES, peek=False, connected=0, screens=0, desk="")

        signs = " ".join(str(sign.text) for sign in room_signs(ConsoleMoment(snapshot=view)))
        desk = str(answers_words(Moment(snapshot=view))[0])

    assert f"Answers 4, counted {counted}" in signs
    assert desk == f"4 people answered, though {counted} people were counted in the room."
    assert (
        str(reported(room)[0]) == f"4 people answered and 1 skipped, though {counted} people were counted in the room."
    )
    assert str(Pictures(room, ADDRESSES.join_url).picture(room.clock.now_ms()).count).startswith("4 people")


async def test_who_comes_after_closing_is_in_nobodys_base() -> None:
    async with voted(cmd.SetPresent(people=7)) as room:
        await give(room, cmd.CloseVote(), cmd.SetPresent(people=20))
        await give(room, cmd.Join(person="f" * 32, token_hash=b"late"))

        assert said(room) == {("4", "7")}
