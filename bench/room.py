"""A room of our own to measure: the product's app, listeners and session file, in a process of its own.

Only two things differ from `runtime/serving.py`: what one phone may send each second is not bounded, and a few
routes are added: two that do nothing in the phones' app, one that makes a change on the other listener.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import time
from pathlib import Path

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.children import answer_all, run, say
from workshop_tui.domain import commands as cmd
from workshop_tui.kinds.registry import KINDS
from workshop_tui.protocol.answers import ExportAsked, Exported
from workshop_tui.room.clock import SystemClock, random_name
from workshop_tui.room.desk import Addresses
from workshop_tui.room.room import Room
from workshop_tui.runtime.addresses import LOOPBACK
from workshop_tui.runtime.processes import collect_garbage_after
from workshop_tui.runtime.serving import COLLECT_AFTER
from workshop_tui.runtime.sessions import NewSession, make_session
from workshop_tui.storage.key_file import KeyFile
from workshop_tui.storage.keys import FileKey
from workshop_tui.web.control.desk_app import desk_app
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.http.credentials import Credentials, Tokens
from workshop_tui.web.http.rendering import compile_all
from workshop_tui.web.http.server import Listeners, bind
from workshop_tui.web.phone.app import PhoneSettings, participants_app
from workshop_tui.web.phone.phones import token_hash
from workshop_tui.web.screen.screen import ScreenPresence

AGENDA = """title = "A day to measure"
stage = "needs"

[[item]]
title = "Which first"
minutes = 60
question = "What should come first?"

[item.phone]
kind = "single"
options = ["Phones", "Letters", "Parking"]
"""

STORIES = """
[[item]]
title = "Your story"
minutes = 20
question = "What happened?"

[item.phone]
kind = "vignette"
"""
"""What the agenda has more where people tell stories."""

KEY = FileKey(b"k" * 32)
"""What a locked room's file is locked with."""

HOST_KEY = "4" * 32
HOST_PAGE = f"/{HOST_KEY}/host/reading?queue=unread"

ANSWER = b'{"location":"/now"}'
"""What a phone's script gets for its vote; the floors answer with the very same bytes."""


class Asked(Struct, frozen=True):
    """What room to be."""

    folder: str
    people: int
    stories: int = 0
    """How many they told before; every second one is approved."""
    locked: bool = False
    """Whether its file is encrypted."""


class Serving(Struct, frozen=True):
    """Where the room is and who has joined."""

    phones: str
    """Address and port of the phones' listener."""
    desk: str
    """Address and port of the other one."""
    vote: str
    """The path of a vote."""
    session: str
    tokens: tuple[str, ...]
    fsync_ms: float
    """What one fsync takes in this process."""
    host_page: str
    """The path of the host page's reading queue, at the desk."""


class Question(Struct, frozen=True):
    """What the bench asks of a running room; there is only one thing."""


class Counters(Struct, frozen=True):
    """What the room has done so far."""

    commits: int
    votes: int


async def serve(asked: Asked) -> None:
    """Serve until the input ends."""
    folder = Path(asked.folder)
    agenda, session = folder / "agenda.toml", folder / "bench.workshop"
    agenda.write_text(AGENDA + (STORIES if asked.stories else ""), encoding="utf-8")
    phones_socket, desk_socket = bind(LOOPBACK, [0]), bind(LOOPBACK, [0])
    hosts = [f"{LOOPBACK}:{each.getsockname()[1]}" for each in (phones_socket, desk_socket)]
    lock = (KEY, KeyFile(session="0" * 16, slots=())) if asked.locked else None
    store = make_session(session, NewSession(agenda=str(agenda)), LOOPBACK, phones_socket.getsockname()[1], lock)
    room = Room(store, store.load(), KINDS, SystemClock())
    settings = PhoneSettings(hosts=frozenset({hosts[0]}), votes_per_s=1e6, votes_burst=1_000_000)
    app = participants_app(room, settings)
    # After the votes' own route, so that the product's is found just as fast as in the product.
    app.router.routes.insert(1, Route("/empty", _nothing, methods=["POST"]))
    app.router.routes.insert(2, Route("/plain", Plain(), methods=["POST"]))
    listeners = Listeners(app, phones_socket, _desk(room, hosts[1]), desk_socket)
    await room.start()
    await listeners.start()
    collect_garbage_after(COLLECT_AFTER)
    tokens = await _fill(room, asked.people)
    await _tell(room, asked.stories)
    item = room.state.items[0].item.key
    await room.submit(cmd.OpenItem(at=room.clock.now_ms(), item=item))
    await room.submit(_open_vote(room))
    round_ = room.state.last_round
    assert round_ is not None
    took = _one_sync(folder)
    await asyncio.to_thread(compile_all)
    say(Serving(hosts[0], hosts[1], f"/vote/{round_.key}", str(session), tokens, took, HOST_PAGE))

    async def answer(line: bytes) -> Counters:
        msgspec.json.decode(line, type=Question)
        votes = sum(tally.answered + tally.changes for tally in room.tables.tallies.values())
        return Counters(room.commits, votes)

    await answer_all(answer)
    room.notifier.close()
    await listeners.stop()
    await room.close()


