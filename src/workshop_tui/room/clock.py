"""What the room takes from this machine: its clocks, and names that nobody can guess."""

from __future__ import annotations

import secrets
import time

_STEADY = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""Linux and macOS: a clock that counts sleep too. `time.monotonic` stands still while a laptop sleeps there."""


class SystemClock:
    """`room.ports.Clock` on this machine's clocks."""

    def now_ms(self) -> int:
        """The wall clock, UTC milliseconds."""
        return time.time_ns() // 1_000_000

    def steady_ms(self) -> int:
        """A clock that nobody sets and that goes on during sleep, in milliseconds."""
        if _STEADY is None:
            return time.monotonic_ns() // 1_000_000
        return time.clock_gettime_ns(_STEADY) // 1_000_000


def random_name() -> str:
    """A name nobody can guess: 128 bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)
