"""What waits for the room: bounded, in order, taken in batches. Phones share the bound; a desk is never kept out."""

from __future__ import annotations

import asyncio
from collections import deque

from msgspec import Struct

from workshop_tui.domain.commands import Command
from workshop_tui.domain.deciding import Answer
from workshop_tui.errors import RoomBusy
from workshop_tui.limits import BATCH, INBOX
from workshop_tui.messages import tr


class Queued(Struct, eq=False):
    """One command and the future its sender waits on."""

    command: Command
    answer: asyncio.Future[Answer]


class Inbox:
    """A bounded queue for one reader; put and take on the same event loop."""

    def __init__(self) -> None:
        self._waiting: deque[Queued] = deque()
        self._some = asyncio.Event()

    def put(self, command: Command) -> asyncio.Future[Answer]:
        """Queue a command.

        Returns:
            A future that is done once the command is on disk, or refused.

        Raises:
            RoomBusy: too many wait already, and this comes from one of the phones.
        """
        if len(self._waiting) >= INBOX and command.who == "phone":
            raise RoomBusy(tr("Many answers are coming in at once. Yours is still on this phone; we try again."))
        waiting = Queued(command, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._some.set()
        return waiting.answer

    async def take(self) -> list[Queued]:
        """Everything that waits, up to one batch; waits for the first."""
        while not self._waiting:
            self._some.clear()
            await self._some.wait()
        return [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]

    def fail_all(self, problem: Exception) -> None:
        """Answer everything that waits with a problem, when the room closes."""
        while self._waiting:
            answer = self._waiting.popleft().answer
            if not answer.done():
                answer.set_exception(problem)
