"""Votes taken straight from the connection: answered and stored as by way of the pages, over real sockets."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn

from tests.sessions import sid
from tests.web.phones import HOST, House, a_house
from tests.web.test_guard import status, talk
from workshop_tui.domain import commands as cmd
from workshop_tui.room.clock import random_name
from workshop_tui.web.http.direct import SHORT_BYTES, DirectProtocol
from workshop_tui.web.http.server import Listener, bind
from workshop_tui.web.phone.phones import COOKIE, proof_of, token_hash


class Line:
    """One phone's connection to a house that listens."""

    def __init__(self, house: House, port: int, direct: list[bytes | None], token: str) -> None:
        self.house = house
        self.port = port
        self.answered_directly = direct
        """For each vote that was taken straight from the connection its answer, and None for one that was not."""
        self.token = token

    def form(
        self, fields: Mapping[str, str] | None = None, *, path: str = "/vote/i01.1", script: bool = True, **headers: str
    ) -> bytes:
        """A vote, as bytes."""
        body = urlencode({"csrf": proof_of(self.token.encode()), "sid": sid(), "choice": "b", **(fields or {})})
        lines = {
            "Host": HOST,
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            "Cookie": f"{COOKIE}={self.token}",
            **({"Accept": "application/json"} if script else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"POST {path} HTTP/1.1\r\n{head}\r\n{body}".encode()

    async def send(self, *forms: bytes) -> bytes:
        """What comes back for forms that are sent at once."""
        return await talk(self.port, b"".join(forms))

    def votes(self) -> dict[str, int]:
        """What is on disk."""
        return dict(self.house.room.tables.tallies["i01.1"].profile)


@asynccontextmanager
async def a_line(*, direct: bool = True, **settings: object) -> AsyncIterator[Line]:
    """A house with an open vote, listening; without `direct` every form goes by way of the pages."""
    async with a_house(**settings) as house:
        await house.ask()
        token, taken = secrets.token_urlsafe(32), []
        await house.give(cmd.Join(person=random_name(), token_hash=token_hash(token)))

        class Noted:
            def is_for_us(self, scope: Any) -> bool:
                return bool(house.app.state.direct.is_for_us(scope))

            def take(self, scope: Any, body: bytes) -> Any:
                found = house.app.state.direct.take(scope, body)
                taken.append(found[1] if found else None)
                return found

        protocol = type("Own", (DirectProtocol,), {"direct": Noted() if direct else None})
        sock = bind("127.0.0.1", [0])
        config = uvicorn.Config(
            house.app, http=protocol, ws="none", lifespan="off", log_config=None, access_log=False,
            server_header=False, date_header=False,
        )  # fmt: skip
        server = Listener(config)
        task = asyncio.create_task(server.serve([sock]))
        while not server.started:
            await asyncio.sleep(0.005)
        try:
            yield Line(house, sock.getsockname()[1], taken, token)
        finally:
            server.should_exit = True
            await task


@pytest.mark.parametrize("script", [True, False])
async def test_a_vote_is_answered_with_the_very_bytes_of_the_ordinary_way(script: bool) -> None:
    answers = []
    for direct in (True, False):
        async with a_line(direct=direct) as line:
            answers.append(await line.send(line.form(script=script)))
            assert line.votes() == {'{"option":"b"}': 1}
            assert line.answered_directly == ([answers[0]] if direct else [])

    assert answers[0] == answers[1]
    assert status(answers[0]) == (200 if script else 303)


async def test_a_skip_and_a_change_are_taken_the_same_way() -> None:
    async with a_line() as line:
        await line.send(line.form({"choice": "a"}))
        await line.send(line.form({"choice": "c"}))
        assert line.votes() == {'{"option":"c"}': 1}

        await line.send(line.form({"skip": "1"}))

        assert line.votes() == {}
        assert line.house.room.tables.tallies["i01.1"].skipped == 1
        assert None not in line.answered_directly
        assert len(line.answered_directly) == 3


async def test_two_votes_in_one_packet_are_answered_in_order_and_the_second_holds() -> None:
    async with a_line() as line:
        answer = await line.send(line.form({"choice": "a"}), line.form({"choice": "c"}))

        assert answer.count(b"HTTP/1.1 200") == 2
        assert line.votes() == {'{"option":"c"}': 1}


async def test_a_page_asked_for_behind_a_vote_waits_for_its_answer() -> None:
    async with a_line() as line:
        page = f"GET /privacy HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
        answer = await line.send(line.form(), page)

        first, _, second = answer.partition(b'{"location":"/now"}')
        assert status(first) == 200
        assert status(second) == 200
        assert b"How we use your answers" in second


async def test_the_same_vote_sent_twice_counts_once() -> None:
    async with a_line() as line:
        form = line.form()

        assert (await line.send(form, form)).count(b"HTTP/1.1 200") == 2
        assert line.votes() == {'{"option":"b"}': 1}


UNUSUAL: dict[str, tuple[dict[str, str], dict[str, str], str, int]] = {
    "another page sent it": ({}, {"Origin": "http://evil.example"}, "/vote/i01.1", 403),
    "not our address": ({}, {"Host": "evil.example"}, "/vote/i01.1", 421),
    "no phone of ours": ({}, {"Cookie": "ws=x"}, "/vote/i01.1", 403),
    "no form of this phone": ({"csrf": "0" * 32}, {}, "/vote/i01.1", 403),
    "a page that is too old": ({"sid": "no"}, {}, "/vote/i01.1", 422),
    "no such answer": ({"choice": "zz"}, {}, "/vote/i01.1", 422),
    "no such round": ({}, {}, "/vote/i09.1", 409),
    "another type": ({}, {"Content-Type": "text/plain"}, "/vote/i01.1", 415),
    "packed": ({}, {"Content-Encoding": "gzip"}, "/vote/i01.1", 415),
    "too many parts": ({f"x{number}": "" for number in range(300)}, {}, "/vote/i01.1", 400),
}


@pytest.mark.parametrize("name", UNUSUAL)
async def test_what_is_unusual_is_refused_by_a_page_that_says_why_and_stores_nothing(name: str) -> None:
    fields, headers, path, wanted = UNUSUAL[name]
    async with a_line() as line:
        raw = line.form(fields, path=path, **{key.replace("-", "_"): value for key, value in headers.items()})
        answer = await line.send(raw)

        assert status(answer) == wanted
        assert line.answered_directly == [None]
        assert line.votes() == {}


async def test_a_vote_that_comes_too_late_is_told_so() -> None:
    async with a_line() as line:
        await line.house.give(cmd.CloseVote())

        answer = await line.send(line.form())

        assert status(answer) == 409
        assert b"This question is closed." in answer
        assert line.votes() == {}


async def test_a_vote_that_cannot_be_written_is_not_thanked_for_and_counts_when_it_is_sent_again() -> None:
    async with a_line() as line:
        form = line.form()
        line.house.store.broken = "The disk is full."
        assert status(await line.send(form)) == 503
        assert line.votes() == {}

        line.house.store.broken = ""
        while line.house.room.fault:
            await asyncio.sleep(0.02)

        assert status(await line.send(form)) == 200
        assert line.votes() == {'{"option":"b"}': 1}


async def test_a_phone_that_votes_without_end_is_slowed_down() -> None:
    async with a_line(votes_burst=3, votes_per_s=0.01) as line:
        answers = [status(await line.send(line.form())) for _ in range(5)]

        assert answers == [200, 200, 200, 429, 429]


async def test_a_small_button_brings_the_form_again_and_no_vote() -> None:
    async with a_line() as line:
        answer = await line.send(line.form({"step": "choice:up"}, script=False))

        assert line.answered_directly == [None]
        assert status(answer) != 500
        assert b'"location"' not in answer


async def test_half_a_vote_stores_nothing() -> None:
    async with a_line() as line:
        _, writer = await asyncio.open_connection("127.0.0.1", line.port)
        writer.write(line.form()[:-3])
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()
        await asyncio.sleep(0.05)

        assert line.votes() == {}
        assert line.answered_directly == []


@pytest.mark.parametrize("unusual", ["long", "asks to go on", "the last on its connection"])
async def test_a_vote_that_is_long_or_wants_more_than_an_answer_goes_by_way_of_the_pages(unusual: str) -> None:
    async with a_line() as line:
        raw = {
            "long": line.form({"more": "x" * SHORT_BYTES}),
            "asks to go on": line.form(Expect="100-continue"),
            "the last on its connection": line.form(Connection="close"),
        }[unusual]

        answer = await line.send(raw)

        assert b'{"location":"/now"}' in answer
        assert line.answered_directly == []
        assert line.votes() == {'{"option":"b"}': 1}


async def test_a_phone_that_hangs_up_before_its_answer_has_voted() -> None:
    async with a_line() as line:
        _, writer = await asyncio.open_connection("127.0.0.1", line.port)
        writer.write(line.form())
        await writer.drain()
        writer.transport.abort()
        while not line.answered_directly:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)

        assert line.votes() == {'{"option":"b"}': 1}
