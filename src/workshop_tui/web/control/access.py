"""Who may use the control listener: checked once, before any route.

A console has the *control token* and sends it in a header. A browser has the key of its page in the address, as the
first part of the path: /<key>/host/now, /<key>/screen. No cookie is set: browsers send cookies of 127.0.0.1 to every
port of it, so any other program there would receive them. A page's key is of no use on the control routes, and the key
of the big screen may only look. What a token stands for is `web.http.credentials`; from here on every route knows who
asks.

A co-lead or a helper gives commands and sees how the day stands. What people sent, reports, copies, the host page with
all of them, and stopping the room are the facilitator's: phones promise that nobody else reads some of it.
"""

from __future__ import annotations

import asyncio
from typing import Final, NamedTuple

import msgspec
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Sent

from workshop_tui.messages import ENGLISH, Message, Translator, tr
from workshop_tui.protocol.answers import Problem
from workshop_tui.protocol.paths import BASE, FOR_EVERY_DESK
from workshop_tui.web.http.credentials import Credential, Credentials, Door
from workshop_tui.web.http.rendering import NO_STORE, SECURITY

SURFACES: Final = frozenset(("host", "screen"))
"""What stands below the key of a page."""


class _Passed(NamedTuple):
    """A request that may go on."""

    door: Door = "pages"
    token: str = ""
    credential: Credential | None = None
    """None for static files, which anybody may have."""


class DeskAccess:
    """ASGI wrapper of the control app: Host, Origin and token, in this order."""

    def __init__(
        self, app: ASGIApp, credentials: Credentials, hosts: frozenset[str], translator: Translator = ENGLISH
    ) -> None:
        self._app = app
        self._credentials = credentials
        self._hosts = hosts
        self._translator = translator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        found = self._look(scope)
        if not isinstance(found, _Passed):
            await found(scope, receive, _with_headers(send))
        elif found.credential is None:
            await self._app(scope, receive, _with_headers(send))
        else:
            inner = {**scope, "credential": found.credential}
            if found.door == "pages":
                inner["root_path"] = f"/{found.token}"
            await self._pass_on(found, inner, receive, _with_headers(send))

    async def _pass_on(self, found: _Passed, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; what only reads ends in the moment in which its credential is revoked, endless streams too."""
        if scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        answered = _Answered(send)
        answering = asyncio.ensure_future(self._app(scope, receive, answered))
        revoked = asyncio.ensure_future(self._credentials.until_revoked(found.token, found.door))
        try:
            await asyncio.wait({answering, revoked}, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                answering.result()
                return
        finally:
            for task in (answering, revoked):
                task.cancel()
            await asyncio.gather(answering, revoked, return_exceptions=True)
        if answered.is_started:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            await _unknown(scope)(scope, receive, send)

    def _look(self, scope: Scope) -> _Passed | Response:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path: str = scope["path"]
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse(self._translator.text(tr("This address does not belong to the workshop.")), 421)
        origin = headers.get("origin")
        if origin is not None and origin not in {f"http://{name}" for name in self._hosts}:
            return _no(403, tr("This request came from another page."))
        if path.startswith(f"{BASE}/"):
            token = headers.get("authorization", "").removeprefix("Bearer ")
            credential = self._credentials.find(token)
            if credential is None or credential.who is None:
                return _unknown(scope)
            if credential.who != "facilitator" and path not in FOR_EVERY_DESK:
                return _no(403, tr("That is for the facilitator only. Please ask them."))
            return _Passed("control", token, credential)
        return _Passed() if path.startswith("/static/") else self._look_at_page(scope, path)

    def _look_at_page(self, scope: Scope, path: str) -> _Passed | Response:
        key, _, page = path.removeprefix("/").partition("/")
        surface = page.partition("/")[0]
        credential = self._credentials.find(key, "pages")
        # Below a page's key there are pages and nothing else: the control routes are not to be had by another path.
        if surface not in SURFACES or credential is None or not _opens(credential, on_screen=surface == "screen"):
            return PlainTextResponse(self._translator.text(_WHERE), 403)
        if credential.who is None and scope["method"] not in ("GET", "HEAD"):
            return _no(403, tr("The big screen can only look."))
        return _Passed("pages", key, credential)


_WHERE = tr("Please open this page with the full address that the console shows (key h).")


def _opens(credential: Credential, *, on_screen: bool) -> bool:
    """Whether a page is for whoever holds this: the screen is for everybody, the host page for the facilitator."""
    return on_screen or credential.who == "facilitator"


class _Answered:
    """Sends on, and notes whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.is_started = False

    async def __call__(self, message: Sent) -> None:
        self.is_started = self.is_started or message["type"] == "http.response.start"
        await self._send(message)


def _unknown(scope: Scope) -> Response:
    # A browser page never has the token: say "forbidden" there, "unknown" elsewhere.
    from_page = any(name == b"origin" for name, _ in scope["headers"])
    return _no(403 if from_page else 401, tr("This needs the room's own key."))


def _with_headers(send: Send) -> Send:
    async def sending(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            headers = message.setdefault("headers", [])
            assert isinstance(headers, list)  # noqa: S101 - the ASGI specification says so
            present = {name for name, _ in headers}
            message["headers"] = headers + [header for header in (*SECURITY, NO_STORE) if header[0] not in present]
        await send(message)

    return sending  # type: ignore[return-value]  # starlette's Send speaks of MutableMapping


def _no(status: int, words: Message) -> Response:
    return Response(msgspec.json.encode(Problem(words)), status, media_type="application/json")
