"""The host page: everything a facilitator can do, as plain accessible HTML on this laptop, in pages (/host/now, …).

The console cannot be read by a screen reader, so every act is a form here too. Nothing needs
JavaScript; with it, a strip says that something changed. Forms are never replaced while somebody types. All addresses
are relative: the page lies below a path that only its own browser knows (`web.control.access`).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlencode

import msgspec
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from workshop_tui.domain import commands as cmd
from workshop_tui.errors import WorkshopError
from workshop_tui.messages import as_tuple, tr
from workshop_tui.protocol import streams
from workshop_tui.protocol.answers import Done, ExportAsked, Exported, status_of
from workshop_tui.protocol.once import REMEMBERED, Once
from workshop_tui.room.clock import random_name
from workshop_tui.room.write_up_page import EVERYTHING
from workshop_tui.views import reading, writing_up
from workshop_tui.views.act import PageName
from workshop_tui.views.typed_config import FieldRefused
from workshop_tui.web.control.services import DeskServices, submit
from workshop_tui.web.host.pages import NOTHING_DONE, PAGES, HostPages
from workshop_tui.web.host.posted import (
    TEXTS,
    FieldsFirst,
    QuestionFirst,
    UnknownForm,
    not_drawn,
    posted_command,
    posted_lines,
    posted_several,
    posted_sorting,
    posted_ties,
)
from workshop_tui.web.host.told import NOTHING, Told, View, read_view
from workshop_tui.web.http.credentials import Credential, credential_of
from workshop_tui.web.http.forms import Raw, Unreadable, cleaned, one, read_form, showable
from workshop_tui.web.http.rendering import html

PING_S: Final = 15.0
NEWS_EVERY_S: Final = 1.0

STOP_AFTER_S: Final = 0.2
"""Time for the last page to reach the browser before the room stops."""

TOO_LONG: Final = (
    tr("That is too long for one form, and nothing was changed."),
    tr("Go back in your browser: your words are there."),
)


def host_routes(services: DeskServices) -> list[Route]:
    """The routes below /host."""
    host = _Host(services)
    return [
        Route("/host", host.door),
        Route("/host/", host.door),
        Route("/host/do", host.do, methods=["POST"]),
        Route("/host/several", host.several, methods=["POST"]),
        Route("/host/tie", host.tie, methods=["POST"]),
        Route("/host/sort", host.sort, methods=["POST"]),
        Route("/host/lines", host.lines, methods=["POST"]),
        Route("/host/find", host.find, methods=["POST"]),
        Route("/host/export", host.export, methods=["POST"]),
        Route("/host/stop", host.stop, methods=["POST"]),
        Route("/host/cover", host.cover, methods=["POST"]),
        Route("/host/covered", host.covered),
        Route("/host/events", host.events),
        Route("/host/state", host.state),
        Route("/host/strip", host.strip),
        Route("/host/{page}", host.page),
    ]


class _Host:
    def __init__(self, services: DeskServices) -> None:
        self._services = services
        self._room = services.room
        self._pages = HostPages(services)
        self._once: Once[Done] = Once()
        self._exported: Exported | None = None
        self._done: OrderedDict[str, Done] = OrderedDict()
        """What was done, by the name in the address of the page that says it."""

    async def door(self, request: Request) -> Response:
        """The first page."""
        return RedirectResponse("host/now" if request.url.path.endswith("/host") else "now", 303)

    async def page(self, request: Request) -> Response:
        """A page as it is now; the first one for a name that none has."""
        page = PAGES.get(request.path_params["page"])
        if page is None:
            return RedirectResponse("now", 303)
        query = request.query_params
        told = Told(done=self._done.get(query.get("told", "")), at=_spots(query.get("at", "")))
        return html(request, await self._draw(request, page, read_view(request.url.query), told))

    async def _draw(self, request: Request, page: PageName, view: View, told: Told = NOTHING) -> str:
        return await self._pages.draw(page, view, _device(request), told, self._exported)

    async def do(self, request: Request) -> Response:
        """Carry out one act."""
        return await self._act(request, self._command)

    async def several(self, request: Request) -> Response:
        """Carry out one act with each of several texts."""
        return await self._act(request, self._several)

    async def tie(self, request: Request) -> Response:
        """Tie lines of the write-up to what they rest on, or untie them."""
        return await self._act(request, self._tie)

    async def sort(self, request: Request) -> Response:
        """Sort several lines of the write-up alike."""
        return await self._act(request, self._sort)

    async def lines(self, request: Request) -> Response:
        """Lead to the page on which something is done with several lines at once."""
        return await self._act(request, self._lines)

    async def find(self, request: Request) -> Response:
        """Lead to the texts that hold some words."""
        try:
            raw = await read_form(request.scope, request.receive)
        except Unreadable as problem:
            words = TOO_LONG if problem.status == 413 else (problem.words,)
            return await self._refuse(request, problem.status, {}, Told(trouble=words))
        form = cleaned(raw, TEXTS)
        view, name = read_view(one(form, "view")), self._pages.search(one(form, "words"))
        if _page(form) == "write_up":
            register = EVERYTHING if name and not view.line else view.register
            view = replace(view, find=name, offset=0, register=register)
            return RedirectResponse(f"write_up?{view.query}#find", 303)
        # Everything is looked into: whoever asks for their words does not know how they were dealt with.
        view = replace(view, find=name, offset=0, queue="all" if name else view.queue, kind="" if name else view.kind)
        return RedirectResponse(f"reading?{view.query}#find", 303)

    async def export(self, request: Request) -> Response:
        """Write the reports of the session as it is now."""
        return await self._act(request, self._export)

    async def stop(self, request: Request) -> Response:
        """Stop the room in order, once this answer is on its way."""
        return await self._act(request, self._stop)

    async def cover(self, request: Request) -> Response:
        """Pause everything or only cover what can be seen; this browser then shows nothing either way."""
        return await self._act(request, self._cover)

    async def covered(self, request: Request) -> Response:
        """A page that says nothing of the day, and leads back to the one it covers."""
        page = PAGES.get(request.query_params.get("page", ""), "now")
        return html(request, self._pages.draw_covered(page, read_view(request.url.query), _device(request)))

    async def _act(self, request: Request, act: Callable[[Raw, Credential], Awaitable[Done]]) -> Response:
        by = credential_of(request.scope)
        try:
            raw = await read_form(request.scope, request.receive)
        except Unreadable as problem:
            words = TOO_LONG if problem.status == 413 else (problem.words,)
            return await self._refuse(request, problem.status, {}, Told(trouble=words))
        form, typed = cleaned(raw, TEXTS), showable(raw)
        try:
            done = await self._once.answer(_name(by, raw), lambda: act(form, by))
        except UnknownForm as problem:
            return await self._refuse(request, 400, typed, Told(trouble=(problem.words,), typed=typed))
        except FieldsFirst:
            told = Told(typed=typed, new=self._not_drawn(form, by), is_refilled=True)
            return await self._refuse(request, 200, typed, told)
        except QuestionFirst as first:
            return await self._refuse(request, 409, typed, Told(question=first.question, typed=typed))
        except WorkshopError as problem:
            sentences = tuple(
                each for told in (problem.message, problem.advice, *problem.lines) for each in as_tuple(told)
            )
            field = problem.field if isinstance(problem, FieldRefused) else ""
            if field not in ("", "confirm") and one(typed, "of"):
                # The answer to a question showed that a field does not fit: it stands in the form that led there.
                typed = {**typed, "form": typed["of"]}
            told = Told(trouble=sentences, field=field, typed=typed, new=self._not_drawn(form, by))
            return await self._refuse(request, status_of(problem), typed, told)
        if request.url.path.endswith("/host/stop"):
            return html(request, self._pages.draw_stopped())
        if request.url.path.endswith("/host/cover"):
            look = filter(None, (urlencode({"page": _page(form)}), read_view(one(form, "view")).query))
            return RedirectResponse(f"covered?{'&'.join(look)}", 303)
        if request.url.path.endswith("/host/lines"):
            view = replace(read_view(one(form, "view")), line=posted_lines(form), offset=0, find="")
            return RedirectResponse(f"write_up?{view.query}#write-up", 303)
        answer = {"told": self._remember(done), "at": one(form, "at")}
        query = [read_view(one(form, "view")).query, urlencode(answer)]
        return RedirectResponse(f"{_page(form)}?{'&'.join(filter(None, query))}#done", 303)

    def _not_drawn(self, form: Raw, by: Credential) -> frozenset[str]:
        return not_drawn(self._room, self._pages.moment(View(), by.desk), form)

    def _remember(self, done: Done) -> str:
        """Keep what was done for the page that the browser is sent to; its address then holds nobody's words."""
        name = random_name()
        self._done[name] = done
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
        return name

    async def _refuse(self, request: Request, status: int, typed: Raw, told: Told) -> Response:
        return html(request, await self._draw(request, _page(typed), read_view(one(typed, "view")), told), status)

    # What the forms do. ---------------------------------------------------------------------------

    async def _command(self, form: Raw, by: Credential) -> Done:
        command = posted_command(self._room, self._pages.moment(View(), by.desk), form, self._services.translator)
        if command is None:
            return NOTHING_DONE
        done = await submit(self._room, command, by)
        if isinstance(command, cmd.InsertItem) and one(form, "go") == "yes":
            return await self._go_to_new(done, by)
        return done

    async def _several(self, form: Raw, by: Credential) -> Done:
        act, entries = posted_several(self._room, form)
        found = reading.several(act, self._pages.moment(View(), by.desk), entries, random_name())
        left, refused = len(entries) - len(found.commands), list(found.refused)
        sent = await asyncio.gather(
            *(submit(self._room, command, by) for _, command in found.commands), return_exceptions=True
        )
        for each in sent:
            if isinstance(each, WorkshopError):
                left += 1
                refused += as_tuple(each.message)
            elif isinstance(each, BaseException):
                raise each
        said = reading.several_words(act.name, len(entries), left, found.hidden)
        return Done(said, tuple(dict.fromkeys(refused)))

    async def _tie(self, form: Raw, by: Credential) -> Done:
        return await submit(self._room, posted_ties(self._room, self._pages.moment(View(), by.desk), form), by)

    async def _lines(self, form: Raw, by: Credential) -> Done:
        del by
        posted_lines(form)
        return NOTHING_DONE

    async def _sort(self, form: Raw, by: Credential) -> Done:
        moment = self._pages.moment(View(), by.desk)
        commands = posted_sorting(self._room, moment, form, self._services.translator, random_name())
        for command in commands:
            await submit(self._room, command, by)
        return Done(writing_up.sorted_words(len(commands)))

    async def _cover(self, form: Raw, by: Credential) -> Done:
        if one(form, "what") == "pause":
            return await submit(self._room, cmd.PauseRoom(), by)
        state = self._room.state
        if one(form, "what") != "shade":
            raise UnknownForm(tr("This page does not know that form. Nothing was changed."))
        if state.pause is not None or state.screen.mode == "blank":
            return NOTHING_DONE
        return await submit(self._room, cmd.SetScreen(mode="blank"), by)

    async def _go_to_new(self, added: Done, by: Credential) -> Done:
        newest = max(self._room.state.items, key=lambda each: int(each.item.key[1:])).item.key
        try:
            return await submit(self._room, cmd.OpenItem(item=newest), by)
        except WorkshopError as problem:
            # The first half is done and saved: saying "refused" would make people send it again.
            return Done(added.label, (*added.more, tr("It is not open yet."), *as_tuple(problem.message)))

    async def _export(self, form: Raw, by: Credential) -> Done:
        del form, by
        self._exported = await self._services.export(ExportAsked())
        return Done(tr("wrote the reports"))

    async def _stop(self, form: Raw, by: Credential) -> Done:
        del by
        if one(form, "sure") != "yes":
            raise FieldRefused("sure", tr("Please tick that you want to stop the room. Nothing was changed."))
        asyncio.get_running_loop().call_later(STOP_AFTER_S, self._services.stop)
        return Done(tr("stopping"))

    # News. ----------------------------------------------------------------------------------------

    async def events(self, request: Request) -> Response:
        """A stream of versions, as phones have one."""
        del request
        news = streams.versions(self._room.notifier, ping_s=PING_S, apart_s=NEWS_EVERY_S)
        return StreamingResponse(news, media_type=streams.MEDIA_TYPE)

    async def state(self, request: Request) -> Response:
        """The version now, for a browser whose stream fails."""
        del request
        version = streams.Version(self._room.notifier.desk_version)
        return Response(msgspec.json.encode(version), media_type="application/json")

    async def strip(self, request: Request) -> Response:
        """What has changed since a page was drawn."""
        page = PAGES.get(request.query_params.get("page", ""), "now")
        return html(request, self._pages.draw_strip(page, request.url.query, _device(request)))


def _name(by: Credential, form: Raw) -> bytes | None:
    """What this very form is known by when it comes again.

    Each page puts a new random name into every form, so two equal notes on purpose are two.
    """
    if not one(form, "action"):
        return None
    return hashlib.sha256(msgspec.json.encode((by.desk, sorted(form.items())))).digest()


def _page(form: Raw) -> PageName:
    return PAGES.get(one(form, "page"), "now")


def _spots(given: str) -> tuple[str, ...]:
    """The ids that a form named, best first; any other is only never found."""
    return tuple(given[:300].split())


def _device(request: Request) -> str:
    return credential_of(request.scope).desk
