"""A short form that a whole room sends at one moment, answered without the framework.

Of what such a request costs, three quarters are the framework's: a task, a route, middleware and an answer in two
parts. Here the form is handed in as soon as it is whole, and one answer made beforehand is written once. Whatever is
unusual about it, or refused, goes the ordinary way from its beginning, which then says why.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol, cast

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from workshop_tui.web.http.forms import headers_of
from workshop_tui.web.http.guard import GuardedProtocol

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

SHORT_BYTES: Final = 4_096
"""Longer forms go the ordinary way, where reading pauses when much of one has come."""

log = logging.getLogger(__name__)


class Direct(Protocol):
    """Takes forms straight from the connection."""

    def is_for_us(self, scope: Scope) -> bool:
        """Whether a request, of which the head has come, may be one of these forms."""

    def take(self, scope: Scope, body: bytes) -> tuple[asyncio.Future[Any], bytes] | None:
        """Hand in a whole form.

        Returns:
            What is done once it is on disk, and the answer then, with its head; None where the ordinary way answers.
        """


class DirectProtocol(GuardedProtocol):
    """The guarded protocol with a short way for some forms."""

    direct: ClassVar[Direct | None] = None

    _held: ASGI3Application | None = None
    """The app, kept back while the body of a form comes in that may not need it."""

    def on_message_complete(self) -> None:
        """The body is whole."""
        super().on_message_complete()
        app, self._held = self._held, None
        if app is None or self.direct is None:
            return
        cycle = self.cycle
        try:
            taken = self.direct.take(_scope(cycle), bytes(cycle.body))
        except Exception:  # the ordinary way meets the same fault, and answers
            log.exception("a form could not be taken from the connection")
            taken = None
        if taken is None:
            super()._start_asgi_task(cycle, app)
            return
        waiting, answer = taken
        waiting.add_done_callback(partial(self._answer, cycle, app, answer))

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        # uvicorn calls this when a head is whole, or when what came before on this connection has been answered.
        is_usual = cycle.more_body and cycle.keep_alive and not cycle.waiting_for_100_continue
        scope = _scope(cycle)
        may_be = self.direct is not None and self.direct.is_for_us(scope) and _is_short(scope)
        if may_be and is_usual and not self.flow.write_paused:
            self._held = app
        else:
            super()._start_asgi_task(cycle, app)

    def _answer(
        self, cycle: RequestResponseCycle, app: ASGI3Application, answer: bytes, waiting: asyncio.Future[Any]
    ) -> None:
        is_refused = waiting.cancelled() or waiting.exception() is not None
        if cycle.disconnected:
            return
        if is_refused:
            super()._start_asgi_task(cycle, app)
            return
        cycle.response_started = cycle.response_complete = True
        self.transport.write(answer)
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()


def _scope(cycle: RequestResponseCycle) -> Scope:
    # uvicorn types it more narrowly than Starlette does.
    return cast("Scope", cycle.scope)


def _is_short(scope: Scope) -> bool:
    length = headers_of(scope).get(b"content-length", b"")
    return length.isdigit() and int(length) <= SHORT_BYTES
