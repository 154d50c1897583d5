"""The control routes: what a console may ask, on 127.0.0.1 only.

They do not exist in the participants' app. Access is checked before any of them (web.control.access).
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from workshop_tui.domain.commands import EDGE_FIELDS, ClockMoved, FacilitatorCommand, FinishWriteUp, OpenVote, Reveal
from workshop_tui.domain.deciding import Done
from workshop_tui.domain.digests import SALT
from workshop_tui.domain.policy import may_ask
from workshop_tui.errors import CommandRefused, EnvironmentProblem, InputError, NotAllowed, Refused, WorkshopError
from workshop_tui.limits import CONTROL_BYTES, SNAPSHOT_EVERY_S
from workshop_tui.messages import Text
from workshop_tui.room.desk import Place, round_details, snapshot
from workshop_tui.room.queue import queue_entry, queue_page
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import QueueEntry, QueueFilter
from workshop_tui.web.http.credentials import Credential, credential_of

PING_S = 5.0
REMEMBERED_ACTIONS = 256
PAGE_MOST = 50

T = TypeVar("T")

_FILTERS: dict[str, QueueFilter] = {each: each for each in get_args(QueueFilter)}


class ExportAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """What a console asks of an export."""

    to: str = ""
    """The folder; empty for the usual one beside the session file."""
    only: tuple[str, ...] = ()
    """Formats; empty for all."""


class CopyAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a copy of the session is to be written."""

    path: str


class Exported(Struct, frozen=True):
    """What an export wrote."""

    folder: str
    files: tuple[str, ...]


class Desk(Struct, frozen=True, kw_only=True):
    """What the control routes need from the process that runs the room."""

    room: Room
    place: Place
    pid: int
    connected: Callable[[], int]
    """How many phones were heard of lately."""
    screens: Callable[[], int]
    """How many windows show the big screen."""
    export: Callable[[ExportAsked], Awaitable[Exported]]
    stop: Callable[[], None]
    """Ask the process to stop the room in order."""


async def submit(room: Room, command: FacilitatorCommand, by: Credential) -> str:
    """Carry out a desk's command with this room's time and randomness.

    Args:
        room: The running session.
        command: What is asked for; of when and by whom only what this listener knows counts.
        by: Who asks.

    Returns:
        What was done, in the past tense.

    Raises:
        CommandRefused: it was not done, even where the room noted that it was asked.
        NotAllowed: whoever asks may never ask for this.
        Refused, EnvironmentProblem: as `Room.submit`.
    """
    if by.who is None:
        raise NotAllowed("The big screen can only look.")
    salt = secrets.token_bytes(SALT)
    command = replace(command, at=room.clock.now_ms(), who=by.who, desk=by.desk, salt=salt)
    if isinstance(command, OpenVote):
        command = replace(command, key=secrets.token_bytes(32))
    answer = await room.submit(command)
    assert isinstance(answer, Done)  # noqa: S101 - every facilitator command is answered so
    if answer.refusal:
        raise CommandRefused(answer.refusal)
    if isinstance(command, FinishWriteUp) and room.left_over:
        return f"{answer.label}, but words are still in copies that cannot be removed: {', '.join(room.left_over)}"
    return answer.label


def control_routes(desk: Desk) -> list[Route]:
    """The routes below /control."""
    routes = _ControlRoutes(desk)
    return [
        Route("/control/health", routes.health),
        Route("/control/snapshot", routes.snapshot),
        Route("/control/events", routes.events),
        Route("/control/command", routes.command, methods=["POST"]),
        Route("/control/queue", routes.queue),
        Route("/control/ideas", routes.ideas),
        Route("/control/details", routes.details),
        Route("/control/export", routes.export, methods=["POST"]),
        Route("/control/copy", routes.copy, methods=["POST"]),
        Route("/control/stop", routes.stop, methods=["POST"]),
    ]


