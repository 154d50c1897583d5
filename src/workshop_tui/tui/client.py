"""The console's only way to the room: a few requests to the control routes on this machine.

The room is another process. Whatever happens here, a lost reply included, never makes it act twice: every
command carries an action id, and a retry carries the same one.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import msgspec
from msgspec import Struct

from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.errors import CommandRefused, EnvironmentProblem, RoomUnreachable, StoreUnavailable
from workshop_tui.messages import Text
from workshop_tui.room.snapshot import Details, QueueEntry, QueueFilter, QueuePage, Snapshot

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response

T = TypeVar("T")

SILENCE_S: Final = 12.0
"""Without a word for this long the room is lost: it says something every 5 seconds."""

ANSWER_S: Final = 20.0
"""How long one answer may take; a slow disk takes seconds, not this."""

RETRY_AFTER_S: Final = (0.1, 0.5)
"""Pauses before a command is sent again after its reply was lost."""


class RoomStopped(EnvironmentProblem):
    """Somebody stopped the room in order; it is not to be started again unasked."""


class Exported(Struct, frozen=True):
    """What an export wrote."""

    folder: str
    files: tuple[str, ...]


class Client(Protocol):
    """What the console needs from a room."""

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

    async def submit(self, command: FacilitatorCommand) -> str:
        """Hand in a command; once it is on disk, what was done, in the past tense.

        Raises:
            CommandRefused: it does not fit; nothing changed.
            StoreUnavailable, RoomUnreachable: it could not be carried out.
        """

    async def queue(self, which: QueueFilter, offset: int, count: int) -> QueuePage:
        """One page of the reading queue. Raises as `snapshot`."""

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


class _Label(Struct):
    label: str = ""


class _Ideas(Struct):
    entries: tuple[QueueEntry, ...] = ()


class _Version(Struct):
    v: int = 0


class _Problem(Struct):
    error: Text = ""
    advice: Text = ""


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
        self._http: AsyncClient = httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}/control",
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx2.Timeout(ANSWER_S, connect=2.0),
            # A proxy of the machine must never see the token.
            trust_env=False,
            # It is plain HTTP: loading certificates would only delay the first screen.
            verify=False,
        )

    async def snapshot(self, peek: bool) -> Snapshot:
        """See `Client.snapshot`."""
        return await self._get(f"/snapshot?peek={int(peek)}", Snapshot)

    async def events(self) -> AsyncIterator[int]:
        """See `Client.events`."""
        quiet = self._httpx2.Timeout(SILENCE_S, connect=2.0)
        try:
            async with self._http.stream("GET", "/events", timeout=quiet) as response:
                if response.status_code != 200:
                    raise _refusal(response.status_code, await response.aread())
                async for line in response.aiter_lines():
                    if line.startswith("data:"):
                        yield msgspec.json.decode(line[5:], type=_Version).v
        except self._httpx2.TransportError as problem:
            raise _lost() from problem
        raise RoomStopped("The room was stopped. Everything that was sent is saved.")

    async def submit(self, command: FacilitatorCommand) -> str:
        """See `Client.submit`."""
        return (await self._post("/command", msgspec.json.encode(command), _Label)).label

    async def queue(self, which: QueueFilter, offset: int, count: int) -> QueuePage:
        """See `Client.queue`."""
        return await self._get(f"/queue?which={which}&offset={offset}&count={count}", QueuePage)

    async def ideas(self) -> tuple[QueueEntry, ...]:
        """See `Client.ideas`."""
        return (await self._get("/ideas", _Ideas)).entries

    async def details(self) -> Details:
        """What lies behind the newest result."""
        return await self._get("/details", Details)

    async def export(self) -> Exported:
        """See `Client.export`."""
        return await self._post("/export", b"{}", Exported)

    async def stop(self) -> None:
        """See `Client.stop`."""
        await self._once("POST", "/stop", {})

    async def close(self) -> None:
        """See `Client.close`."""
        await self._http.aclose()

    async def _get(self, path: str, wanted: type[T]) -> T:
        return msgspec.json.decode((await self._once("GET", path, {})).content, type=wanted)

    async def _post(self, path: str, body: bytes, wanted: type[T]) -> T:
        headers = {"Action-Id": secrets.token_hex(16), "Content-Type": "application/json"}
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
            raise _lost() from problem
        if response.status_code >= 400:
            raise _refusal(response.status_code, response.content)
        return response


def _lost() -> RoomUnreachable:
    return RoomUnreachable("The room does not answer. What was sent and received is safe in its file.")


def _refusal(status: int, body: bytes) -> CommandRefused | EnvironmentProblem:
    """What the room said, as one of the errors it stands for."""
    try:
        said = msgspec.json.decode(body, type=_Problem)
    except msgspec.MsgspecError:
        said = _Problem()
    if status == 503:
        return StoreUnavailable(said.error or "The room cannot save this now. Nothing was changed.", advice=said.advice)
    if status == 401:
        return RoomUnreachable("Another room answers at this address. This console does not belong to it.")
    if status >= 500:
        return StoreUnavailable("Something went wrong in the room. It goes on; look into its log file.")
    return CommandRefused(said.error or "The room could not do this. Nothing was changed.", advice=said.advice)
