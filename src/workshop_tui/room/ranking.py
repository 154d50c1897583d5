"""Questions from the room in the order in which they are read: kept as votes and answers come, never sorted anew."""

from __future__ import annotations

import zlib
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.domain.state import SessionState
from workshop_tui.domain.upvotes import Parts, place
from workshop_tui.room.quotes import is_listed, quote_for_room
from workshop_tui.room.shelves import shelf_of
from workshop_tui.room.tables import Tables

Place = tuple[tuple[bool, int, list[str], list[str]], str]
"""What is sorted by; the random key settles what is the same in everything else."""


class Ranked(Struct, frozen=True):
    """A question that the room may read."""

    item: str
    parts: Parts
    """As its kind quotes it."""
    votes: int
    answer: AnswerRow | None


class Ranking:
    """Every question that the room may read, by item and all together."""

    def __init__(self) -> None:
        self._ranked: dict[str, Ranked] = {}
        self._order: defaultdict[str, list[Place]] = defaultdict(list)
        """By item; those of all items under the empty word."""
        self._marks: defaultdict[str, int] = defaultdict(int)

    def follow(self, keys: Iterable[str], tables: Tables, state: SessionState, kinds: Kinds) -> None:
        """Take over what a commit changed; its cost is that of the changes.

        Args:
            keys: The contributions that changed, with their votes and answers.
            tables: As it is on disk now.
            state: The state with it.
            kinds: The registry.
        """
        for key in keys:
            row = tables.contributions.get(key)
            listed = row is not None and is_listed(kinds, shelf_of(row, ""))
            quote = quote_for_room(state, kinds, row, tables.dealt) if row is not None and listed else None
            if row is None or quote is None:
                self.put(key, None)
            else:
                answer = tables.dealt.answer(key, tables.kept_answer(key), "room_screen")
                self.put(key, Ranked(row.item, quote.parts, tables.votes[key], answer))

    def put(self, key: str, question: Ranked | None) -> None:
        """Put a question in its place; None takes it out, and nothing here holds its words any more."""
        before = self._ranked.pop(key, None)
        if before is not None:
            for order in (self._order[before.item], self._order[""]):
                del order[bisect_left(order, _place(key, before))]
            self._marks[before.item] ^= _mark(key, before)
        if question is not None:
            self._ranked[key] = question
            for item in (question.item, ""):
                insort(self._order[item], _place(key, question))
            self._marks[question.item] ^= _mark(key, question)

    def get(self, key: str) -> Ranked | None:
        """One question; None for one that the room may not read."""
        return self._ranked.get(key)

    def count(self, item: str = "") -> int:
        """How many there are in an item, or in all."""
        return len(self._order[item])

    def keys(self, item: str, start: int, end: int) -> list[str]:
        """A part of the order of an item; of all where the item is empty."""
        return [key for _, key in self._order[item][start:end]]

    def index(self, key: str) -> int | None:
        """Where a question stands in its item; None for one that is not listed."""
        question = self._ranked.get(key)
        return None if question is None else bisect_left(self._order[question.item], _place(key, question))

    def mark(self, item: str) -> int:
        """A number for what is listed in an item and how it was answered, votes and order aside."""
        return self._marks[item]


def _place(key: str, question: Ranked) -> Place:
    return place(question.votes, question.answer, question.parts), key


def _mark(key: str, question: Ranked) -> int:
    return zlib.crc32(f"{key} {question.answer!r}".encode())
