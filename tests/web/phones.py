"""A phone for the tests: it keeps cookies and posts forms as a browser would, over a real room."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import httpx2
import msgspec
from starlette.applications import Starlette

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_info, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.room.room import Room
from workshop_tui.web.phone.app import PhoneSettings, participants_app
from workshop_tui.web.phone.phones import COOKIE

HOST = "192.168.8.2:8080"
ORIGIN = f"http://{HOST}"
_INPUT = re.compile(r'<input[^>]* name="([^"]*)"[^>]* value="([^"]*)"')

Fields = dict[str, str | list[str]]


class Phone:
    """One browser.

    Args:
        app: The participants' app.
        address: Where the phone is.
    """

    def __init__(self, app: Starlette, address: str = "192.168.8.77") -> None:
        transport = httpx2.ASGITransport(app, client=(address, 50_000))
        self.http = httpx2.AsyncClient(transport=transport, base_url=ORIGIN)
        self.proof = ""

    async def join(self) -> Phone:
        """Scan the square."""
        answer = await self.scan()
        assert answer.status_code == 200
        assert COOKIE in self.http.cookies
        await self.see("/leave")
        return self

    async def scan(self, path: str = "/J/KDMP") -> httpx2.Response:
        """Open the address in the square, and go where it leads."""
        return await self.http.get(path, follow_redirects=True)

    async def see(self, path: str = "/now", **headers: str) -> httpx2.Response:
        """Open a page; remembers the proof that its form carries."""
        answer = await self.http.get(path, headers=headers)
        found = dict(_INPUT.findall(answer.text)).get("csrf")
        self.proof = found or self.proof
        return answer

    async def post(self, path: str, fields: Fields | None = None, **headers: str) -> httpx2.Response:
        """Send a form with its proof and a fresh submission id, unless the fields say otherwise."""
        data: Fields = {"csrf": self.proof, "sid": sid(), **(fields or {})}
        return await self.http.post(path, data=data, headers=headers)

    async def post_bytes(self, path: str, fields: Mapping[str, str], **headers: str) -> httpx2.Response:
        """Send a form whose words no browser would send: lone surrogates come as their bytes."""
        data = {"csrf": self.proof, "sid": sid(), **fields}
        body = urlencode(data, errors="surrogatepass")
        sent = {"content-type": "application/x-www-form-urlencoded", **headers}
        return await self.http.post(path, content=body, headers=sent)

    async def send(self, path: str, fields: Fields | None = None, **headers: str) -> httpx2.Response:
        """Send a form as our script does."""
        return await self.post(path, fields, accept="application/json", **headers)

    async def vote(self, choice: str, round_: str = "i01.1", **extra: str) -> httpx2.Response:
        """Vote as a phone without the script."""
        return await self.post(f"/vote/{round_}", {"choice": choice, **extra})


class House:
    """A running room with its app."""

    def __init__(self, room: Room, store: MemoryStore, clock: FakeClock, app: Starlette) -> None:
        self.room = room
        self.store = store
        self.clock = clock
        self.app = app

    async def give(self, *commands: cmd.Command) -> None:
        """What the facilitator does."""
        for command in commands:
            await self.room.submit(msgspec.structs.replace(command, at=self.clock.now_ms()))

    async def ask(self, key: str = "i01") -> None:
        """Open an item and its vote."""
        await self.give(cmd.OpenItem(item=key, vote="close"), cmd.OpenVote(key=b"k" * 32))

    async def phone(self, address: str = "192.168.8.77") -> Phone:
        """A phone that has joined."""
        return await Phone(self.app, address).join()

    def stranger(self, address: str = "192.168.8.77") -> Phone:
        """A phone that has not joined."""
        return Phone(self.app, address)


@asynccontextmanager
async def a_house(agenda: Agenda | None = None, **settings: object) -> AsyncIterator[House]:
    """A room that runs, with the participants' app over it."""
    store, clock = MemoryStore(an_info(agenda)), FakeClock()
    room = a_room(store, clock)
    await room.start()
    app = participants_app(room, PhoneSettings(hosts=frozenset({HOST}), **settings))  # type: ignore[arg-type]
    try:
        yield House(room, store, clock, app)
    finally:
        await room.close()
