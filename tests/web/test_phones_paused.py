"""While the room is paused phones keep what people write, say so in short, and go on by themselves."""

from __future__ import annotations

import pytest

from tests.sessions import an_agenda, item
from tests.web.pages_seen import text_of, value_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.policy import PAUSED
from workshop_tui.web.phone.phone_state import PAUSED as SHORT


async def at_an_idea(house: House) -> Phone:
    phone = await house.phone()
    await house.give(cmd.OpenItem(item="i04"))
    await phone.see()
    await house.give(cmd.PauseRoom())
    return phone


async def test_a_form_keeps_the_words_and_says_why_they_are_not_taken() -> None:
    async with a_house() as house:
        phone = await at_an_idea(house)

        answer = await phone.post("/say/i04", {"idea": "CANARY", "sid": "a" * 32})

        assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
        assert str(PAUSED) in text_of(answer.text)
        assert value_of(answer.text, "idea").strip() == "CANARY"
        assert f'value="{"a" * 32}"' in answer.text
        assert not house.room.tables.contributions


async def test_the_script_hears_the_same_words_and_tries_again() -> None:
    async with a_house() as house:
        phone = await at_an_idea(house)

        answer = await phone.send("/say/i04", {"idea": "CANARY"})

        assert answer.status_code == 503
        assert answer.json() == {"error": str(PAUSED), "wait": str(PAUSED)}


async def test_a_disk_that_fails_is_told_as_a_lost_link_and_not_in_words_of_the_room() -> None:
    async with a_house() as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i04"))
        house.store.broken = "The disk is full."

        assert set((await phone.send("/say/i04", {"idea": "CANARY"})).json()) == {"error"}


async def test_a_vote_counts_once_after_the_pause() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        await house.give(cmd.PauseRoom())
        paused = await phone.vote("a", sid="b" * 32)
        await house.give(cmd.ResumeRoom())

        again = await phone.vote("a", sid="b" * 32)

        assert (paused.status_code, again.status_code) == (503, 303)
        assert dict(house.room.tables.tallies["i01.1"].profile) == {'{"option":"a"}': 1}


@pytest.mark.parametrize("item", ["i01", "i02", "i03", "i04"])
async def test_every_page_says_so_for_as_long_as_it_lasts_and_stays_the_page_it_was(item: str) -> None:
    async with a_house() as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item=item))
        if item == "i01":
            await house.give(cmd.OpenVote(key=b"k" * 32))
        before = (await phone.see()).text
        name = before.partition('data-page="')[2].partition('"')[0]

        await house.give(cmd.PauseRoom())
        page, strip = (await phone.see()).text, (await phone.see(f"/strip?page={name}")).text
        assert "Your words are safe." in page
        # Where nobody can write, what is to be read goes away by itself: it may be what the pause is for.
        stays = name if name.endswith(("-open", "-gather")) else "paused"
        assert f'data-page="{stays}"' in page
        assert "Back at" not in page
        assert ("data-over" in strip) == (stays != name)
        assert str(SHORT) in strip
        assert ("<a" in strip) == (stays != name)

        await house.give(cmd.ResumeRoom())
        assert str(SHORT) not in (await phone.see()).text
        assert (await phone.see(f"/strip?page={name}")).text == ""


async def test_a_question_closed_during_a_pause_is_told_once_it_is_over() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        await house.give(cmd.PauseRoom(), cmd.CloseVote())

        assert str(SHORT) in (await phone.see("/strip?page=i01.1-open")).text
        await house.give(cmd.ResumeRoom())
        assert "This question is closed." in (await phone.see("/strip?page=i01.1-open")).text


async def test_who_presses_that_they_want_to_know_hears_it_too() -> None:
    async with a_house(an_agenda(item(1, kind="questions"))) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i01"))
        await phone.post("/say/i01", {"question": "Why?"})
        (key,) = house.room.tables.contributions
        await house.give(cmd.Moderate(contribution=key, handling="approved"), cmd.PauseRoom())

        answer = await phone.post("/upvote", {"off": f"{key}.1"})

        assert answer.status_code == 503
        assert str(PAUSED) in text_of(answer.text)
        assert house.room.tables.votes[key] == 1
