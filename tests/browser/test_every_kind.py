"""Every kind of voting and gathering on a phone: nothing that was not sent is lost, and nothing sticks out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import until
from tests.sessions import item
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import AnyKind, Poll
from workshop_tui.kinds.registry import KINDS

from .agendas import in_two_languages
from .conftest import browsing
from .house import House, a_house
from .scenes import LONG_WORD, join

pytestmark = pytest.mark.browser

every_kind = pytest.mark.parametrize("kind", KINDS)

FORM = """() => {
    const fields = new URLSearchParams(new FormData(document.querySelector('form[data-outbox]')));
    ['csrf', 'sid'].forEach(each => fields.delete(each));
    return '' + fields;
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"
WINDOWS = ((360, "225%"), (195, ""))
"""Twice the size of letters on a phone, and a phone at the largest zoom: as (width, size of the page's letters)."""


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A room in two languages that can ask anything."""
    folder: Path = tmp_path_factory.mktemp("every")
    with a_house(folder, in_two_languages()) as made:
        yield made


def ask(house: House, name: str) -> None:
    """Ask what the example of a kind asks, with one long word."""
    kind: AnyKind = KINDS[name]
    config = msgspec.to_builtins(kind.examples().config)
    for option in config.get("options", ())[:1]:
        option["text"] = f"{option['text']} {LONG_WORD}"
    asked = item(1, f"Item {len(house.room.state.items)}", kind=name, **config)
    house.give(cmd.InsertItem(item=asked, after=house.room.state.items[-1].item.key))
    house.give(cmd.OpenItem(item=house.room.state.items[-1].item.key, vote="close"))
    if isinstance(kind, Poll):
        house.give(cmd.OpenVote(key=b""))


def fill(page: Page) -> None:
    """Choose, tick, order, count and write something in every control, as a person would."""
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
    radios = page.evaluate("() => [...new Set([...document.querySelectorAll('[type=radio]')].map(each => each.name))]")
    for name in radios:
        page.locator(f'input[name="{name}"]').last.check()
    for box in page.locator("[type=checkbox]").all()[:2]:
        box.check()
    for button in page.locator('button[value$=":down"]').all()[:2]:
        button.click()
    for at, field in enumerate(page.locator("form[data-outbox] :is(textarea, [type=text], input:not([type]))").all()):
        field.fill("2" if field.get_attribute("inputmode") else f"Words\nof line {at}")


@every_kind
def test_nothing_that_was_not_sent_is_lost_by_looking_elsewhere(browser: Browser, every: House, kind: str) -> None:
    ask(every, kind)
    with browsing(browser, every.address) as (page, _):
        join(every, page)
        page.goto("/now?lang=en")
        empty = page.evaluate(FORM)
        fill(page)
        filled = page.evaluate(FORM)
        assert filled != empty

        page.reload()
        assert page.evaluate(FORM) == filled
        page.get_by_role("link", name="Get help").click()
        page.get_by_role("link", name="Back", exact=True).click()
        page.wait_for_url("**/now")
        until(page, f"({FORM})() === {filled!r}")
        page.get_by_role("link", name="Cymraeg").click()
        page.wait_for_url("**lang=cy")
        until(page, f"({FORM})() === {filled!r}")

        # Somebody else begins with nothing.
        page.goto("/leave")
        page.locator("main form button.main").click()
        until(page, "localStorage.length === 0")


@every_kind
def test_no_page_of_a_kind_scrolls_sideways_with_large_letters_or_in_a_small_window(
    browser: Browser, every: House, kind: str
) -> None:
    ask(every, kind)
    with browsing(browser, every.address) as (page, _):
        page.add_init_script("Math.random = () => 0;")
        join(every, page)
        wide = {"form": sideways(page)}
        if isinstance(KINDS[kind], Poll):
            every.answer(*(msgspec.to_builtins(KINDS[kind].read(*read)) for read in answers(kind)))
            send_example(page, kind)
            wide["sent"] = sideways(page)
            every.give(cmd.CloseVote(), cmd.Reveal())
            expect(page).to_have_title(re.compile("^Result: "))
            # The title is there before the style of results is.
            until(page, "document.readyState === 'complete'")
            wide["result"] = sideways(page)

        assert wide == {page: [0, 0] for page in wide}


def answers(kind: str) -> Iterator[tuple[object, object]]:
    """What the example of a kind answers, with what was asked."""
    example = KINDS[kind].examples()
    yield from ((example.config, fields) for fields in example.answers)


def send_example(page: Page, kind: str) -> None:
    """Send the first answer of the example, whatever its controls are."""
    page.evaluate(
        """fields => {
            const form = document.querySelector('form[data-outbox]');
            const data = new URLSearchParams(new FormData(form));
            [...data.keys()].filter(each => !/^(csrf|sid)$/.test(each)).forEach(each => data.delete(each));
            Object.entries(fields).forEach(([name, given]) => given.forEach(each => data.append(name, each)));
            return fetch(form.action, {method: 'POST', body: data});
        }""",
        KINDS[kind].examples().answers[0],
    )
    page.goto("/now")
    expect(page.locator(".done")).to_be_visible()


def sideways(page: Page) -> list[int]:
    """How far it scrolls to the side in each of the windows."""
    found = []
    for width, letters in WINDOWS:
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", letters)
        found.append(page.evaluate(SIDEWAYS))
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    return found
