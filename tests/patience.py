"""How tests wait for what a browser shows: a busy machine is no failure, and what moved is told afterwards too."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from playwright.sync_api import Error, Page

PATIENCE_MS: Final = 20_000
"""How long to wait for something that has to come."""


def until(page: Page, condition: str | Callable[[], bool]) -> None:
    """Wait for something, in the page or outside it, while the page goes on.

    Args:
        page: The page.
        condition: What has to become true; words are asked of the page, whose policy forbids the waiting that the
            browser driver offers.
    """
    step = 50
    for _ in range(PATIENCE_MS // step):
        # A page that is on its way to the next one has no answer yet.
        with suppress(Error):
            if page.evaluate(condition) if isinstance(condition, str) else condition():
                return
        page.wait_for_timeout(step)
    raise AssertionError(f"never true: {condition}")


LISTEN_FOR_MOVEMENT: Final = """() => {
    window.moved = [];
    const last = style => style.animationDuration.split(',').map(each => parseFloat(each) * 1000);
    document.addEventListener('animationstart', event => moved.push(...last(getComputedStyle(event.target))));
}"""
"""Keeps in `moved` for how many milliseconds each thing moved that began to: one that has ended is told too."""
