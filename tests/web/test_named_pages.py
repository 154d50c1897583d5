"""What phones and the host page say where a vote asks for names: nothing that would not be true."""

from __future__ import annotations

import pytest

from tests.room.test_roles_at_the_desk import seen
from tests.sessions import an_agenda, item, options
from tests.web.phones import a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.views.facts import vote_words
from workshop_tui.views.moment import Moment

PANEL = an_agenda(
    item(1, "Bids", kind="panel", options=options("Red", "Blue"), evaluators=["Patient", "Nurse"]),
    item(2, "Which first", kind="single", options=options("Phones", "Letters")),
)


async def test_no_page_says_that_no_name_is_asked_where_one_is() -> None:
    said: dict[bool, list[str]] = {}
    for named, agenda in ((True, PANEL), (False, None)):
        async with a_house(agenda) as house:
            join = (await house.stranger().see("/")).text
            privacy = (await (await house.phone()).see("/privacy")).text
            said[named] = [join, privacy]

    assert all("We do not ask your name." in page for page in said[False])
    assert not any("We do not ask your name." in page for page in said[True])
    assert "We only ask your name where a question says so." in said[True][0]
    assert "kept under that name" in said[True][1]


async def test_the_form_says_so_and_a_vote_without_names_beside_it_does_not() -> None:
    async with a_house(PANEL) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i01"))
        await house.give(cmd.OpenVote(key=b"k" * 32))
        named = (await phone.see("/now")).text
        await house.give(cmd.OpenItem(item="i02", vote="close"))
        await house.give(cmd.OpenVote(key=b"k" * 32))
        other = (await phone.see("/now")).text

    assert "This is not anonymous" in named
    assert "Nobody can see who chose what" not in named
    assert "This is not anonymous" not in other
    assert "Nobody can see who chose what" in other


async def test_the_desk_is_not_told_that_nobody_can_tell_who_gave_what() -> None:
    async with a_house(PANEL) as house:
        for item_ in ("i01", "i02"):
            await house.give(cmd.OpenItem(item=item_))
            await house.give(cmd.OpenVote(key=b"k" * 32))
            await house.give(cmd.Reveal())
            words = " ".join(map(str, vote_words(Moment(snapshot=seen(house.room)))))
            assert ("names people chose" in words) == (item_ == "i01")
            assert ("nobody can tell" in words) == (item_ == "i02")


@pytest.mark.parametrize(("item_", "open_"), [("i01", "people can answer and"), ("i03", "phones can send.")])
async def test_the_desk_does_not_say_that_a_paused_question_is_open(item_: str, open_: str) -> None:
    async with a_house() as house:

        def said() -> str:
            return " ".join(map(str, vote_words(Moment(snapshot=seen(house.room)))))

        await house.give(cmd.OpenItem(item=item_))
        if item_ == "i01":
            await house.give(cmd.OpenVote(key=b"k" * 32))
        assert f"OPEN: {open_}" in said()
        await house.give(cmd.PauseRoom())
        assert said().startswith("PAUSED: ")
        assert "OPEN" not in said()
        await house.give(cmd.CloseGathering() if item_ == "i03" else cmd.CloseVote())
        assert said().startswith("CLOSED: ")
