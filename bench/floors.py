"""What the product is measured against: a bare uvicorn app, and a bare loop that tells many sockets one thing."""

from __future__ import annotations

import asyncio
import sys
from typing import ClassVar

import msgspec
import uvicorn
from msgspec import Struct
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

from bench.children import answer_all, run, say
from bench.room import ANSWER, Question
from workshop_tui.runtime.addresses import LOOPBACK
from workshop_tui.web.http.server import Listener, bind

_STREAM = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n"
_DONE = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\ncontent-type: application/json\r\n\r\n%b" % (len(ANSWER), ANSWER)


class Asked(Struct, frozen=True):
    """Which floor to be: "app" or "loop"."""

    floor: str


class Serving(Struct, frozen=True):
    """Where the floor is: address and port."""

    host: str


async def bare_app(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Answer anything with the same few bytes."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(ANSWER))]
    await send({"type": "http.response.start", "status": 200, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": ANSWER, "more_body": False})


async def serve_app() -> None:
    """Uvicorn as it comes, with nothing of ours but who owns signals."""
    sock = bind(LOOPBACK, [0])
    config = uvicorn.Config(
        bare_app, lifespan="off", ws="none", log_config=None, access_log=False, proxy_headers=False,
        http="httptools", server_header=False, date_header=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = Listener(config)
    serving = asyncio.create_task(server.serve([sock]))
    while not server.started:
        await asyncio.sleep(0.01)
    say(Serving(f"{LOOPBACK}:{sock.getsockname()[1]}"))
    await answer_all(_nothing_to_say)
    server.should_exit = True
    await serving


class Teller(asyncio.Protocol):
    """One socket of the bare loop: a listener after GET, the one who changes something after POST."""

    listeners: ClassVar[set[asyncio.Transport]] = set()
    version: ClassVar[int] = 1

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        """Remember where to write."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Begin a stream, or tell every stream."""
        if data.startswith(b"GET"):
            self._transport.write(_STREAM + self._news())
            self.listeners.add(self._transport)
            return
        Teller.version += 1
        news = self._news()
        for each in self.listeners:
            each.write(news)
        self._transport.write(_DONE)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell it no more."""
        self.listeners.discard(self._transport)

    def _news(self) -> bytes:
        said = b'data: {"v":%d}\n\n' % Teller.version
        return b"%x\r\n%b\r\n" % (len(said), said)


async def serve_loop() -> None:
    """A server that does nothing but tell."""
    server = await asyncio.get_running_loop().create_server(Teller, sock=bind(LOOPBACK, [0]))
    say(Serving(f"{LOOPBACK}:{server.sockets[0].getsockname()[1]}"))
    await answer_all(_nothing_to_say)
    server.close()


async def _nothing_to_say(line: bytes) -> Question:
    return msgspec.json.decode(line, type=Question)


if __name__ == "__main__":
    run(serve_app() if msgspec.json.decode(sys.argv[1], type=Asked).floor == "app" else serve_loop())
