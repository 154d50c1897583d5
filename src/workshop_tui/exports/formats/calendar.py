"""Days as an iCalendar file (RFC 5545): one event for each, which a later file of the same session replaces.

No event says when the file was written: it carries the time of the last thing that happened in the session. What is due
takes the whole day, in whatever place it is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from workshop_tui.exports.dates import Date, Dates
from workshop_tui.exports.formats.office import for_xml
from workshop_tui.exports.output import PageFormat
from workshop_tui.messages import Message, Translator

LONGEST_LINE: Final = 75
"""In octets, without the end of the line."""

_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def _calendar(dates: Dates, translator: Translator) -> bytes:
    return b"".join(map(folded, _lines(dates, translator)))


FORMAT = PageFormat(ending="ics", write=_calendar)


def escaped(text: str) -> str:
    """A text as a value: no sign in it ends the value or begins another property."""
    return for_xml(text).replace("\t", " ").translate(_ESCAPED)


def folded(line: str) -> bytes:
    """A line with its end, broken where it is too long: the rest goes on after a space, and no letter is cut in two."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def _lines(dates: Dates, translator: Translator) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//workshop-tui//workshop-tui//EN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{escaped(translator.text(dates.title))}"
    for date in dates.dates:
        yield from _event(date, dates, translator)
    yield "END:VCALENDAR"


def _event(date: Date, dates: Dates, translator: Translator) -> Iterator[str]:
    day = dt.date.fromisoformat(date.day)
    written = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=dates.made_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(f'{dates.session}-{date.key}')}@workshop-tui"
    yield f"SEQUENCE:{dates.sequence}"
    yield f"DTSTAMP:{written:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day < dt.date.max:
        yield f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY{_language(date.title, translator)}:{escaped(translator.text(date.title))}"
    if date.said:
        yield f"DESCRIPTION:{escaped(chr(10).join(map(translator.text, date.said)))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _language(said: Message, translator: Translator) -> str:
    return f";LANGUAGE={translator.language_of(said)}"
