"""What comes late or from nowhere: an older vote, a page during a commit, words of a phone without a place."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import html5lib

from tests.sessions import sid
from tests.web.pages_seen import text_of
from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev

PROFILE_B = {'{"option":"b"}': 1}


async def test_a_vote_that_was_replaced_on_the_phone_is_not_counted_when_it_comes_after_all() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        stuck = sid()
        await phone.send("/vote/i01.1", {"choice": "b", "instead": [stuck, "no number", sid()]})

        late = await phone.send("/vote/i01.1", {"choice": "a", "sid": stuck})

        assert late.status_code == 200
        assert house.room.tables.tallies["i01.1"].profile == PROFILE_B


async def test_any_number_of_replaced_votes_is_taken() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        answer = await phone.vote("b", instead=[sid() for _ in range(150)])

        assert answer.status_code == 303
        assert house.room.tables.tallies["i01.1"].profile == PROFILE_B


async def test_another_answer_from_a_page_that_the_browser_shows_again_is_counted() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        number = sid()
        await phone.vote("a", sid=number)

        answer = await phone.vote("b", sid=number)

        assert answer.status_code == 303
        assert house.room.tables.tallies["i01.1"].profile == PROFILE_B


class SlowDisk:
    """Lets a commit begin and not end, until it is told how it ends."""

    def __init__(self, house: House) -> None:
        self._write = house.store.commit
        self._begun, self._go = threading.Event(), threading.Event()
        house.store.commit = self.commit  # type: ignore[method-assign]  # the disk of this one house

    def commit(self, events: Sequence[ev.Event], alive_ms: int) -> None:
        self._begun.set()
        assert self._go.wait(10)
        self._write(events, alive_ms)

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, 10)

    def end(self) -> None:
        self._go.set()


async def test_a_vote_that_is_not_on_disk_yet_is_thanked_for_on_no_page() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        disk = SlowDisk(house)
        vote = asyncio.create_task(phone.vote("b"))
        await disk.begun()

        meanwhile = await phone.see()
        house.store.broken = "The disk is full."
        disk.end()

        assert (await vote).status_code == 503
        assert "We have your answer" not in meanwhile.text
        assert "Send my answer" in meanwhile.text


async def test_words_that_are_not_on_disk_yet_are_thanked_for_on_no_page() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        disk = SlowDisk(house)
        story = asyncio.create_task(
            phone.send("/say/i03", {"what_happened": "I rang nine times.", "level": "C2", "step": "send"})
        )
        await disk.begun()

        meanwhile = await phone.see()
        disk.end()

        assert (await story).status_code == 200
        assert "We have your words" not in text_of(meanwhile.text)
        assert "We have your words" in text_of((await phone.see()).text)


async def test_a_phone_that_is_not_on_disk_yet_is_not_counted() -> None:
    async with a_house() as house:
        await house.phone()
        disk = SlowDisk(house)
        joining = asyncio.create_task(house.stranger().scan())
        await disk.begun()

        meanwhile = house.room.tables.joined
        house.store.broken = "The disk is full."
        disk.end()

        assert (await joining).status_code == 503
        assert meanwhile == house.room.tables.joined == 1


def given_back(page: str) -> str:
    """The words that a person can copy from a refusal."""
    (box,) = html5lib.parse(page, namespaceHTMLElements=False).iter("textarea")
    assert "readonly" in box.attrib
    return box.text or ""


STORY = 'I rang <b>nine</b> times.\nNobody "knew" us.'


async def test_a_phone_that_has_lost_its_place_gets_its_words_back() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        phone.http.cookies.clear()

        answer = await phone.post("/say/i03", {"what_happened": STORY, "level": "C2", "step": "check"})

        assert answer.status_code == 403
        assert "has not joined yet" in answer.text
        assert given_back(answer.text) == STORY
        assert not house.room.tables.contributions


async def test_a_form_of_the_person_who_had_the_phone_before_gives_its_words_back() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()

        answer = await phone.post("/say/i03", {"what_happened": STORY, "csrf": "0" * 32})

        assert answer.status_code == 403
        assert given_back(answer.text) == STORY


async def test_a_vote_without_a_place_is_not_shown_as_words() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        phone.http.cookies.clear()

        answer = await phone.vote("b")

        assert answer.status_code == 403
        assert "<textarea" not in answer.text
