"""How fast codes can be tried: right and wrong ones alike, so that nobody finds the code by going on."""

from __future__ import annotations

from asyncio import sleep
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from workshop_tui.domain.private_codes import CODE_LETTERS
from workshop_tui.room.codes import SHORT
from workshop_tui.room.ports import Clock
from workshop_tui.web.http.quotas import PhoneSettings
from workshop_tui.web.http.rate_limit import Buckets

ADDRESSES: Final = 4_096
"""Of so many addresses it is known how many codes were wrong."""

MOST_LENIENT: Final = 100
"""A longer code allows that many times as many tries: there are 324 times as many codes."""


class Turns:
    """Lets codes be tried: at once while few are wrong, then a few at a time, each after a while.

    A room is behind one address, so nobody is shut out for what another one typed: each waits, and then it is looked
    whether the code fits. Only beyond those few somebody is told to come again. A longer code loosens all of it.

    Args:
        settings: How many may be wrong in a minute, and how long a turn takes from then on.
        clock: Only its steady side is read.
    """

    def __init__(self, settings: PhoneSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._waiting: Counter[str] = Counter()
        self._letters = SHORT
        self._each, self._all = self._buckets(1)

    def wrong(self, address: str) -> None:
        """A code did not fit."""
        now = self._clock.steady_ms()
        self._each.owe(address, now)
        self._all.owe("", now)

    @asynccontextmanager
    async def turn(self, address: str, letters: int) -> AsyncIterator[bool]:
        """Wait until a code may be looked at.

        Args:
            address: Where it comes from.
            letters: How many the room's code has.

        Yields:
            Whether it may; else so many wait that this one is to come again.
        """
        if letters != self._letters:
            self._letters = letters
            self._each, self._all = self._buckets(min(MOST_LENIENT, len(CODE_LETTERS) ** (letters - SHORT)))
        now, settings = self._clock.steady_ms(), self._settings
        if self._each.has(address, now) and self._all.has("", now):
            yield True
            return
        if self._waiting[address] >= settings.turns_each or self._waiting.total() >= settings.turns_all:
            yield False
            return
        self._waiting[address] += 1
        try:
            await sleep(settings.turn_s)
            yield True
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address]

    def _buckets(self, times: int) -> tuple[Buckets, Buckets]:
        each, of_all = self._settings.wrong_codes_each * times, self._settings.wrong_codes_all * times
        return Buckets(each, each / 60, ADDRESSES), Buckets(of_all, of_all / 60, 1)
