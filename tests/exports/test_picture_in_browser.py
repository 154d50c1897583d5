"""The record over many sessions in a real browser: nothing fetched, nothing sticks out, axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.cycle.folders import TODAY, a_folder, put
from tests.cycle.made import entry, record, session
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import recording

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / "workshops").mkdir()
    folder = a_folder(tmp_path / "workshops")
    put(folder, "long", record(entry(session="cccc", words="W" * 300), session=session("cccc", title="T" * 200)))
    loaded = recording.load([folder], today=TODAY)
    written = recording.write_files(loaded, tmp_path / "out", ENGLISH)[0]
    # Only for axe, which the page's own policy would keep out.
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 568})
    opened = context.new_page()
    fetched: list[str] = []
    opened.on("request", lambda request: fetched.append(request.url))
    opened.goto(written.as_uri())
    assert fetched == [written.as_uri()]
    yield opened
    context.close()


def test_axe_finds_nothing_and_nothing_sticks_out_of_a_small_window(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_link_goes_to_its_line_and_from_there_to_the_session(page: Page) -> None:
    page.get_by_role("link", name="All of it (aaaa:n2)").first.click()

    line = page.locator("li:target")
    assert "Buses after six" in line.inner_text()
    line.get_by_role("link", name="The needs workshop").click()
    assert "record.json" in page.locator("li:target").inner_text()
