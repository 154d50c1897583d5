"""How phones hear that something changed: a version over an event stream, by asking, and a strip of news.

Phones are told that something changed, never what. One task listens to the room for all streams; a phone that
reads slowly gets the newest version when it reads again, so nothing queues up for it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Final

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from workshop_tui.messages import tr
from workshop_tui.protocol.streams import PING, event
from workshop_tui.web.http.rendering import render
from workshop_tui.web.phone.layout import NOT_JOINED, PhonePages, Ready, answer_json
from workshop_tui.web.phone.phone_state import strip_words

ASK_AGAIN: Final = tr("Please ask again soon.")

_JSON = b"application/json"
_HTML = b"text/html; charset=utf-8"
_HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]


class Stream:
    """One open stream."""

    __slots__ = ("ended", "person", "pings", "wake")

    def __init__(self, person: str) -> None:
        self.person = person
        self.wake = asyncio.Event()
        self.ended = False
        self.pings = 0

    def end(self) -> None:
        """Let the stream end by itself."""
        self.ended = True
        self.wake.set()


class Live:
    """GET /events, /state and /strip."""

    def __init__(self, pages: PhonePages) -> None:
        self._pages = pages
        self._phones = pages.phones
        self._notifier = pages.phones.room.notifier
        self._streams: defaultdict[str, list[Stream]] = defaultdict(list)
        self._open = 0
        self._pings = 0
        self._told: tuple[int, dict[str, Ready]] = (0, {})
        self._teller: asyncio.Task[None] | None = None

    @property
    def open(self) -> int:
        """How many streams are open."""
        return self._open

    async def state(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The version, for phones whose streams do not get through."""
        self._phones.phone(scope)
        await self._shared("state", b'{"v":%d}' % self._notifier.room_version, _JSON)(scope, receive, send)

    async def strip(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is new for a phone that shows the page it names; empty when nothing is."""
        self._phones.phone(scope)
        request = Request(scope)
        translator = self._pages.translator(request)
        news = strip_words(self._pages.phone_state(), request.query_params.get("page", ""))
        key = f"strip {translator.language} {news}"
        if self._told[0] != self._notifier.room_version or key not in self._told[1]:
            drawn = render("phone/strip.html", {"news": news}, translator)
            self._shared(key, drawn.encode(), _HTML)
        await self._told[1][key](scope, receive, send)

    def _shared(self, key: str, body: bytes, kind: bytes) -> Ready:
        """An answer that is the same for every phone of one version: made once."""
        if self._told[0] != self._notifier.room_version:
            self._told = (self._notifier.room_version, {})
        if key not in self._told[1]:
            self._told[1][key] = Ready(200, body, (b"content-type", kind))
        return self._told[1][key]

    async def events(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One event stream: the version at once, then whenever it changes."""
        phone = self._phones.phone(scope)
        if phone is None:
            words = self._pages.translator(Request(scope)).text(NOT_JOINED)
            await answer_json({"error": words}, 403)(scope, receive, send)
            return
        if self._open >= self._phones.settings.streams or self._notifier.closed:
            words = self._pages.translator(Request(scope)).text(ASK_AGAIN)
            await answer_json({"error": words}, 503, 5)(scope, receive, send)
            return
        stream = self._enter(phone.person)
        gone = asyncio.create_task(_until_gone(receive, stream))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await self._tell(stream, send)
        finally:
            gone.cancel()
            self._leave(stream)

    def end(self, person: str) -> None:
        """End every stream of somebody whose place is no longer theirs."""
        for stream in self._streams.get(person, ()):
            stream.end()

    async def _tell(self, stream: Stream, send: Send) -> None:
        seen = 0
        while not stream.ended and not self._notifier.closed:
            if self._notifier.room_version != seen:
                seen = self._notifier.room_version
                await send({"type": "http.response.body", "body": event(seen), "more_body": True})
            elif stream.pings != self._pings:
                await send({"type": "http.response.body", "body": PING, "more_body": True})
            stream.pings = self._pings
            await stream.wake.wait()
            stream.wake.clear()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _enter(self, person: str) -> Stream:
        mine = self._streams[person]
        while len(mine) >= self._phones.settings.streams_each:
            mine.pop(0).end()
        stream = Stream(person)
        stream.pings = self._pings
        mine.append(stream)
        self._open += 1
        self._phones.presence.opened(person)
        if self._teller is None or self._teller.done():
            self._teller = asyncio.create_task(self._tell_all(), name="phone streams")
        return stream

    def _leave(self, stream: Stream) -> None:
        mine = self._streams[stream.person]
        if stream in mine:
            mine.remove(stream)
        if not mine:
            del self._streams[stream.person]
        self._open -= 1
        self._phones.presence.closed(stream.person)

    async def _tell_all(self) -> None:
        """Wake every stream on each change and each ping, as long as there is one."""
        seen = self._notifier.room_version
        while self._open and not self._notifier.closed:
            version = await self._notifier.wait_room(seen, self._phones.settings.ping_s)
            if version == seen:
                self._pings += 1
            seen = version
            for mine in self._streams.values():
                for stream in mine:
                    stream.wake.set()


async def _until_gone(receive: Receive, stream: Stream) -> None:
    """Notice that the phone hung up; otherwise its stream would stay until the next change."""
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()
