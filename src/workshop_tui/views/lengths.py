"""Lengths of time as phrases."""

from __future__ import annotations

from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import Message, tr, trn


def minutes_words(ms: int) -> Message:
    """A length in whole minutes, without its sign: "3 min", "1 h 20 min"."""
    minutes = round(abs(ms) / MINUTE)
    if minutes < 60:
        return trn("{n} min", "{n} min", minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def span(ms: int) -> Message:
    """A length to the second, without its sign: "6 min 42 s"."""
    minutes, seconds = divmod(abs(ms) // 1000, 60)
    if not minutes:
        return trn("{n} s", "{n} s", seconds)
    if not seconds:
        return trn("{n} min", "{n} min", minutes)
    return tr("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)
