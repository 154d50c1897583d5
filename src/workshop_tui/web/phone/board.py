"""Questions from the room on phones and on the big screen: read first, then listed with how many want to know.

A vote for one wakes no other phone: like a ballot it moves the desk's version only. Phones are told when a question
comes in, goes or is answered; the numbers on a page are those of the moment it was asked for.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from workshop_tui.domain.asking import gathering_of
from workshop_tui.domain.state import ItemState
from workshop_tui.domain.upvotes import answer_words
from workshop_tui.messages import Text
from workshop_tui.room.ranking import Ranked
from workshop_tui.room.room import Room

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
    """The questions of the open item, as pages show them: only those on the page are looked at."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def takes_votes(self, each: ItemState | None) -> bool:
        """Whether the questions sent to an item are listed."""
        kind = gathering_of(each.item, self._room.kinds) if each is not None else None
        return kind is not None and kind.upvoted

    def count(self, each: ItemState) -> int:
        """How many questions of an item the room may read; 0 of an item that lists none."""
        return self._room.questions.count(each.item.key) if self._is_shown(each) else 0

    def questions(self, each: ItemState, start: int, end: int) -> tuple[BoardQuestion, ...]:
        """Some of them, in order."""
        ranking = self._room.questions
        keys = ranking.keys(each.item.key, start, end) if self._is_shown(each) else ()
        return tuple(_drawn(key, question) for key in keys if (question := ranking.get(key)) is not None)

    def news(self) -> int:
        """A number for what is on the open item's list, votes aside: with another one there is something to see."""
        here = self._room.state.here
        return self._room.questions.mark(here.item.key) if here is not None and self._is_shown(here) else 0

    def _is_shown(self, each: ItemState) -> bool:
        """Whether the list of an item may be read now; in a pause nobody's words are shown."""
        return self._room.state.pause is None and self.takes_votes(each)

    def page(self, each: ItemState, person: str, start: int, key: str) -> BoardPage:
        """A page of the list for one phone.

        Args:
            each: The item.
            person: Whose phone.
            start: Where the page begins, unless `key` is on another.
            key: A question that is to be on it; empty for any.
        """
        ranking, many = self._room.questions, self.count(each)
        question = ranking.get(key)
        at = ranking.index(key) if question is not None and question.item == each.item.key else None
        at = start if at is None else at
        start = at - at % EACH if at < many else 0
        kept = self._room.tables.kept_presses
        return BoardPage(
            questions=tuple(
                PhoneQuestion(shown, kept(person, shown.key), shown.key == key)
                for shown in self.questions(each, start, start + EACH)
            ),
            before=start - EACH if start else None,
            after=start + EACH if start + EACH < many else None,
        )


def _drawn(key: str, question: Ranked) -> BoardQuestion:
    words = "\n".join(said for _, said in question.parts)
    return BoardQuestion(key, words, question.votes, answer_words(question.answer))
