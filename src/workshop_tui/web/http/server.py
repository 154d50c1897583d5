"""The two listeners of a room, on sockets that were bound before anything else started.

Neither owns signals: with two plain uvicorn servers one SIGTERM ends the process before the room has written its
last batch (measured). The composition root owns them.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from workshop_tui.errors import AddressUnavailable
from workshop_tui.limits import PEOPLE
from workshop_tui.messages import ENGLISH, Listed, Translator, Verbatim, tr
from workshop_tui.web.http.direct import Direct, DirectProtocol
from workshop_tui.web.http.guard import DESK_HEADER_BYTES, HEADER_BYTES

USUAL_PORTS = (8080, 8000, 8888, 8008)
"""Tried in this order for a new session; a session keeps its port, because it is printed."""

STOP_S = 2
"""How long a request may take to finish when the room stops, in seconds."""

BACKLOG = PEOPLE
"""Connections that may wait to be taken up, as far as the system allows: everybody may come at one moment."""


class Listener(uvicorn.Server):
    """A uvicorn server that leaves signals alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Own no signal."""
        yield


def bind(address: str, ports: Sequence[int]) -> socket.socket:
    """A listening socket on the first free port.

    Args:
        address: An IPv4 address of this machine.
        ports: Ports to try, in order; 0 lets the system choose.

    Raises:
        AddressUnavailable: the address is not this machine's, or every port is taken; says which and what to do.
    """
    taken: list[int] = []
    for port in ports:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        # On Windows "reuse" would let two programs have one port; there a port of our own is free again at once.
        alone = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        sock.setsockopt(socket.SOL_SOCKET, alone, 1)
        try:
            sock.bind((address, port))
            sock.listen(BACKLOG)
        except OSError as problem:
            sock.close()
            if problem.errno == errno.EADDRINUSE:
                taken.append(port)
                continue
            if problem.errno in (errno.EADDRNOTAVAIL, errno.EINVAL):
                raise AddressUnavailable(
                    tr("This laptop does not have the address {address} any more.", address=Verbatim(address)),
                    advice=tr(
                        "Join the same network again, or give its new address with --lan; "
                        "squares that were already printed then need the new address too."
                    ),
                ) from problem
            if problem.errno == errno.EACCES:
                raise AddressUnavailable(
                    tr("This system does not let us use port {port}.", port=Verbatim(str(port))),
                    advice=tr("Choose one above 1023 with --port."),
                ) from problem
            raise AddressUnavailable(
                tr(
                    "The address {address} cannot be used ({strerror}).",
                    address=Verbatim(address),
                    strerror=Verbatim(str(problem.strerror)),
                ),
                advice=tr("Give another one with --lan."),
            ) from problem
        sock.setblocking(False)
        return sock
    raise AddressUnavailable(
        tr(
            "Port {names} on {address} is taken by another program. Nothing was started and nothing was lost.",
            names=Listed(tuple(Verbatim(str(port)) for port in taken)),
            address=Verbatim(address),
        ),
        advice=tr("Close that program, or choose a port with --port."),
    )


class Listeners:
    """Both listeners of one room.

    Args:
        phones: The participants' app.
        phones_socket: Where it listens.
        control: The app of the desks.
        control_socket: Where it listens.
        room: Says in the room's language what is wrong with a request that no page can answer.
    """

    def __init__(
        self,
        phones: Starlette,
        phones_socket: socket.socket,
        control: ASGIApp,
        control_socket: socket.socket,
        room: Translator = ENGLISH,
    ):
        self._servers = [
            (Listener(_config(phones, room, HEADER_BYTES, getattr(phones.state, "direct", None))), phones_socket),
            (Listener(_config(control, ENGLISH, DESK_HEADER_BYTES)), control_socket),
        ]
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to answer; returns once both do."""
        self._tasks = [asyncio.create_task(server.serve([sock])) for server, sock in self._servers]
        while not all(server.started for server, _ in self._servers):
            for task in self._tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Take no new requests and finish those under way; end endless streams first (notifier.close)."""
        for server, _ in self._servers:
            server.should_exit = True
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _config(app: ASGIApp, translator: Translator, header_bytes: int, direct: Direct | None = None) -> uvicorn.Config:
    own = {"translator": translator, "header_bytes": header_bytes, "direct": direct}
    return uvicorn.Config(
        app,
        http=type("OwnProtocol", (DirectProtocol,), own),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=STOP_S,
        backlog=BACKLOG,
    )
