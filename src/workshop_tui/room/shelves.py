"""Contributions sorted by all that counts and pages ask of them, so that both cost the same however many there are."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from workshop_tui.domain.commands import Handling
from workshop_tui.domain.distress import body_asks
from workshop_tui.domain.rows import ContributionRow


class Shelf(NamedTuple):
    """What contributions are told apart by. There are few of them: a count looks at shelves and at no contribution."""

    item: str
    kind: str
    consent: str
    moderation: Handling
    gone: str
    has_words: bool
    is_retold: bool
    """Whether the facilitator wrote what it is about."""
    asks: bool = False
    """Whether its words ask to be read now, and nobody has (`domain.distress`)."""
    is_open: bool = False
    """Whether it is approved, and something in it that may tell who somebody is is still to be decided."""
    wishes: bool = False
    """Whether its words seem to ask for what has to be read now (`domain.wishes`)."""

    @property
    def level(self) -> str:
        """The level that holds."""
        return self.consent

    @property
    def comes_first(self) -> bool:
        """Whether it is held because of that, and nobody has dealt with it yet."""
        return self.wishes and self.moderation == "on_hold" and not self.gone

    @property
    def waits(self) -> bool:
        """Whether somebody has to read it."""
        return (self.moderation == "new" or self.comes_first) and not self.gone

    @property
    def is_there(self) -> bool:
        """Whether there is anything to read: its own words, or what the facilitator wrote of them."""
        return self.has_words or self.is_retold


def shelf_of(row: ContributionRow, retelling: str, *, wishes: bool = False, is_open: bool = False) -> Shelf:
    """Where a contribution belongs."""
    asks = row.moderation == "new" and body_asks(row.body)
    has_words = bool(row.body)
    return Shelf(
        row.item, row.kind, row.level, row.moderation, row.gone, has_words, bool(retelling), asks, is_open, wishes
    )


Wanted = Callable[[Shelf], bool]


class Shelves:
    """Every contribution by its number, which says when it came; each stands on one shelf, in that order."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._of: list[Shelf] = []
        self._on: dict[Shelf, list[int]] = {}

    def put(self, key: str, shelf: Shelf) -> None:
        """Put a contribution where it belongs now; a new one is the newest."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._keys)
            self._keys.append(key)
            self._of.append(shelf)
        elif self._of[number] == shelf:
            return
        else:
            before = self._on[self._of[number]]
            del before[bisect_left(before, number)]
            if not before:
                del self._on[self._of[number]]
        self._of[number] = shelf
        insort(self._on.setdefault(shelf, []), number)

    def counts(self) -> Iterator[tuple[Shelf, int]]:
        """How many stand on each shelf that holds any; a shelf is new once its first contribution comes."""
        return ((shelf, len(numbers)) for shelf, numbers in self._on.items())

    def count(self, wanted: Wanted) -> int:
        """How many stand on the shelves that are wanted."""
        return sum(many for shelf, many in self.counts() if wanted(shelf))

    def newest(self, wanted: Wanted, offset: int, most: int) -> list[str]:
        """A page of the keys on the shelves that are wanted, newest first; its cost does not grow with `offset`.

        Args:
            wanted: Which shelves.
            offset: How many newer ones stand on pages before.
            most: How many at most.
        """
        rows = [numbers for shelf, numbers in self._on.items() if wanted(shelf)]
        if not rows or most <= 0:
            return []

        def newer(than: int) -> int:
            return sum(len(numbers) - bisect_left(numbers, than) for numbers in rows)

        # The page begins below the lowest number that has no more than `offset` at or above it.
        above = bisect_left(range(len(self._keys) + 1), -offset, key=lambda number: -newer(number))
        ends = [(numbers, bisect_left(numbers, above)) for numbers in rows]
        found = nlargest(most, (number for numbers, end in ends for number in numbers[max(0, end - most) : end]))
        return [self._keys[number] for number in found]

    def keys(self, wanted: Wanted) -> Iterable[str]:
        """All keys on the shelves that are wanted."""
        return (self._keys[number] for shelf, numbers in self._on.items() if wanted(shelf) for number in numbers)
