"""What a connection may do before any of our code answers it.

uvicorn's fast parser takes no Host, two Hosts and headers of any size, and waits for a slow sender for ever
(measured). This subclass puts bounds and deadlines around it; both listeners use it.
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import ClassVar, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from workshop_tui.limits import BODY_BYTES, CONNECTIONS, KEPT_FILES
from workshop_tui.messages import ENGLISH, Translator, tr

URL_BYTES: Final = 2_048
"""Longest request target; ours are below 100."""

HEADER_BYTES: Final = 8_192
"""Names and values of one request together; a browser sends about 600."""

DESK_HEADER_BYTES: Final = 65_536
"""The same for desks: browsers send every cookie of 127.0.0.1 to every port, and other local programs set many."""

HEADERS: Final = 50
"""Most header fields of one request."""

HEADER_S: Final = 10.0
"""A whole header has come within this time after the connection or the request before it, in seconds."""

BODY_S: Final = 20.0
"""A whole body has come within this time after its header, in seconds."""

_REASONS: Final = {
    400: tr("We could not read what your phone sent."),
    408: tr("This request took too long."),
    413: tr("This is too long."),
    414: tr("This address is too long."),
    431: tr("The headers of this request are too long."),
}


@cache
def files_to_open() -> int:
    """How many connections this process may hold; read once, after the process has set its limits."""
    try:
        import resource
    except ImportError:
        return CONNECTIONS
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return CONNECTIONS
    return max(64, min(CONNECTIONS, soft - KEPT_FILES))


class _Refused(Exception):
    """Ends the parsing of a request; uvicorn's parser turns it into its own error."""


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's httptools protocol with bounds; give it as ``uvicorn.Config(http=GuardedProtocol)``."""

    translator: ClassVar[Translator] = ENGLISH
    """Who says what is wrong with a request that no page can answer."""
    most_connections: ClassVar[int] = 0
    """Open connections of one listener, 0 for as many as there are files to open. Beyond it idle ones are let go
    first, then event streams, whose phones ask every few seconds instead; a form under way never is."""
    header_bytes: ClassVar[int] = HEADER_BYTES
    header_s: ClassVar[float] = HEADER_S
    body_s: ClassVar[float] = BODY_S

    _deadline: asyncio.TimerHandle | None = None
    _head_bytes: int = 0
    _field_bytes: int = 0
    _in_head: bool = True
    _in_body: bool = False
    _status: int = 400

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Start the clock, and make room where there is none."""
        super().connection_made(transport)
        if len(self.connections) > (self.most_connections or files_to_open()) and not self._let_one_go():
            transport.close()
            return
        self._arm(self.header_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bound what comes before a header is whole; the parser keeps it all until then."""
        if self._in_head:
            self._head_bytes += len(data)
            if self._deadline is None:
                # Of a kept connection: whatever comes now has to become a request in time.
                self._arm(self.header_s)
        super().data_received(data)
        if self._in_head and self._head_bytes > URL_BYTES + self.header_bytes and not self.transport.is_closing():
            self._status = 431
            self.send_400_response("")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_head, self._in_body = True, False
        self._field_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Bound the request target."""
        super().on_url(url)
        if len(self.url) > URL_BYTES:
            self._refuse(414)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Bound the headers."""
        super().on_header(name, value)
        self._field_bytes += len(name) + len(value)
        if self._field_bytes > self.header_bytes or len(self.headers) > HEADERS:
            self._refuse(431)

    def on_headers_complete(self) -> None:
        """Judge the whole header, then let uvicorn answer."""
        names = [name for name, _ in self.headers]
        # An absolute address would say another host than the header does; a body without a declared length
        # cannot be bounded, and no browser sends one.
        if names.count(b"host") != 1 or not self.url.startswith(b"/") or b"transfer-encoding" in names:
            self._refuse(400)
        for name, value in self.headers:
            if name == b"content-length" and (len(value) > 9 or int(value) > BODY_BYTES):
                self._refuse(413)
        self._in_head, self._in_body = False, True
        self._head_bytes = 0
        self._arm(self.body_s)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is whole: from here on the time is ours."""
        self._in_head, self._in_body = True, False
        self._disarm()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse in one plain sentence and hang up."""
        del msg
        self._disarm()
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and cycle.response_started and not cycle.response_complete:
            # Another answer is under way on this connection: a second one inside it could be taken for its rest.
            self.transport.close()
            return
        said = self.translator.text(_REASONS[self._status]).encode()
        lines = (
            STATUS_LINE[self._status],
            b"content-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\nconnection: close\r\n",
            b"content-length: %d\r\n\r\n" % len(said),
            said,
        )
        self.transport.write(b"".join(lines))
        self.transport.close()

    def _refuse(self, status: int) -> None:
        self._status = status
        raise _Refused

    def _let_one_go(self) -> bool:
        others = [each for each in self.connections if each is not self and isinstance(each, GuardedProtocol)]
        for spare in ([each for each in others if each._is_idle], [each for each in others if each._is_stream]):
            if spare:
                spare[0].transport.close()
                self.connections.discard(spare[0])
                return True
        return False

    @property
    def _is_idle(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return self._in_head and self._head_bytes == 0 and (cycle is None or cycle.response_complete)

    @property
    def _is_stream(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete and cycle.scope["path"].endswith("/events")

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._deadline = self.loop.call_later(seconds, self._too_late)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self._status = 408
            self.send_400_response("")
