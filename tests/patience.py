"""How long a test waits for a browser: a busy machine is no failure."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from playwright.sync_api import Error, Page

PATIENCE_MS: Final = 20_000
"""How long to wait for something that has to come."""


def until(page: Page, condition: str) -> None:
    """Wait for something in the page; its policy forbids the waiting that the browser driver offers."""
    step = 50
    for _ in range(PATIENCE_MS // step):
        # A page that is on its way to the next one has no answer yet.
        with suppress(Error):
            if page.evaluate(condition):
                return
        page.wait_for_timeout(step)
    raise AssertionError(f"never true: {condition}")


LISTEN_FOR_MOVEMENT: Final = """() => {
    window.moved = [];
    const last = style => style.animationDuration.split(',').map(each => parseFloat(each) * 1000);
    document.addEventListener('animationstart', event => moved.push(...last(getComputedStyle(event.target))));
}"""
"""Keeps in `moved` for how many milliseconds each thing moved that began to: one that has ended is told too."""
