"""Follows the room and brings it back: one task that posts messages and touches no widget."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from textual.message import Message

from workshop_tui.errors import EnvironmentProblem, LockedSessionFile, RoomUnreachable, WorkshopError, WrongKey
from workshop_tui.limits import SNAPSHOT_EVERY_S
from workshop_tui.messages import Text, as_tuple, tr
from workshop_tui.protocol.client import Client, RoomStopped
from workshop_tui.room.snapshot import Snapshot

RESTART_AFTER_S: Final = (0.0, 0.5, 2.0, 5.0)
"""Pauses before each try to start the room again; the last one repeats."""

LOOK_S: Final = 2.0
"""How often it is looked whether somebody else has started a room again that was stopped in order."""

Restart = Callable[[str], Awaitable[Client]]
"""Starts the room again, with a passphrase where somebody typed one."""

Find = Callable[[], Awaitable[Client | None]]


@dataclass
class SnapshotArrived(Message):
    """The room sent a new view of itself."""

    snapshot: Snapshot

    def can_replace(self, message: Message) -> bool:
        """Only the newest of those that wait is drawn."""
        return isinstance(message, SnapshotArrived)


@dataclass
class RoomLost(Message):
    """The room stopped answering; it is being started again."""

    words: tuple[Text, ...]


@dataclass
class RoomEnded(Message):
    """Somebody stopped the room in order; it is started again only when asked for."""

    words: tuple[Text, ...]


@dataclass
class RoomLocked(Message):
    """The room is gone, and its session is locked: it is started again once somebody types the passphrase."""

    words: tuple[Text, ...]


class RoomBack(Message):
    """The room answers again."""


class Feed:
    """The stream of snapshots.

    Args:
        client: The room that is there now.
        restart: Starts the room again and gives a client for it; None where that is not possible.
        tell: Posts a message to the console.
        find: Gives a client for the room once somebody else has started it again, and starts nothing; None where that
            cannot be known.
    """

    def __init__(
        self,
        client: Client,
        restart: Restart | None,
        tell: Callable[[Message], object],
        find: Find | None = None,
    ) -> None:
        self.client = client
        self.peek = False
        """Whether the open vote is counted into the snapshots."""
        self._restart = restart
        self._find = find
        self._tell = tell
        self._stale = asyncio.Event()
        self._asked = asyncio.Event()
        self._typed = ""
        """A passphrase that somebody typed; forgotten once it was tried."""
        self._hurried = asyncio.Event()

    def refresh(self) -> None:
        """Fetch a snapshot at once: somebody pressed a key and looks for what it did."""
        self._stale.set()
        self._hurried.set()

    def start_again(self, passphrase: str = "") -> None:
        """Start a room again that was stopped in order, or whose session is locked."""
        self._typed = passphrase
        self._asked.set()

    async def run(self) -> None:
        """Follow the room for ever, through crashes and restarts."""
        while True:
            try:
                await self._follow()
            except RoomStopped as stopped:
                self._tell(RoomEnded(as_tuple(stopped.told)))
                if await self._started_elsewhere():
                    self._tell(RoomBack())
                    continue
                self._tell(RoomLost((tr("Starting the room again."),)))
            except EnvironmentProblem as lost:
                self._tell(RoomLost(as_tuple(lost.told)))
            await self._come_back()

    async def _started_elsewhere(self) -> bool:
        """Wait until the room is to be started again, or somebody else has done so: whether it was that."""
        self._asked.clear()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), LOOK_S)
                return False
            with suppress(WorkshopError):
                found = await self._find() if self._find is not None else None
                if found is not None:
                    await self.client.close()
                    self.client = found
                    return True

    async def _follow(self) -> None:
        tasks = {asyncio.create_task(self._listen()), asyncio.create_task(self._fetch())}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(self) -> None:
        async for _ in self.client.events():
            self._stale.set()
        raise RoomUnreachable(tr("The room went silent."))

    async def _fetch(self) -> None:
        """Snapshots as long as there is news, at most one every `SNAPSHOT_EVERY_S` and one for each key."""
        self._stale.set()
        while True:
            await self._stale.wait()
            self._stale.clear()
            self._hurried.clear()
            self._tell(SnapshotArrived(await self.client.snapshot(self.peek)))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._hurried.wait(), SNAPSHOT_EVERY_S)

    async def _come_back(self) -> None:
        tries = 0
        while True:
            await asyncio.sleep(RESTART_AFTER_S[min(tries, len(RESTART_AFTER_S) - 1)])
            tries += 1
            try:
                # It may only have been slow: a room that answers is not started a second time.
                snapshot = await self.client.snapshot(self.peek)
            except EnvironmentProblem:
                if self._restart is None:
                    continue
                typed, self._typed = self._typed, ""
                try:
                    client = await self._restart(typed)
                except (LockedSessionFile, WrongKey) as problem:
                    self._tell(RoomLocked(as_tuple(problem.told)))
                    await self._started_elsewhere()
                    tries = 0
                    continue
                except WorkshopError as problem:
                    self._tell(RoomLost(as_tuple(problem.told)))
                    continue
                await self.client.close()
                self.client = client
                continue
            self._tell(RoomBack())
            self._tell(SnapshotArrived(snapshot))
            return
