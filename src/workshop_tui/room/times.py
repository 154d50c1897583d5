"""Moments and lengths as people read them on every desk: the time of day where this machine stands, whole minutes."""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.timing import MINUTE


def clock(at: int, *, seconds: bool = False) -> str:
    """A moment, UTC milliseconds, as the local time of day: "10:54" or "10:54:03"."""
    local = dt.datetime.fromtimestamp(at / 1000, tz=dt.UTC).astimezone()
    return local.strftime("%H:%M:%S" if seconds else "%H:%M")


def minutes_words(ms: int) -> str:
    """A length in whole minutes and words, without its sign: "3 min", "1 h 20 min"."""
    minutes = round(abs(ms) / MINUTE)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
