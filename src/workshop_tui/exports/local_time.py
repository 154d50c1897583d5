"""Moments as people in the room saw them on the wall, the same on every machine.

A report must not depend on the time zone of the laptop that writes it. The session tells its own: its agenda
says "17:30" and its file says which moment that was.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import Day, Message, Verbatim, tr

DAY: Final = 24 * 60

FARTHEST_AHEAD: Final = 14 * 60
"""The clocks farthest ahead of UTC, in minutes (the Line Islands); beyond it a clock is behind."""


def utc_offset_minutes(start: str, moment: int | None) -> int | None:
    """How far the clock on the wall is ahead of UTC, in minutes; None when the session does not tell.

    By when the agenda wants to start, "HH:MM" on the wall, and the same moment in UTC milliseconds.
    """
    if not start or moment is None:
        return None
    hours, minutes = start.split(":")
    ahead = (int(hours) * 60 + int(minutes) - moment // MINUTE) % DAY
    return ahead - DAY if ahead > FARTHEST_AHEAD else ahead


class ClockFace(Struct, frozen=True):
    """Says moments by one clock."""

    ahead: int
    """How many minutes it is ahead of UTC."""
    known: bool
    """Whether that is the clock of the place; otherwise it is UTC and says so."""

    def time(self, moment: int | None) -> Verbatim:
        """The time of day, such as 17:31; a dash for what did not happen."""
        return Verbatim("-" if moment is None else f"{self._at(moment):%H:%M}")

    def day(self, moment: int) -> Day:
        """The day, such as 3 March 2026."""
        return Day(self.iso_date(moment))

    def iso_date(self, moment: int) -> str:
        """The day for file names, such as 2026-03-03."""
        return f"{self._at(moment):%Y-%m-%d}"

    def sentence(self) -> Message:
        """Which clock this is."""
        if self.known:
            return tr("Times are by the clock of the place ({zone}).", zone=Verbatim(_zone_name(self.ahead)))
        return tr("Times are in UTC: the agenda does not say when it starts.")

    def _at(self, moment: int) -> dt.datetime:
        zone = dt.timezone(dt.timedelta(minutes=self.ahead))
        return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=moment)).astimezone(zone)


def _zone_name(ahead: int) -> str:
    if ahead == 0:
        return "UTC"
    sign, size = ("+", ahead) if ahead > 0 else ("-", -ahead)
    minutes = f":{size % 60:02}" if size % 60 else ""
    return f"UTC{sign}{size // 60}{minutes}"
