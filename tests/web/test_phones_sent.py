"""What a phone has sent: shown to it alone, in plain words, and taken back by it alone."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from starlette.testclient import TestClient

from tests.sessions import an_agenda, an_info, item
from tests.web.pages_seen import text_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.room.desk import Addresses, snapshot
from workshop_tui.room.queue import queue_page
from workshop_tui.web.control.desk_app import desk_app
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.http.credentials import Credentials, Tokens
from workshop_tui.web.screen.screen import ScreenPresence

LATEST = "That is on 11 December 2026 at the latest."
UNTIL = "It is deleted when the people running today have finished writing up."
KEPT = "It stays with what is kept of today, until those who run it delete it."
REPORTS = "Reports that were written before may still have it."
STILL = "A copy on the laptop could not be removed yet. It is tried again."
UNSEEN = "What was already read aloud or shown cannot be unseen."
ADDRESSES = Addresses(boot_id="b", session_path="/s.workshop", join_url="http://a/J/KDMP", screen_url="", host_url="")


def dated(house: House) -> None:
    """Give the session its date."""
    house.room.info = an_info(house.room.info.agenda, write_up_by="2026-12-11")


async def tell(house: House, phone: Phone, words: str = "CANARY", level: str = "C2") -> str:
    """Tell a story; gives its key."""
    if house.room.state.current != "i03":
        await house.give(cmd.OpenItem(item="i03", vote="close"))
    sent = await phone.post("/say/i03", {"what_happened": words, "level": level, "step": "send"})
    assert sent.status_code == 303
    return list(house.room.tables.contributions)[-1]


async def take_back(phone: Phone, key: str) -> str:
    """Press the button on the page that asks, and look at the page after it."""
    asked = await phone.see(f"/sent/{key}")
    assert asked.status_code == 200
    answer = await phone.post(f"/sent/{key}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sent?gone={key}")
    return text_of((await phone.see(answer.headers["location"])).text)


async def test_a_phone_sees_its_own_words_and_nobody_elses() -> None:
    async with a_house() as house:
        ann, ben = await house.phone(), await house.phone()
        key = await tell(house, ann)

        mine, theirs = (await ann.see("/sent")).text, (await ben.see("/sent")).text

        assert "CANARY" in mine
        assert f'href="/sent/{key}"' in mine
        assert "You have not sent any words yet." in theirs
        assert key not in theirs
        for answer in (await ben.see(f"/sent/{key}"), await ben.post(f"/sent/{key}")):
            assert answer.status_code in (404, 409)
            assert "CANARY" not in answer.text
            assert "not there any more" in answer.text
        assert house.room.tables.contributions[key].body


async def test_what_waits_is_held_or_was_read_looks_the_same() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)
        pages = []
        for handling in ("new", "read", "approved", "on_hold"):
            if handling != "new":
                await house.give(cmd.Moderate(contribution=key, handling=handling))  # type: ignore[arg-type]
            pages.append(text_of((await phone.see("/sent")).text))

        assert len(set(pages)) == 1


@pytest.mark.parametrize(
    ("level", "readers", "lasts"),
    [
        ("C0", "Nobody else. Only the people running today read it.", f"{UNTIL} {LATEST}"),
        (
            "C1",
            "This room, but not my words.",
            f"{UNTIL} {LATEST} What they write about it in their own words is kept.",
        ),
        ("C2", "This room, and the report of today, in my words.", KEPT),
        ("C4", "Everyone.", KEPT),
    ],
)
async def test_each_story_says_who_may_read_it_and_how_long_it_lives(level: str, readers: str, lasts: str) -> None:
    async with a_house() as house:
        dated(house)
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i03"))
        check = await phone.post("/say/i03", {"what_happened": "Mine", "level": level, "step": "check"})
        await tell(house, phone, level=level)

        for page in (check.text, (await phone.see("/sent")).text):
            assert readers in text_of(page)
            assert lasts in text_of(page)
            assert (LATEST in page) == (LATEST in lasts)


async def test_words_for_the_one_who_leads_say_until_when_with_and_without_a_date() -> None:
    async with a_house() as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i06"))
        undated = text_of((await phone.see()).text)
        dated(house)
        before = text_of((await phone.see()).text)
        await phone.post("/say/i06", {"words": "CANARY"})

        sent = text_of((await phone.see("/sent")).text)

        assert f"Only the person who leads today can read this. {UNTIL}" in undated
        assert "at the latest" not in undated
        assert f"{UNTIL} {LATEST}" in before
        assert "Only the person who leads today reads this." in sent
        assert f"{UNTIL} {LATEST}" in sent


async def test_the_page_on_privacy_says_both_ends_and_the_date() -> None:
    async with a_house() as house:
        phone = await house.phone()
        undated = text_of((await phone.see("/privacy")).text)
        dated(house)

        said = text_of((await phone.see("/privacy")).text)

        assert f"until the people running today have finished writing up. {LATEST}" in said
        assert "the latest" not in undated
        for line in ("stories for nobody else", "until those who run it delete it", "Press “What I have sent”"):
            assert line in said
            assert line in undated


async def test_it_is_asked_once_more_before_words_are_deleted_for_good() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)

        asked = await phone.see(f"/sent/{key}")

        assert "Its words are deleted for good." in text_of(asked.text)
        assert "CANARY" in asked.text
        assert house.room.tables.contributions[key].body
        said = await take_back(phone, key)
        assert "Its words are deleted." in said
        assert UNSEEN in said
        assert "CANARY" not in said
        assert house.room.tables.contributions[key].gone == "withdrawn"


@pytest.mark.parametrize(("level", "reported"), [("C0", False), ("C1", False), ("C2", True), ("C4", True)])
async def test_it_is_said_that_earlier_reports_may_still_have_words_that_could_be_in_them(
    level: str, reported: bool
) -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone, level=level)

        asked = text_of((await phone.see(f"/sent/{key}")).text)
        said = await take_back(phone, key)

        assert (REPORTS in asked) == (REPORTS in said) == reported
        assert REPORTS not in text_of((await phone.see("/sent")).text)


async def test_a_copy_that_still_has_what_was_taken_back_is_told() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)
        assert STILL not in await take_back(phone, key)
        house.store.left_over = (Path("/closed/rescued-1-s.workshop"),)

        assert STILL in text_of((await phone.see(f"/sent?gone={key}")).text)


async def test_taking_back_twice_is_taking_back_once() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)
        await take_back(phone, key)
        before = len(house.store.events)

        again = await phone.post(f"/sent/{key}")

        assert again.headers["location"] == f"/sent?gone={key}"
        assert len(house.store.events) == before
        assert (await phone.see(f"/sent/{key}")).headers["location"] == f"/sent?gone={key}"


async def test_an_address_alone_claims_nothing() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)

        for made_up in (key, "nothing", '"><b>'):
            page = await phone.http.get("/sent", params={"gone": made_up})
            assert UNSEEN not in page.text


async def test_a_form_that_is_not_ours_takes_nothing_back() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)

        foreign = await phone.post(f"/sent/{key}", origin="http://elsewhere.example")
        forged = await phone.post(f"/sent/{key}", {"csrf": "0" * 32})
        stranger = await house.stranger().post(f"/sent/{key}")

        assert [foreign.status_code, forged.status_code, stranger.status_code] == [403, 403, 403]
        assert house.room.tables.contributions[key].body


async def test_who_presses_very_often_is_told_to_wait_and_keeps_their_words() -> None:
    async with a_house(votes_burst=1) as house:
        phone = await house.phone()
        first, second = await tell(house, phone), await tell(house, phone, "ANOTHER")
        await take_back(phone, first)

        answer = await phone.post(f"/sent/{second}")

        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1
        assert 'id="problem"' in answer.text
        assert house.room.tables.contributions[second].body


async def test_what_cannot_be_saved_is_not_said_to_be_deleted() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)
        house.store.broken = "The disk is full."

        answer = await phone.post(f"/sent/{key}")

        assert answer.status_code == 503
        assert "Nothing was changed." in text_of(answer.text)
        assert 'class="main">Take it back</button>' in answer.text
        assert house.room.tables.contributions[key].body


@pytest.mark.parametrize("moment", ["running", "paused", "people left"])
async def test_it_can_be_taken_back_until_the_write_up_is_finished(moment: str) -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)
        if moment == "paused":
            await house.give(cmd.PauseRoom())
        if moment == "people left":
            await house.give(cmd.EndWorkshop(confirm="END"))
            page = (await phone.see()).text
            assert "Thank you for coming." in page
            assert "Nothing more can be sent." in page
            assert page.count('href="/sent"') == 2

        assert UNSEEN in await take_back(phone, key)


async def test_after_the_write_up_nobody_can_tell_whose_words_are_whose() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)
        await house.give(cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))

        sent, asked, late = await phone.see("/sent"), await phone.see(f"/sent/{key}"), await phone.post(f"/sent/{key}")

        for page in (sent, asked, late):
            assert "Nobody can tell any more which words came from this phone." in text_of(page.text)
            assert "CANARY" not in page.text
        assert (asked.status_code, late.status_code) == (404, 409)
        assert house.room.tables.contributions[key].body
        assert (await phone.see()).text.count('href="/sent"') == 1


async def test_many_come_on_short_pages_newest_first() -> None:
    async with a_house(words_burst=100) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i04"))
        for number in range(7):
            await phone.post("/say/i04", {"idea": f"Idea number {number}"})

        seen = [
            re.findall(r"Idea number (\d)", (await phone.see(f"/sent?from={n}")).text) for n in ("0", "5", "x", "7")
        ]

        assert seen == [["6", "5", "4", "3", "2"], ["1", "0"], ["6", "5", "4", "3", "2"], ["6", "5", "4", "3", "2"]]


async def test_each_button_is_named_by_what_it_takes_back() -> None:
    async with a_house() as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i04"))
        for words in ("One", "Two"):
            await phone.post("/say/i04", {"idea": words})
        tree = html5lib.parse((await phone.see("/sent")).text, namespaceHTMLElements=False)
        by_id = {each.attrib["id"]: " ".join(each.itertext()).split() for each in tree.iter() if "id" in each.attrib}

        links = [each for each in tree.iter("a") if "aria-labelledby" in each.attrib]
        names = [[by_id[id_] for id_ in each.attrib["aria-labelledby"].split()] for each in links]

        assert [name[0] for name in names] == [["Take", "it", "back"]] * 2
        assert [name[1][0] for name in names] == ["2.", "1."]


async def test_after_sending_there_is_a_way_to_what_was_sent() -> None:
    async with a_house() as house:
        phone = await house.phone()
        await tell(house, phone)
        thanks = (await phone.see()).text
        await house.give(cmd.OpenItem(item="i04"))
        await phone.post("/say/i04", {"idea": "One"})

        for page in (thanks, (await phone.see()).text):
            assert page.count('href="/sent"') == 2


async def test_who_took_their_words_back_is_not_thanked_for_them_and_can_tell_others() -> None:
    async with a_house() as house:
        phone = await house.phone()
        await take_back(phone, await tell(house, phone))

        assert 'name="what_happened"' in (await phone.see("/now?read=1")).text
        await tell(house, phone, "ANOTHER")
        assert "Thank you. We have your words." in (await phone.see()).text


async def test_an_idea_says_that_a_choice_made_of_it_stays() -> None:
    async with a_house() as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i04"))
        await phone.post("/say/i04", {"idea": "One"})
        await house.give(cmd.OpenItem(item="i06"))
        await phone.post("/say/i06", {"words": "Mine"})
        idea, private = house.room.tables.contributions

        assert "Then that choice stays, without your words." in (await phone.see(f"/sent/{idea}")).text
        assert "Then that choice stays, without your words." not in (await phone.see(f"/sent/{private}")).text


# At once, wherever it was to be seen. ----------------------------------------------------------------


def desk_page(house: House, path: str) -> str:
    """A page of the laptop that leads."""

    async def nothing(_: object) -> None:
        raise AssertionError

    desk = DeskServices(
        room=house.room,
        addresses=ADDRESSES,
        pid=1,
        connected=lambda: 1,
        screens=lambda: 1,
        export=nothing,
        stop=lambda: None,
    )  # type: ignore[arg-type]
    tokens = Tokens(control="c" * 64, host="4" * 32, screen="5" * 32)
    app = desk_app(desk, Credentials.of(tokens), frozenset({"127.0.0.1:9000"}), ScreenPresence())
    return TestClient(app, base_url="http://127.0.0.1:9000").get(f"/{tokens.host}{path}").text


async def test_a_story_on_the_big_screen_leaves_it() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)
        await house.give(cmd.Moderate(contribution=key, handling="approved"), cmd.SetScreen(mode="story", subject=key))
        assert "CANARY" in desk_page(house, "/screen")
        assert "CANARY" in (await phone.see("/stories")).text

        await take_back(phone, key)

        assert "CANARY" not in desk_page(house, "/screen")
        assert "CANARY" not in (await phone.see("/stories")).text
        assert house.room.state.screen.mode == "question"


async def test_a_question_leaves_phones_and_big_screen() -> None:
    agenda = an_agenda(item(1, kind="questions"))
    async with a_house(agenda) as house:
        ann, ben = await house.phone(), await house.phone()
        await house.give(cmd.OpenItem(item="i01"))
        await ann.post("/say/i01", {"question": "CANARY?"})
        (key,) = house.room.tables.contributions
        await house.give(cmd.Moderate(contribution=key, handling="approved"), cmd.SetScreen(mode="results"))
        assert "CANARY" in (await ben.see()).text
        assert "CANARY" in desk_page(house, "/screen")

        await take_back(ann, key)

        assert "CANARY" not in (await ben.see()).text
        assert "CANARY" not in desk_page(house, "/screen")


async def test_it_leaves_the_queue_of_the_console_and_the_host_page() -> None:
    async with a_house() as house:
        phone = await house.phone()
        key = await tell(house, phone)
        assert "CANARY" in desk_page(house, "/host/reading")
        assert snapshot(house.room, ADDRESSES, peek=False, connected=1, screens=1, desk="").waiting.unread == 1

        await take_back(phone, key)

        assert "CANARY" not in desk_page(house, "/host/reading")
        for which in ("unread", "all", "approved", "on_hold"):
            assert queue_page(house.room, which, 0, 10).entries == ()  # type: ignore[arg-type]
        assert snapshot(house.room, ADDRESSES, peek=False, connected=1, screens=1, desk="").waiting.unread == 0
