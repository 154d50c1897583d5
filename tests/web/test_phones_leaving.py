"""A phone is handed to somebody else: from then on the token of before is good for nothing."""

from __future__ import annotations

from tests.web.pages_seen import text_of
from tests.web.phones import Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.web.phone.phones import COOKIE


def copied(phone: Phone) -> str:
    """What somebody who copied the cookie holds."""
    token = phone.http.cookies[COOKIE]
    assert token
    return token


async def test_a_copied_cookie_is_good_for_nothing_once_the_phone_was_handed_on() -> None:
    async with a_house() as house:
        await house.ask()
        phone, thief = await house.phone(), house.stranger()
        thief.http.cookies.set(COOKIE, copied(phone))
        await thief.see("/now")
        thief.proof = phone.proof
        await phone.vote("a")

        left = await phone.post("/leave")

        assert left.status_code == 200
        assert COOKIE not in phone.http.cookies
        assert (await thief.see("/now")).status_code == 403
        assert (await thief.vote("b")).status_code == 403
        assert (await thief.see("/sent")).status_code == 403
        assert (await thief.see("/events")).status_code == 403
        assert dict(house.room.tables.tallies["i01.1"].profile) == {'{"option":"a"}': 1}


async def test_the_next_person_is_somebody_new_and_everybody_counts() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        await phone.vote("a")
        await phone.post("/leave")

        await phone.join()
        assert (await phone.vote("b")).status_code == 303

        assert house.room.tables.joined == 2
        assert dict(house.room.tables.tallies["i01.1"].profile) == {'{"option":"a"}': 1, '{"option":"b"}': 1}
        assert house.app.state.presence.connected() == 1


async def test_the_page_says_what_can_no_longer_be_done() -> None:
    async with a_house() as house:
        said = text_of((await (await house.phone()).see("/leave")).text)

        assert "What you have sent stays." in said
        assert "After that you cannot change an answer or take anything back." in said


async def test_where_it_cannot_be_saved_the_phone_stays_whose_it_was_and_says_so() -> None:
    async with a_house() as house:
        phone = await house.phone()
        house.store.broken = "The disk is full."

        answer = await phone.post("/leave")

        assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
        assert "This phone is still yours." in text_of(answer.text)
        assert "set-cookie" not in answer.headers
        assert 'action="/leave"' in answer.text
        assert copied(phone)
        house.room.fault, house.store.broken = "", ""
        assert "This phone is free" in (await phone.post("/leave")).text


async def test_a_place_can_be_left_after_the_day_too() -> None:
    async with a_house() as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i01"), cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))

        await phone.post("/leave")

        assert house.room.tables.person_by_token == {}


async def test_the_streams_of_who_left_end() -> None:
    async with a_house() as house:
        phone = await house.phone()
        live = house.app.state.live
        (person,) = house.room.tables.persons()
        stream = live._enter(person)

        await phone.post("/leave")

        assert stream.ended
