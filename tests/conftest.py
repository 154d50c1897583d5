"""What all tests share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.patience import PATIENCE_MS

# Tests read English, whatever the machine speaks; those of other languages say so.
os.environ["WORKSHOP_TUI_LANGUAGE"] = "en"

# A busy machine is no failure: how long an example took is never what a property is about.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
expect.set_options(timeout=PATIENCE_MS)

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's chromium, with a profile that nothing was done in yet; in CI on Linux it must be there."""
    chromium = shutil.which("chromium")
    if chromium is None:
        # Only Linux has browser tests in CI: elsewhere what a page does is the same, and the browser another one.
        if os.environ.get("CI") and sys.platform == "linux":
            pytest.fail("No chromium: install it, the browser tests must run here.")
        pytest.skip("No chromium on this machine.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        try:
            yield launched
        finally:
            launched.close()