async def _nothing(request: Request) -> Response:
    """The floor: the same app, the same listener, nothing done."""
    return Response(ANSWER, media_type="application/json")


class Plain:
    """The harder floor: as `_nothing`, but a plain ASGI app as the votes' route is one."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the same bytes."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(ANSWER))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": ANSWER})


def _desk(room: Room, host: str) -> ASGIApp:
    async def change(request: Request) -> Response:
        """Close the vote, or open the next: what every phone is told of at once."""
        last = room.state.last_round
        is_open = last is not None and last.status == "open"
        await room.submit(cmd.CloseVote(at=room.clock.now_ms()) if is_open else _open_vote(room))
        return Response(ANSWER, media_type="application/json")

    async def no_export(asked: ExportAsked) -> Exported:
        return Exported(folder=asked.to, files=())

    addresses = Addresses(
        boot_id="bench", session_path="bench.workshop", join_url=f"HTTP://{host}/J/KDMP", screen_url="", host_url=""
    )
    services = DeskServices(
        room=room, addresses=addresses, pid=os.getpid(), connected=lambda: 0, screens=lambda: 0, export=no_export,
        stop=lambda: None,
    )  # fmt: skip
    credentials = Credentials.of(Tokens(control="c" * 64, host=HOST_KEY, screen="5" * 32))
    desk = desk_app(services, credentials, frozenset({host}), ScreenPresence())
    bench = Starlette(routes=[Route("/change", change, methods=["POST"])])

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        await (bench if scope["path"] == "/change" else desk)(scope, receive, send)

    return either


def _open_vote(room: Room) -> cmd.OpenVote:
    return cmd.OpenVote(at=room.clock.now_ms(), key=secrets.token_bytes(32))


async def _fill(room: Room, people: int) -> tuple[str, ...]:
    """Let people join, without the pages."""
    tokens = tuple(secrets.token_urlsafe(32) for _ in range(people))
    at = room.clock.now_ms()
    await asyncio.gather(
        *(room.submit(cmd.Join(at=at, person=random_name(), token_hash=token_hash(token))) for token in tokens)
    )
    return tokens


async def _tell(room: Room, stories: int) -> None:
    """Let people tell stories, without the pages, and read every second one."""
    if not stories:
        return
    people, at = list(room.tables.persons()), room.clock.now_ms()
    await room.submit(cmd.OpenItem(at=at, item=room.state.items[1].item.key))
    for number in range(stories):
        body = f'{{"parts":[["story","{number} I rang nine times. {"And then again. " * 20}"]],"level":"C2"}}'
        key = secrets.token_hex(16)
        told = cmd.Contribute(
            at=at, person=people[number % len(people)], item=room.state.items[1].item.key, body=body, consent="C2",
            key=key, submission_id=secrets.token_hex(16), salt=secrets.token_bytes(16),
        )  # fmt: skip
        await room.submit(told)
        if number % 2:
            await room.submit(cmd.Moderate(at=at, contribution=key, handling="approved"))


def _one_sync(folder: Path) -> float:
    with (folder / "probe").open("wb") as file:
        file.write(b"x")
        file.flush()
        began = time.perf_counter()
        os.fsync(file.fileno())
        return (time.perf_counter() - began) * 1_000


if __name__ == "__main__":
    run(serve(msgspec.json.decode(sys.argv[1], type=Asked)))
