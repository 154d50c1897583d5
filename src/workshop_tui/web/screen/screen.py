"""The page on the projector: read-only, and only what the room may see.

It shows a picture (`screen.pictures`), and there is no other way in. Its event stream carries a number that grows when
that picture changes, so votes that change nothing on it are not even told.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from workshop_tui.protocol.streams import MEDIA_TYPE, PING, event
from workshop_tui.room.desk import Addresses
from workshop_tui.room.room import Room
from workshop_tui.web.http.rendering import html, render
from workshop_tui.web.phone.layout import answer_json
from workshop_tui.web.screen.pictures import Pictures

APART_S: Final = 0.5
"""Shortest time between two pictures: the count moves, and 300 votes make few of them."""

LOOK_S: Final = 1.0
"""How often the picture is looked at when nothing happens: the time left is on it."""

PING_S: Final = 15.0
"""How often a quiet stream says that it is alive."""


class ScreenPresence:
    """How many windows show the big screen."""

    def __init__(self) -> None:
        self.windows = 0

    def open(self) -> int:
        """How many listen now."""
        return self.windows


def screen_routes(room: Room, addresses: Addresses, presence: ScreenPresence) -> list[Route]:
    """The routes of the big screen, all read-only; whoever mounts them checks who may look."""
    return BigScreen(room, addresses, presence).routes()


class BigScreen:
    """The pages of the projector for one room.

    Args:
        room: The running session.
        addresses: Its addresses; only the join address is shown.
        presence: Told of every window.
    """

    def __init__(self, room: Room, addresses: Addresses, presence: ScreenPresence) -> None:
        self._room = room
        self._pictures = Pictures(room, addresses.join_url)
        self._drawn: dict[int, str] = {}
        """The picture of this moment, by second."""
        room.notifier.empties(self._drawn, votes_too=True)
        self._last = b""
        """A digest of the last picture: enough to tell another one, and no words to keep."""
        self.version = 0
        """Grows whenever the picture changes."""
        self._presence = presence

    def routes(self) -> list[Route]:
        """The page, its changing part, its version and its stream."""
        return [
            Route("/screen", self.page),
            Route("/screen/part", self.part),
            Route("/screen/state", self.state),
            Route("/screen/events", self.events),
        ]

    async def page(self, request: Request) -> Response:
        """The whole page."""
        part = Markup(self.draw())  # noqa: S704 - rendered by our own escaping templates
        values = {"title": self._room.state.agenda.said("title"), "version": self.version, "part": part}
        return html(request, render("screen/page.html", values, self._pictures.translator()))

    async def part(self, request: Request) -> Response:
        """What is inside the page now."""
        return html(request, self.draw())

    async def state(self, request: Request) -> Response:
        """The version, for a window whose stream does not get through."""
        del request
        self.draw()
        return answer_json({"v": self.version})

    async def events(self, request: Request) -> Response:
        """A stream of versions."""
        del request
        return StreamingResponse(self.versions(), media_type=MEDIA_TYPE)

    async def versions(self) -> AsyncIterator[bytes]:
        """The version at once, then whenever the picture changes; ends when the room closes."""
        notifier = self._room.notifier
        loop = asyncio.get_running_loop()
        seen, spoke = 0, loop.time()
        self._presence.windows += 1
        try:
            while not notifier.closed:
                heard = notifier.desk_version
                self.draw()
                if self.version != seen:
                    seen, spoke = self.version, loop.time()
                    yield event(seen)
                elif loop.time() - spoke >= PING_S:
                    spoke = loop.time()
                    yield PING
                await asyncio.sleep(APART_S)
                await notifier.wait_desk(heard, LOOK_S - APART_S)
        finally:
            self._presence.windows -= 1

    def draw(self) -> str:
        """The picture as HTML; drawn at most once for each version of the room and second."""
        now = self._room.clock.now_ms()
        second = now // 1_000
        if second not in self._drawn:
            self._drawn.clear()
            values = {"v": self._pictures.picture(now)}
            part = self._drawn[second] = render("screen/part.html", values, self._pictures.translator())
            digest = hashlib.sha256(part.encode("utf-8", "replace")).digest()
            if digest != self._last:
                self._last = digest
                self.version += 1
        return self._drawn[second]
