"""A phone says what it answered, and begins a change from it; nobody else's phone does, and none where it must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import msgspec
import pytest

from tests.sessions import an_agenda, item, options
from tests.web.pages_seen import text_of
from tests.web.phones import Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import AnyPoll, Poll
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.blocks import ChooseOne, ChooseSome, FormBlock, GradeEach, PutInOrder, ShareOut, WriteText
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

OF_THE_PAGE = {"csrf", "sid", "step", "go", "skip", "pick", "move"}
FREE = {"votes_burst": 100, "votes_per_s": 100.0}

every_poll = pytest.mark.parametrize(
    "poll", [pytest.param(kind, id=name) for name, kind in KINDS.items() if isinstance(kind, Poll)]
)
every_answer = pytest.mark.parametrize(
    ("poll", "fields"),
    [
        pytest.param(kind, fields, id=f"{name}-{at}")
        for name, kind in KINDS.items()
        if isinstance(kind, Poll) and not kind.is_apart
        for at, fields in enumerate(kind.examples().answers)
    ],
)


def asking(poll: AnyPoll) -> Agenda:
    """An agenda that asks what the kind's example asks."""
    return an_agenda(item(1, "One", kind=poll.kind, **msgspec.to_builtins(poll.examples().config)), item(2, "Break"))


def sent_by(page: str) -> dict[str, list[str]]:
    """What a browser would send if the main button were pressed at once."""
    fields: dict[str, list[str]] = {}
    for each in html5lib.parse(page, namespaceHTMLElements=False).iter():
        name, kind = each.attrib.get("name", ""), each.attrib.get("type", "")
        if each.tag == "select":
            value = next((option.attrib["value"] for option in each if "selected" in option.attrib), "")
        elif each.tag == "textarea":
            value = (each.text or "").removeprefix("\n")
        elif each.tag == "input" and (kind in ("hidden", "text", "") or "checked" in each.attrib):
            value = each.attrib.get("value", "on")
        else:
            continue
        if name not in OF_THE_PAGE:
            fields.setdefault(name, []).append(value)
    return fields


def words_in(blocks: tuple[FormBlock, ...], fields: dict[str, list[str]]) -> Iterator[str]:
    """The words, or the number, of everything that these fields answer."""
    for block in blocks:
        match block:
            case ChooseOne() | ChooseSome() | PutInOrder():
                yield from (ENGLISH.text(o.words) for o in block.options if o.key in fields.get(block.name, ()))
            case GradeEach():
                for row in block.rows:
                    given = fields.get(f"{block.name}.{row.key}", ())
                    yield from (ENGLISH.text(row.words) for _ in given[:1])
                    yield from (ENGLISH.text(step.words) for step in block.scale if step.key in given)
                    yield from fields.get(f"{block.name}.{row.key}.why", ())
            case ShareOut():
                for option in block.options:
                    yield from (f"{n} {block.unit[:-1]}" for n in fields.get(f"{block.name}.{option.key}", ()))
            case WriteText():
                yield from fields.get(block.name, ())


def answer_on(page: str) -> str:
    """What stands under "Your answer"; empty where nothing does."""
    found = re.search(r"<h2>Your answer</h2>\s*(<[uo]l.*?</[uo]l>)", page, re.DOTALL)
    return " ".join(text_of(found[1]).split()) if found else ""


async def answered(phone: Phone, fields: dict[str, list[str]]) -> str:
    """The page after an answer was sent."""
    await phone.see()
    assert (await phone.post("/vote/i01.1", dict(fields))).status_code == 303
    return (await phone.see()).text


@every_answer
async def test_the_page_after_sending_says_what_was_answered_and_a_change_begins_from_it(
    poll: AnyPoll, fields: dict[str, list[str]]
) -> None:
    config = poll.examples().config
    given = poll.fields_of(config, poll.read(config, fields))
    async with a_house(asking(poll), **FREE) as house:
        await house.ask()
        phone = await house.phone()
        said = answer_on(await answered(phone, fields))
        again = sent_by((await phone.see("/now?change=1")).text)

    expected = [" ".join(words.split()) for words in words_in(poll.ask(config), given)]
    assert expected
    assert [words for words in expected if words not in said] == []
    assert poll.read(config, again) == poll.read(config, fields)


