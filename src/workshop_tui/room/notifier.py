"""Tells everybody who listens *that* something changed, never *what*.

There are two counters. The *room version* moves with what phones and the screen can see: an item, a vote opened or
closed, a result revealed. The *desk version* moves with everything, votes and words included; only consoles and
host pages listen to it. So 300 votes wake one console, not 300 phones.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any


class Notifier:
    """Counters that can be waited on; on one event loop.

    Args:
        first: Where both counters begin. After a restart it has to be beyond all that was told before: a phone
            that meets a number again takes it for news it has.
    """

    def __init__(self, first: int = 1) -> None:
        self.room_version = first
        self.desk_version = first
        self.closed = False
        self._room_moved = asyncio.Event()
        self._desk_moved = asyncio.Event()
        self._made_of_room: list[MutableMapping[Any, Any]] = []
        self._made_of_desk: list[MutableMapping[Any, Any]] = []

    def empties(self, made: MutableMapping[Any, Any], *, votes_too: bool = False) -> None:
        """Empty a mapping whenever the room version moves.

        For what is made once of one moment and shown to many: words that are taken back or wiped must not stay there
        until somebody asks for the next page.

        Args:
            made: What was made, by anything.
            votes_too: Whether to empty it whenever the desk version moves.
        """
        (self._made_of_desk if votes_too else self._made_of_room).append(made)

    def tell_desk(self) -> None:
        """Something changed that only the facilitator sees."""
        self.desk_version += 1
        for made in self._made_of_desk:
            made.clear()
        moved, self._desk_moved = self._desk_moved, asyncio.Event()
        moved.set()

    def tell_room(self) -> None:
        """Something changed that phones and the screen can see."""
        self.room_version += 1
        for made in self._made_of_room:
            made.clear()
        moved, self._room_moved = self._room_moved, asyncio.Event()
        moved.set()
        self.tell_desk()

    def close(self) -> None:
        """End every wait, so that streams end by themselves before the listeners stop."""
        self.closed = True
        self.tell_room()

    async def wait_room(self, seen: int, at_most_s: float) -> int:
        """The room version once it is past `seen`, or as it is after `at_most_s` seconds."""
        if self.room_version <= seen and not self.closed:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._room_moved.wait(), at_most_s)
        return self.room_version

    async def wait_desk(self, seen: int, at_most_s: float) -> int:
        """The desk version once it is past `seen`, or as it is after `at_most_s` seconds."""
        if self.desk_version <= seen and not self.closed:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._desk_moved.wait(), at_most_s)
        return self.desk_version
