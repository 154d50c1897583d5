"""What was typed into a form of a desk, as values."""

from __future__ import annotations

import datetime as dt
import re

from workshop_tui.domain.text import clean_line, has_words


def number_or_none(typed: str) -> int | None:
    """A whole number as typed, in the digits of any script; None for anything else."""
    return int(typed) if re.fullmatch(r"\s*[+-]?\d{1,6}\s*", typed) else None


def is_day(typed: str) -> bool:
    """Whether that is a day, written as 2026-12-24."""
    try:
        dt.date.fromisoformat(typed)
    except ValueError:
        return False
    return True


def words_missing(typed: str) -> bool:
    """Whether there is nothing in it to read."""
    return not has_words(clean_line(typed))
