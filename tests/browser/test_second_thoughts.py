"""Somebody thinks again while the room cannot save: the room gets what they said last, and nothing before it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import until
from workshop_tui.domain import commands as cmd

from .conftest import browsing
from .house import House
from .scenes import join, main_button
from .test_link import FAILED, LOST, kept, stored

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser, fresh_house: House) -> Iterator[Page]:
    """A phone in a room of its own."""
    with browsing(browser, fresh_house.address) as (page, watch):
        yield page
        watch.forgive(FAILED)


@contextmanager
def cannot_save(house: House) -> Iterator[None]:
    """The disk is full until the end of the block."""
    house.room.fault = "The disk is full."
    try:
        yield
    finally:
        house.room.fault = ""


def check_story(house: House, page: Page, words: str, level: str) -> None:
    """Write a story and come to the page that shows it once more."""
    page.locator("textarea").first.fill(words)
    page.locator(f"input[name=level][value={level}]").check(force=True)
    main_button(page)
    expect(page.get_by_role("heading", name="Check your words")).to_be_visible()


def levels(house: House) -> list[str]:
    """The level of every story that was kept."""
    return [json.loads(row.body)["level"] for row in house.room.tables.contributions.values()]


def test_a_story_made_narrower_while_it_waits_is_kept_only_as_it_was_said_last(fresh_house: House, phone: Page) -> None:
    house = fresh_house
    house.ask("vignette")
    join(house, phone)
    check_story(house, phone, "I rang nine times.", "C4")
    with cannot_save(house):
        main_button(phone)
        expect(phone.locator("#waiting")).to_have_text(LOST)
        phone.get_by_role("button", name="Change it").click()
        expect(phone.locator("textarea").first).to_have_value("I rang nine times.")
        check_story(house, phone, "I rang.", "C0")
    main_button(phone)
    kept(phone)
    until(phone, "localStorage.length === 0")

    assert levels(house) == ["C0"]


def test_a_story_that_is_not_to_be_sent_after_all_is_not_sent_when_the_room_is_back(
    fresh_house: House, phone: Page
) -> None:
    house = fresh_house
    house.ask("vignette")
    join(house, phone)
    check_story(house, phone, "I would rather not.", "C4")
    with cannot_save(house):
        main_button(phone)
        expect(phone.locator("#waiting")).to_have_text(LOST)
        phone.get_by_role("link", name="Don't send this").click()
        phone.wait_for_url("**/now")
    # The words are still on the phone for their owner, and nothing waits to be sent.
    expect(phone.locator("textarea").first).to_have_value("I would rather not.")
    assert [name for name in stored(phone) if name.endswith(":out")] == []
    phone.reload()

    assert levels(house) == []


def test_a_story_whose_question_closes_while_it_is_checked_stays_in_sight(fresh_house: House, phone: Page) -> None:
    house = fresh_house
    house.ask("vignette")
    join(house, phone)
    check_story(house, phone, "I rang nine times.", "C2")
    house.give(cmd.CloseGathering())
    main_button(phone)

    expect(phone.locator("#problem")).to_contain_text("Your words are still on this phone.")
    expect(phone.get_by_text("I rang nine times.")).to_be_visible()
    house.give(cmd.OpenGathering())
    main_button(phone)
    kept(phone)
    assert levels(house) == ["C2"]


def test_a_vote_that_arrives_later_leaves_the_next_question_as_it_is(fresh_house: House, phone: Page) -> None:
    house = fresh_house
    path = house.ask("single")
    join(house, phone)
    phone.locator("label.card").first.click()
    with cannot_save(house):
        main_button(phone)
        expect(phone.locator("#waiting")).to_have_text(LOST)
    house.room.fault = ""
    house.give(cmd.OpenItem(item=house.item("dots").item.key, vote="keep"), cmd.OpenVote(key=b""))
    with cannot_save(house):
        phone.goto("/now")
        phone.locator(".stepper [value$='+1']").first.click()
    expect(phone.get_by_text("We have your words now. Thank you.").first).to_be_visible()

    expect(phone.locator(".stepper input").first).to_have_value("1")
    tally = house.room.tables.tallies[path.rpartition("/")[2]]
    assert tally.answered == 1
    expect(phone).to_have_url(re.compile("/now$"))
