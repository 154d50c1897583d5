"""A page of the reading queue, as console and host page show it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from workshop_tui.domain.blocks import Words
from workshop_tui.domain.commands import Handling
from workshop_tui.domain.identifiers import Sort
from workshop_tui.domain.redaction import Decision
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.messages import Message, Text


class Mark(Struct, frozen=True, kw_only=True):
    """A piece of a text that may tell who somebody is, decided or not."""

    place: str
    """As in `domain.redaction.Redaction`, and so are the next three."""
    start: int
    end: int
    sort: Sort
    said: str
    """The piece."""
    decision: Decision | None = None
    """What became of it; None for one that is open."""
    replacement: str = ""
    """What is read instead; empty for its own words."""
    part: int = -1
    """Which of the entry's parts it stands in; -1 where it stands in the words shown instead."""
    at: int = 0
    """Where it begins in that."""
    is_test: bool = False
    """Whether it is an NHS number of those that are kept for tests."""


class QueueEntry(Struct, frozen=True, kw_only=True):
    """One text in the reading queue: a contribution, a reason, an answer or a note."""

    key: str
    kind: str
    """Of the registry; "reason", "answer" or "note" for what is no contribution."""
    noun: Text
    """What it is called: "Story"."""
    only_you: bool
    """Whether nobody but the facilitator ever reads it."""
    asks_consent: bool
    """Whether its owner chose who may read it."""
    item: str
    item_title: str
    parts: tuple[tuple[Words, str], ...]
    """(heading, words), as the kind quotes it."""
    consent: str
    handling: Handling
    may_show: bool
    """Whether its owner allows it to be shown word for word."""
    minute: int | None
    """When it came, UTC minutes; None where nobody notes that."""
    may_hold_phone: bool = True
    """Whether anybody can tell which phone sent it."""
    reworded: str = ""
    """In which words it is shown instead of its own; empty for its own."""
    upvoted: bool = False
    """Whether phones list it, once approved, and say that they want to know it too."""
    votes: int = 0
    """How many want to know."""
    answer: AnswerRow | None = None
    """What became of it; None for an open question, and for what is none."""
    to_be_retold: bool = False
    """Whether its owner lets the facilitator say what it is about, and nobody show it."""
    retold: str = ""
    """What it is about, in the facilitator's words; empty where nobody wrote it."""
    withheld: bool = False
    """Whether it is for nobody, because a matter of somebody's safety came from it."""
    warnings: tuple[str, ...] = ()
    """What it speaks of, as a desk said."""
    asks: bool = False
    """Whether its words ask to be read now (`domain.distress`); no longer once somebody has."""
    marks: tuple[Mark, ...] = ()
    """What may tell who somebody is in the words that are shown of it, in their order."""
    gone: bool = False
    """Whether its own words are deleted, and only the facilitator's are left."""

    beside: tuple[tuple[Words, Words], ...] = ()
    """What was said besides, for the desk alone, as (heading, words)."""
    lines: tuple[tuple[Message, str], ...] = ()
    """The first lines of the write-up that rest on it, as (register, words)."""
    lines_count: int = 0
    """How many do."""
    wishes: tuple[Message, ...] = ()
    """What its words seem to ask for, in whole sentences: it has to be read now."""

    @property
    def is_contribution(self) -> bool:
        """Whether a phone sent it to an item; only such can be on the big screen by itself."""
        return self.kind not in ("reason", "answer", "note")

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it is a phone's, so that its owner may ask for it to go."""
        return self.is_contribution or self.kind == "reason"

    @property
    def open_marks(self) -> tuple[Mark, ...]:
        """What is still to be decided before it is shown or leaves."""
        return tuple(mark for mark in self.marks if mark.decision is None)

    @property
    def untold(self) -> bool:
        """Whether the facilitator can still write what it is about, and nobody has."""
        return self.to_be_retold and not self.retold and not self.gone


class QueuePage(Struct, frozen=True, kw_only=True):
    """One page of the reading queue, unread first, then newest first."""

    entries: tuple[QueueEntry, ...]
    total: int
    offset: int
    looked: int = 0
    """How many texts of the list it is made of: more than it shows, where it shows only those that hold some words."""

    @property
    def next(self) -> int:
        """Where the page after it begins; 0 where there is none."""
        end = self.offset + self.looked
        return end if self.looked and end < self.total else 0


QueueFilter = Literal["unread", "all", "approved", "on_hold", "untold"]
"""The last: stories of which nobody has written yet what they are about, and may."""
