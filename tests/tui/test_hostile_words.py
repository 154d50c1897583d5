"""Whatever people write, no screen of the console crashes, obeys it, or sends a control byte to the terminal."""

from __future__ import annotations

import re

import msgspec
import pytest
from rich.cells import cell_len
from textual import events

from tests.cases.hostile_inputs import ALL, HTML, MARKUP, SIZE, TERMINAL, UNICODE
from tests.sessions import an_agenda, item, options
from tests.tui.desk_room import Sitting, by_name, console, press, screen_text, settle, sitting, strips
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Bar, Bars, Quote, Quotes, Statement
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.entries import entry_lines
from workshop_tui.tui.lines import Pen
from workshop_tui.tui.results import result_lines
from workshop_tui.tui.widgets.plain import PlainInput, PlainTextArea, plain, safe

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029\ud800-\udfff]")

GROUPS = {"terminal": TERMINAL, "markup": MARKUP, "html": HTML, "unicode": UNICODE, "size": SIZE}

EVERY = [pytest.param(payload, id=name) for name, payload, _ in ALL]


@pytest.mark.parametrize("payload", EVERY)
def test_no_word_keeps_anything_a_terminal_obeys_or_becomes_markup(payload: str) -> None:
    content = safe(payload[:20_000])

    assert not OBEYED.search(content.plain.replace("\n", ""))
    assert not content.spans or payload == ""
    assert plain(plain(payload)) == plain(payload)


@pytest.mark.parametrize("payload", EVERY)
@pytest.mark.parametrize("width", [24, 80, 200])
def test_no_word_breaks_the_width_of_a_line(payload: str, width: int) -> None:
    said = plain(payload[:5_000])
    blocks = (Bars(unit="dots", bars=(Bar(label=said or "x", value=3, letter="A"),)), Statement(text=said),
              Quotes(quotes=(Quote(parts=((said, said),)),)))  # fmt: skip
    entry = QueueEntry(key="k", kind="vignette", noun="story", only_you=False, asks_consent=True,
                       item="i01", item_title=said, parts=((said, said), ("", said)),
                       consent=said[:5], handling="new", may_show=False, minute=1)  # fmt: skip
    lines = Pen(width).paragraph(said, lead="SAY  ") + result_lines(blocks, (said,), Pen(width))
    lines += entry_lines(entry, Pen(width), opened=True)

    for line in lines:
        assert cell_len("".join(text for text, _ in line)) <= width
        assert not OBEYED.search("".join(text for text, _ in line))


def check(app: ConsoleApp) -> None:
    """Nothing on the screen is a control byte, and every row has the width of the terminal."""
    for strip in strips(app):
        assert not OBEYED.search("".join(segment.text for segment in strip))
        assert strip.cell_length == app.size.width
        for segment in strip:
            assert "@click" not in (segment.style.meta if segment.style else {})


@pytest.mark.timeout(400)  # some 40 screens each; seconds on a quiet machine, minutes on a crowded one
@pytest.mark.parametrize("group", GROUPS)
async def test_hostile_words_pass_through_every_screen(group: str) -> None:
    payloads = [payload[:4_000] for _, payload, _ in GROUPS[group] if encodable(payload)]
    words = [payload if payload.strip() else "-" for payload in payloads]
    agenda = an_agenda(
        item(1, words[0], say=words[-1], question=words[1], access=words[2], capture=words[3], kind="single",
             options=[{"key": "abcdefghijklmnopqrstuvwxyz"[n], "text": f"{n}{word[:500]}"}
                      for n, word in enumerate(words[:26])]),
        item(2, words[2 % len(words)], kind="vignette"),
        item(3, words[3 % len(words)], kind="ideas"),
        item(4, words[-1], kind="private"),
        item(5, "Order", kind="rank", options_from="ideas"),
        item(6, words[-2], say=words[-3]),
    )  # fmt: skip
    async with sitting(agenda) as here:
        await fill(here, words)
        async with console(here, (140, 40)) as pair:
            app, _ = pair
            check(app)
            await press(here, pair, "l")
            check(app)
            for key in ("a", "d", "z", "h", "j", "question_mark", "t", "i", "P", "ctrl+p", "ctrl+b"):
                await press(here, pair, key)
                check(app)
                if key in ("a", "d"):
                    await press(here, pair, "enter")
                    check(app)
                await press(here, pair, "escape")
            app.press(by_name("drop_note"))
            await settle(here, *pair)
            check(app)
            await press(here, pair, "escape", "s", "up", "enter")
            await read_some(here, pair)
            await press(here, pair, "escape", "o", "space", "down", "space", "m")
            check(app)
            assert app.is_running


def encodable(payload: str) -> bool:
    return not re.search("[\ud800-\udfff]", payload)


async def fill(here: Sitting, words: list[str]) -> None:
    """Everything hostile, in every place words are kept; past the cleaning door."""
    people = [f"p{number}" for number in range(len(words))]
    await here.join(*people)
    for key, body in (
        ("i02", lambda word: {"parts": [["happened", word]], "level": "C2"}),
        ("i03", lambda word: {"text": word}),
        ("i04", lambda word: {"text": word}),
    ):
        await here.give(cmd.OpenItem(item=key))
        for person, word in zip(people, words, strict=True):
            await here.tell(person, msgspec.json.encode(body(word)).decode(), key)
    await here.give(cmd.OpenItem(item="i01"))
    await here.give(cmd.OpenVote(key=b""))
    for person in people:
        await here.vote(person, "a")
    for number, word in enumerate(words[:5]):
        await here.give(cmd.AddNote(key=f"n{number}", kind="concern", text=f"x{word}"[:900], owner=word[:50]))


async def read_some(here: Sitting, pair: tuple) -> None:
    """Open the first entries of the queue; how each word is drawn is tested without a screen, above."""
    check(pair[0])
    for _ in range(4):
        await press(here, pair, "enter")
        check(pair[0])
        await press(here, pair, "escape", "a")
    await press(here, pair, "f", "f")
    check(pair[0])


async def test_text_that_looks_like_markup_is_shown_as_it_was_written() -> None:
    agenda = an_agenda(item(1, "I waited [9 hours] in A&E [sic] [/] [@click=app.quit]x[/]", kind="single",
                            options=options("[b]yes[/b]", "[/no]")))  # fmt: skip
    async with sitting(agenda) as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b""))
        await here.vote("ana", "a")
        async with console(here, (140, 40)) as pair:
            await press(here, pair, "l")
            text = screen_text(pair[0])

    assert "I waited [9 hours] in A&E [sic] [/] [@click=app.quit]x[/]" in text
    assert "[b]yes[/b]" in text


@pytest.mark.parametrize("key", ["t", "i"], ids=["one line", "several lines"])
async def test_pasted_text_loses_what_a_terminal_would_obey(key: str) -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, key, *(["tab", "tab"] if key == "i" else []))
        field = pair[0].focused
        assert isinstance(field, PlainInput | PlainTextArea)
        pair[0].post_message(events.Paste("a\x1b]52;c;QQ==\x07b"))
        await settle(here, *pair)
        await pair[1].pause(0.02)

        check(pair[0])
        assert field.said == "a]52;c;QQ==b"
