"""Stand-ins for what a room needs from outside: a clock that obeys, and a store in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from tests.twin import Twin
from workshop_tui.domain import events as ev
from workshop_tui.errors import StoreUnavailable
from workshop_tui.room.ports import SessionInfo, StoredSession

NOON = 1_790_000_000_000
"""A moment in 2026, UTC milliseconds."""


class FakeClock:
    """A clock that moves only when told."""

    def __init__(self, now: int = NOON) -> None:
        self.wall = now
        self.steady = 0

    def now_ms(self) -> int:
        return self.wall

    def steady_ms(self) -> int:
        return self.steady

    def pass_s(self, seconds: float) -> None:
        """Let time pass as it usually does: on both clocks."""
        self.wall += round(seconds * 1000)
        self.steady += round(seconds * 1000)

    def set_by_s(self, seconds: float) -> None:
        """Somebody sets the wall clock."""
        self.wall += round(seconds * 1000)


class MemoryStore:
    """`room.ports.Store` without a disk; it can be told to fail, and remembers its commits."""

    def __init__(self, info: SessionInfo, story_key: bytes = b"s" * 32) -> None:
        self.info = info
        self.batches: list[list[ev.Event]] = []
        self.broken = ""
        """Why it cannot write now; empty when it can."""
        self.closed = False
        self.left_over: tuple[Path, ...] = ()
        self.locked = False
        self.key_trouble = ""
        self.is_in_ring = False
        self.ahead: frozenset[Path] = frozenset()
        self._twin = Twin(info, story_key)
        self.rescued: StoredSession | None = None
        """What the room knew when it was asked to save it."""

    @property
    def events(self) -> list[ev.Event]:
        return [event for batch in self.batches for event in batch]

    def load(self) -> StoredSession:
        return self._twin.load()

    def left_ring(self) -> None:
        self.is_in_ring = False

    def commit(self, events: Sequence[ev.Event], alive_ms: int) -> None:
        if self.broken:
            raise StoreUnavailable(self.broken)
        self.batches.append(list(events))
        self._twin.take(events, alive_ms)

    def recover(self) -> None:
        if self.broken:
            raise StoreUnavailable(self.broken)

    def check_in_place(self) -> None:
        if self.broken:
            raise StoreUnavailable(self.broken)

    def rescue(self, stored: StoredSession) -> StoreUnavailable:
        self.rescued = stored
        return StoreUnavailable(self.broken)

    def snapshot(self) -> None:
        return None

    def copy_to(self, target: Path, without: Collection[str]) -> None:
        raise NotImplementedError("a store in memory has no file to copy")

    def close(self) -> None:
        self.closed = True
