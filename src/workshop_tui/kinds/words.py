"""What the kinds that take short texts share: one box, one text, one limit."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain.activity import Config, Fields
from workshop_tui.domain.text import CleanText, has_words, read_text
from workshop_tui.errors import BallotRejected
from workshop_tui.limits import SHORT_TEXT_LETTERS
from workshop_tui.messages import Message, Text, Verbatim, tr

NO_WORDS: Final = tr("There are no words here yet. Please write something, or go on without.")
"""To a phone that sent an empty text."""


class ShortTextConfig(Config, frozen=True, kw_only=True):
    """What an agenda may say of a kind that takes short texts."""

    max_chars: int = 280
    """Longest text, in code points after cleaning."""


def length_problem(max_chars: int) -> Text:
    """What is wrong with a limit, in words; empty when nothing is."""
    if 1 <= max_chars <= SHORT_TEXT_LETTERS:
        return ""
    return tr(
        "{key} is {given}; it can be 1 to {most}.",
        key=Verbatim("max_chars"),
        given=max_chars,
        most=SHORT_TEXT_LETTERS,
    )


def read_short(fields: Fields, field: str, most: int, label: Message) -> CleanText:
    """The text of a field, cleaned.

    Raises:
        BallotRejected: nothing that can be seen was sent, or too much.
    """
    said = read_text("\n".join(fields.get(field, ())), most, label, field=field)
    if not has_words(said):
        raise BallotRejected(NO_WORDS, field=field)
    return said
