"""Why people answered as they did, in memory: words that stand apart from the ballots they were given beside."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from workshop_tui.domain.events import BallotsSealed, ReasonsGiven
from workshop_tui.domain.rows import ReasonRow
from workshop_tui.room.overlay import Overlay


class Reasons:
    """Every reason by round and voter, with the overlay of `overlay`; once a round's key is gone, by round alone."""

    def __init__(self, rows: Iterable[ReasonRow]) -> None:
        self._overlay: Overlay[tuple[str, bytes], tuple[ReasonRow, ...]] = Overlay({})
        for row in rows:
            self._overlay.base[row.round, row.voter] = (*self._overlay.base.get((row.round, row.voter), ()), row)

    def by(self, round_: str, voter: bytes) -> tuple[ReasonRow, ...]:
        """What one voter gives in a round whose key is alive."""
        return self._overlay.get((round_, voter)) or ()

    def of(self, round_: str) -> Iterable[ReasonRow]:
        """All of a round."""
        return (row for (name, _), rows in self._overlay.items() if name == round_ for row in rows)

    def kept(self, round_: str) -> tuple[ReasonRow, ...]:
        """All of a round, by their random keys; only what is on disk."""
        return _sorted(row for (name, _), rows in self._overlay.base.items() if name == round_ for row in rows)

    def stored(self) -> tuple[ReasonRow, ...]:
        """All that is on disk, by their random keys."""
        return _sorted(row for rows in self._overlay.base.values() for row in rows)

    def give(self, event: ReasonsGiven) -> None:
        """Put what a voter gives in the place of what they gave before."""
        if event.reasons:
            self._overlay.put((event.round, event.voter), event.reasons)
        else:
            self._overlay.take_out((event.round, event.voter))

    def seal(self, event: BallotsSealed) -> None:
        """Keep the salts with which the journal tells whether a reason was changed."""
        salts = dict(event.reasons)
        for key, rows in [each for each in self._overlay.items() if each[0][0] == event.round]:
            self._overlay.put(key, tuple(replace(row, salt=salts.get(row.key, row.salt)) for row in rows))

    def unlink(self, round_: str) -> None:
        """Forget whose the reasons of a round are, and which are of one person."""
        given = [(key, rows) for key, rows in self._overlay.items() if key[0] == round_]
        for key, _ in given:
            self._overlay.take_out(key)
        if given:
            nobodys = _sorted(replace(row, voter=b"") for _, rows in given for row in rows)
            self._overlay.put((round_, b""), nobodys)

    def commit(self) -> None:
        """Fold the batch in."""
        self._overlay.commit()

    def rollback(self) -> None:
        """Throw the batch away."""
        self._overlay.rollback()


def _sorted(rows: Iterable[ReasonRow]) -> tuple[ReasonRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.key))
