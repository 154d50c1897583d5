"""What was typed into a form of a desk, as values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from workshop_tui.domain.text import clean_line, has_words, plain_digits, plain_number
from workshop_tui.messages import Message


def number_or_none(typed: str) -> int | None:
    """A whole number as typed, in the digits of any script; None for anything else."""
    digits = plain_number(typed)
    return int(digits) if re.fullmatch(r"[+-]?[0-9]{1,6}", digits) else None


def day_or_none(typed: str) -> str | None:
    """A day in the digits of any script, as 2026-12-24; None for what is no day."""
    try:
        return dt.date.fromisoformat(plain_digits(typed).strip()).isoformat()
    except ValueError:
        return None


def lines_in(typed: str) -> list[str]:
    """The lines with words in them, as options are typed."""
    return [line for line in map(clean_line, typed.splitlines()) if has_words(line)]


def with_words(why: Message) -> Callable[[str], Message | None]:
    """What is `wrong` with a field that has to say something: why, where there is nothing in it to read."""

    def wrong(typed: str) -> Message | None:
        return None if has_words(clean_line(typed)) else why

    return wrong
