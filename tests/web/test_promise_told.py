"""The promise to the room on phones and screen: first, short, all of it one press away, and never an older one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.sessions import an_agenda, item, options
from tests.web.pages_seen import text_of
from tests.web.phones import House, a_house
from tests.web.test_phones_weight import FIRST_BYTES, LATER_BYTES, TEN, parts_of
from tests.web.test_screen import a_wall
from workshop_tui.agendas import _filled
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.promise import Promise, promise_of, with_promise
from workshop_tui.web.http.assets import ASSETS

PLAIN = "This is a co-production workshop: we work it out together."
PROMISED = {
    "level": "collaborate",
    "why_now": "The chairs break.",
    "how": "One room, open from 8.",
    "can_change": ("The chairs", "The light"),
    "cannot_change": ("The size of the room", "The date"),
    "cannot_because": ("The walls carry the floor above.", ""),
    "who_decides": "The manager, with two patients",
    "decides_on": "2027-01-15",
    "hear_back": "By post.",
    "hear_back_days": 21,
}
MORE_BYTES = 25
"""How much heavier the first page may be for “Read more”. The link stands only where an agenda says more, and then it
is what lets the page be as short as any other: all that is said lies behind it, on a page of its own."""


def agenda(**more: object) -> Agenda:
    return an_agenda(item(1, kind="single", options=options("Yes", "No")), **{**PROMISED, **more})


def changed(house: House, **fields: object) -> cmd.ChangePromise:
    return cmd.ChangePromise(promise=replace(promise_of(house.room.state.agenda), **fields))


async def test_the_plain_sentence_comes_first_and_all_the_rest_is_one_press_away() -> None:
    async with a_house(agenda()) as house:
        stranger = house.stranger()
        first, all_of_it = text_of((await stranger.see("/")).text), text_of((await stranger.see("/promise")).text)

        assert PLAIN in first
        assert "Read more" in first
        assert "The chairs break." not in first
        for said in (
            PLAIN, "We look for the solution together with those who decide.", "The chairs break.",
            "One room, open from 8.",
            "The chairs", "The size of the room. Why: The walls carry the floor above.", "The date",
            "The manager, with two patients", "15 January 2027", "By post.",
            "You hear back within 21 days.",
        ):  # fmt: skip
            assert said in all_of_it, said


async def test_who_scans_the_square_reads_it_first_too() -> None:
    async with a_house(agenda()) as house:
        phone = await house.phone()
        page = text_of((await phone.see("/now?in")).text)

        assert page.index(PLAIN) < page.index("What do you think?") if "What do you think?" in page else PLAIN in page
        assert "Read more" in page


async def test_where_an_agenda_says_no_more_there_is_no_link_and_the_page_says_so() -> None:
    async with a_house(an_agenda()) as house:
        stranger = house.stranger()

        assert "/promise" not in (await stranger.see("/")).text
        assert "Nothing has been designed" in text_of((await stranger.see("/promise")).text)
    async with a_house(an_agenda(engagement_kind=None, proposal_state=None)) as house:
        assert "Nobody has said more about today here." in text_of((await house.stranger().see("/promise")).text)


async def test_a_promise_that_changes_is_new_on_phones_and_screen_at_once_and_the_earlier_one_stays_with_its_time() -> (
    None
):
    async with a_wall(agenda()) as (house, wall):
        phone = await house.phone()
        await house.ask()
        house.clock.pass_s(90)
        await house.give(changed(house, proposal_state="decided", can_change=(), why_changed="The board met at noon."))

        assert "What is promised to you has changed." in text_of((await phone.see("/now")).text)
        told = text_of((await phone.see("/promise")).text)
        assert "The decision has been made." in told
        assert "The board met at noon." in told
        assert told.index("The decision has been made.") < told.index("What we said until")
        assert "Nothing has been designed and nothing has been decided." in told.split("What we said until")[1]
        await house.give(cmd.SetScreen(mode="join"))
        assert "The decision has been made." in text_of(await wall.part())
        await house.give(cmd.SetScreen(mode="promise"))
        shown = text_of(await wall.part())
        assert "The decision has been made." in shown
        assert "The size of the room. Why: The walls carry the floor above." in shown


@pytest.mark.parametrize("kind", ["single", "dots", "rank", "statements"])
async def test_the_first_page_grows_only_by_the_link_where_an_agenda_gives_a_promise(kind: str) -> None:
    sizes = []
    for more in ({}, PROMISED):
        extra = {"dots": 10} if kind == "dots" else {"pick": 3} if kind == "rank" else {}
        asked = item(1, "One question", kind=kind, options=TEN, **extra)
        async with a_house(an_agenda(asked, **more)) as house:
            await house.give(cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32))
            phone = await house.phone()
            page = await phone.http.get("/now?in", headers={"accept-encoding": "gzip"})
            files = ["app.css", "app.js", *parts_of(house)]
            sizes.append(int(page.headers["content-length"]) + sum(len(ASSETS[each].packed) for each in files))
            if more:
                later = await phone.http.get("/promise", headers={"accept-encoding": "gzip"})
                assert int(later.headers["content-length"]) <= LATER_BYTES

    without, with_it = sizes
    assert without <= FIRST_BYTES
    assert with_it <= without + MORE_BYTES


async def test_one_word_stands_for_passing_wherever_a_phone_says_it() -> None:
    asked = item(1, kind="statements", options=options("I know who to ring."))
    async with a_house(an_agenda(asked, word_for_pass="I would rather not")) as house:
        await house.ask()
        phone = await house.phone()
        form = text_of((await phone.see("/now")).text)
        refused = text_of((await phone.vote("")).text)
        await phone.send("/vote/i01.1", {"skip": "1"})
        skipped = text_of((await phone.see("/now")).text)

        for page in (form, refused, skipped):
            assert "I would rather not" in page
            assert "Skip this question" not in page
            assert "Pass" not in page.split()
        assert "or press “I would rather not”" in refused
        assert "You chose “I would rather not”." in skipped


async def test_the_ready_question_at_the_end_stands_in_each_language_of_the_phones() -> None:
    ready = _filled(an_agenda(item(1, "Kept?", type="promise_check", question=""), languages=("en", "cy")))
    async with a_house(ready) as house:
        await house.ask()
        phone = await house.phone()
        english = text_of((await phone.see("/now?lang=en")).text)
        welsh = text_of((await phone.see("/now?lang=cy")).text)

        assert "Did we keep to what we promised at the start?" in english
        assert "I cannot say" in english
        assert "Wnaethon ni gadw at yr hyn a addawon ni ar y dechrau?" in welsh
        assert "Yn rhannol" in welsh


def test_a_promise_is_a_promise_of_the_agenda_and_comes_back_whole() -> None:
    before = agenda()
    other = with_promise(before, Promise(proposal_state="decided"))

    assert promise_of(other) == Promise(proposal_state="decided")
    assert with_promise(other, promise_of(before)) == before
