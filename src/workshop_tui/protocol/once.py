"""Doing an action once: asked for again under the same name, it gets the first answer."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Final, Generic, TypeVar

T = TypeVar("T")

REMEMBERED: Final = 256
"""How many actions are remembered: a repeat comes within seconds."""


class Once(Generic[T]):
    """Carries out each action once.

    What failed is forgotten: it changed nothing, and the same action may fit later.
    """

    def __init__(self) -> None:
        self._tasks: OrderedDict[Hashable, asyncio.Task[T]] = OrderedDict()

    async def answer(self, name: Hashable, act: Callable[[], Awaitable[T]]) -> T:
        """What `act` gives, or gave when the same action was asked for before; raises what it raises.

        Args:
            name: Who asks, and what they call it; None for an action without a name, which is never a repeat.
            act: Carries it out.
        """
        if name is None:
            return await act()
        task = self._tasks.get(name)
        if task is None:
            # A task of its own: a desk that goes away does not stop half of it.
            task = self._tasks[name] = asyncio.ensure_future(_awaited(act))
            task.add_done_callback(lambda done: self._forget_failed(name, done))
            while len(self._tasks) > REMEMBERED:
                self._tasks.popitem(last=False)
        return await asyncio.shield(task)

    def _forget_failed(self, name: Hashable, done: asyncio.Task[T]) -> None:
        if done.cancelled() or done.exception() is not None:
            self._tasks.pop(name, None)


async def _awaited(act: Callable[[], Awaitable[T]]) -> T:
    return await act()
