"""How phones hear of a change: over real sockets, because a stream never ends by itself."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx2
import pytest

from tests.web.phones import House, a_house
from tests.web.test_guard import listening
from workshop_tui.domain import commands as cmd
from workshop_tui.web.phone.app import PhoneSettings, participants_app


class Ear:
    """One open stream of a phone."""

    def __init__(self, answer: httpx2.Response) -> None:
        self.status = answer.status_code
        self._chunks = answer.aiter_text()
        self._heard = ""

    async def next(self) -> str:
        """The next message, or "" once the stream has ended."""
        while "\n\n" not in self._heard:
            try:
                self._heard += await asyncio.wait_for(anext(self._chunks), 10)
            except StopAsyncIteration:
                return ""
        message, _, self._heard = self._heard.partition("\n\n")
        return message

    async def version(self) -> int:
        """The number of the next message that is one."""
        while True:
            message = await self.next()
            if message.startswith("data:"):
                return int(json.loads(message.removeprefix("data:"))["v"])


class Wire:
    """Phones over real sockets."""

    def __init__(self, house: House, port: int) -> None:
        self.house = house
        self.base = f"http://127.0.0.1:{port}"

    @asynccontextmanager
    async def phone(self) -> AsyncIterator[httpx2.AsyncClient]:
        async with httpx2.AsyncClient(base_url=self.base, timeout=10) as http:
            await http.get("/J/KDMP", follow_redirects=True)
            yield http

    @asynccontextmanager
    async def ear(self, http: httpx2.AsyncClient, **headers: str) -> AsyncIterator[Ear]:
        async with http.stream("GET", "/events", headers=headers) as answer:
            yield Ear(answer)


@asynccontextmanager
async def wired(**settings: object) -> AsyncIterator[Wire]:
    """A room on a real port; the app is made once the port is known."""
    async with a_house() as house:
        late: dict[str, object] = {}

        async def app(scope: dict[str, object], receive: object, send: object) -> None:
            await late["app"](scope, receive, send)  # type: ignore[operator]

        async with listening(app) as port:
            house.app = participants_app(
                house.room,
                PhoneSettings(hosts=frozenset({f"127.0.0.1:{port}"}), **settings),  # type: ignore[arg-type]
            )
            late["app"] = house.app
            yield Wire(house, port)
            house.room.notifier.close()


async def test_a_phone_hears_the_version_at_once_and_then_every_change() -> None:
    async with wired() as wire, wire.phone() as http, wire.ear(http) as ear:
        assert ear.status == 200
        first = await ear.version()
        assert first == wire.house.room.notifier.room_version

        await wire.house.ask()

        assert await ear.version() > first


async def test_phones_are_told_that_something_changed_and_never_what() -> None:
    async with wired() as wire, wire.phone() as http, wire.ear(http) as ear:
        await wire.house.give(cmd.OpenItem(item="i01"))
        await wire.house.give(cmd.OpenVote(key=b"k" * 32))
        while (message := await ear.next()) and str(wire.house.room.notifier.room_version) not in message:
            assert re.fullmatch(r'data: \{"v":\d+\}', message)


async def test_a_vote_wakes_no_phone() -> None:
    async with wired() as wire, wire.phone() as http, wire.ear(http) as ear:
        await wire.house.ask()
        while await ear.version() != wire.house.room.notifier.room_version:
            pass
        before = wire.house.room.notifier.room_version
        page = await http.get("/now")
        proof = re.search('name="csrf" value="(.*?)"', page.text)
        assert proof is not None
        await http.post("/vote/i01.1", data={"choice": "a", "sid": "0" * 32, "csrf": proof[1]})
        assert wire.house.room.tables.tallies["i01.1"].answered == 1

        assert wire.house.room.notifier.room_version == before


async def test_a_quiet_stream_says_that_it_is_alive() -> None:
    async with wired(ping_s=0.05) as wire, wire.phone() as http, wire.ear(http) as ear:
        await ear.version()

        assert await ear.next() == "event: ping\ndata: {}"


async def test_a_fourth_stream_of_one_phone_closes_its_oldest() -> None:
    async with wired() as wire, wire.phone() as http, wire.ear(http) as oldest, wire.ear(http) as second:
        await oldest.version()
        async with wire.ear(http) as third, wire.ear(http) as fourth:
            assert await oldest.next() == ""
            await wire.house.ask()
            for ear in (second, third, fourth):
                assert await ear.version() > 0
            assert wire.house.app.state.presence.connected() == 1


async def test_fifty_streams_of_one_phone_leave_three() -> None:
    async with wired() as wire, wire.phone() as http, AsyncExitStack() as stack:
        ears = [await stack.enter_async_context(wire.ear(http)) for _ in range(50)]
        for ear in ears[-3:]:
            assert await ear.version() > 0

        assert [await ear.version() > 0 and await ear.next() for ear in ears[:-3]] == [""] * 47
        assert wire.house.app.state.live.open == 3


@pytest.mark.parametrize("last", ["-1", str(10**30), "junk", "", "0"])
async def test_what_a_phone_last_heard_does_not_matter(last: str) -> None:
    async with wired() as wire, wire.phone() as http, wire.ear(http, **{"last-event-id": last}) as ear:
        assert await ear.version() == wire.house.room.notifier.room_version


async def test_a_phone_that_hangs_up_is_forgotten_at_once() -> None:
    async with wired() as wire, wire.phone() as http:
        async with wire.ear(http) as ear:
            await ear.version()
            assert wire.house.app.state.live.open == 1

        await _until(lambda: wire.house.app.state.live.open == 0)


async def test_streams_end_by_themselves_when_the_room_closes() -> None:
    async with wired() as wire, wire.phone() as http, wire.ear(http) as ear:
        await ear.version()

        wire.house.room.notifier.close()

        assert await ear.next() == ""


async def test_beyond_the_last_place_a_phone_is_told_to_ask_instead() -> None:
    async with wired(streams=1) as wire, wire.phone() as one, wire.phone() as two, wire.ear(one):
        async with wire.ear(two) as ear:
            assert ear.status == 503
        assert (await two.get("/state")).json() == {"v": wire.house.room.notifier.room_version}


async def test_phones_are_counted_while_they_listen_and_for_a_minute_after() -> None:
    async with a_house() as house:
        presence = house.app.state.presence
        assert presence.connected() == 0
        first = await house.phone()
        await house.phone()
        assert presence.connected() == 2

        house.clock.pass_s(59)
        await first.see("/state")
        house.clock.pass_s(2)
        assert presence.connected() == 1

        presence.opened("someone")
        house.clock.pass_s(3_600)
        assert presence.connected() == 1


async def test_the_strip_is_empty_until_the_page_is_an_old_one() -> None:
    async with a_house() as house:
        phone = await house.phone()
        page = re.search('data-page="(.*?)"', (await phone.see()).text)
        assert page is not None
        assert (await phone.see(f"/strip?page={page[1]}")).text == ""

        await house.ask()

        strip = (await phone.see(f"/strip?page={page[1]}")).text
        assert "<p data-say data-over>The next question is open.</p>" in strip
        assert 'href="/now"' in strip


async def test_a_page_behind_the_time_carries_its_news_from_the_start() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        await house.give(cmd.CloseVote())

        late = await phone.vote("a")

        assert 'data-page="i01.1-open"' in late.text
        assert "<p data-say data-over>This question is closed.</p>" in late.text


async def _until(true: object) -> None:
    async with asyncio.timeout(10):
        while not true():  # type: ignore[operator]
            await asyncio.sleep(0.01)
