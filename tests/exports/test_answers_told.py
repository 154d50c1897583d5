"""What became of a line is the same in the pages of its session and in the record over many."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tests.cycle import made
from tests.exports.cycle_day import SIGNS, cycle_day
from workshop_tui.cycle.follow_up import FollowUp, Line
from workshop_tui.cycle.picture import picture
from workshop_tui.exports.building import build_report
from workshop_tui.exports.entries import build_record
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room.record import SessionRecord

SAID = (("done", "A rota."), ("done", "Another rota."), ("not_done", "No money."), ("acknowledged", ""))
steps = st.lists(st.tuples(st.integers(-3, 3), st.sampled_from(SAID) | st.integers(0, 4), st.booleans()), max_size=7)


@cache
def held() -> tuple[SessionRecord, str]:
    day = cycle_day()
    return day.record(), day.keys[SIGNS]


def line(of: str, key: str, days: int, said: tuple[str, str] | int, is_late: bool) -> Line:
    at = made.NOON + days * made.DAY
    if isinstance(said, int):
        return Line(at=at, what="confirmed", about=f"{of}:{key}", yes=said, no=1)
    return made.answered(key, *said, session=of, at=at, said_on="2026-11-20" if is_late else "")


@given(steps)
def test_pages_and_record_tell_the_same_answer_and_the_same_count(
    given_: list[tuple[int, tuple[str, str] | int, bool]],
) -> None:
    record, key = held()
    of = record.info.id
    followed: FollowUp = made.follow_up(*(line(of, key, *each) for each in given_), session=of)

    report = build_report(record, KINDS, "session_report", followed)
    tracked = picture([build_record(report, ENGLISH)], [followed], today="2026-12-01").tracked(f"{of}:{key}")

    assert tracked is not None
    told = report.answers.get(key)
    if tracked.given:
        assert told is not None
        assert (told.answer, told.confirmed) == (tracked.answer, tracked.confirmed)
