"""Why people answered as they did, in memory: words that stand apart from the ballots they were given beside."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from workshop_tui.domain.events import BallotsSealed, ReasonsGiven
from workshop_tui.domain.rows import ReasonRow
from workshop_tui.room.overlay import Overlay


class Reasons(Overlay[tuple[str, bytes], tuple[ReasonRow, ...]]):
    """Every reason by round and voter; once a round's key is gone, by round alone."""

    def __init__(self, rows: Iterable[ReasonRow]) -> None:
        super().__init__({})
        for row in rows:
            self.base[row.round, row.voter] = (*self.base.get((row.round, row.voter), ()), row)

    def by(self, round_: str, voter: bytes) -> tuple[ReasonRow, ...]:
        """What one voter gives in a round whose key is alive."""
        return self.get((round_, voter)) or ()

    def of(self, round_: str) -> Iterable[ReasonRow]:
        """All of a round."""
        return (row for (name, _), rows in self.items() if name == round_ for row in rows)

    def kept(self, round_: str) -> tuple[ReasonRow, ...]:
        """All of a round, by their random keys; only what is on disk."""
        return _sorted(row for (name, _), rows in self.base.items() if name == round_ for row in rows)

    def stored(self) -> tuple[ReasonRow, ...]:
        """All that is on disk, by their random keys."""
        return _sorted(row for rows in self.base.values() for row in rows)

    def give(self, event: ReasonsGiven) -> None:
        """Put what a voter gives in the place of what they gave before."""
        if event.reasons:
            self.put((event.round, event.voter), event.reasons)
        else:
            self.take_out((event.round, event.voter))

    def seal(self, event: BallotsSealed) -> None:
        """Keep the salts with which the journal tells whether a reason was changed."""
        salts = dict(event.reasons)
        for key, rows in [each for each in self.items() if each[0][0] == event.round]:
            self.put(key, tuple(replace(row, salt=salts.get(row.key, row.salt)) for row in rows))

    def unlink(self, round_: str) -> None:
        """Forget whose the reasons of a round are, and which are of one person."""
        given = [(key, rows) for key, rows in self.items() if key[0] == round_]
        for key, _ in given:
            self.take_out(key)
        if given:
            nobodys = _sorted(replace(row, voter=b"") for _, rows in given for row in rows)
            self.put((round_, b""), nobodys)


def _sorted(rows: Iterable[ReasonRow]) -> tuple[ReasonRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.key))
