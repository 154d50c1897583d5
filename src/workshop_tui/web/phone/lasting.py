"""How long words live, as phones are told: the rule is `domain.reach`, the date is the session's own."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain.reach import Reach
from workshop_tui.messages import Day, Message, tr
from workshop_tui.room.ports import SessionInfo

DAY: Final = tr("It is deleted when the people running today have finished writing up.")
KEPT: Final = tr("It stays with what is kept of today, until those who run it delete it.")
RETOLD: Final = tr("What they write about it in their own words is kept.")


def lasts(info: SessionInfo, reach: Reach, *, retold: bool = False) -> tuple[Message, ...]:
    """Until when words live, in sentences.

    Args:
        info: The session.
        reach: What the rule says of them.
        retold: Whether somebody may say in other words what they are about: that stays.
    """
    if reach == "kept":
        return (KEPT,)
    dated = [tr("That is on {day} at the latest.", day=Day(info.write_up_by))] if info.write_up_by else []
    return (DAY, *dated, *([RETOLD] if retold else []))
