"""The page that asks who somebody is here as: before any answer, without a script, and for nobody who is not asked."""

from __future__ import annotations

import re

import pytest

from tests.sessions import an_agenda
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.web.http.assets import ASSETS

QUESTION = "Who are you here as today?"


def asked(*roles: str) -> Agenda:
    return an_agenda(roles=roles or ("patient", "carer", "public", "staff", "observer"))


async def come(house: House, role: str) -> Phone:
    phone = await house.phone()
    assert (await phone.post("/role", {"role": role})).status_code == 303
    return phone


async def test_joining_leads_to_the_question_and_the_answer_leads_on() -> None:
    async with a_house(asked()) as house:
        phone = house.stranger()
        joined = await phone.scan()
        page = (await phone.see("/role")).text

        assert joined.url.path == "/role"
        assert QUESTION in joined.text
        assert QUESTION in page
        assert re.findall(r'name="role" value="(\w+)"', page) == ["patient", "carer", "public", "staff", "observer"]
        assert "checked" not in page
        assert "staff and others think alike" in page

        answer = await phone.post("/role", {"role": "carer"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/now")
        assert house.room.tables.roles == {"carer": 1, "": 0}
        assert "You have joined." in (await phone.see()).text


async def test_a_workshop_that_does_not_ask_goes_on_as_ever() -> None:
    async with a_house() as house:
        phone = house.stranger()

        assert (await phone.scan()).url.path == "/now"
        assert (await phone.http.get("/role")).headers["location"] == "/now"
        assert "here as" not in (await phone.see()).text
        assert "staff" not in (await phone.see("/privacy")).text


async def test_who_has_not_said_waits_and_reads_like_everybody_and_is_asked_before_the_vote() -> None:
    async with a_house(asked()) as house:
        phone = await house.phone()
        assert 'href="/role"' in (await phone.see()).text
        assert (await phone.see("/stories")).status_code == 200

        await house.ask()
        page = (await phone.see()).text
        assert QUESTION in page
        assert "/vote/" not in page

        refused = await phone.vote("a")
        assert refused.status_code == 409
        assert QUESTION in refused.text
        told = (await phone.send("/vote/i01.1", {"choice": "a"})).json()
        assert told == {"error": "Please tell us first who you are here as.", "location": "/now"}

        await phone.post("/role", {"role": "staff"})
        assert "/vote/i01.1" in (await phone.see()).text
        assert (await phone.vote("a")).status_code == 303
        assert house.room.tables.tallies["i01.1"].parts == {"staff": {'{"option":"a"}': 1}}


async def test_who_looks_on_sees_the_question_and_its_options_and_no_form() -> None:
    async with a_house(asked()) as house:
        phone = await come(house, "observer")
        await house.ask()
        page = (await phone.see()).text

        assert "What do you think?" in page
        assert "Letters" in page
        assert "You are here to look on." in page
        assert "<form" not in page
        assert (await phone.vote("a")).status_code == 409
        assert house.room.tables.tallies["i01.1"].profile == {}

        await house.give(cmd.Reveal())
        assert "Nobody has answered" in (await phone.see()).text


@pytest.mark.parametrize("item", ["i03", "i04", "i06"])
async def test_who_looks_on_sends_no_words_and_gets_them_back(item: str) -> None:
    async with a_house(asked()) as house:
        phone, carer = await come(house, "observer"), await come(house, "carer")
        await house.give(cmd.OpenItem(item=item))
        fields = re.findall(
            r'<(?:textarea|input type="text")[^>]* name="([^"]+)"', (await carer.see("/now?read=1")).text
        )

        assert "<form" not in (await phone.see()).text
        refused = await phone.post(f"/say/{item}", {fields[0]: "My own words", "level": "C2"})

        assert refused.status_code == 409
        assert "My own words" in refused.text
        assert "look on" in refused.text
        assert dict(house.room.tables.contributions) == {}
        assert (await carer.post(f"/say/{item}", {fields[0]: "My own words", "level": "C2"})).status_code == 303


async def test_the_page_shows_what_was_chosen_and_takes_another_choice_until_an_answer_stands() -> None:
    async with a_house(asked()) as house:
        phone = await come(house, "observer")
        assert re.findall(r'value="(\w+)"[^>]* checked', (await phone.see("/role")).text) == ["observer"]
        await phone.post("/role", {"role": "patient"})
        await house.ask()
        await phone.vote("b")

        refused = await phone.post("/role", {"role": "staff"})

        assert refused.status_code == 409
        assert "cannot change" in refused.text
        assert re.findall(r'value="(\w+)"[^>]* checked', refused.text) == ["patient"]


async def test_a_choice_that_is_none_is_refused_at_the_cards() -> None:
    async with a_house(asked("patient", "staff")) as house:
        phone = await house.phone()
        for fields in ({}, {"role": "observer"}, {"role": "<b>"}):
            refused = await phone.post("/role", fields)  # type: ignore[arg-type]  # a dict of another type
            assert refused.status_code == 422
            assert "Please choose one." in refused.text
            assert "#f-role" in refused.text
            assert "<b>" not in refused.text


async def test_a_form_from_elsewhere_and_a_stranger_say_nothing_for_anybody() -> None:
    async with a_house(asked()) as house:
        phone = await house.phone()
        assert (await phone.post("/role", {"role": "staff", "csrf": "0" * 32})).status_code == 403
        assert (await phone.post("/role", {"role": "staff"}, origin="http://evil.example")).status_code == 403
        assert (await house.stranger().post("/role", {"role": "staff"})).status_code == 403
        assert (await house.stranger().http.get("/role")).status_code == 403
        assert house.room.tables.roles == {"": 1}


async def test_people_are_told_what_happens_with_it_only_where_it_is_asked() -> None:
    async with a_house(asked("patient", "observer")) as house:
        phone = await house.phone()

        assert "staff and others" not in (await phone.see("/role")).text
        assert "big groups" in (await phone.see("/privacy")).text


async def test_a_disk_that_fails_keeps_the_choice_on_the_page() -> None:
    async with a_house(asked()) as house:
        phone = await house.phone()
        house.store.broken = "The disk is full."

        refused = await phone.post("/role", {"role": "carer"})

        assert refused.status_code == 503
        assert re.findall(r'value="(\w+)"[^>]* checked', refused.text) == ["carer"]
        house.store.broken = ""
        assert house.room.tables.roles == {"": 1}


async def test_the_question_is_small_enough_to_be_the_first_page_of_a_phone() -> None:
    async with a_house(asked()) as house:
        phone = await house.phone()
        answer = await phone.http.get("/role", headers={"accept-encoding": "gzip"})
        files = sum(len(ASSETS[each].packed) for each in ("app.css", "cards.css", "app.js"))

        assert int(answer.headers["content-length"]) + files <= 7_000
