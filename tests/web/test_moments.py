"""Each page says one true thing: title and focus tell the moment, and everything has one name everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import html5lib
import msgspec
import pytest

from tests.sessions import an_agenda, item, options
from tests.web.pages_seen import text_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Fields, Poll
from workshop_tui.domain.blocks import Option
from workshop_tui.kinds.registry import KINDS

ASKED = "What do you think?"
LETTERED = [name for name, kind in KINDS.items() if getattr(kind.examples().config, "options", ())]
ARABIC, PERSIAN, DEVANAGARI = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९")


def one_and_a_break() -> House:
    return a_house(
        an_agenda(item(1, kind="single", options=options("A", "B")), item(2, "Break"), item(3, kind="ideas"))
    )


def moment(page: str) -> tuple[str, str]:
    """The title, and the words of what has the focus when the page opens; empty where that is left to the browser."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    first = next((each for each in tree.iter() if "autofocus" in each.attrib), None)
    if first is not None:
        assert first.attrib["tabindex"] == "-1"
    return tree.findtext(".//title"), " ".join("".join(first.itertext()).split()) if first is not None else ""


async def seen(phone: Phone, path: str = "/now") -> tuple[str, str]:
    return moment((await phone.see(path)).text)


# Title and focus. ------------------------------------------------------------------------------------


async def test_the_title_and_the_focus_tell_what_happened_to_a_question() -> None:
    async with one_and_a_break() as house:
        await house.ask()
        phone, other = await house.phone(), await house.phone()
        assert await seen(phone) == (ASKED, "")
        await phone.vote("a")
        assert await seen(phone) == (f"Sent: {ASKED}", "✓ Thank you. We have your answer.")
        await other.see()
        await other.post("/vote/i01.1", {"skip": "1"})
        assert await seen(other) == (f"Skipped: {ASKED}", "✓ You skipped this question.")
        await house.give(cmd.CloseVote())
        assert await seen(phone) == (f"Closed: {ASKED}", ASKED)
        await house.give(cmd.Reveal())
        assert await seen(phone) == (f"Result: {ASKED}", ASKED)
        await house.give(cmd.OpenItem(item="i02", vote="close"))
        assert await seen(phone) == ("Break", "Break")


async def test_an_idea_that_was_sent_is_told_first_and_one_too_long_is_no_thanks() -> None:
    async with one_and_a_break() as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        await phone.see()
        await phone.post("/say/i03", {"idea": "Ring back"})
        assert await seen(phone) == (f"Sent: {ASKED}", "✓ Thank you. Send another?")

        refused = (await phone.post("/say/i03", {"idea": "x" * 2_000})).text
        assert moment(refused)[0] == f"Error: {ASKED}"
        assert "Thank you" not in text_of(refused)
        await house.give(cmd.CloseGathering())
        assert await seen(phone) == (f"Closed: {ASKED}", ASKED)


async def test_a_pages_heading_counts_the_question_that_stands_on_it_and_none_where_there_is_none() -> None:
    async with a_house(
        an_agenda(
            item(1, kind="single", options=options("A", "B")),
            item(2, kind="single", options=options("C", "D")),
            item(3, "Break", type="break"),
            item(4, kind="ideas"),
        )
    ) as house:
        phone, other = await house.phone(), await house.phone()
        assert headed((await phone.see()).text) == "A test day"
        await house.ask()
        for each in (phone, other):
            assert headed((await each.see()).text) == "Question 1 of 3"
        await house.give(cmd.OpenItem(item="i02", vote="keep"))
        await house.give(cmd.OpenVote(key=b"l" * 32))
        # The page of the first question is still open on one phone.
        late = await phone.post("/vote/i01.1", {"option": "none of them"})
        assert (late.status_code, headed(late.text)) == (422, "Question 1 of 3")
        assert headed((await other.see()).text) == "Question 2 of 3"
        await house.give(cmd.CloseVote())
        assert headed((await other.see()).text) == "Question 2 of 3"
        await house.give(cmd.OpenItem(item="i03"))
        # What was left open is asked in the break, before and after it is answered.
        assert headed((await other.see()).text) == "Question 1 of 3"
        await other.vote("a")
        assert headed((await other.see()).text) == "Question 1 of 3"
        await house.give(cmd.OpenItem(item="i04", vote="close"))
        assert headed((await other.see()).text) == "Question 3 of 3"
        await house.give(cmd.EndWorkshop(confirm="END"))
        assert headed((await other.see()).text) == "A test day"


def headed(page: str) -> str:
    header = html5lib.parse(page, namespaceHTMLElements=False).find(".//header")
    assert header is not None
    return " ".join("".join(header.itertext()).split())


# What is no longer so. -------------------------------------------------------------------------------


async def test_a_page_that_is_no_longer_so_goes_on_by_itself_and_one_that_still_is_stays() -> None:
    async with one_and_a_break() as house:
        phone = await house.phone()

        async def over(page: str) -> bool:
            return "data-over" in (await phone.see(f"/strip?page={page}")).text

        assert not await over("before")
        await house.ask()
        assert await over("before")
        await house.give(cmd.OpenItem(item="i02", vote="keep"))
        assert not await over("i01.1-open"), "it can still be answered, and changed"
        await house.give(cmd.OpenItem(item="i01"), cmd.CloseVote(), cmd.Reveal(), cmd.OpenItem(item="i02"))
        assert await over("i01.1-open")
        assert await over("i01.1-closed")
        assert not await over("i01.1-result"), "a result can be read as long as anybody likes"
        await house.give(cmd.OpenItem(item="i03"))
        assert not await over("i03-gather")
        await house.give(cmd.OpenItem(item="i02"))
        assert await over("i03-gather"), "moving on takes no more ideas"


