"""Moments by the clock of the place, wherever the report is written."""

from __future__ import annotations

import pytest

from workshop_tui.exports.local_time import ClockFace, utc_offset_minutes
from workshop_tui.messages import ENGLISH, Verbatim

HOUR = 3_600_000
MARCH_3 = 1_772_496_000_000
"""2026-03-03T00:00Z."""


@pytest.mark.parametrize(
    ("start", "utc_hour", "ahead"),
    [
        ("17:30", 17.5, 0), ("17:30", 16.5, 60), ("17:30", 12.0, 330), ("09:00", 14.0, -300), ("01:00", 23.0, 120),
        ("23:00", 1.0, -120), ("12:00", 22.0, 840), ("12:00", 23.0, 780), ("12:00", 21.75, -585),
    ],
)  # fmt: skip
def test_the_agenda_tells_how_far_its_clock_is_ahead(start: str, utc_hour: float, ahead: int) -> None:
    assert utc_offset_minutes(start, MARCH_3 + round(utc_hour * HOUR)) == ahead


@pytest.mark.parametrize(("start", "moment"), [("", MARCH_3), ("17:30", None), ("", None)])
def test_a_session_that_does_not_tell_is_not_guessed(start: str, moment: int | None) -> None:
    assert utc_offset_minutes(start, moment) is None


@pytest.mark.parametrize(
    ("ahead", "time", "date", "name"),
    [
        (0, "23:05", "3 March 2026", "UTC"), (60, "00:05", "4 March 2026", "UTC+1"),
        (-570, "13:35", "3 March 2026", "UTC-9:30"),
    ],
)  # fmt: skip
def test_a_moment_is_told_by_that_clock(ahead: int, time: str, date: str, name: str) -> None:
    clock, moment = ClockFace(ahead, known=True), MARCH_3 + 23 * HOUR + 5 * 60_000

    assert (ENGLISH.text(clock.time(moment)), ENGLISH.text(clock.day(moment))) == (time, date)
    assert name in str(clock.sentence())


def test_what_did_not_happen_has_a_dash_and_an_unknown_clock_says_utc() -> None:
    clock = ClockFace(0, known=False)

    assert clock.time(None) == Verbatim("-")
    assert str(clock.sentence()).startswith("Times are in UTC")
