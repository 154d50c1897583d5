"""A browser as people have it, and a room for each module."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.patience import PATIENCE_MS

from .agendas import plain
from .house import House, a_house

SMALL = {"width": 320, "height": 568}

_REFUSED = re.compile("the server responded with a status of (403|404|409|422|429|503)")
"""What the browser writes on its console when the room says no: that is told on the page."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A room that plays the shipped agenda; every test brings it where it wants it."""
    with a_house(tmp_path_factory.mktemp("house"), plain()) as made:
        yield made


@pytest.fixture
def fresh_house(tmp_path: Path) -> Iterator[House]:
    """A room of this test's own."""
    with a_house(tmp_path, plain()) as made:
        yield made


class Watch:
    """What a page did that it must not do: errors, forbidden things, addresses that are not ours."""

    def __init__(self, context: BrowserContext, ours: tuple[str, ...]) -> None:
        self.problems: list[str] = []
        self.documents: list[Response] = []
        """The pages themselves, in order, as they came."""
        self._ours = ours
        context.on("page", self._look_at)

    def _look_at(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("request", lambda request: self._ask(request.url))
        page.on("response", self._see)

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not _REFUSED.search(text):
            self.problems.append(f"console: {text}")

    def _ask(self, url: str) -> None:
        if not url.startswith((*self._ours, "data:")):
            self.problems.append(f"asked another address: {url}")

    def _see(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.documents.append(response)

    def forgive(self, pattern: str) -> None:
        """Take away what a test did on purpose."""
        self.problems[:] = [each for each in self.problems if not re.search(pattern, each)]


Opened = tuple[Page, Watch]
OpenPhone = Callable[..., Opened]


@contextmanager
def browsing(browser: Browser, *ours: str, **settings: object) -> Iterator[Opened]:
    """A browser of somebody's own, on a small phone unless the settings say otherwise."""
    given = {"viewport": SMALL, "base_url": ours[0], "locale": "en-GB", **settings}
    context = browser.new_context(**given)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(context, ours)
    page = context.new_page()
    try:
        yield page, watch
    finally:
        context.close()
    assert watch.problems == []


def still(page: Page) -> Page:
    """Let a page stay as it comes: its news never arrive.

    The clock on the big screen draws it anew every second, so what measures in more than one step would hold parts
    that are gone.
    """
    page.route("**/events", lambda _: None)
    return page


@pytest.fixture
def phone(browser: Browser, house: House) -> Iterator[Page]:
    """A small phone that has not joined yet."""
    with browsing(browser, house.address) as (page, _):
        yield page
