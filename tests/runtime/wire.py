"""Phones on plain sockets: fast enough to crowd a room, and told at once when the link breaks."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import Struct

from workshop_tui.runtime.running import RunFile
from workshop_tui.web.phone.arriving import ON_THE_WAY
from workshop_tui.web.phone.phones import COOKIE

_PROOF = re.compile(r'name="csrf" value="([0-9a-f]{32})"')

Fields = Mapping[str, str | Sequence[str]]


class Reply(Struct, frozen=True):
    """What a room answered."""

    status: int
    headers: dict[str, str]
    """By name in small letters; the last of several."""
    body: bytes

    @property
    def text(self) -> str:
        """The body as words."""
        return self.body.decode()

    @property
    def json(self) -> dict[str, object]:
        """The body as JSON."""
        return msgspec.json.decode(self.body, type=dict[str, object])


class Wire:
    """One connection that is opened when it is needed and again when it broke.

    Args:
        address: Where the room listens.
        port: Where the room listens.
    """

    def __init__(self, address: str, port: int) -> None:
        self._address = address
        self._port = port
        self._link: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.waits = False
        """Whether a whole request is on its way and its reply has not come."""

    async def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Reply:
        """One request and its reply.

        Raises:
            OSError: the link broke before the reply was whole; whether the room has the words is not known.
        """
        if self._link is None:
            self._link = await asyncio.open_connection(self._address, self._port)
        reader, writer = self._link
        lines = {"host": f"{self._address}:{self._port}", "content-length": str(len(body)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        try:
            writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
            await writer.drain()
            self.waits = True
            reply = await _reply(reader)
        except (OSError, asyncio.IncompleteReadError) as broken:
            await self.close()
            raise ConnectionResetError("the link broke") from broken
        finally:
            self.waits = False
        if reply.headers.get("connection") == "close":
            await self.close()
        return reply

    async def listen(self, path: str, headers: Mapping[str, str]) -> asyncio.StreamReader:
        """Open an endless stream and read its header; the wire is then good for nothing else."""
        reader, writer = self._link = await asyncio.open_connection(self._address, self._port)
        lines = {"host": f"{self._address}:{self._port}", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        writer.write(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), answer
        return reader

    async def close(self) -> None:
        """Hang up."""
        if self._link is not None:
            (_, writer), self._link = self._link, None
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def _reply(reader: asyncio.StreamReader) -> Reply:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {}
    for line in filter(None, head[1:]):
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Reply(int(head[0].split()[1]), headers, body)


class WirePhone:
    """A phone that has joined and sends as our script does.

    Args:
        wire: Its connection.
        join_path: The path in the square.
    """

    def __init__(self, wire: Wire, join_path: str) -> None:
        self.wire = wire
        self.cookie = ""
        self.token = ""
        self._join_path = join_path
        self._proof = ""

    async def join(self) -> WirePhone:
        """Scan the square, and come back with the cookie that it gave."""
        scanned = await self.wire.ask("GET", self._join_path)
        assert scanned.status == 303, scanned
        _, _, self.token = scanned.headers["set-cookie"].partition(";")[0].partition("=")
        joined = await self.wire.ask("GET", "/now", {"cookie": f"{ON_THE_WAY}={self.token}"})
        assert joined.status == 200, joined
        self.cookie = f"{COOKIE}={self.token}"
        found = _PROOF.search((await self.see("/leave")).text)
        assert found is not None
        self._proof = found[1]
        return self

    async def see(self, path: str = "/now") -> Reply:
        """Open a page."""
        return await self.wire.ask("GET", path, {"cookie": self.cookie})

    async def post(self, path: str, fields: Fields, *, script: bool = True) -> Reply:
        """Send a form as our script does, or as a browser without it: a kept answer has status 200, or 303."""
        body = urlencode({"csrf": self._proof, **fields}, doseq=True).encode()
        headers = {
            "cookie": self.cookie,
            "accept": "application/json" if script else "text/html",
            "content-type": "application/x-www-form-urlencoded",
        }
        return await self.wire.ask("POST", path, headers, body)

    async def vote(self, choice: str, sid: str, round_: str = "i01.1") -> Reply:
        """Vote for one option."""
        return await self.post(f"/vote/{round_}", {"choice": choice, "sid": sid})

    async def tell(self, words: str, sid: str, *, level: str = "C2", item: str = "i02") -> Reply:
        """Send a story."""
        return await self.post(f"/say/{item}", {"what_happened": words, "level": level, "step": "send", "sid": sid})


def phone_wire(run: RunFile) -> Wire:
    """A connection to the phones' listener."""
    place = urlsplit(run.join_url)
    assert place.hostname is not None
    assert place.port is not None
    return Wire(place.hostname, place.port)


def desk_wire(run: RunFile) -> Wire:
    """A connection to the control listener."""
    return Wire("127.0.0.1", run.control_port)


@asynccontextmanager
async def phones(run: RunFile, number: int) -> AsyncIterator[list[WirePhone]]:
    """Phones that have joined; their connections end with the block."""
    path = urlsplit(run.join_url).path
    all_phones = [WirePhone(phone_wire(run), path) for _ in range(number)]
    try:
        await asyncio.gather(*(phone.join() for phone in all_phones))
        yield all_phones
    finally:
        await asyncio.gather(*(phone.wire.close() for phone in all_phones))
