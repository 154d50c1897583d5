"""The client of the control routes: what it sends, what it makes of refusals, and that nothing is done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace

import msgspec
import pytest

from workshop_tui.domain import commands as cmd
from workshop_tui.errors import CommandRefused, RoomUnreachable, StoreUnavailable
from workshop_tui.messages import tr
from workshop_tui.protocol.answers import Done, problem_of, status_of
from workshop_tui.protocol.client import RoomClient, RoomStopped
from workshop_tui.web.control.routes import control_routes

Answer = Callable[[str, dict[str, str], bytes], bytes | None]


def reply(status: int, body: object) -> bytes:
    raw = msgspec.json.encode(body)
    return b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(raw)) + raw


@asynccontextmanager
async def room_that(answer: Answer, stream: Callable[[asyncio.StreamWriter], Awaitable[None]] | None = None
                    ) -> AsyncIterator[RoomClient]:  # fmt: skip
    """A client, and at the other end something that answers as told; None cuts the line."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                headers: dict[str, str] = {}
                while (raw := (await reader.readline()).decode().strip()) != "":
                    name, _, value = raw.partition(":")
                    headers[name.lower()] = value.strip()
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                said = answer(line.decode().strip(), headers, body)
                if said is None:
                    break
                writer.write(said)
                if stream is not None:
                    await stream(writer)
                    break
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    client = RoomClient(server.sockets[0].getsockname()[1], "secret")
    try:
        yield client
    finally:
        await client.close()
        server.close()


async def test_a_command_goes_out_as_tagged_json_with_the_token_and_an_action_id() -> None:
    seen: list[tuple[str, dict[str, str], bytes]] = []

    def answer(line: str, headers: dict[str, str], body: bytes) -> bytes:
        seen.append((line, headers, body))
        return reply(200, {"label": "closed the vote of item 4"})

    async with room_that(answer) as client:
        done = await client.submit(cmd.CloseVote())

    line, headers, body = seen[0]
    assert done == Done("closed the vote of item 4")
    assert line == "POST /control/command HTTP/1.1"
    assert headers["authorization"] == "Bearer secret"
    assert len(bytes.fromhex(headers["action-id"])) == 16
    assert msgspec.json.decode(body, type=cmd.FacilitatorCommand) == cmd.CloseVote()


async def test_a_lost_reply_is_asked_for_again_under_the_same_action_id() -> None:
    ids: list[str] = []

    def answer(line: str, headers: dict[str, str], body: bytes) -> bytes | None:
        ids.append(headers["action-id"])
        return None if len(ids) == 1 else reply(200, {"label": "opened the vote of item 1"})

    async with room_that(answer) as client:
        assert await client.submit(cmd.OpenVote(key=b"")) == Done("opened the vote of item 1")

    assert len(ids) == 2
    assert len(set(ids)) == 1


async def test_two_commands_have_two_action_ids() -> None:
    ids: list[str] = []

    def answer(line: str, headers: dict[str, str], body: bytes) -> bytes:
        ids.append(headers["action-id"])
        return reply(200, {"label": "x"})

    async with room_that(answer) as client:
        await client.submit(cmd.Undo())
        await client.submit(cmd.Undo())

    assert len(set(ids)) == 2


async def test_everything_the_client_asks_for_is_a_route_of_the_room() -> None:
    seen: list[str] = []

    def answer(line: str, headers: dict[str, str], body: bytes) -> bytes:
        seen.append(line.split()[1].partition("?")[0])
        return reply(404, {"error": "asked"})

    async with room_that(answer) as client:
        asking = (client.snapshot(False), client.queue("all", 0, 5), client.ideas(), client.details(),
                  client.export(), client.submit(cmd.CloseVote()), client.stop())  # fmt: skip
        for each in asking:
            with pytest.raises(CommandRefused):
                await each

    routes = {route.path for route in control_routes(SimpleNamespace(room=None))}
    assert len(seen) == len(asking)
    assert set(seen) <= routes


@pytest.mark.parametrize(
    ("status", "error"),
    [(409, CommandRefused), (400, CommandRefused), (503, StoreUnavailable), (500, StoreUnavailable),
     (401, RoomUnreachable), (403, CommandRefused)],
)  # fmt: skip
async def test_a_refusal_comes_as_the_error_it_stands_for(status: int, error: type[Exception]) -> None:
    def answer(line: str, headers: dict[str, str], body: bytes) -> bytes:
        return reply(status, {"error": "The vote is open already.", "advice": "Press v."})

    async with room_that(answer) as client:
        with pytest.raises(error) as caught:
            await client.submit(cmd.CloseVote())

    if status in (403, 409, 503):
        assert str(caught.value) == "The vote is open already. Press v."


@pytest.mark.parametrize("error", [CommandRefused, StoreUnavailable])
async def test_all_that_an_error_tells_reaches_the_console(error: type[CommandRefused | StoreUnavailable]) -> None:
    told = error(tr("Two are wrong."), advice=tr("Mend them."), lines=(tr("The first."), (tr("Two"), tr("more."))))

    def answer(line: str, headers: dict[str, str], body: bytes) -> bytes:
        return reply(status_of(told), problem_of(told))

    async with room_that(answer) as client:
        with pytest.raises(error) as caught:
            await client.stop()

    assert (caught.value.message, caught.value.advice, caught.value.lines) == (told.message, told.advice, told.lines)


async def test_junk_instead_of_words_is_still_a_refusal_in_words() -> None:
    def answer(line: str, headers: dict[str, str], body: bytes) -> bytes:
        return b"HTTP/1.1 409 X\r\nContent-Length: 3\r\n\r\n\xff<>"

    async with room_that(answer) as client:
        with pytest.raises(CommandRefused, match="Nothing was changed"):
            await client.submit(cmd.CloseVote())


async def test_nobody_there_is_told_as_such() -> None:
    client = RoomClient(1, "secret")
    try:
        with pytest.raises(RoomUnreachable, match="does not answer"):
            await client.snapshot(False)
    finally:
        await client.close()


STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


async def test_events_give_versions_and_signs_of_life_and_an_ordered_end_is_a_stop() -> None:
    async def stream(writer: asyncio.StreamWriter) -> None:
        writer.write(chunk(b'data: {"v": 7}\n\n') + chunk(b"event: ping\ndata: {}\n\n") + chunk(b'data: {"v": 8}\n\n'))
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    async with room_that(lambda *_: STREAM, stream) as client:
        events = client.events()
        seen = [await anext(events) for _ in range(3)]
        with pytest.raises(RoomStopped, match="Everything that was sent is saved"):
            await anext(events)

    assert seen == [7, 0, 8]


async def test_events_that_are_cut_off_are_a_lost_room() -> None:
    async def stream(writer: asyncio.StreamWriter) -> None:
        writer.write(chunk(b'data: {"v": 7}\n\n'))
        await writer.drain()

    async with room_that(lambda *_: STREAM, stream) as client:
        with pytest.raises(RoomUnreachable):
            async for _ in client.events():
                pass


async def test_a_stop_that_was_heard_is_no_error() -> None:
    async with room_that(lambda *_: reply(202, {"label": "stopping"})) as client:
        await client.stop()
