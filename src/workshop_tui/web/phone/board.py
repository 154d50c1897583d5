"""Questions from the room on phones and on the big screen: read first, then listed with how many want to know.

A vote for one wakes no other phone: like a ballot it moves the desk's version only. Phones are told when a question
comes in, goes or is answered; the numbers on a page are those of the moment it was asked for.
"""

from __future__ import annotations

import zlib
from typing import Final

from msgspec import Struct

from workshop_tui.domain.asking import gathering_of
from workshop_tui.domain.state import ItemState
from workshop_tui.domain.upvotes import answer_words, place
from workshop_tui.messages import Text
from workshop_tui.room.room import Room
from workshop_tui.web.phone.quotes import quote_for_room

EACH: Final = 8
"""Questions on one page of a phone."""


class BoardQuestion(Struct, frozen=True):
    """One question as the room sees it."""

    key: str
    words: str
    votes: int
    answer: Text
    """What became of it, in words; empty for an open one."""


class PhoneQuestion(Struct, frozen=True):
    """One question as one phone sees it."""

    question: BoardQuestion
    presses: int
    """How often this phone changed whether it wants to know it; after an odd number it does."""
    here: bool
    """Whether the page was asked for because of it."""

    @property
    def on(self) -> bool:
        """Whether this phone wants to know it."""
        return self.presses % 2 == 1


class BoardPage(Struct, frozen=True):
    """As much of the list as fits on a phone's page."""

    questions: tuple[PhoneQuestion, ...]
    before: int | None
    """Where the page before begins; None for the first."""
    after: int | None
    """Where the next page begins; None for the last."""


class Board:
    """The questions of the open item, sorted once for all who look."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._sorted: dict[str, tuple[BoardQuestion, ...]] = {}
        """By item; emptied with each version of the desk."""
        room.notifier.empties(self._sorted, votes_too=True)
        self._counted: tuple[tuple[int, str], int] = ((0, ""), 0)

    def takes_votes(self, each: ItemState | None) -> bool:
        """Whether the questions sent to an item are listed."""
        kind = gathering_of(each.item, self._room.kinds) if each is not None else None
        return kind is not None and kind.upvoted

    def listed(self, each: ItemState) -> tuple[BoardQuestion, ...]:
        """Every question of an item that the room may read, in order; nothing of an item that lists none."""
        if not self.takes_votes(each):
            return ()
        key = each.item.key
        if key not in self._sorted:
            self._sorted[key] = self._sort(key)
        return self._sorted[key]

    def news(self) -> int:
        """A number for what is on the open item's list, votes aside: with another one there is something to see."""
        here = self._room.state.here
        if here is None or not self.takes_votes(here):
            return 0
        # Only what is in the journal changes the list, so this is looked at once for each version of the room.
        version = (self._room.notifier.room_version, here.item.key)
        if self._counted[0] != version:
            listed = self.listed(here)
            said = "\n".join(sorted(f"{question.key} {question.answer!s}" for question in listed))
            self._counted = (version, zlib.crc32(said.encode()))
        return self._counted[1]

    def page(self, each: ItemState, person: str, start: int, key: str) -> BoardPage:
        """A page of the list for one phone.

        Args:
            each: The item.
            person: Whose phone.
            start: Where the page begins, unless `key` is on another.
            key: A question that is to be on it; empty for any.
        """
        listed = self.listed(each)
        at = next((n for n, question in enumerate(listed) if question.key == key), start)
        start = at - at % EACH if at < len(listed) else 0
        shown = listed[start : start + EACH]
        kept = self._room.tables.kept_presses
        return BoardPage(
            questions=tuple(PhoneQuestion(each, kept(person, each.key), each.key == key) for each in shown),
            before=start - EACH if start else None,
            after=start + EACH if start + EACH < len(listed) else None,
        )

    def _sort(self, item: str) -> tuple[BoardQuestion, ...]:
        tables = self._room.tables
        found = []
        for row in tables.contributions.values():
            if row.item != item or row.moderation != "approved" or (quote := quote_for_room(self._room, row)) is None:
                continue
            votes, answer = (
                tables.votes[row.key],
                tables.dealt.answer(row.key, tables.kept_answer(row.key), "room_screen"),
            )
            words = "\n".join(said for _, said in quote.parts)
            question = BoardQuestion(row.key, words, votes, answer_words(answer))
            found.append((place(votes, answer, quote.parts), question))
        found.sort(key=lambda each: each[0])
        return tuple(question for _, question in found)
