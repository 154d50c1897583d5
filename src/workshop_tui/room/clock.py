"""What the room takes from this machine: its clocks, and names that nobody can guess."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from workshop_tui.room.ports import Clock

_DAY_MS: Final = 24 * 3_600_000

_STEADY = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""Linux and macOS: a clock that counts sleep too. `time.monotonic` stands still while a laptop sleeps there."""


class SystemClock:
    """`room.ports.Clock` on this machine's clocks.

    Args:
        days_ago: How many days the wall clock is put back; only a rehearsal plays a day of the past.
    """

    def __init__(self, days_ago: int = 0) -> None:
        self._back_ms = days_ago * _DAY_MS

    def now_ms(self) -> int:
        """The wall clock, UTC milliseconds."""
        return time.time_ns() // 1_000_000 - self._back_ms

    def steady_ms(self) -> int:
        """A clock that nobody sets and that goes on during sleep, in milliseconds."""
        if _STEADY is None:
            return time.monotonic_ns() // 1_000_000
        return time.clock_gettime_ns(_STEADY) // 1_000_000


SYSTEM: Final = SystemClock()


def local_day(clock: Clock = SYSTEM) -> dt.date:
    """The day that it is where this computer is."""
    return day_at(clock.now_ms())


def day_at(moment: int) -> dt.date:
    """The day of a moment where this computer is."""
    return dt.datetime.fromtimestamp(moment / 1000).astimezone().date()


def random_name() -> str:
    """A name nobody can guess: 128 bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)
