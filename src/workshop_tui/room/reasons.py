"""Why people answered as they did, in memory: words that stand apart from the ballots they were given beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from workshop_tui.domain.events import BallotsSealed, ReasonsGiven
from workshop_tui.domain.rows import ReasonRow
from workshop_tui.room.overlay import Overlay


class Reasons(Overlay[str, ReasonRow]):
    """Every reason by its random key."""

    def __init__(self, rows: Iterable[ReasonRow]) -> None:
        super().__init__({})
        self._by_voter: Overlay[tuple[str, bytes], tuple[str, ...]] = Overlay({})
        self._kept: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """The keys of each round, in no order that means anything; only what is on disk."""
        self.changes: defaultdict[str, int] = defaultdict(int)
        """Grows with every change to a round's reasons, so that what was worked out of them can be kept."""
        for row in rows:
            self._add(row)
        self.commit()

    def by(self, round_: str, voter: bytes) -> tuple[ReasonRow, ...]:
        """What one voter gives in a round whose key is alive."""
        rows = (self.get(key) for key in self._by_voter.get((round_, voter)) or ())
        return tuple(row for row in rows if row is not None)

    def of(self, round_: str) -> Iterable[ReasonRow]:
        """All of a round."""
        return (row for _, row in self.items() if row.round == round_)

    def kept(self, round_: str) -> tuple[ReasonRow, ...]:
        """All of a round, by their random keys; only what is on disk."""
        return tuple(self.base[key] for key in sorted(self._kept.get(round_, ())))

    def stored(self) -> tuple[ReasonRow, ...]:
        """All that is on disk, by their random keys."""
        return tuple(self.base[key] for key in sorted(self.base))

    def give(self, event: ReasonsGiven) -> None:
        """Put what a voter gives in the place of what they gave before."""
        for key in event.gone:
            self.take_out(key)
        self._by_voter.take_out((event.round, event.voter))
        for row in event.reasons:
            self._add(row)

    def seal(self, event: BallotsSealed) -> None:
        """Keep the salts with which the journal tells whether a reason was changed."""
        for key, salt in event.reasons:
            row = self.get(key)
            if row is not None:
                self.put(key, replace(row, salt=salt))

    def unlink(self, round_: str) -> None:
        """Forget whose the reasons of a round are, and which are of one person."""
        for row in list(self.of(round_)):
            self._by_voter.take_out((round_, row.voter))
            self.put(row.key, replace(row, voter=b""))

    def commit(self) -> None:
        """Fold the changes in."""
        for key in self.touched():
            before, after = self.base.get(key), self.get(key)
            if after is not None:
                self._kept[after.round][key] = None
                self.changes[after.round] += 1
            elif before is not None:
                self._kept[before.round].pop(key, None)
                self.changes[before.round] += 1
        self._by_voter.commit()
        super().commit()

    def rollback(self) -> None:
        """Throw the changes away."""
        self._by_voter.rollback()
        super().rollback()

    def _add(self, row: ReasonRow) -> None:
        self.put(row.key, row)
        if row.voter:
            name = (row.round, row.voter)
            self._by_voter.put(name, (*(self._by_voter.get(name) or ()), row.key))
