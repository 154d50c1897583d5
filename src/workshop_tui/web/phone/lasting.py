"""How long words live, as phones are told: the rule is `domain.reach`, the date is the session's own."""

from __future__ import annotations

import datetime as dt
from typing import Final

from workshop_tui.domain.reach import Reach
from workshop_tui.messages import ENGLISH
from workshop_tui.room.ports import SessionInfo

WRITTEN_UP: Final = "when the people running today have finished writing up"
DAY: Final = f"It is deleted {WRITTEN_UP}."
KEPT: Final = "It is kept with the record of today, until the organiser deletes it."
RETOLD: Final = "What they write about it in their own words is kept."


def at_the_latest(info: SessionInfo) -> str:
    """The date, as a sentence; empty where the session has none."""
    if not info.write_up_by:
        return ""
    return f"That is on {ENGLISH.day(dt.date.fromisoformat(info.write_up_by))} at the latest."


def lasts(info: SessionInfo, reach: Reach, *, retold: bool = False) -> str:
    """Until when words live.

    Args:
        info: The session.
        reach: What the rule says of them.
        retold: Whether somebody may say in other words what they are about: that stays.
    """
    if reach == "kept":
        return KEPT
    return " ".join(part for part in (DAY, at_the_latest(info), RETOLD if retold else "") if part)
