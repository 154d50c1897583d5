"""The simulated people of a demo as a process of their own: it ends when it is told to, or when the demo is gone."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal

import msgspec

from workshop_tui.rehearsal.crowd import CrowdAsked, crowd
from workshop_tui.rehearsal.phone import Pace
from workshop_tui.runtime.parents import until_orphaned


def main(argument: str) -> int:
    """The entry of the people's process: `argument` is a `CrowdAsked` as JSON."""
    asyncio.run(_live(msgspec.json.decode(argument, type=CrowdAsked)))
    return 0


async def _live(asked: CrowdAsked) -> None:
    home = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        # Windows has none to handle: there they are ended at once.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(each, home.set)
    orphaned = asyncio.create_task(until_orphaned(asked.parent, home.set))
    think = (1.5 / asked.speed, 9.0 / asked.speed)
    chance = random.Random(asked.seed)  # noqa: S311 - people's moods, not keys
    async with crowd(asked, Pace(think=think, look=max(0.6, 1.2 / asked.speed))) as people:
        living = asyncio.gather(people.join(12.0 / asked.speed, chance), *(phone.live(home) for phone in people.phones))
        await home.wait()
        for task in (living, orphaned):
            task.cancel()
        await asyncio.gather(living, orphaned, return_exceptions=True)
