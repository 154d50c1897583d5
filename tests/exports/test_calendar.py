"""Days for a calendar, read by somebody else's reader: they stay the same event, and take the whole day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.workshops import Workshop, a_workshop, agenda
from workshop_tui.errors import InputError
from workshop_tui.exports.dates import Date, Dates
from workshop_tui.exports.files import Writing, export
from workshop_tui.exports.formats import calendar
from workshop_tui.exports.formats.calendar import LONGEST_LINE, folded
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH, tr

NOON = 1_790_000_000_000


def raw(words: str = "Ring the school", *, day: str = "2026-12-01", title: str = "A day", sequence: int = 3) -> bytes:
    date = Date(
        key="k1", day=day, title=tr("To be done: {words}", words=words), said=(words, tr("owner: {owner}", owner="Fay"))
    )
    return bytes(
        calendar.FORMAT.write(
            Dates(title=title, session="abc", made_at=NOON, sequence=sequence, dates=(date,)), ENGLISH
        )
    )  # fmt: skip


def event(data: bytes) -> icalendar.Event:
    (found,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return found


def of(day: Workshop) -> bytes:
    return bytes(Writing(day.record(), KINDS, ENGLISH).files("dates.ics")["dates.ics"])


def test_a_day_is_an_event_that_takes_the_whole_day_and_no_time_of_anybody() -> None:
    found = event(raw())

    assert found.decoded("DTSTART") == dt.date(2026, 12, 1)
    assert found.decoded("DTEND") == dt.date(2026, 12, 2)
    assert found["TRANSP"] == "TRANSPARENT"
    assert str(found["SUMMARY"]) == "To be done: Ring the school"
    assert str(found["DESCRIPTION"]) == "Ring the school\nowner: Fay"


def test_an_event_keeps_its_name_when_its_day_changes_and_a_later_file_has_a_higher_number() -> None:
    first, later = event(raw(sequence=3)), event(raw(day="2027-01-05", sequence=4))

    assert first["UID"] == later["UID"] == "abc-k1@workshop-tui"
    assert first["SEQUENCE"] < later["SEQUENCE"]


def test_it_was_written_when_the_last_thing_happened_in_the_session() -> None:
    assert event(raw()).decoded("DTSTAMP") == dt.datetime(2026, 9, 21, 14, 13, 20, tzinfo=dt.UTC)
    assert raw() == raw()


@given(st.text(max_size=300))
def test_any_words_come_back_as_they_were_and_no_line_is_too_long(words: str) -> None:
    data = raw(words, title=words)

    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= LONGEST_LINE for line in lines)
    assert all(line.decode() for line in lines[:-1])
    found = event(data)
    assert set(found) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}
    kept = calendar.for_xml(words).replace("\t", " ")
    assert str(found["SUMMARY"]) == f"To be done: {kept}"


@pytest.mark.parametrize("letter", ["a", "é", "ب", "\U0001f600"])
def test_a_long_line_is_broken_between_letters(letter: str) -> None:
    pieces = folded(letter * 200).removesuffix(b"\r\n").split(b"\r\n ")

    assert "".join(piece.decode() for piece in pieces) == letter * 200
    assert len(pieces[0]) > LONGEST_LINE - 4


@pytest.mark.parametrize(
    "words", ["x\nEND:VEVENT\nBEGIN:VALARM", "x\r\nATTACH:file:///etc/passwd", "a;b,c\\n", "x\x00\x0by"]
)
def test_no_words_become_a_property_of_their_own(words: str) -> None:
    found = event(raw(words))

    assert "ATTACH" not in found
    assert not found.subcomponents


def test_actions_and_promises_with_a_day_are_in_it_and_nothing_else() -> None:
    found = icalendar.Calendar.from_ical(of(a_workshop())).walk("VEVENT")

    assert [str(each["SUMMARY"]) for each in found] == ["To be done: Ring the school"]
    assert "owner: Facilitator" in str(found[0]["DESCRIPTION"])
    assert "From the workshop “A test day”" in str(found[0]["DESCRIPTION"])


def test_after_anything_that_is_done_in_the_session_the_number_is_higher() -> None:
    day = a_workshop(ended=False)
    before = event(of(day))
    day.note("action", "Write to the school", due="2026-12-03")

    after = icalendar.Calendar.from_ical(of(day)).walk("VEVENT")

    assert {each["UID"] for each in after} > {before["UID"]}
    assert all(each["SEQUENCE"] > before["SEQUENCE"] for each in after)


def test_where_nothing_has_a_day_there_is_no_calendar_and_who_asks_for_one_is_told(tmp_path: Path) -> None:
    day = Workshop(agenda())
    day.open("i01")
    day.note("promise", "A summary soon")

    assert "dates.ics" not in {path.name for path in export(day.record(), KINDS, tmp_path / "all")}
    with pytest.raises(InputError, match=r"nothing for dates\.ics\. Nothing was written"):
        export(day.record(), KINDS, tmp_path / "one", ["dates.ics"])
    assert not (tmp_path / "one").exists()
