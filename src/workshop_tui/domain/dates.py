"""Days as people read them, in English whatever the machine speaks."""

from __future__ import annotations

import datetime as dt
from typing import Final

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def date_words(day: dt.date) -> str:
    """A day in words, such as 11 December 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
