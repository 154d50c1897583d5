"""Routes of the desk as a credential reaches them, without the guard that stands before them."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from workshop_tui.web.http.credentials import FACILITATOR, Credential


class AskedBy:
    """An app whose every request comes from one desk."""

    def __init__(self, app: ASGIApp, credential: Credential = FACILITATOR) -> None:
        self._app = app
        self._credential = credential

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "credential": self._credential}, receive, send)
