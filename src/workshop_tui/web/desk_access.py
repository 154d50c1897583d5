"""Who may use the control listener: checked once, before any route.

Two keys, made anew for each room and kept only over a crash: the *control token* (console, host page) may do
everything, the *screen token* may only look at the big screen. A browser gets its key once in the address and keeps
it in a cookie.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from msgspec import Struct
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Keys(Struct, frozen=True):
    """The two tokens of one running room."""

    control: str
    """256 bits, in hexadecimal."""
    screen: str
    """128 bits, in hexadecimal; read-only."""


SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # With "no-referrer" browsers send "Origin: null" with every plain form, which the check below refuses.
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


class DeskAccess:
    """ASGI wrapper of the control app: Host, Origin and token, in this order."""

    def __init__(self, app: ASGIApp, keys: Keys, hosts: frozenset[str]) -> None:
        self._app = app
        self._keys = keys
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._refusal(scope)
        if answer is None:
            await self._app(scope, receive, _with_headers(send))
        else:
            await answer(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | JSONResponse | RedirectResponse | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path: str = scope["path"]
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("This address does not belong to the workshop.", 421)
        origin = headers.get("origin")
        if origin is not None and origin not in {f"http://{name}" for name in self._hosts}:
            return _no(403, "This request came from another page.")
        if path.startswith("/control/"):
            given = headers.get("authorization", "").removeprefix("Bearer ")
            if _same(given, self._keys.control):
                return None
            # A browser page never has the token: say "forbidden" there, "unknown" elsewhere.
            return _no(403 if origin is not None else 401, "This needs the room's own key.")
        if path.startswith("/static/"):
            return None
        return self._page_refusal(scope, path, headers, host)

    def _page_refusal(
        self, scope: Scope, path: str, headers: dict[str, str], host: str
    ) -> PlainTextResponse | JSONResponse | RedirectResponse | None:
        port = host.rpartition(":")[2]
        given = parse_qs(scope["query_string"].decode("latin-1")).get("t", [""])[0]
        on_screen = path == "/screen" or path.startswith("/screen/")
        for name, key in (("desk", self._keys.control), ("wall", self._keys.screen)):
            if name == "wall" and not on_screen:
                continue
            if given and _same(given, key):
                answer = RedirectResponse(path, 303)
                answer.set_cookie(f"{name}-{port}", key, httponly=True, samesite="strict", path="/")
                return answer
            if _same(_cookie(headers, f"{name}-{port}"), key):
                writes = name == "wall" and scope["method"] not in ("GET", "HEAD")
                return _no(403, "The big screen can only look.") if writes else None
        return PlainTextResponse("Please open this page with the full address that the console shows (key h).", 403)


def _with_headers(send: Send) -> Send:
    async def sending(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            headers = message.setdefault("headers", [])
            assert isinstance(headers, list)  # noqa: S101 - the ASGI specification says so
            present = {name for name, _ in headers}
            message["headers"] = headers + [
                (name.encode(), value.encode())
                for name, value in SECURITY_HEADERS.items()
                if name.encode() not in present
            ]
        await send(message)

    return sending  # type: ignore[return-value]  # starlette's Send speaks of MutableMapping


def _same(given: str, key: str) -> bool:
    return hmac.compare_digest(given.encode(), key.encode())


def _cookie(headers: dict[str, str], name: str) -> str:
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _no(status: int, words: str) -> JSONResponse:
    return JSONResponse({"error": words, "advice": ""}, status)
