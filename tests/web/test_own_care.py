"""A phone asks to be contacted about somebody's own care; the desks find the request by its code and route it."""

from __future__ import annotations

import re

from tests.sessions import an_agenda, item
from tests.web.host_desk import host_desk
from tests.web.pages_seen import text_of
from tests.web.phones import a_house


async def test_whoever_asks_gets_a_code_to_show_and_asks_once_however_often_they_press() -> None:
    async with a_house(an_agenda(item(1, kind="ideas"))) as house:
        phone, other = await house.phone(), await house.phone()
        assert "We keep no name" in text_of((await phone.see("/own-care")).text)
        first = text_of((await phone.post("/own-care")).text)
        again = text_of((await phone.post("/own-care")).text)
        (row,) = house.room.tables.kept_own_care
        assert f"Your code is {row.code}." in first
        assert f"Your code is {row.code}." in again
        assert row.code in text_of((await phone.see("/own-care")).text)

        assert row.code not in text_of((await other.see("/own-care")).text)
        await other.post("/own-care")
        assert len(house.room.tables.kept_own_care) == 2


async def test_the_page_is_found_from_help_and_from_someone_to_talk_to() -> None:
    async with a_house(an_agenda(item(1))) as house:
        phone = await house.phone()
        for path in ("/help", "/talk"):
            assert 'href="/own-care"' in (await phone.see(path)).text


def test_a_desk_notes_a_request_routes_it_and_says_that_they_were_contacted() -> None:
    with host_desk() as desk:
        desk.press("note_contact", routed_to="service", reference="")
        (row,) = desk.room.tables.kept_own_care
        said = desk.look(at="notes").part("own-care")
        assert re.search(rf"{row.code}: asked for on .*The service itself. Not contacted yet", said)

        desk.press("follow_contact", reference="PA-6", contacted="yes")
        assert desk.room.tables.kept_own_care[0].routed_to == "service", "what was not chosen anew stays"
        desk.press("follow_contact", routed_to="advice", reference="PA-7", contacted="yes")
        said = desk.look(at="notes").part("own-care")
        assert "The patient advice team. Reference: PA-7. Contacted on" in said
