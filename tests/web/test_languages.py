"""Every text of a phone page is in the page's language, or under an element that says which one it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest

from tests.sessions import an_agenda, item
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda

TEA = {"key": "a", "text": "Tea", "texts": [["ur", "چائے"]]}
COFFEE = {"key": "b", "text": "Coffee"}


def a_room_with_some_urdu() -> Agenda:
    """English, and Urdu for a part of it; the program's own words have no Urdu."""
    return an_agenda(
        item(1, "Drinks", kind="single", options=[TEA, COFFEE], texts=(("question", "ur", "کون سا؟"),)),
        item(2, "Order", kind="rank", options=[TEA, COFFEE]),
        item(3, "Dots", kind="dots", dots=3, options=[TEA, COFFEE]),
        item(4, "Steps", kind="scale", labels=["hard", "easy"]),
        item(5, "Stories", kind="vignette"),
        item(6, "Asked", kind="questions"),
        languages=("en", "ur"),
        texts=(("title", "ur", "ہمارا دن"),),
    )


def spoken(element: Any, language: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a page with the language that is said of it; the letters of options have none."""
    if not isinstance(element.tag, str) or element.attrib.get("class") == "letter":
        return
    language = element.attrib.get("lang", language)
    if text := (element.text or "").strip():
        yield text, language
    for child in element:
        yield from spoken(child, language)
        if text := (child.tail or "").strip():
            yield text, language


def wrongly_marked(page: str) -> list[tuple[str, str]]:
    """Texts in Latin letters that are not said to be English, and texts in Arabic ones not said to be Urdu."""
    said = list(spoken(html5lib.parse(page, namespaceHTMLElements=False)))
    assert any(language == "ur" for _, language in said)
    assert any(language == "en" for _, language in said)
    # The letter of an option is its name in every language, and a line of a list cannot hold an element for it.
    worded = [(re.sub(r"^[A-Z] ", "", text), tag) for text, tag in said]
    latin = [(text, tag) for text, tag in worded if any(each.isascii() and each.isalpha() for each in text)]
    arabic = [(text, tag) for text, tag in said if any("\u0600" <= each <= "\u06ff" for each in text)]
    return [each for each in latin if each[1] != "en"] + [each for each in arabic if each[1] != "ur"]


async def in_urdu(phone: Phone, path: str) -> str:
    return (await phone.see(path, **urdu(phone))).text


def urdu(phone: Phone) -> dict[str, str]:
    """The cookies of a phone that chose Urdu."""
    return {"cookie": f"lang=ur; ws={phone.http.cookies['ws']}"}


async def moment(house: House, phone: Phone, name: str) -> None:
    """Bring the room to a moment."""
    await house.give(cmd.OpenItem(item=name[:3]))
    if name[:3] in ("i01", "i02", "i03", "i04") and "soon" not in name:
        await house.give(cmd.OpenVote(key=b"k" * 32))
    if "result" in name:
        await phone.vote("a")
        await house.give(cmd.CloseVote(), cmd.Reveal())
    if "sent" in name:
        await phone.vote("a")


@pytest.mark.parametrize(
    "name",
    ["i01", "i01 soon", "i01 sent", "i01 result", "i02", "i02 soon", "i03", "i04", "i05", "i06"],
)
async def test_each_text_says_which_language_it_is_in(name: str) -> None:
    async with a_house(a_room_with_some_urdu()) as house:
        phone = await house.phone()
        await moment(house, phone, name)

        assert wrongly_marked(await in_urdu(phone, "/now")) == []


@pytest.mark.parametrize("path", ["/help", "/privacy", "/paper", "/stories", "/sent", "/leave", "/nowhere"])
async def test_each_text_of_a_page_to_read_says_which_language_it_is_in(path: str) -> None:
    async with a_house(a_room_with_some_urdu()) as house:
        assert wrongly_marked(await in_urdu(await house.phone(), path)) == []


async def test_a_refused_answer_says_so_in_the_language_of_the_phone() -> None:
    async with a_house(a_room_with_some_urdu()) as house:
        phone = await house.phone()
        await house.ask()
        refused = await phone.post("/vote/i01.1", {"choice": "z"}, **urdu(phone))

        assert refused.status_code == 422
        assert wrongly_marked(refused.text) == []


async def test_lists_to_choose_from_say_which_language_each_line_is_in() -> None:
    async with a_house(a_room_with_some_urdu()) as house:
        phone = await house.phone()
        await house.ask("i02")
        lists = await phone.post("/vote/i02.1", {"pick": "order:lists"}, **urdu(phone))

        assert "<select" in lists.text
        assert wrongly_marked(lists.text) == []


def elements(page: str) -> list[Any]:
    return list(html5lib.parse(page, namespaceHTMLElements=False).iter())


def where(page: str, name: str, value: str) -> dict[str, str]:
    """The attributes of the element that has this one."""
    return next(each.attrib for each in elements(page) if each.attrib.get(name) == value)


async def test_a_running_total_keeps_its_language_when_the_script_writes_it_anew() -> None:
    async with a_house(a_room_with_some_urdu()) as house:
        phone = await house.phone()
        await house.ask("i03")
        total = where(await in_urdu(phone, "/now"), "class", "left")

        assert (total["lang"], total["dir"]) == ("en", "ltr")


async def test_places_for_the_scripts_words_and_labels_say_which_language_they_are_in() -> None:
    async with a_house(a_room_with_some_urdu()) as house:
        phone = await house.phone()
        await house.ask("i03")
        page = await in_urdu(phone, "/now")

        for name, value in (("id", "waiting"), ("id", "say"), ("aria-label", "What is new")):
            assert (where(page, name, value)["lang"], where(page, name, value)["dir"]) == ("en", "auto")
        assert where(page, "aria-label", "More")["lang"] == "en"
        assert where(page, "class", "foot")["lang"] == "ur", "what is said inside may be translated"
        english = (await phone.see("/now")).text
        assert "lang" not in where(english, "aria-label", "More")
        assert "lang" not in where(english, "id", "strip")


# Digits. ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "᱐᱑᱒᱓᱔᱕᱖᱗᱘᱙"])
async def test_a_number_is_taken_in_the_digits_of_any_script(digits: str) -> None:
    async with a_house(a_room_with_some_urdu()) as house:
        phone = await house.phone()
        await house.ask("i03")
        taken = await phone.post("/vote/i03.1", {"dots.a": digits[2], "dots.b": digits[1]})
        refused = await phone.post("/vote/i03.1", {"dots.a": digits[9], "dots.b": digits[1]})

        assert taken.status_code == 303
        assert dict(house.room.tables.tallies["i03.1"].profile) == {'{"placed":[["a",2],["b",1]]}': 1}
        assert refused.status_code == 422
        assert f'value="{digits[9]}"' in refused.text, "what was typed stands there again"


async def test_a_number_in_words_that_people_write_stays_as_they_wrote_it() -> None:
    async with a_house(a_room_with_some_urdu()) as house:
        phone = await house.phone()
        await house.give(cmd.OpenItem(item="i06"))
        await phone.post("/say/i06", {"question": "کیا ١٢ بسیں ہیں؟"})

        assert ["١٢" in row.body for row in house.room.tables.contributions.values()] == [True]
