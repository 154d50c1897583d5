"""A page of the reading queue, as console and host page show it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from workshop_tui.domain.blocks import Words
from workshop_tui.domain.commands import Handling
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.messages import Message, Text


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
    gone: bool = False
    """Whether its own words are deleted, and only the facilitator's are left."""

    beside: tuple[tuple[Words, Words], ...] = ()
    """What was said besides, for the desk alone, as (heading, words)."""
    wishes: tuple[Message, ...] = ()
    """What its words seem to ask for, in whole sentences: it has to be read now."""

    @property
    def is_contribution(self) -> bool:
        """Whether a phone sent it to an item; only such can be on the big screen by itself."""
        return self.kind not in ("reason", "answer", "note")

    @property
    def untold(self) -> bool:
        """Whether the facilitator can still write what it is about, and nobody has."""
        return self.to_be_retold and not self.retold and not self.gone


class QueuePage(Struct, frozen=True, kw_only=True):
    """One page of the reading queue, unread first, then newest first."""

    entries: tuple[QueueEntry, ...]
    total: int
    offset: int


QueueFilter = Literal["unread", "all", "approved", "on_hold", "untold"]
"""The last: stories of which nobody has written yet what they are about, and may."""
