"""Pages as people see them who chose other colours, less movement, or slow links; and words that attack."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page, Request

from tests.cases import hostile_inputs
from workshop_tui.domain import commands as cmd

from .conftest import browsing, still
from .house import House
from .scenes import join, main_button

pytestmark = pytest.mark.browser

FIRST_BYTES = 7_000
LATER_BYTES = 3_000
STORY_FORM_BYTES = 3_500
"""As in tests/web/test_phones_weight.py."""

CHOSEN = [{"forced_colors": "active"}, {"contrast": "more"}, {"color_scheme": "dark"}, {"color_scheme": "light"}]

HOSTILE = [words for _, words, _ in hostile_inputs.HTML]
"""All groups go through every page in tests/web; here a browser that would obey them looks on."""


def picture(what: Locator) -> Image.Image:
    """What is seen of it, without colours."""
    return Image.open(io.BytesIO(what.screenshot())).convert("L")


def difference(before: Image.Image, after: Image.Image) -> int:
    """How many points look clearly different."""
    assert before.size == after.size
    return sum(ImageChops.difference(before, after).histogram()[64:])


# Colours and movement. -------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda chosen: "-".join(chosen.values()))
def test_what_is_chosen_is_seen_without_colours(browser: Browser, house: House, chosen: dict[str, str]) -> None:
    house.ask("single")
    with browsing(browser, house.address, **chosen) as (page, _):
        join(house, page)
        card = page.locator("label.card").nth(1)
        before = picture(card)
        card.click()
        # The focus alone must not be the difference.
        page.locator("label.card input").nth(1).evaluate("each => each.blur()")
        page.mouse.move(0, 0)

        assert difference(before, picture(card)) > 100


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda chosen: "-".join(chosen.values()))
def test_a_button_that_can_do_nothing_is_seen_to(browser: Browser, house: House, chosen: dict[str, str]) -> None:
    house.ask("rank")
    with browsing(browser, house.address, **chosen) as (page, _):
        join(house, page)
        up = page.get_by_role("button", name="Up one place").first
        assert up.get_attribute("aria-disabled") == "true"
        off = picture(up)
        up.evaluate("each => each.removeAttribute('aria-disabled')")

        assert difference(off, picture(up)) > 50


def test_nothing_moves_on_a_phone(browser: Browser, house: House) -> None:
    house.ask("dots")
    with browsing(browser, house.address) as (page, _):
        join(house, page)
        main_button(page)
        page.locator("#problem:focus").wait_for()

        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate(
            "[...document.querySelectorAll('*')].every(each => getComputedStyle(each).transitionDuration === '0s')"
        )


# Weight. ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "parts"), [("single", 1), ("dots", 2), ("rank", 2)])
def test_the_first_load_is_small_and_what_follows_smaller(
    browser: Browser, house: House, kind: str, parts: int
) -> None:
    house.ask(kind)
    with browsing(browser, house.address) as (page, _):
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))
        join(house, page)
        first = sizes(asked)
        asked.clear()
        page.goto("/help")
        later = sizes(asked)

    # The square, the way in, the page, its style and script, and what only this form needs.
    assert len(first) == 5 + parts
    assert 4_000 < sum(first) <= FIRST_BYTES
    # The script and the style are there already.
    assert len(later) == 1
    assert sum(later) <= LATER_BYTES


def test_the_ground_rules_are_the_first_load_of_a_story_and_its_form_comes_later(
    browser: Browser, house: House
) -> None:
    house.ask("vignette")
    with browsing(browser, house.address) as (page, _):
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))
        page.goto(house.join_path)
        page.wait_for_url("**/now?in")
        first = sizes(asked)
        asked.clear()
        page.get_by_role("link", name="Go on to the question").click()
        page.wait_for_url("**/now?read=1")
        form, *parts = sizes(asked)

    assert len(first) == 5
    assert 4_000 < sum(first) <= FIRST_BYTES
    assert form <= STORY_FORM_BYTES
    # What only this form needs.
    assert len(parts) == 2
    assert sum(parts) <= LATER_BYTES


def sizes(asked: list[Request]) -> list[int]:
    """Bytes of each body that came over the wire: pages, styles and scripts; what is kept already has none."""
    loaded = [each for each in asked if each.resource_type in ("document", "stylesheet", "script")]
    return [size for each in loaded if (size := each.sizes()["responseBodySize"]) >= 0]


# Words that attack. ----------------------------------------------------------------------------------


def count_elements(page: Page) -> dict[str, int]:
    """How often each element is there, apart from the card of whom there is to talk to."""
    return dict(
        page.evaluate(
            """() => [...document.querySelectorAll('main *:not(details, details *)')].reduce((all, {tagName}) =>
                ({...all, [tagName]: (all[tagName] || 0) + 1}), {})"""
        )
    )


def test_words_that_attack_stay_words_wherever_they_are_shown(browser: Browser, house: House) -> None:
    house.ask("vignette")
    keys = [house.tell(words) for words in HOSTILE]
    with browsing(browser, house.address, house.desk) as (page, _):
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        join(house, page)
        page.goto("/stories")
        quotes = page.locator("blockquote")
        assert quotes.count() == 5
        assert page.locator("blockquote bdi").count() >= 5
        assert page.locator("details").count() == 1
        assert set(count_elements(page)) <= {"H1", "P", "STRONG", "DIV", "BLOCKQUOTE", "BDI", "BR", "A"}

        for key, words in zip(keys, HOSTILE, strict=True):
            house.show("story", key)
            still(page).goto(house.run.screen_url)
            inside = page.locator("main blockquote")
            assert set(count_elements(page)) <= {"DIV", "H1", "P", "BLOCKQUOTE", "BDI", "BR", "SPAN", "B"}, words
            assert inside.inner_text().strip()
        page.goto(house.run.host_url)
        page.goto(f"{house.run.host_url}/reading?queue=all")
        # Nothing ran; the watch finds no error, no forbidden script and no foreign address either.
        assert asked == []


def test_words_that_attack_come_back_as_they_were_typed(browser: Browser, house: House) -> None:
    house.ask("vignette")
    with browsing(browser, house.address) as (page, _):
        join(house, page)
        # What is said once, to whoever comes in, is gone by now.
        page.goto("/now")
        elements = count_elements(page)
        for words in HOSTILE[:6]:
            page.get_by_label("What happened?").fill(words)
            page.evaluate("document.querySelector('[name=step]').value = 'change'")
            # The address may stay the same: only the next page itself says that the answer came.
            with page.expect_navigation(url="**/say/**"):
                page.evaluate("document.querySelector('form:has(#waiting)').submit()")

            assert page.get_by_label("What happened?").input_value() == words.replace("\r\n", "\n").replace("\r", "\n")
            assert count_elements(page) == elements
    house.give(cmd.CloseGathering())
