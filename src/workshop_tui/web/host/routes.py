"""The host page: everything a facilitator can do, as plain accessible HTML on this laptop (/host).

The console cannot be read by a screen reader (interface.md 4), so every command is a form here too. Nothing needs
JavaScript; with it, a strip says that something changed. Forms are never replaced while somebody types.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.text import clean_line
from workshop_tui.domain.timing import late_ms
from workshop_tui.errors import CommandRefused, EnvironmentProblem, InputError, NotAllowed, Refused, WorkshopError
from workshop_tui.messages import ENGLISH
from workshop_tui.room.notifier import Notifier
from workshop_tui.web.control.routes import Desk, ExportAsked, Exported, submit
from workshop_tui.web.host.form_commands import TEXTS, UnknownForm, read_command
from workshop_tui.web.host.page import SECTIONS, Pages, Trouble, View, read_view
from workshop_tui.web.http.credentials import Credential, credential_of
from workshop_tui.web.http.forms import Raw, Unreadable, cleaned, one, read_form, showable
from workshop_tui.web.http.rendering import html, render

PING_S: Final = 15.0
NEWS_EVERY_S: Final = 1.0
"""Shortest time between two words of news for one page: 300 votes make a few, not 300."""

REMEMBERED_ACTIONS: Final = 256
DONE_LETTERS: Final = 300

STOP_AFTER_S: Final = 0.2
"""Time for the last page to reach the browser before the room stops."""

TOO_LONG: Final = (
    "That is too long for one form, and nothing was changed. Go back in your browser: your words are there."
)


def host_routes(desk: Desk) -> list[Route]:
    """The routes below /host."""
    host = _Host(desk)
    return [
        Route("/host", host.page),
        Route("/host/do", host.do, methods=["POST"]),
        Route("/host/export", host.export, methods=["POST"]),
        Route("/host/stop", host.stop, methods=["POST"]),
        Route("/host/events", host.events),
        Route("/host/state", host.state),
        Route("/host/strip", host.strip),
    ]


class Actions:
    """Carries out each posted form once: sent again unchanged, it gets the first answer.

    The page puts a new random name into every form, so two equal notes on purpose are two. A refusal is
    forgotten: it changed nothing, and the same form may fit later.
    """

    def __init__(self) -> None:
        self._tasks: OrderedDict[bytes, asyncio.Task[str]] = OrderedDict()

    async def once(self, desk: str, form: Raw, act: Callable[[], Awaitable[str]]) -> str:
        """What `act` gives, or gave when the same form came from that desk before; raises what it raises."""
        if not one(form, "action"):
            return await act()
        name = hashlib.sha256(msgspec.json.encode((desk, sorted(form.items())))).digest()
        task = self._tasks.get(name)
        if task is None:
            # A task of its own: a browser that goes away does not stop half of it.
            task = self._tasks[name] = asyncio.ensure_future(_awaited(act))
            task.add_done_callback(lambda done: self._forget_failed(name, done))
            while len(self._tasks) > REMEMBERED_ACTIONS:
                self._tasks.popitem(last=False)
        return await asyncio.shield(task)

    def _forget_failed(self, name: bytes, done: asyncio.Task[str]) -> None:
        if done.cancelled() or done.exception() is not None:
            self._tasks.pop(name, None)


async def _awaited(act: Callable[[], Awaitable[str]]) -> str:
    return await act()


class _Host:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._room = desk.room
        self._pages = Pages(desk)
        self._actions = Actions()
        self._exported: Exported | None = None

    async def page(self, request: Request) -> Response:
        """The page as it is now."""
        query = request.query_params
        done = clean_line(query.get("done", "")[: DONE_LETTERS * 4])[:DONE_LETTERS]
        view, section = read_view(request.url.query), query.get("at", "")
        text = self._pages.draw(view, _desk(request), done=done, section=section, exported=self._exported)
        return html(request, text)

    async def do(self, request: Request) -> Response:
        """Carry out one command."""
        return await self._act(request, self._command)

    async def export(self, request: Request) -> Response:
        """Write the reports of the session as it is now."""
        return await self._act(request, self._export)

    async def stop(self, request: Request) -> Response:
        """Stop the room in order, once this answer is on its way."""
        return await self._act(request, self._stop)

    async def _act(self, request: Request, act: Callable[[Raw, Credential], Awaitable[str]]) -> Response:
        by = credential_of(request.scope)
        try:
            raw = await read_form(request.scope, request.receive)
        except Unreadable as problem:
            words = TOO_LONG if problem.status == 413 else problem.words
            return self._refuse(request, problem.status, Trouble(str(words), {}))
        form, typed = cleaned(raw, TEXTS), showable(raw)
        try:
            done = await self._actions.once(by.desk, raw, lambda: act(form, by))
        except UnknownForm as problem:
            return self._refuse(request, 400, Trouble(str(problem), typed))
        except WorkshopError as problem:
            trouble = Trouble(str(problem), typed, self._in_the_way(form))
            return self._refuse(request, _status(problem), trouble)
        if one(form, "command") == "stop":
            return html(request, render("host/stopped.html", {"title": self._room.state.agenda.title}, ENGLISH))
        view, section = read_view(one(form, "view")), one(form, "section")
        told = urlencode({"done": done[:DONE_LETTERS], "at": section if section in SECTIONS else ""})
        return RedirectResponse(f"/host?{'&'.join(filter(None, (view.query, told)))}#done", 303)

    def _refuse(self, request: Request, status: int, trouble: Trouble) -> Response:
        view = read_view(one(trouble.typed, "view")) if trouble.typed else View()
        return html(request, self._pages.draw(view, _desk(request), trouble=trouble, exported=self._exported), status)

    def _in_the_way(self, form: Raw) -> str:
        """The item that was to be opened, when something has to be chosen first; empty for anything else."""
        last = self._room.state.last_round
        chooses = (last is not None and last.status == "open") or self._starts_late(form)
        return one(form, "item") if chooses and one(form, "command") == "open_item" else ""

    def _starts_late(self, form: Raw) -> bool:
        """Whether this form would start the day late without saying what is to happen to its end."""
        late = late_ms(self._room.state.started_at, self._room.info.scheduled_start, self._room.clock.now_ms())
        return late is not None and one(form, "command") == "open_item" and not one(form, "end")

    # What the forms do. ---------------------------------------------------------------------------

    async def _command(self, form: Raw, by: Credential) -> str:
        command = read_command(self._room, form)
        if self._starts_late(form):
            raise CommandRefused("You start late. What shall happen to the end of the day?")
        label = await submit(self._room, command, by)
        if isinstance(command, cmd.InsertItem) and one(form, "go") == "yes":
            return await self._go_to_new(label, one(form, "vote"), by)
        return label

    async def _go_to_new(self, label: str, vote: str, by: Credential) -> str:
        newest = max(self._room.state.items, key=lambda each: int(each.item.key[1:])).item.key
        try:
            command = cmd.OpenItem(item=newest, vote="close" if vote == "close" else "ask")
            return await submit(self._room, command, by)
        except WorkshopError as problem:
            # The first half is done and saved: saying "refused" would make people send it again.
            return f"{label}. It is not open yet: {problem.message!s}"

    async def _export(self, form: Raw, by: Credential) -> str:
        del form, by
        self._exported = await self._desk.export(ExportAsked())
        return "wrote the reports"

    async def _stop(self, form: Raw, by: Credential) -> str:
        del by
        if one(form, "sure") != "yes":
            raise CommandRefused("Please tick that you want to stop the room. Nothing was changed.")
        asyncio.get_running_loop().call_later(STOP_AFTER_S, self._desk.stop)
        return "stopping"

    # News. ----------------------------------------------------------------------------------------

    async def events(self, request: Request) -> Response:
        """A stream of versions, as phones have one."""
        del request
        return StreamingResponse(versions(self._room.notifier), media_type="text/event-stream")

    async def state(self, request: Request) -> Response:
        """The version now, for a browser whose stream fails."""
        del request
        return Response(msgspec.json.encode({"v": self._room.notifier.desk_version}), media_type="application/json")

    async def strip(self, request: Request) -> Response:
        """What has changed since a page was drawn."""
        return html(request, self._pages.draw_strip(request.url.query, _desk(request)))


def _desk(request: Request) -> str:
    return credential_of(request.scope).desk


async def versions(notifier: Notifier) -> AsyncIterator[bytes]:
    """The event stream: the version at once, then each change, at most one a second."""
    yield b'data: {"v": %d}\n\n' % (seen := notifier.desk_version)
    while not notifier.closed:
        version = await notifier.wait_desk(seen, PING_S)
        yield b"event: ping\ndata: 1\n\n" if version == seen else b'data: {"v": %d}\n\n' % version
        seen = version
        await asyncio.sleep(NEWS_EVERY_S)


def _status(problem: WorkshopError) -> int:
    match problem:
        case NotAllowed():
            return 403
        case Refused() | InputError():
            return 409
        case EnvironmentProblem():
            return 503
        case _:
            return 500
