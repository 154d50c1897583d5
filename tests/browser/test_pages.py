"""Every page of a phone, in four agendas: what anybody must be able to read, reach and press."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Locator, Response

from workshop_tui.domain import commands as cmd

from . import agendas
from .conftest import Watch, browsing, still
from .house import House, a_house
from .looks import (
    axe_findings,
    focus_findings,
    geometry_findings,
    large_text_findings,
    markup_findings,
)
from .scenes import SCENES, join

pytestmark = pytest.mark.browser

WITHOUT_NEWS = ("join", "join-wrong-code", "not-joined", "privacy", "paper", "left")
"""The pages of a phone that has not joined."""

OURS_ALONE = ("help", "privacy", "paper", "leave", "left", "no-such-page", "not-joined", "result-of-nobody", "stopped")
"""Pages without words of the agenda: in another agenda they are the same."""

LATER_BYTES = 3_000
"""The most a page may weigh once script and style are there, gzipped."""

STORY_FORM_BYTES = 3_500
"""With the form of a story, which asks more: tests/web/test_phones_weight.py says why."""

WITH_STORY_FORM = ("story", "story-more", "story-empty", "cannot-save-page")

WITH_AGENDA = [name for name in SCENES if name not in OURS_ALONE]


@pytest.fixture(scope="module")
def urdu_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("urdu"), agendas.RIGHT_TO_LEFT) as made:
        yield made


@pytest.fixture(scope="module")
def long_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("long"), agendas.stretched()) as made:
        yield made


@pytest.fixture(scope="module")
def welsh_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("welsh"), agendas.in_two_languages()) as made:
        yield made


def keeps_to_itself(response: Response) -> bool:
    """Whether a page forbids everything from elsewhere; a redirection has no page."""
    return response.status == 303 or response.headers["content-security-policy"].startswith("default-src 'none';")


def stands_empty(watch: Watch) -> bool:
    """Whether the place where news are read out was there, and empty, in the page as it came."""
    return watch.documents[-1].text().count('<p id="say" class="sr" role="status"></p>') == 1


@pytest.mark.parametrize("name", SCENES)
def test_a_page_leaves_nobody_out(browser: Browser, house: House, name: str) -> None:
    with browsing(browser, house.address) as (page, watch):
        SCENES[name](house, page)

        found = axe_findings(page) + markup_findings(page) + geometry_findings(page) + focus_findings(page)
        page.emulate_media(color_scheme="dark")
        found += axe_findings(page, "color-contrast") + large_text_findings(page)
        assert "\n".join(found) == ""
        assert stands_empty(watch) is (name not in WITHOUT_NEWS)
        assert [each.url for each in watch.documents if not keeps_to_itself(each)] == []
        most = STORY_FORM_BYTES if name in WITH_STORY_FORM else LATER_BYTES
        assert watch.documents[-1].request.sizes()["responseBodySize"] <= most


@pytest.mark.parametrize("name", WITH_AGENDA)
def test_a_page_written_from_right_to_left_leaves_nobody_out(browser: Browser, urdu_house: House, name: str) -> None:
    with browsing(browser, urdu_house.address, locale="ur") as (page, _):
        SCENES[name](urdu_house, page)

        assert page.locator("html").get_attribute("dir") == "rtl"
        found = axe_findings(page) + markup_findings(page) + geometry_findings(page) + focus_findings(page)
        assert "\n".join(found + large_text_findings(page)) == ""


@pytest.mark.parametrize("name", WITH_AGENDA)
def test_a_page_with_words_two_fifths_longer_still_fits(browser: Browser, long_house: House, name: str) -> None:
    with browsing(browser, long_house.address) as (page, _):
        SCENES[name](long_house, page)

        found = geometry_findings(page) + focus_findings(page)
        assert "\n".join(found + large_text_findings(page)) == ""


@pytest.mark.parametrize("name", SCENES)
def test_a_page_in_welsh_still_fits(browser: Browser, welsh_house: House, name: str) -> None:
    with browsing(browser, welsh_house.address, locale="cy") as (page, _):
        SCENES[name](welsh_house, page)

        assert page.locator("html").get_attribute("lang") == "cy"
        found = geometry_findings(page) + focus_findings(page)
        assert "\n".join(found + large_text_findings(page)) == ""


def test_the_first_and_the_last_page_leave_nobody_out(browser: Browser, fresh_house: House) -> None:
    with browsing(browser, fresh_house.address) as (page, _):
        join(fresh_house, page)
        page.get_by_text("We have not started yet.").wait_for()
        found = axe_findings(page) + markup_findings(page) + geometry_findings(page) + focus_findings(page)

        fresh_house.ask("single")
        # A page that only waits goes on by itself within three seconds.
        with suppress(Error):
            page.get_by_role("link", name="Go to the question").click(timeout=4_000)
        page.get_by_role("button", name="Send my answer").wait_for()
        fresh_house.give(cmd.EndWorkshop(confirm="END"))
        page.get_by_role("link", name="Go on").click()
        page.get_by_text("Your answers are saved.").wait_for()
        found += axe_findings(page) + markup_findings(page) + geometry_findings(page) + focus_findings(page)
        assert "\n".join(found) == ""


def runs_from_left_to_right(what: Locator) -> bool:
    """Whether the first sign of a sentence stands left of its last."""
    return bool(
        what.evaluate(
            """each => {
                const text = document.createTreeWalker(each, NodeFilter.SHOW_TEXT).nextNode();
                const range = document.createRange();
                const left = at => { range.setStart(text, at); range.setEnd(text, at + 1);
                    return range.getBoundingClientRect().left; };
                return left(0) < left(text.data.trimEnd().length - 1);
            }"""
        )
    )


def test_english_sentences_beside_urdu_keep_their_numbers_in_place(browser: Browser, urdu_house: House) -> None:
    with browsing(browser, urdu_house.address, urdu_house.desk, locale="ur") as (page, _):
        SCENES["dots"](urdu_house, page)
        assert runs_from_left_to_right(page.locator(".left"))
        urdu_house.show("question")
        page.set_viewport_size({"width": 1280, "height": 720})
        still(page).goto(urdu_house.run.screen_url)
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert runs_from_left_to_right(page.locator(".count"))
