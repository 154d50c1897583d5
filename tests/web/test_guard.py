"""What a connection may do, over real sockets and real bytes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from tests.cases.hostile_inputs import HTTP
from tests.web.phones import a_house
from workshop_tui.web.http.guard import HEADER_BYTES, HEADERS, URL_BYTES, GuardedProtocol
from workshop_tui.web.http.server import Listener, Listeners, bind
from workshop_tui.web.phone.app import PhoneSettings, participants_app

Talk = Callable[[bytes], Awaitable[bytes]]
PLAIN = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Quick(GuardedProtocol):
    """The same with deadlines that a test can wait for."""

    header_s = 0.15
    body_s = 0.15
    most_connections = 3


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that reads a body and says how long it was."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    said = b"%d" % size
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(said))]})
    await send({"type": "http.response.body", "body": said})


@asynccontextmanager
async def listening(app: object = hello, protocol: type[GuardedProtocol] = GuardedProtocol) -> AsyncIterator[int]:
    """The app behind the guard on a free port."""
    sock = bind("127.0.0.1", [0])
    config = uvicorn.Config(app, http=protocol, ws="none", lifespan="off", log_config=None, access_log=False)  # type: ignore[arg-type]
    server = Listener(config)
    task = asyncio.create_task(server.serve([sock]))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield sock.getsockname()[1]
    finally:
        server.should_exit = True
        await task


async def talk(port: int, raw: bytes) -> bytes:
    """What comes back on one connection, until it is closed or quiet for a moment."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    got = b""
    try:
        while chunk := await asyncio.wait_for(reader.read(65_536), 0.6):
            got += chunk
    except (TimeoutError, ConnectionError):
        pass
    writer.close()
    return got


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


async def test_an_ordinary_request_passes() -> None:
    async with listening() as port:
        assert status(await talk(port, PLAIN)) == 200
        post = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        assert (await talk(port, post + post)).count(b"HTTP/1.1 200") == 2


MALFORMED = {
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "no host, old protocol": (b"GET / HTTP/1.0\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
    "whole address": (b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "connect": (b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "star": (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "long address": (b"GET /" + b"a" * URL_BYTES + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "long header": (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * HEADER_BYTES + b"\r\n\r\n", 431),
    "a header that does not end": (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000, 431),
    "many headers": (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * HEADERS + b"\r\n", 431),
    "long body": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 413),
    "chunks": (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n", 400),
    "bytes beyond ASCII": (b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400),
}


async def test_a_malformed_request_is_refused_and_hung_up_on() -> None:
    async with listening() as port:
        answers = await asyncio.gather(*(talk(port, raw) for raw, _ in MALFORMED.values()))

        got = {name: status(answer) for name, answer in zip(MALFORMED, answers, strict=True)}
        assert got == {name: expected for name, (_, expected) in MALFORMED.items()}
        assert all(b"connection: close" in answer for answer in answers)
        assert status(await talk(port, PLAIN)) == 200


async def test_every_raw_case_we_know_gets_what_it_must() -> None:
    cases = {name: (raw, wanted) for name, raw, wanted in HTTP if isinstance(raw, bytes) and isinstance(wanted, set)}
    async with a_house() as house:
        host = b"127.0.0.1:1"
        app = participants_app(house.room, PhoneSettings(hosts=frozenset({host.decode()})))
        async with listening(app) as port:
            answers = await asyncio.gather(
                *(talk(port, raw.replace(b"{H}", host).replace(b"{P}", b"1")) for raw, _ in cases.values())
            )

    wrong = {
        name: status(a)
        for (name, (_, wanted)), a in zip(cases.items(), answers, strict=True)
        if status(a) not in wanted
    }
    assert len(cases) > 20
    assert wrong == {}
    assert not any(b"root:" in answer for answer in answers)


async def test_a_refusal_after_an_answer_under_way_sends_no_second_answer() -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.1)
        await send({"type": "http.response.body", "body": b"x"})

    async with listening(slow) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(PLAIN)
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        rest = await reader.read()
        writer.close()

        assert status(head) == 200
        assert b"HTTP/1.1" not in rest


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"\r\n",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab",
    ],
)
async def test_a_sender_that_does_not_finish_is_hung_up_on(first: bytes) -> None:
    async with listening(protocol=Quick) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(first)

        await asyncio.wait_for(reader.read(), 5)
        writer.close()


async def test_a_kept_connection_gets_its_deadline_again() -> None:
    async with listening(protocol=Quick) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(PLAIN)
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(1)
        await asyncio.sleep(0.3)
        writer.write(PLAIN)
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(1)
        writer.write(b"GET /")

        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()

        assert status(answer) == 408


async def test_an_answer_may_take_longer_than_the_deadlines_of_its_question() -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.4)
        await hello(scope, receive, send)

    async with listening(slow, Quick) as port:
        assert status(await talk(port, PLAIN)) == 200


async def test_an_idle_connection_makes_room_for_a_new_one() -> None:
    async with listening(protocol=Quick) as port:
        kept = []
        for _ in range(3):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(PLAIN)
            await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(1)
            kept.append(writer)

        assert status(await talk(port, PLAIN)) == 200
        for writer in kept:
            writer.close()


async def test_a_form_finds_room_when_event_streams_hold_every_place() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/events":
            await hello(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await receive()
        await receive()

    async with listening(app, Quick) as port:
        kept = []
        for _ in range(3):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            await reader.readuntil(b"x\r\n")
            kept.append((reader, writer))

        assert status(await talk(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na")) == 200
        for _, writer in kept:
            writer.close()


async def test_a_full_house_of_busy_connections_turns_a_new_one_away() -> None:
    held = asyncio.Event()

    async def busy(scope: Scope, receive: Receive, send: Send) -> None:
        await held.wait()
        await hello(scope, receive, send)

    async with listening(busy, Quick) as port:
        kept = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        for _, writer in kept:
            writer.write(PLAIN)
            await writer.drain()
        await asyncio.sleep(0.05)

        assert await talk(port, PLAIN) == b""
        held.set()
        for reader, writer in kept:
            assert status(await reader.readuntil(b"\r\n\r\n")) == 200
            writer.close()


async def test_cookies_of_other_programs_on_this_computer_shut_no_desk_out() -> None:
    """A browser sends all that it has for 127.0.0.1, whatever port set it; phones come to an address of its own."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    for each in sockets:
        each.setblocking(False)
    listeners = Listeners(Starlette(), sockets[0], Starlette(), sockets[1])
    await listeners.start()
    cookies = "; ".join(f"tool-{n}={'x' * 4_000}" for n in range(10)).encode()
    raw = b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + cookies + b"\r\nConnection: close\r\n\r\n"

    phones, desks = [status(await talk(each.getsockname()[1], raw)) for each in sockets]
    await listeners.stop()

    assert phones == 431
    assert desks == 404