class _ControlRoutes:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._room = desk.room
        self._done: OrderedDict[tuple[str, str], asyncio.Future[Response]] = OrderedDict()

    async def health(self, request: Request) -> Response:
        """Who is there."""
        del request
        return _json(
            {
                "boot_id": self._desk.place.boot_id,
                "session": self._room.info.id,
                "pid": self._desk.pid,
                "desk_version": self._room.notifier.desk_version,
            }
        )

    async def snapshot(self, request: Request) -> Response:
        """The desk's view of this moment."""
        desk, by = self._desk, credential_of(request.scope)
        # Who may show a result may look at it before.
        peek = request.query_params.get("peek") == "1" and by.who is not None and may_ask(by.who, Reveal)
        view = snapshot(
            self._room, desk.place, peek=peek, connected=desk.connected(), screens=desk.screens(), desk=by.desk
        )
        return _json(view)

    async def events(self, request: Request) -> Response:
        """A stream of versions."""
        del request
        return StreamingResponse(self._versions(), media_type="text/event-stream")

    async def _versions(self) -> AsyncIterator[bytes]:
        notifier = self._room.notifier
        seen = 0
        while not notifier.closed:
            version = await notifier.wait_desk(seen, PING_S)
            yield b"event: ping\ndata: {}\n\n" if version == seen else b'data: {"v": %d}\n\n' % version
            seen = version
            await asyncio.sleep(SNAPSHOT_EVERY_S)

    async def command(self, request: Request) -> Response:
        """Carry out one command; the same Action-Id again gets the first reply."""
        body = await _body(request)
        if body is None:
            return _no(413, "That is too long. Nothing was changed.")
        by = credential_of(request.scope)
        name = request.headers.get("action-id", "")
        action = (by.desk, name)
        if action in self._done:
            first = await asyncio.shield(self._done[action])
            return Response(first.body, first.status_code, media_type="application/json")
        reply: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        if name:
            self._done[action] = reply
            while len(self._done) > REMEMBERED_ACTIONS:
                self._done.popitem(last=False)
        answer = _no(500, "That did not work: a fault in this program. Nothing was changed.")
        try:
            answer = await self._carry_out(body, by)
        finally:
            reply.set_result(answer)
            if answer.status_code >= 500:
                # It was not carried out: the same action may be tried again.
                self._done.pop(action, None)
        return answer

    async def _carry_out(self, body: bytes, by: Credential) -> Response:
        try:
            command = _read_command(body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
            return _no(400, f"That is not a command this room knows ({problem}). Nothing was changed.")
        if isinstance(command, ClockMoved):
            # Only the room says so, from its own two clocks; anybody else's number could be any number.
            return _no(400, "That is not for a desk to say. Nothing was changed.")
        try:
            label = await submit(self._room, command, by)
        except WorkshopError as problem:
            return _problem(problem)
        return _json({"label": label})

    async def queue(self, request: Request) -> Response:
        """One page of the reading queue."""
        query = request.query_params
        which = _FILTERS.get(query.get("which", "unread"))
        try:
            offset, count = int(query.get("offset", "0")), int(query.get("count", "20"))
        except ValueError:
            return _no(400, "offset and count are whole numbers.")
        if which is None or offset < 0 or not 1 <= count <= PAGE_MOST:
            return _no(400, f"which is one of {', '.join(_FILTERS)}; count is 1 to {PAGE_MOST}.")
        return _json(queue_page(self._room, which, offset, count))

    async def ideas(self, request: Request) -> Response:
        """Every idea that is not held, for choosing options."""
        del request
        entries: list[QueueEntry] = []
        for row in self._room.tables.contributions.values():
            entry = queue_entry(self._room, row) if row.kind == "ideas" and row.moderation != "held" else None
            if entry is not None:
                entries.append(entry)
        return _json({"entries": entries})

    async def details(self, request: Request) -> Response:
        """What lies behind the newest result."""
        del request
        return _json(round_details(self._room))

    async def export(self, request: Request) -> Response:
        """Write the reports of the session as it is now."""
        asked = await _read(request, ExportAsked)
        if asked is None:
            return _no(400, "Say which folder and which formats.")
        try:
            return _json(await self._desk.export(asked))
        except WorkshopError as problem:
            return _problem(problem)

    async def copy(self, request: Request) -> Response:
        """Write a consistent copy of the session for a program that reads it."""
        asked = await _read(request, CopyAsked)
        if asked is None or not Path(asked.path).is_absolute():
            return _no(400, "Say where the copy goes, with its whole path.")
        try:
            await self._room.copy_to(Path(asked.path))
        except WorkshopError as problem:
            return _problem(problem)
        return _json({"path": asked.path})

    async def stop(self, request: Request) -> Response:
        """Stop the room in order, once this answer is on its way."""
        del request
        asyncio.get_running_loop().call_later(0.05, self._desk.stop)
        return _json({"label": "stopping"}, 202)


def _read_command(body: bytes) -> FacilitatorCommand:
    """The command in a body; what it says of when and by whom is not even looked at."""
    given = msgspec.json.decode(body, type=dict[str, Any])
    asked = {field: value for field, value in given.items() if field not in EDGE_FIELDS}
    command: FacilitatorCommand = msgspec.convert(asked, FacilitatorCommand)
    return command


def _problem(problem: WorkshopError) -> Response:
    match problem:
        case NotAllowed():
            status = 403
        case Refused() | InputError():
            status = 409
        case EnvironmentProblem():
            status = 503
        case _:
            status = 500
    return _no(status, problem.message, problem.advice)


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _no(status: int, words: Text, advice: Text = "") -> Response:
    return _json({"error": words, "advice": advice}, status)


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is too large."""
    parts: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > CONTROL_BYTES:
            return None
        parts.append(chunk)
    return b"".join(parts)


async def _read(request: Request, kind: type[T]) -> T | None:
    body = await _body(request)
    try:
        return None if body is None else msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.MsgspecError:
        return None
