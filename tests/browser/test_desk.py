"""The host page and the report of a real session, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from workshop_tui.domain import commands as cmd
from workshop_tui.protocol.answers import ExportAsked
from workshop_tui.runtime import exporting
from workshop_tui.web.host.pages import PAGES

from .conftest import SMALL, browsing
from .house import House
from .looks import axe_findings, large_text_findings
from .scenes import STORY

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}


def busy(house: House) -> None:
    """A day with something in every part of the page."""
    house.ask("vignette")
    house.tell(STORY, approve=False)
    house.tell(STORY)
    if not house.room.tables.notes:
        house.give(cmd.AddNote(key="1" * 32, kind="action", text="Ask about the bus", owner="Mo", due="2026-12-24"))
    house.ask("single")
    house.answer({"option": "a"}, {"option": "b"}, None)


def test_the_host_page_of_a_full_day_leaves_nobody_out(browser: Browser, house: House) -> None:
    busy(house)
    with browsing(browser, house.desk) as (page, _):
        for at in PAGES:
            page.emulate_media(color_scheme="light")
            page.goto(f"{house.run.host_url}/{at}?peek=1&queue=all")
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")

            assert "\n".join(axe_findings(page)) == "", at
            page.emulate_media(color_scheme="dark")
            assert "\n".join(axe_findings(page, "color-contrast") + large_text_findings(page)) == "", at


def test_a_vote_is_led_from_the_host_page_without_scripts(browser: Browser, house: House) -> None:
    house.go("dots")
    with browsing(browser, house.desk, java_script_enabled=False, viewport=DESK) as (page, _):
        page.goto(house.run.host_url)
        page.get_by_role("button", name="Open the vote").click()
        house.answer({"placed": [["a", 2]]})
        page.get_by_role("button", name="Reveal the result").click()
        page.get_by_role("button", name="Show the result to the room").click()

        expect(page.locator("#asking")).to_contain_text("The room sees this.")
    assert house.room.state.screen.mode == "results"


def test_the_report_of_this_day_asks_for_nothing_and_leaves_nobody_out(
    browser: Browser, house: House, tmp_path: Path
) -> None:
    busy(house)
    house.give(cmd.Reveal())
    asked = ExportAsked(to=str(tmp_path / "reports"), only=("report.html",))
    written = house.wait(exporting.export_running(house.room, Path(house.run.session_path), asked))
    report = Path(written.folder) / "report.html"
    # The page's own policy would keep the rules of axe out.
    with browsing(browser, report.as_uri(), bypass_csp=True) as (page, _):
        page.goto(report.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        page.set_viewport_size({"width": 2 * SMALL["width"], "height": 800})

        assert "\n".join(axe_findings(page) + large_text_findings(page)) == ""
        assert page.locator("script").count() == 0
