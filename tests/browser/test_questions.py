"""Questions from the room in a browser, with the script and without: asked, wanted, answered, on the big screen."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from workshop_tui.domain import commands as cmd

from .conftest import browsing, still
from .house import House, a_house
from .looks import axe_findings
from .scenes import join, main_button
from .turns import screen_findings

pytestmark = pytest.mark.browser

AGENDA = """
title = "Three departments, sixty miles"
stage = "plan"

[[item]]
title = "Questions of fact"
minutes = 20
question = "What do you want to know before we talk?"
[item.phone]
kind = "questions"
"""

USUAL = (
    "How long does the bus take to the other hospital on a Sunday, and does it stop at the back gate?",
    "Who pays for the taxi when I am sent home at three in the morning?",
    "Will the children's ward stay open at night?",
    "What happens to the appointments that are booked for March?",
    "Has anybody asked the ambulance drivers what they think of this, or the people who answer the phones, and if "
    "not, will somebody do that before the board decides, so that we all know what the roads are like in winter?",
    "Can my mum still stay with me over night?",
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A room that gathers questions; the first of six has most votes and the third is answered."""
    with a_house(tmp_path_factory.mktemp("questions"), AGENDA) as house:
        house.give(cmd.OpenItem(item=house.item("questions").item.key))
        keys = [ask(house, words) for words in USUAL]
        for key, votes in zip(keys, (11, 7, 5, 3, 2, 0), strict=True):
            for _ in range(votes):
                upvote(house, key)
        house.give(cmd.MarkAnswered(contribution=keys[2], words="Yes, with two nurses"))
        yield house


def ask(house: House, words: str) -> str:
    """Somebody asks, and it is approved; gives its key."""
    key = secrets.token_hex(16)
    told = cmd.Contribute(
        at=house.room.clock.now_ms(),
        person=house.person(),
        item=house.item("questions").item.key,
        body=msgspec.json.encode({"text": words}).decode(),
        consent="C2",
        key=key,
        submission_id=secrets.token_hex(16),
    )
    house.wait(house.room.submit(told))
    house.give(cmd.Moderate(contribution=key, handling="approved"))
    return key


def upvote(house: House, key: str) -> None:
    told = cmd.Upvote(at=house.room.clock.now_ms(), person=house.person(), contribution=key, on=True)
    house.wait(house.room.submit(told))


def picture(page: Page, name: str) -> None:
    """Keep a picture for somebody who wants to look: in the folder that WORKSHOP_PICTURES names."""
    folder = os.environ.get("WORKSHOP_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page="screen" not in name)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_question_is_asked_and_another_is_wanted_and_not(browser: Browser, asked: House, script: bool) -> None:
    with browsing(browser, asked.address, java_script_enabled=script) as (page, _):
        join(asked, page)
        picture(page, f"list-{script}")
        line = page.locator("li", has_text="over night")
        button = line.get_by_role("button")
        expect(line.get_by_text("1 wants to know this")).to_be_visible()
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 48

        button.click()
        expect(line.get_by_text("2 want to know this")).to_be_visible()
        expect(button).to_have_attribute("aria-pressed", "true")
        pressed = button.bounding_box()
        assert pressed is not None
        assert pressed["height"] == box["height"]
        expect(line).to_be_in_viewport()
        picture(page, f"wanted-{script}")
        button.click()
        expect(line.get_by_text("1 wants to know this")).to_be_visible()
        expect(button).to_have_attribute("aria-pressed", "false")

        page.get_by_role("link", name="Ask a question").click()
        picture(page, f"form-{script}")
        before = asked.said("Where do I park?")
        page.get_by_label("Your question").fill("Where do I park?")
        main_button(page)
        expect(page.locator(".done")).to_contain_text("We have your words.")
        assert asked.said("Where do I park?") == before + 1
        if script:
            assert axe_findings(page) == []
            assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_the_big_screen_shows_all_of_them_on_parts_that_can_be_read(browser: Browser, asked: House) -> None:
    asked.show("results")
    settings = {"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"}
    with browsing(browser, asked.desk, **settings) as (page, _):
        still(page).goto(asked.run.screen_url)
        lines = page.locator("li")
        expect(lines).to_have_count(len(USUAL))
        picture(page, "screen-1280x720")
        assert lines.first.inner_text().split() == ["12", *USUAL[0].split()]
        assert screen_findings(page) == []
        assert page.evaluate("() => document.querySelector('main').scrollHeight - innerHeight") <= 1
        assert axe_findings(page) == []
