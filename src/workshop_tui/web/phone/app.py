"""The participants' app: every page a phone can ask for. Control routes do not exist here."""

from __future__ import annotations

from asyncio import sleep
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop_tui.messages import tr
from workshop_tui.room.room import Room
from workshop_tui.web.http.assets import static_routes
from workshop_tui.web.http.quotas import PhoneSettings
from workshop_tui.web.http.rendering import NO_STORE, SECURITY
from workshop_tui.web.phone.answers import Answers
from workshop_tui.web.phone.casting import DirectVotes
from workshop_tui.web.phone.codes import CodePages
from workshop_tui.web.phone.form_pages import FormPages
from workshop_tui.web.phone.joining import Joining
from workshop_tui.web.phone.layout import PhonePages
from workshop_tui.web.phone.live import Live
from workshop_tui.web.phone.now import NowPages
from workshop_tui.web.phone.own_care import OwnCarePages
from workshop_tui.web.phone.phones import Phones
from workshop_tui.web.phone.reading import Reading
from workshop_tui.web.phone.roles import RolePages
from workshop_tui.web.phone.sent import SentPages
from workshop_tui.web.phone.talking import TalkPages

__all__ = ["PhoneSettings", "participants_app"]


HASTE_S: Final = 0.01
"""How long a page waits for a phone that asks for one after the other, in seconds."""


class _Bare:
    """A route as a plain ASGI app: one that never ends by itself, or one that must be quick."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


def participants_app(room: Room, settings: PhoneSettings) -> Starlette:
    """The app of the participants' listener.

    `app.state.presence` counts the phones that are there (`PhonePresence`).
    """
    pages = PhonePages(Phones(room, settings))
    forms, roles = FormPages(pages), RolePages(pages)
    now, answers = NowPages(pages, forms, roles), Answers(pages, forms, roles)
    live, reading, sent = Live(pages), Reading(pages), SentPages(pages)
    joining, codes, talking = Joining(pages, roles, live), CodePages(pages, sent), TalkPages(pages)
    own_care = OwnCarePages(pages)
    routes = [
        Route("/vote/{round}", _Bare(answers.vote), methods=["POST"]),
        Route("/now", joining.seated(now.now)),
        Route("/strip", _Bare(live.strip), methods=["GET"]),
        Route("/state", _Bare(live.state), methods=["GET"]),
        Route("/events", _Bare(live.events), methods=["GET"]),
        Route("/say/{item}", _Bare(answers.say), methods=["POST"]),
        Route("/upvote", _Bare(answers.upvote), methods=["POST"]),
        Route("/upvote", now.back),
        Route("/", joining.page),
        # A slash at the end is what some programs add to an address.
        *(Route(path, joining.scanned) for path in ("/J/{code}", "/j/{code}", "/J/{code}/", "/j/{code}/")),
        Route("/in", joining.come_back),
        Route("/join", joining.typed, methods=["POST"]),
        Route("/join", joining.page),
        Route("/vote/{round}", now.back),
        Route("/say/{item}", now.back),
        Route("/stories", reading.stories),
        Route("/sent", sent.page),
        Route("/sent/{key}/code", codes.another, methods=["POST"]),
        Route("/sent/{key}/code", now.back),
        Route("/code/{key}", codes.kept, methods=["POST"]),
        Route("/code/{key}", codes.show),
        Route("/talk", talking.ask, methods=["POST"]),
        Route("/talk", talking.page),
        Route("/own-care", own_care.ask, methods=["POST"]),
        Route("/own-care", own_care.page),
        Route("/back", codes.typed, methods=["POST"]),
        Route("/back", codes.ask),
        Route("/sent/{key}", sent.take_back, methods=["POST"]),
        Route("/sent/{key}", sent.ask),
        Route("/help", reading.help),
        Route("/out", reading.out),
        Route("/privacy", reading.privacy),
        Route("/promise", reading.promise),
        Route("/paper", reading.paper),
        Route("/role", joining.seated(roles.page)),
        Route("/role", joining.told_role, methods=["POST"]),
        Route("/leave", joining.leave_page),
        Route("/leave", joining.leave, methods=["POST"]),
        *static_routes(),
    ]

    async def not_here(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else 404
        return pages.words(request, status, tr("There is no such page here."), heading=tr("Not here"))

    async def bug(request: Request, problem: Exception) -> Response:
        # The traceback goes to the log; what people said does not, and neither goes to the phone.
        del problem
        words = tr("Something went wrong here. Your words are on your phone. Please go back.")
        answer = PlainTextResponse(pages.translator(request).text(words), 500)
        answer.raw_headers.extend([*SECURITY, NO_STORE])
        return answer

    app = Starlette(
        routes=routes,
        middleware=[Middleware(Gate, pages=pages)],
        exception_handlers={HTTPException: not_here, Exception: bug},
    )
    app.router.redirect_slashes = False
    app.state.presence = pages.phones.presence
    room.is_here = pages.phones.presence.is_here
    app.state.live = live
    app.state.direct = DirectVotes(pages.phones)
    return app


class Gate:
    """Before every page: is the address ours? After it: the headers that keep a page to itself.

    Names of our own are the only ones answered, so that a foreign name that points here reads nothing.
    """

    def __init__(self, app: ASGIApp, pages: PhonePages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                kept = () if any(name == b"cache-control" for name, _ in headers) else (NO_STORE,)
                message["headers"] = [*headers, *kept, *SECURITY]
            await send(message)

        if not self._pages.phones.is_our_address(scope):
            words = tr("This address does not belong to the workshop.")
            refusal = PlainTextResponse(self._pages.translator(Request(scope)).text(words), 421)
            await refusal(scope, receive, sending)
            return
        # Forms have bounds of their own; a page that refuses one is counted when it is drawn.
        look = self._pages.phones.look(scope) if scope["method"] != "POST" else "at once"
        if look == "refused":
            await self._pages.too_quick(Request(scope))(scope, receive, sending)
            return
        if look == "soon":
            # Else one phone's pages follow each other without a gap, and everybody's votes wait for the interpreter.
            await sleep(HASTE_S)
        await self._app(scope, receive, sending)
