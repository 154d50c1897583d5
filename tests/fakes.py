"""Stand-ins for what a room needs from outside: a clock that obeys, and a store in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from workshop_tui.domain import events as ev
from workshop_tui.errors import StoreUnavailable
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.room.tables import Tables

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
    """`room.ports.Store` without a disk; it can be told to fail, and counts its commits."""

    def __init__(self, info: SessionInfo, story_key: bytes = b"s" * 32) -> None:
        self.info = info
        self.batches: list[list[ev.Event]] = []
        self.broken = ""
        """Why it cannot write now; empty when it can."""
        self.closed = False
        self._story_key = story_key
        self._alive_ms = 0

    @property
    def events(self) -> list[ev.Event]:
        return [event for batch in self.batches for event in batch]

    def load(self) -> StoredSession:
        empty = StoredSession(
            info=self.info,
            journal=(),
            people={},
            round_keys={},
            story_key=self._story_key,
            ballots={},
            contributions=(),
            held_authors=frozenset(),
            notes=(),
            dropped_notes=frozenset(),
            alive_ms=self._alive_ms,
        )
        tables = Tables(empty)
        for batch in self.batches:
            for event in batch:
                if not isinstance(event, ev.JournalEvent):
                    tables.apply(event)
            tables.keep()
        return tables_as_stored(tables, empty, tuple(e for e in self.events if isinstance(e, ev.JournalEvent)))

    def commit(self, events: Sequence[ev.Event], alive_ms: int) -> None:
        if self.broken:
            raise StoreUnavailable(self.broken)
        self.batches.append(list(events))
        self._alive_ms = alive_ms

    def recover(self) -> None:
        if self.broken:
            raise StoreUnavailable(self.broken)

    def check_in_place(self) -> None:
        if self.broken:
            raise StoreUnavailable(self.broken)

    def copy_to(self, target: Path, without: Collection[str]) -> None:
        raise NotImplementedError("a store in memory has no file to copy")

    def close(self) -> None:
        self.closed = True


def tables_as_stored(tables: Tables, empty: StoredSession, journal: tuple[ev.JournalEvent, ...]) -> StoredSession:
    """What a store would give back after these tables were written."""
    dropped = {key: gone for key, gone in tables._dropped.base.items() if gone}
    sealed = {key: tally.sealed for key, tally in tables.tallies.items() if tally.sealed is not None}
    return StoredSession(
        info=empty.info,
        journal=journal,
        people=dict(tables._people.base),
        roles=dict(tables._roles.base),
        round_keys={key: value for key, value in tables._round_keys.base.items() if value},
        story_key=tables.story_key(),
        ballots={key: dict(tally.ballots.base) for key, tally in tables.tallies.items()},
        reasons=tuple(row for key in tables.tallies for row in tables.reasons.kept(key)),
        contributions=tuple(tables._contributions.base.values()),
        supporters=frozenset(key for key, presses in tables._supporters.base.items() if presses % 2),
        answers=dict(tables._answers.base),
        retellings=dict(tables._retellings.base),
        sealed=sealed,
        undo={desk: steps for desk, steps in tables._undo.base.items() if steps},
        redo={desk: steps for desk, steps in tables._redo.base.items() if steps},
        minutes=dict(tables._joined_at),
        held_authors=frozenset(author for author, held in tables._held.base.items() if held),
        notes=tuple(tables._notes.base.values()),
        dropped_notes=frozenset(dropped),
        alive_ms=empty.alive_ms,
    )
