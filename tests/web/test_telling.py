"""Before and around a story: ground rules, whom there is to talk to, and a private signal that somebody wants to."""

from __future__ import annotations

import re

import msgspec

from tests.sessions import an_agenda, item
from tests.web.pages_seen import text_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.telling import GROUND_RULES, LIMITS
from workshop_tui.room.desk import Addresses, snapshot
from workshop_tui.views.facts import facts
from workshop_tui.views.moment import Moment

STORY = {"what_happened": "Mine", "level": "C1"}
ADDRESSES = Addresses(boot_id="b", session_path="/s.workshop", join_url="http://a/J/KDMP", screen_url="", host_url="")
CARD = "Someone to talk to"
NEED = "I need to talk to someone"


def with_support() -> Agenda:
    return msgspec.structs.replace(
        an_agenda(item(1, kind="vignette")),
        languages=("en", "cy"),
        ground_rules=("What is said in this hall stays with those who were here.",),
        support=("The listener with the blue scarf, by the door.", "Samaritans: 116 123"),
        support_checked_on="2026-11-20",
        texts=(("support[0]", "cy", "Y gwrandäwr gyda'r sgarff las, wrth y drws."),),
    )


def at_the_desk(house: House) -> Moment:
    view = snapshot(house.room, ADDRESSES, peek=False, connected=0, screens=0, desk="")
    return Moment(snapshot=view)


def loud(house: House) -> list[str]:
    return [str(words) for fact in facts(at_the_desk(house)) if fact.is_loud for words in fact.words]


async def test_ground_rules_with_the_limits_of_confidentiality_stand_before_the_first_prompt() -> None:
    async with a_house(with_support()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        phone = await house.phone()

        rules = (await phone.see()).text

        for line in (*map(str, (*GROUND_RULES, *LIMITS)), "What is said in this hall stays with those who were here."):
            assert line in text_of(rules)
        assert "<textarea" not in rules
        on = re.search('class="button main" href="([^"]+)"', rules)
        assert on is not None
        assert "<textarea" in (await phone.see(on[1])).text
        assert "<textarea" in (await phone.see()).text, "they are read once"
        assert "<textarea" not in (await (await house.phone()).see()).text


async def test_nothing_that_is_said_before_a_story_promises_secrecy() -> None:
    words = " ".join(map(str, (*GROUND_RULES, *LIMITS))).casefold()

    assert not re.search("secret|confidential|nobody will (know|find)|promise that|safe with us", words)
    assert "must tell someone who can help" in words


async def test_other_gatherings_ask_at_once() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))

        page = (await (await house.phone()).see()).text

        assert str(LIMITS[1]) not in page
        assert 'action="/say/i04"' in page


async def story_pages(phone: Phone) -> dict[str, str]:
    pages = {"rules": (await phone.see()).text, "form": (await phone.see("/now?read=1")).text}
    pages["check"] = (await phone.post("/say/i01", {**STORY, "step": "check"})).text
    pages["nothing chosen"] = (await phone.post("/say/i01", {"what_happened": "Mine", "step": "check"})).text
    sent = await phone.post("/say/i01", {**STORY, "step": "send"})
    pages["code"] = (await phone.see(sent.headers["location"])).text
    pages["told"] = (await phone.see()).text
    pages["stories"] = (await phone.see("/stories")).text
    key = sent.headers["location"].rpartition("/")[2]
    pages["take back"] = (await phone.see(f"/sent/{key}")).text
    return pages


async def test_every_page_about_a_story_has_the_agendas_card_with_its_day_and_a_way_to_ask() -> None:
    async with a_house(with_support()) as house:
        await house.give(cmd.OpenItem(item="i01"))
        pages = await story_pages(await house.phone())

        for name, page in pages.items():
            seen = text_of(page)
            for words in (CARD, NEED, "The listener with the blue scarf", "Checked on 20 November 2026."):
                assert words in seen, name
            assert 'action="/talk"' in page, name


async def test_the_card_is_in_the_language_of_the_phone() -> None:
    async with a_house(with_support()) as house:
        await house.give(cmd.OpenItem(item="i01"))

        page = (await (await house.phone()).see("/now?lang=cy")).text

        assert "Y gwrandäwr gyda" in text_of(page)
        assert "Samaritans: 116 123" in text_of(page)


async def test_without_a_card_of_the_agenda_there_is_one_that_claims_no_day() -> None:
    async with a_house() as house:
        page = text_of((await (await house.phone()).see("/talk")).text)

        assert "Call 999." in page
        assert "Checked on" not in page


async def test_somebody_who_wants_to_talk_stays_on_the_desks_until_one_says_that_it_heard() -> None:
    async with a_house() as house:
        ann, ben = await house.phone(), await house.phone()
        assert not loud(house) or "TALK" not in " ".join(loud(house))

        told = text_of((await ann.post("/talk")).text)

        assert "We told the people running today that someone wants to talk." in told
        assert "They do not know that it is you." in told
        assert any("SOMEONE WANTS TO TALK" in line for line in loud(house))
        await ann.post("/talk")
        assert house.room.state.talks == 1, "who presses twice asked once"
        await ben.post("/talk")
        assert "It was asked 2 times." in loud(house)

        await house.give(cmd.PauseRoom())
        assert house.room.state.talks == 2
        await house.give(cmd.HearTalk())

        assert not any("TALK" in line for line in loud(house))
        await ann.post("/talk")
        assert house.room.state.talks == 1, "and can ask again"


async def test_what_is_kept_of_it_tells_neither_who_nor_why() -> None:
    async with a_house() as house:
        phone = await house.phone()
        before = len(house.store.events)

        await phone.post("/talk")

        (event,) = house.store.events[before:]
        assert event == ev.TalkAsked(at=event.at, who="phone")
        assert event.at % 60_000 == 0


async def test_where_nothing_can_be_saved_they_are_told_to_go_to_somebody() -> None:
    async with a_house() as house:
        phone = await house.phone()
        house.store.broken = "the disk is full"

        page = text_of((await phone.post("/talk")).text)

        assert "Please put up your hand, or go to them." in page
        assert "We told the people" not in page
