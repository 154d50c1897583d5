"""What the kinds that take short texts share: one box, one text, one limit."""

from __future__ import annotations

from workshop_tui.domain.activity import Config, Fields, Said
from workshop_tui.domain.text import has_words, read_text
from workshop_tui.errors import BallotRejected
from workshop_tui.limits import SHORT_TEXT_LETTERS


class ShortTextConfig(Config, frozen=True, kw_only=True):
    """What an agenda may say of a kind that takes short texts."""

    max_chars: int = 280
    """Longest text, in code points after cleaning."""


def length_problem(max_chars: int) -> str:
    """What is wrong with a limit, in words; empty when nothing is."""
    if 1 <= max_chars <= SHORT_TEXT_LETTERS:
        return ""
    return f"max_chars is {max_chars}; it can be 1 to {SHORT_TEXT_LETTERS:,}."


def read_short(fields: Fields, field: str, most: int, label: str) -> Said:
    """The text of a field, cleaned.

    Raises:
        BallotRejected: nothing that can be seen was sent, or too much.
    """
    said = read_text("\n".join(fields.get(field, ())), most, label, field=field)
    if not has_words(said):
        raise BallotRejected("There are no words here yet. Please write something, or go on without.", field=field)
    return said
