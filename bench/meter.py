"""What a serving process and the load use while something is measured, and what others take from them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from statistics import median

from msgspec import Struct

from bench.machine import cpu_s, waited_s


class Used(Struct, frozen=True, kw_only=True):
    """What went by while something was measured."""

    seconds: float
    cpu_s: float
    """What the serving process used."""
    own_cpu_s: float
    """What this process used."""
    waited_s: float
    """How long the serving process had work and no core: what other programs took from it."""


class Meter:
    """What time goes by and what is used meanwhile, from the moment it is made.

    Args:
        pid: The serving process.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._cpu, self._own, self._waited = cpu_s(pid), time.process_time(), waited_s(pid)
        self.began = time.perf_counter()

    def read(self) -> Used:
        """What was used until now."""
        return Used(
            seconds=time.perf_counter() - self.began,
            cpu_s=cpu_s(self._pid) - self._cpu,
            own_cpu_s=time.process_time() - self._own,
            waited_s=waited_s(self._pid) - self._waited,
        )


def waiting(used: Iterable[Used]) -> str:
    """How much other programs were in the way, as a remark."""
    each = [one.waited_s / one.seconds for one in used]
    return f"meanwhile the serving process had work and no core for {median(each):.0%} of the time"
