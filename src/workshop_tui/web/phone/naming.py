"""What in somebody's words may tell who somebody is, asked about gently before they are sent.

A story is shown once more before it is kept, and there each place is marked. Everything else is asked about once: the
phone keeps the words, and sends them just as they are when its owner presses again. Nothing is forbidden.
"""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec
from msgspec import Struct

from workshop_tui.domain.identifiers import Candidate, find
from workshop_tui.domain.identifiers.sorts import SORT_WORDS
from workshop_tui.domain.redaction import texts_in
from workshop_tui.errors import BallotRejected
from workshop_tui.messages import Listed, Message, tr

AROUND: Final = 24
"""Letters that are shown on each side of a marked place."""

SHOWN: Final = 12
"""Most places that are shown: a page with more of them helps nobody."""

AGAIN: Final = tr("You can change it. Or send it again just as it is.")


class Named(Struct, frozen=True):
    """One place in somebody's words, with a little of what stands around it."""

    before: str
    said: str
    after: str
    looks: Message
    """What it looks like."""


class NamesSomebody(BallotRejected):
    """Words were not taken yet, because they may tell who somebody is and nobody was asked.

    Args:
        named: What may.
        words: Names the words that were asked about.
        field: The form field to point at.
    """

    def __init__(self, named: tuple[Named, ...], words: bytes, *, field: str = "") -> None:
        said = Listed(tuple(dict.fromkeys(each.said for each in named)))
        super().__init__((tr("This may tell who somebody is: {pieces}.", pieces=said), AGAIN), field=field)
        self.words = words


class Asked:
    """About which words each phone was asked last, by a digest: no words are held here."""

    def __init__(self) -> None:
        self._of: dict[str, bytes] = {}

    def ask(self, person: str, value: object, *, field: str = "") -> None:
        """Pass where nothing in what is to be sent may tell who somebody is, or its owner has been asked.

        Args:
            person: Whose phone it is.
            value: What is to be sent, in its kind's own type.
            field: The form field to point at.

        Raises:
            NamesSomebody: something may; `note` it once the phone is told.
        """
        named = named_in(value)
        if not named:
            return
        words = hashlib.sha256(msgspec.json.encode(value)).digest()
        if self._of.get(person) != words:
            raise NamesSomebody(named, words, field=field)

    def note(self, person: str, problem: object) -> None:
        """The phone is told now: the same words pass when they come again."""
        if isinstance(problem, NamesSomebody):
            self._of[person] = problem.words


def named_in(value: object) -> tuple[Named, ...]:
    """The places in what is to be sent that may tell who somebody is, in their order."""
    texts = (text for _, text in texts_in(msgspec.to_builtins(value)))
    return tuple(_named(text, each) for text in texts for each in find(text))[:SHOWN]


def _named(text: str, found: Candidate) -> Named:
    start, end = max(0, found.start - AROUND), min(len(text), found.end + AROUND)
    before, after = text[start : found.start], text[found.end : end]
    return Named(
        before=f"…{before}" if start else before,
        said=text[found.start : found.end],
        after=f"{after}…" if end < len(text) else after,
        looks=SORT_WORDS[found.sort],
    )
