"""How many phones are there: those with an open stream, and those heard of in the last minute."""

from __future__ import annotations

from collections import Counter

from workshop_tui.room.ports import Clock

RECENT_MS = 60_000
"""A phone without a stream asks every few seconds; a minute of silence is a phone in a pocket."""


class PhonePresence:
    """Counts phones; keeps no more than when each was last heard of, and only in memory.

    Args:
        clock: The room's clock; only its steady side is read.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: dict[str, int] = {}
        self._streams: Counter[str] = Counter()

    def heard(self, person: str) -> None:
        """A phone asked for something."""
        self._heard[person] = self._clock.steady_ms()

    def opened(self, person: str) -> None:
        """A phone opened a stream."""
        self._streams[person] += 1

    def closed(self, person: str) -> None:
        """A stream of a phone ended."""
        self._streams[person] -= 1
        if self._streams[person] <= 0:
            del self._streams[person]
        self.heard(person)

    def left(self, person: str) -> None:
        """A phone was handed on: whoever has it now is somebody else."""
        self._heard.pop(person, None)

    def is_here(self, person: str) -> bool:
        """Whether somebody's phone has an open stream, or was heard of in the last minute."""
        oldest = self._clock.steady_ms() - RECENT_MS
        return person in self._streams or self._heard.get(person, oldest - 1) >= oldest

    def connected(self) -> int:
        """How many phones are there now."""
        oldest = self._clock.steady_ms() - RECENT_MS
        recent = sum(1 for person, at in self._heard.items() if at >= oldest and person not in self._streams)
        return recent + len(self._streams)
