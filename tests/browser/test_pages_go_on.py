"""Windows of host page and big screen that stay open while the room is stopped and started again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.patience import PATIENCE_MS
from tests.runtime.laptop import a_laptop, give
from workshop_tui.domain import commands as cmd

pytestmark = pytest.mark.browser


def test_open_windows_go_on_after_a_stop_and_a_start(browser: Browser, tmp_path: Path) -> None:
    with a_laptop(tmp_path) as laptop:
        run = laptop.begin()
        context = browser.new_context()
        context.set_default_timeout(PATIENCE_MS)
        host, screen = context.new_page(), context.new_page()
        host.goto(run.host_url)
        screen.goto(run.screen_url)
        expect(screen.locator("main.join")).to_be_visible()
        laptop.stop(run)
        expect(screen.locator("body")).to_contain_text("Not live: no link to the room.", timeout=PATIENCE_MS)

        again = laptop.resume(run.session_path)
        give(again, cmd.OpenItem(item="i01"), cmd.SetScreen(mode="question"))

        expect(screen.locator("#strip")).to_contain_text("How did you get here?", timeout=PATIENCE_MS)
        expect(host.locator("#strip")).to_contain_text("New: opened", timeout=PATIENCE_MS)
        host.locator("#strip").get_by_role("link", name="Look again").click()
        expect(host.locator("#now-title")).to_contain_text("item 1, How you got here")
        host.get_by_role("button", name="Open the vote").click()
        expect(host.locator("#done")).to_contain_text("opened the vote of item 1")
        context.close()
