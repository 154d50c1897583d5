"""Pausing and covering from the host page, in a real browser: by key, without scripts, and in the middle of a form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from workshop_tui.domain import commands as cmd
from workshop_tui.web.host.pages import PAGES

from .conftest import browsing
from .house import House
from .looks import axe_findings, large_text_findings
from .scenes import join

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
FOCUSED = "document.activeElement.value"


@pytest.fixture(autouse=True)
def lifted(house: House) -> Iterator[None]:
    yield
    if house.room.state.pause is not None:
        house.give(cmd.ResumeRoom())
    if house.room.state.screen.mode != "question":
        house.give(cmd.SetScreen(mode="question"))


def test_the_first_thing_that_the_tab_key_reaches_on_every_page_pauses_everything(
    browser: Browser, house: House
) -> None:
    house.go("dots")
    with browsing(browser, house.desk, java_script_enabled=True, viewport=DESK) as (page, _):
        for at in PAGES:
            page.goto(f"{house.run.host_url}/{at}")
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUSED) == "pause", at
        page.keyboard.press("Enter")

        expect(page.locator("h1")).to_have_text("Everything is paused")
        expect(page.locator("h1")).to_be_focused()
        assert house.room.state.pause is not None
        assert "\n".join(axe_findings(page) + large_text_findings(page)) == ""


@pytest.mark.parametrize(("key", "heading"), [("F8", "Everything is paused"), ("Control+b", "Covered")])
def test_a_key_covers_the_page_in_the_middle_of_a_form_whose_words_are_kept(
    browser: Browser, house: House, key: str, heading: str
) -> None:
    house.go("dots")
    with browsing(browser, house.desk, viewport=DESK) as (page, _):
        page.goto(f"{house.run.host_url}/notes")
        page.locator("#note-text").fill("half a sentence")
        if house.room.state.screen.mode != "join":
            house.give(cmd.SetScreen(mode="join"))
        page.locator("#note-text").press(key)
        expect(page.locator("h1")).to_have_text(heading)
        assert "half a sentence" not in page.content()
        assert (house.room.state.pause is not None) == (key == "F8")
        assert house.room.state.screen.mode == ("blank" if key != "F8" else "join")
        assert "\n".join(axe_findings(page)) == ""

        page.get_by_role("link", name="Show the host page again").click()
        expect(page.locator("#note-text")).to_have_value("half a sentence")


def test_without_scripts_a_new_window_covers_the_old_one_and_what_is_half_typed_stays_in_it(
    browser: Browser, house: House
) -> None:
    house.go("dots")
    with browsing(browser, house.desk, java_script_enabled=False, viewport=DESK) as (page, _):
        page.goto(f"{house.run.host_url}/notes")
        page.locator("#note-text").fill("half a sentence")
        with page.context.expect_page() as opened:
            page.get_by_role("button", name="Pause everything").click()
        expect(opened.value.locator("h1")).to_have_text("Everything is paused")

        assert house.room.state.pause is not None
        expect(page.locator("#note-text")).to_have_value("half a sentence")


def test_a_page_covers_itself_when_somebody_else_pauses(browser: Browser, house: House) -> None:
    house.go("dots")
    with browsing(browser, house.desk, viewport=DESK) as (page, _):
        page.goto(f"{house.run.host_url}/reading")
        house.give(cmd.PauseRoom())

        expect(page.locator("h1")).to_have_text("Everything is paused")


@pytest.mark.parametrize("at", ["vignette", "dots"], ids=["phones write", "phones vote"])
def test_a_phone_on_which_stories_are_read_takes_them_off_with_the_pause_and_has_them_again_after_it(
    house: House, phone: Page, at: str
) -> None:
    house.go("vignette")
    house.tell("qwords that somebody told")
    if at != "vignette":
        house.ask(at)
    join(house, phone)
    phone.goto("/stories")
    expect(phone.locator("#main")).to_contain_text("qwords that somebody told")

    house.give(cmd.PauseRoom())

    expect(phone.locator("#strip")).to_contain_text("We are taking a short pause.")
    expect(phone.locator("#main > :not(h1)")).to_have_count(0)
    assert "qwords" not in phone.content()
    assert "\n".join(axe_findings(phone)) == ""
    house.give(cmd.ResumeRoom())
    expect(phone.locator("#main")).to_contain_text("qwords that somebody told")