async def test_what_holds_until_then_is_marked_for_the_script_to_take_away() -> None:
    async with one_and_a_break() as house:
        await house.ask()
        phone = await house.phone()
        await phone.vote("a")
        tree = html5lib.parse((await phone.see()).text, namespaceHTMLElements=False)
        until = ["".join(each.itertext()) for each in tree.iter() if "data-until" in each.attrib]

    assert "You can change it until we close the question." in until[0]
    assert until[1] == "Change my answer"


# One name. -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "called"),
    [
        (["ideas"], "Ideas"),
        (["vignette", "single"], "Stories"),
        (["pledge"], "Pledges"),
        (["ideas", "vignette"], "What people wrote"),
        (["single", "private"], ""),
    ],
)
async def test_what_people_wrote_is_called_what_it_is(kinds: Sequence[str], called: str) -> None:
    extra = {"single": {"options": options("A", "B")}}
    items = [item(n, kind=kind, **extra.get(kind, {})) for n, kind in enumerate(kinds, 1)]
    async with a_house(an_agenda(*items)) as house:
        phone = await house.phone()
        found = re.findall(r'<a href="/stories">(.*?)</a>', (await phone.see()).text)
        assert found == ([called] if called else [])
        assert (await seen(phone, "/stories"))[0] == (called or "What people wrote")


async def test_ideas_and_stories_stand_under_what_they_are() -> None:
    async with a_house(an_agenda(item(1, kind="ideas"), item(2, kind="vignette"))) as house:
        phone = await house.phone()
        for key, fields in (
            ("i01", {"idea": "Ring back"}),
            ("i02", {"what_happened": "I rang nine times.", "level": "C4", "step": "send"}),
        ):
            await house.give(cmd.OpenItem(item=key))
            await phone.see()
            assert (await phone.post(f"/say/{key}", fields)).status_code == 303
        for row in house.room.tables.contributions.values():
            await house.give(cmd.Moderate(contribution=row.key, handling="approved"))
        page = " ".join(text_of((await phone.see("/stories")).text).split())

    assert re.search(r"Stories .*I rang nine times\. .*Ideas .*Ring back", page)


async def test_every_link_at_the_foot_leads_to_a_page_of_its_own_name() -> None:
    async with a_house() as house:
        phone = await house.phone()
        (nav,) = re.findall(r"<nav.*?</nav>", (await phone.see()).text, re.DOTALL)
        links = re.findall(r'<a href="(/\w+)">(.*?)</a>', nav)
        headings = [re.findall(r"<h1[^>]*>(.*?)</h1>", (await phone.see(path)).text)[0] for path, _ in links]

    assert len(links) == 6
    assert headings == [words for _, words in links]


@pytest.mark.parametrize("name", LETTERED)
async def test_an_option_has_its_letter_and_its_words_on_every_page_for_eyes_and_ears(name: str) -> None:
    kind = KINDS[name]
    chosen: tuple[Option, ...] = kind.examples().config.options
    names = {f"{each.key.upper()} {each.text}" for each in chosen}
    asked = item(1, kind=name, **msgspec.to_builtins(kind.examples().config))
    async with a_house(an_agenda(asked)) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i01"))
        pages = [heard((await phone.see()).text)]
        await house.give(cmd.OpenVote(key=b"k" * 32))
        pages.append(heard((await phone.see()).text))

    for page in pages:
        assert [each for each in names if each not in page] == []


def heard(page: str) -> str:
    """What is read out of a page."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for parent in list(tree.iter()):
        for each in list(parent):
            if each.attrib.get("aria-hidden") == "true":
                parent.remove(each)
    return " ".join("".join(tree.itertext()).split())


# Digits of every keyboard. ---------------------------------------------------------------------------


NUMBERS = [
    pytest.param(name, fields, id=f"{name}-{at}")
    for name, kind in KINDS.items()
    if isinstance(kind, Poll)
    for at, fields in enumerate(kind.examples().answers)
    if any(value.isdecimal() for given in fields.values() for value in given)
]


@pytest.mark.parametrize("digits", [ARABIC, PERSIAN, DEVANAGARI], ids=["arabic", "persian", "devanagari"])
@pytest.mark.parametrize(("name", "fields"), NUMBERS)
async def test_a_number_in_any_field_of_any_kind_is_taken_in_the_digits_of_any_keyboard(
    name: str, fields: Fields, digits: str
) -> None:
    kind = KINDS[name]
    assert isinstance(kind, Poll)
    config, other = kind.examples().config, str.maketrans("0123456789", digits)
    asked = item(1, kind=name, **msgspec.to_builtins(config))
    async with a_house(an_agenda(asked)) as house:
        await house.ask()
        phone = await house.phone()
        await phone.see()
        typed = {
            key: [each.translate(other) if each.isdecimal() else each for each in given]
            for key, given in fields.items()
        }
        assert (await phone.post("/vote/i01.1", typed)).status_code == 303
        (kept,) = house.room.tables.tallies["i01.1"].profile

    read = kind.bare(kind.read(config, fields))
    assert msgspec.json.decode(kept, type=kind.ballot_type) == read
