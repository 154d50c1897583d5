"""The only way from a desk to the room: a few requests to the control routes on this machine.

The room is another process. Whatever happens here, a lost reply included, never makes it act twice: every command
carries an action id, and a retry carries the same one.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar
from urllib.parse import urlencode

import msgspec

from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.errors import EnvironmentProblem, RoomUnreachable
from workshop_tui.messages import tr
from workshop_tui.protocol import paths
from workshop_tui.protocol.answers import Done, Exported, Ideas, Problem, decoded, error_in
from workshop_tui.protocol.streams import version_in
from workshop_tui.room.queue_page import QueueEntry, QueueFilter, QueuePage
from workshop_tui.room.snapshot import Details, NotesPage, Snapshot
from workshop_tui.room.write_up_page import EvidenceFilter, EvidencePage, WriteUpPage

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response

T = TypeVar("T")

SILENCE_S: Final = 12.0
"""Without a word for this long the room is lost: it says something every 5 seconds."""

ANSWER_S: Final = 20.0
"""How long one answer may take; a slow disk takes seconds, not this."""

CONNECT_S: Final = 2.0

RETRY_AFTER_S: Final = (0.1, 0.5)
"""Pauses before a command is sent again after its reply was lost."""


class RoomStopped(EnvironmentProblem):
    """Somebody stopped the room in order; it is not to be started again unasked."""


class Client(Protocol):
    """What a desk needs from a room."""

    async def snapshot(self, peek: bool) -> Snapshot:
        """The desk's view of this moment; with `peek` the result so far is counted into it.

        Raises:
            RoomUnreachable: nobody answers.
        """

    def events(self) -> AsyncIterator[int]:
        """The desk version, each time it changed, and 0 as a sign of life every few seconds; endless.

        Raises:
            RoomStopped: the room ended the stream in order.
            RoomUnreachable: it was cut off, or silent for `SILENCE_S`.
        """

    async def submit(self, command: FacilitatorCommand) -> Done:
        """Hand in a command; once it is on disk, what was done.

        Raises:
            CommandRefused: it does not fit; nothing changed.
            StoreUnavailable, RoomUnreachable: it could not be carried out.
        """

    async def queue(self, which: QueueFilter, offset: int, count: int, kind: str = "", words: str = "") -> QueuePage:
        """One page of the reading queue, of one kind or of all where it is empty; with words, of those that hold them.

        Raises as `snapshot`.
        """

    async def notes(self, offset: int) -> NotesPage:
        """Older notes than a snapshot has, `offset` newer ones passed over. Raises as `snapshot`."""

    async def write_up(self, register: str, offset: int, count: int, words: str = "") -> WriteUpPage:
        """One page of the write-up, of one register or of all. Raises as `snapshot`."""

    async def evidence(
        self, notes: Sequence[str], which: EvidenceFilter, offset: int, count: int, kind: str = "", words: str = ""
    ) -> EvidencePage:
        """One page of what lines rest on, or can rest on. Raises as `snapshot`."""

    async def ideas(self) -> tuple[QueueEntry, ...]:
        """The ideas that options can be chosen from. Raises as `snapshot`."""

    async def details(self) -> Details:
        """What lies behind the newest result. Raises as `snapshot`."""

    async def export(self) -> Exported:
        """Write the reports. Raises as `submit`."""

    async def stop(self) -> None:
        """Ask the room to stop in order. Raises as `snapshot`."""

    async def close(self) -> None:
        """Let go of the connection; the room goes on."""


class RoomClient:
    """`Client` over HTTP to 127.0.0.1.

    Args:
        port: The room's control port.
        token: From the room's run file; kept in memory only.
    """

    def __init__(self, port: int, token: str) -> None:
        # Only here, and only once a console opens: it is slow to import.
        import httpx2

        self._httpx2 = httpx2
        timeout = httpx2.Timeout(ANSWER_S, connect=CONNECT_S)
        self._http: AsyncClient = httpx2.AsyncClient(timeout=timeout, **_to(port, token))

    async def snapshot(self, peek: bool) -> Snapshot:
        """See `Client.snapshot`."""
        return await self._get(f"{paths.SNAPSHOT}?peek={int(peek)}", Snapshot)

    async def events(self) -> AsyncIterator[int]:
        """See `Client.events`."""
        quiet = self._httpx2.Timeout(SILENCE_S, connect=CONNECT_S)
        try:
            async with self._http.stream("GET", paths.EVENTS, timeout=quiet) as response:
                if response.status_code != 200:
                    raise error_in(response.status_code, await response.aread())
                async for line in response.aiter_lines():
                    version = version_in(line)
                    if version is not None:
                        yield version
        except self._httpx2.TransportError as problem:
            raise lost() from problem
        raise RoomStopped(tr("The room was stopped. Everything that was sent is saved."))

    async def submit(self, command: FacilitatorCommand) -> Done:
        """See `Client.submit`."""
        return await self._post(paths.COMMAND, msgspec.json.encode(command), Done)

    async def queue(self, which: QueueFilter, offset: int, count: int, kind: str = "", words: str = "") -> QueuePage:
        """See `Client.queue`."""
        asked = {"which": which, "kind": kind, "offset": offset, "count": count, "words": words}
        return await self._get(f"{paths.QUEUE}?{urlencode(asked)}", QueuePage)

    async def notes(self, offset: int) -> NotesPage:
        """See `Client.notes`."""
        return await self._get(f"{paths.NOTES}?offset={offset}", NotesPage)

    async def write_up(self, register: str, offset: int, count: int, words: str = "") -> WriteUpPage:
        """See `Client.write_up`."""
        asked = {"register": register, "offset": offset, "count": count, "words": words}
        return await self._get(f"{paths.WRITE_UP}?{urlencode(asked)}", WriteUpPage)

    async def evidence(
        self, notes: Sequence[str], which: EvidenceFilter, offset: int, count: int, kind: str = "", words: str = ""
    ) -> EvidencePage:
        """See `Client.evidence`."""
        asked = {
            "notes": " ".join(notes), "which": which, "kind": kind, "offset": offset, "count": count, "words": words,
        }  # fmt: skip
        return await self._get(f"{paths.EVIDENCE}?{urlencode(asked)}", EvidencePage)

    async def ideas(self) -> tuple[QueueEntry, ...]:
        """See `Client.ideas`."""
        return (await self._get(paths.IDEAS, Ideas)).entries

    async def details(self) -> Details:
        """See `Client.details`."""
        return await self._get(paths.DETAILS, Details)

    async def export(self) -> Exported:
        """See `Client.export`."""
        return await self._post(paths.EXPORT, b"{}", Exported)

    async def stop(self) -> None:
        """See `Client.stop`."""
        await self._once("POST", paths.STOP, {})

    async def close(self) -> None:
        """See `Client.close`."""
        await self._http.aclose()

    async def _get(self, path: str, wanted: type[T]) -> T:
        return msgspec.json.decode((await self._once("GET", path, {})).content, type=wanted)

    async def _post(self, path: str, body: bytes, wanted: type[T]) -> T:
        headers = {paths.ACTION: secrets.token_hex(16), "Content-Type": "application/json"}
        for pause in RETRY_AFTER_S:
            try:
                response = await self._once("POST", path, headers, body)
            except RoomUnreachable:
                await asyncio.sleep(pause)
            else:
                return msgspec.json.decode(response.content, type=wanted)
        return msgspec.json.decode((await self._once("POST", path, headers, body)).content, type=wanted)

    async def _once(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> Response:
        try:
            response = await self._http.request(method, path, headers=headers, content=body)
        except self._httpx2.TransportError as problem:
            raise lost() from problem
        if response.status_code >= 400:
            raise error_in(response.status_code, response.content)
        return response


def ask(port: int, token: str, method: str, path: str, body: object = None, *, patience_s: float = 30) -> bytes:
    """Ask a room one thing, for a command that does nothing else meanwhile.

    Raises:
        RoomUnreachable: it does not answer.
        WorkshopError: it refuses; the words are the room's.
    """
    import httpx2

    content = None if body is None else msgspec.json.encode(body)
    try:
        with httpx2.Client(timeout=patience_s, **_to(port, token)) as http:
            reply = http.request(method, path, content=content)
    except httpx2.HTTPError as problem:
        raise lost() from problem
    if reply.is_error:
        # After a crash another program may have this port by now: it does not speak as a room does.
        ours = decoded(reply.content, Problem) is not None
        raise error_in(reply.status_code, reply.content) if ours else lost()
    return reply.content


def lost() -> RoomUnreachable:
    """Nobody answers."""
    return RoomUnreachable(tr("The room does not answer. What was sent and received is safe in its file."))


def _to(port: int, token: str) -> dict[str, Any]:
    return {
        "base_url": f"http://127.0.0.1:{port}",
        "headers": {"Authorization": f"Bearer {token}"},
        # A proxy of the machine must never see the token.
        "trust_env": False,
        # It is plain HTTP: loading certificates would only delay the first screen.
        "verify": False,
    }