@every_poll
async def test_no_other_phone_and_nobody_after_is_told_what_one_answered(poll: AnyPoll) -> None:
    fields = poll.examples().answers[0]
    async with a_house(asking(poll), **FREE) as house:
        await house.ask()
        phone, other = await house.phone(), await house.phone()
        fresh = sent_by((await other.see()).text)
        await answered(phone, fields)
        await other.post("/vote/i01.1", {"skip": "1"})
        assert answer_on((await other.see()).text) == ""
        assert sent_by((await other.see("/now?change=1")).text) == fresh

        await phone.see("/leave")
        await phone.post("/leave")
        await phone.join()
        assert answer_on((await phone.see()).text) == ""
        assert sent_by((await phone.see()).text).keys() == fresh.keys()


@pytest.mark.parametrize(
    "poll", [k for k in KINDS.values() if isinstance(k, Poll) and k.is_apart], ids=lambda k: k.kind
)
async def test_what_is_joined_with_nothing_is_not_shown_again_and_the_page_says_so(poll: AnyPoll) -> None:
    async with a_house(asking(poll), **FREE) as house:
        await house.ask()
        phone = await house.phone()
        fresh = sent_by((await phone.see()).text)
        page = await answered(phone, poll.examples().answers[0])

        assert answer_on(page) == ""
        assert "We do not show what you chose again." in page
        assert sent_by((await phone.see("/now?change=1")).text) == fresh


@every_poll
async def test_what_was_answered_is_gone_from_phones_once_it_is_counted(poll: AnyPoll) -> None:
    async with a_house(asking(poll), **FREE) as house:
        await house.ask()
        phone = await house.phone()
        said = answer_on(await answered(phone, poll.examples().answers[0]))
        await house.give(cmd.CloseVote())
        assert answer_on((await phone.see()).text) == said
        await house.give(cmd.Reveal())

        assert answer_on((await phone.see()).text) == ""


async def test_a_reason_is_shown_and_comes_back_with_the_answer_it_explains() -> None:
    asked = item(1, kind="consensus", options=options("Ring back", "Write"), scale="consent")
    async with a_house(an_agenda(asked), **FREE) as house:
        await house.ask()
        phone = await house.phone()
        form = await phone.see()
        (step, *_) = re.findall(r'name="view.b" value="(\w+)"', form.text)
        page = await answered(phone, {"view.b": [step], "view.b.why": ["Letters\nget lost"]})

        assert "Letters get lost" in answer_on(page)
        assert sent_by((await phone.see("/now?change=1")).text)["view.b.why"] == ["Letters\nget lost"]
        assert sent_by((await phone.see("/now?change=1")).text)["view.b"] == [step]


async def test_another_language_keeps_that_an_answer_is_being_changed() -> None:
    agenda = an_agenda(item(1, kind="single", options=options("A", "B")), languages=("en", "cy"))
    async with a_house(agenda) as house:
        await house.ask()
        phone = await house.phone()
        await phone.vote("b")
        page = (await phone.see("/now?change=1")).text
        links = re.findall(r'href="(\?[^"]*lang=\w\w)"', page)

        assert links == ["?change=1&amp;lang=en", "?change=1&amp;lang=cy"]
        assert sent_by((await phone.see("/now?change=1&lang=cy")).text)["choice"] == ["b"]
        assert re.findall(r'href="(\?[^"]*lang=\w\w)"', (await phone.see()).text) == ["?lang=en", "?lang=cy"]


@pytest.mark.parametrize("kind", ["single", "ideas"])
async def test_without_scripts_a_form_says_that_what_is_not_sent_may_be_lost(kind: str) -> None:
    extra: dict[str, Any] = {"options": options("A", "B")} if kind == "single" else {}
    async with a_house(an_agenda(item(1, kind=kind, **extra))) as house:
        await house.give(cmd.OpenItem(item="i01"), *([cmd.OpenVote(key=b"k" * 32)] if kind == "single" else []))

        page = (await (await house.phone()).see()).text

    assert re.search(r"<noscript><p[^>]*>If you leave before you send, it may be lost.</p></noscript>", page)
