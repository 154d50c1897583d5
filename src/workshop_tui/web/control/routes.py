"""The control routes: what a console may ask, on 127.0.0.1 only.

They do not exist in the participants' app. Access is checked before any of them (web.control.access).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from workshop_tui.domain.commands import ClockMoved, Reveal
from workshop_tui.domain.policy import may_ask
from workshop_tui.errors import WorkshopError
from workshop_tui.limits import CONTROL_BYTES, SHOWN_IDEAS, SNAPSHOT_EVERY_S
from workshop_tui.messages import Message, Verbatim, tr
from workshop_tui.protocol import paths, streams
from workshop_tui.protocol.answers import (
    CopyAsked,
    Done,
    ExportAsked,
    Health,
    Ideas,
    Problem,
    problem_of,
    read_command,
    status_of,
)
from workshop_tui.protocol.once import Once
from workshop_tui.room.desk import notes_page, round_details
from workshop_tui.room.queue import ideas, queue_page
from workshop_tui.room.write_up import evidence_page, write_up_page
from workshop_tui.views import writing_up
from workshop_tui.views.reading import FILTERS
from workshop_tui.web.control.services import DeskServices, seen_by, submit
from workshop_tui.web.http.credentials import credential_of
from workshop_tui.web.http.forms import whole_number

PING_S = 5.0
PAGE_MOST = 50

T = TypeVar("T")


def control_routes(services: DeskServices) -> list[Route]:
    """The routes below /control."""
    routes = _ControlRoutes(services)
    return [
        Route(paths.HEALTH, routes.health),
        Route(paths.SNAPSHOT, routes.snapshot),
        Route(paths.EVENTS, routes.events),
        Route(paths.COMMAND, routes.command, methods=["POST"]),
        Route(paths.QUEUE, routes.queue),
        Route(paths.IDEAS, routes.ideas),
        Route(paths.NOTES, routes.notes),
        Route(paths.WRITE_UP, routes.write_up),
        Route(paths.EVIDENCE, routes.evidence),
        Route(paths.DETAILS, routes.details),
        Route(paths.EXPORT, routes.export, methods=["POST"]),
        Route(paths.COPY, routes.copy, methods=["POST"]),
        Route(paths.STOP, routes.stop, methods=["POST"]),
    ]


class _ControlRoutes:
    def __init__(self, services: DeskServices) -> None:
        self._services = services
        self._room = services.room
        self._once: Once[Done] = Once()

    async def health(self, request: Request) -> Response:
        """Who is there."""
        del request
        services, room = self._services, self._room
        return _json(
            Health(
                boot_id=services.addresses.boot_id,
                session=room.info.id,
                pid=services.pid,
                desk_version=room.notifier.desk_version,
            )
        )

    async def snapshot(self, request: Request) -> Response:
        """The desk's view of this moment."""
        by = credential_of(request.scope)
        # Who may show a result may look at it before.
        peek = request.query_params.get("peek") == "1" and by.who is not None and may_ask(by.who, Reveal)
        view = seen_by(self._services, by.desk, peek=peek)
        # Whoever has the address of the host page is the facilitator there.
        return _json(view if by.who == "facilitator" else replace(view, host_url=""))

    async def events(self, request: Request) -> Response:
        """A stream of versions."""
        del request
        news = streams.versions(self._room.notifier, ping_s=PING_S, apart_s=SNAPSHOT_EVERY_S)
        return StreamingResponse(news, media_type=streams.MEDIA_TYPE)

    async def command(self, request: Request) -> Response:
        """Carry out one command; the same action again gets the first reply."""
        body = await _body(request)
        if body is None:
            return _no(413, tr("That is too long. Nothing was changed."))
        by, name = credential_of(request.scope), request.headers.get(paths.ACTION, "")
        try:
            command = read_command(body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
            why = Verbatim(str(problem))
            return _no(400, tr("That is not a command this room knows ({why}). Nothing was changed.", why=why))
        if isinstance(command, ClockMoved):
            # Only the room says so, from its own two clocks; anybody else's number could be any number.
            return _no(400, tr("That is not for a desk to say. Nothing was changed."))
        try:
            done = await self._once.answer((by.desk, name) if name else None, lambda: submit(self._room, command, by))
        except WorkshopError as problem:
            return _problem(problem)
        return _json(done)

    async def queue(self, request: Request) -> Response:
        """One page of the reading queue."""
        query = request.query_params
        which = FILTERS.get(query.get("which", "unread"))
        try:
            offset, count = int(query.get("offset", "0")), int(query.get("count", "20"))
        except ValueError:
            return _no(400, tr("offset and count are whole numbers."))
        if which is None or offset < 0 or not 1 <= count <= PAGE_MOST:
            names = Verbatim(", ".join(FILTERS))
            return _no(400, tr("which is one of {names}; count is 1 to {most}.", names=names, most=PAGE_MOST))
        return _json(queue_page(self._room, which, offset, count, query.get("kind", ""), query.get("words", "")))

    async def notes(self, request: Request) -> Response:
        """Some of the notes, newest first."""
        offset = whole_number(request.query_params.get("offset", "0"))
        if offset is None:
            return _no(400, tr("offset is a whole number."))
        return _json(notes_page(self._room, offset))

    async def write_up(self, request: Request) -> Response:
        """One page of the write-up."""
        query = request.query_params
        offset, count = _page_asked(query)
        register = query.get("register", "")
        if offset is None or count is None:
            return _no(400, tr("offset and count are whole numbers."))
        if register not in writing_up.FILTERS:
            return _no(400, tr("There is no such register."))
        return _json(write_up_page(self._room, register, offset, count, query.get("words", "")))

    async def evidence(self, request: Request) -> Response:
        """One page of what lines rest on, or can rest on."""
        query = request.query_params
        offset, count = _page_asked(query)
        which = next((each for each in writing_up.EVIDENCE_FILTERS if each == query.get("which")), None)
        if offset is None or count is None:
            return _no(400, tr("offset and count are whole numbers."))
        if which is None:
            names = Verbatim(", ".join(writing_up.EVIDENCE_FILTERS))
            return _no(400, tr("which is one of {names}.", names=names))
        notes = query.get("notes", "").split()[:PAGE_MOST]
        asked = (query.get("kind", ""), query.get("words", ""))
        return _json(evidence_page(self._room, notes, which, offset, count, *asked))

    async def ideas(self, request: Request) -> Response:
        """Ideas that are not on hold, for choosing options."""
        del request
        return _json(Ideas(tuple(ideas(self._room, SHOWN_IDEAS))))

    async def details(self, request: Request) -> Response:
        """What lies behind the newest result."""
        del request
        return _json(round_details(self._room))

    async def export(self, request: Request) -> Response:
        """Write the reports of the session as it is now."""
        asked = await _read(request, ExportAsked)
        if asked is None:
            return _no(400, tr("Say which folder and which formats."))
        try:
            return _json(await self._services.export(asked))
        except WorkshopError as problem:
            return _problem(problem)

    async def copy(self, request: Request) -> Response:
        """Write a consistent copy of the session for a program that reads it."""
        asked = await _read(request, CopyAsked)
        if asked is None or not Path(asked.path).is_absolute():
            return _no(400, tr("Say where the copy goes, with its whole path."))
        try:
            await self._room.copy_to(Path(asked.path))
        except WorkshopError as problem:
            return _problem(problem)
        return _json(asked)

    async def stop(self, request: Request) -> Response:
        """Stop the room in order, once this answer is on its way."""
        del request
        asyncio.get_running_loop().call_later(0.05, self._services.stop)
        return _json(Done(), 202)


def _page_asked(query: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Which page somebody asks for; None for what is no such number."""
    offset, count = whole_number(query.get("offset", "0")), whole_number(query.get("count", "20"))
    return offset, count if count is not None and 1 <= count <= PAGE_MOST else None


def _problem(problem: WorkshopError) -> Response:
    return _json(problem_of(problem), status_of(problem))


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _no(status: int, words: Message) -> Response:
    return _json(Problem(words), status)


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
