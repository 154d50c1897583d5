"""The page opened from disk in a real browser: nothing fetched, nothing sticks out, axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.exports.test_session_schema import moments
from tests.exports.workshops import a_workshop
from workshop_tui.exports.files import export
from workshop_tui.kinds.registry import KINDS

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    day = a_workshop(ended=False)
    day.note("concern", "W" * 300)
    report = export(day.record(), KINDS, tmp_path / "x", ["report.html"])[0]
    # Only for axe, which the page's own policy would keep out.
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 568})
    opened = context.new_page()
    fetched: list[str] = []
    opened.on("request", lambda request: fetched.append(request.url))
    opened.goto(report.as_uri())
    assert fetched == [report.as_uri()]
    yield opened
    context.close()


def test_axe_finds_nothing(page: Page) -> None:
    results = Axe().run(page)

    assert results.violations_count == 0, results.generate_report()


def test_nothing_sticks_out_of_a_small_window(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_kind_of_result_sticks_out_of_a_small_window(browser: Browser, tmp_path: Path) -> None:
    report = export(dict(moments())["ended"].record(), KINDS, tmp_path / "x", ["report.html"])[0]
    page = browser.new_page(viewport={"width": 320, "height": 568})
    page.goto(report.as_uri())

    wide = page.evaluate("document.documentElement.scrollWidth")
    regions = page.eval_on_selector_all(".wide", "all => all.map(each => each.tabIndex + each.getAttribute('role'))")

    page.close()
    assert wide <= 320
    assert set(regions) == {"0region"}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("words", ["", "Wide and long words that go on and on. ", "会议记录" * 9, "W" * 60], ids=len)
def test_the_summary_fits_one_page_whatever_was_said(browser: Browser, tmp_path: Path, paper: str, words: str) -> None:
    day = dict(moments())["ended"]
    for number in range(40):
        day.note(("concern", "action", "promise")[number % 3], f"{words * 2}{number}", owner="Sam " + words)
    summary = export(day.record(), KINDS, tmp_path / "x", ["summary.html"])[0]
    page = browser.new_page()
    page.goto(summary.as_uri())

    printed = page.pdf(format=paper)

    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_every_bar_is_as_long_as_its_number_says(page: Page) -> None:
    lengths = page.eval_on_selector_all(
        ".bars tbody tr",
        "rows => rows.map(row => [Number(row.querySelector('.value').textContent),"
        " row.querySelector('svg') ? row.querySelector('svg').getBoundingClientRect().width : 0])",
    )

    by_value: dict[float, set[int]] = {}
    for value, width in lengths[3:6]:
        by_value.setdefault(value, set()).add(round(width))
    assert len(by_value[2]) == 1
    assert abs(by_value[1].pop() * 2 - by_value[2].pop()) <= 2
