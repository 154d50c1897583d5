"""The simulated people of a demo: several phones, one ledger."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from msgspec import Struct

from workshop_tui.rehearsal.ledger import Ledger
from workshop_tui.rehearsal.phone import Pace, Phone
from workshop_tui.rehearsal.samples import IDEAS, load_stories


class CrowdAsked(Struct, frozen=True, kw_only=True):
    """What a crowd is to do; passed to its process as JSON."""

    join_url: str
    people: int
    speed: float
    stories: str
    """Path of the sample stories."""
    seed: int = 0
    tries_things: bool = True
    """Whether one of the stories is there to try what it can break."""
    parent: int = 0
    """The process that these people end with, where they are a process of their own."""


class Crowd:
    """Several people and the ledger they share."""

    def __init__(self, phones: list[Phone], ledger: Ledger, join_path: str) -> None:
        self.phones = phones
        self.ledger = ledger
        self._join_path = join_path

    async def join(self, over_s: float, chance: random.Random) -> None:
        """Everybody follows the square, spread over some seconds."""

        async def one(phone: Phone) -> None:
            await asyncio.sleep(chance.uniform(0, over_s))
            await phone.join(self._join_path)

        await asyncio.gather(*(one(phone) for phone in self.phones))


@contextlib.asynccontextmanager
async def crowd(asked: CrowdAsked, pace: Pace) -> AsyncIterator[Crowd]:
    """People with phones on the participants' listener; their connections end with the block."""
    parts = urlsplit(asked.join_url.lower())
    stories = load_stories(Path(asked.stories), all_of_them=asked.tries_things)
    ledger = Ledger()
    seats: dict[int, int] = {}
    async with contextlib.AsyncExitStack() as stack:
        phones = []
        for number in range(asked.people):
            # Plain HTTP: loading certificates once for each person takes longer than joining.
            client = await stack.enter_async_context(
                httpx2.AsyncClient(base_url=f"http://{parts.netloc}", timeout=30, trust_env=False, verify=False)
            )
            chance = random.Random(f"{asked.seed}/{number}")  # noqa: S311 - people's moods, not keys
            phones.append(Phone(number, client, ledger, chance, pace, stories, IDEAS, seats))
        yield Crowd(phones, ledger, urlsplit(asked.join_url).path)
