"""The days by which something is to be done or was promised, for the calendars of those who have to remember them."""

from __future__ import annotations

from typing import Final

from workshop_tui.cycle.files import is_day
from workshop_tui.cycle.record import Entry
from workshop_tui.exports import phrases
from workshop_tui.exports.dates import Date, Dates
from workshop_tui.exports.document import Said
from workshop_tui.exports.entries import entries_of, owner_of
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import Report
from workshop_tui.messages import Message, tr

FOR_WHOM: Final = tr("For those who run the workshop and those who do what was agreed. It may hold names.")

_DUE: Final = ("action", "promise")
"""The registers whose lines have a day by which they are to be done."""


def build(report: Report) -> Dates | None:
    """Actions and promises with a day; None where none has one."""
    due = [entry for entry in entries_of(report) if entry.register in _DUE and is_day(entry.text("by"))]
    if not due:
        return None
    return Dates(
        title=phrases.own(report, report.title),
        session=report.origin.id,
        made_at=report.origin.as_of,
        # Whatever changes a line of the write-up is a line of the journal.
        sequence=len(report.journal),
        dates=tuple(_date(entry, report) for entry in due),
    )


OUTPUT = Output(name="dates", audience="session_report", build=build, for_whom=FOR_WHOM, formats=("ics",))


def _date(entry: Entry, report: Report) -> Date:
    key = entry.id.removeprefix(f"{report.origin.id}:")
    return Date(key=key, day=entry.text("by"), title=_title(entry), said=tuple(_said(entry, report)))


def _title(entry: Entry) -> Message:
    if entry.register == "promise":
        return tr("Promised: {words}", words=entry.words)
    return tr("To be done: {words}", words=entry.words)


def _said(entry: Entry, report: Report) -> Said:
    owner = (tr("owner: {owner}", owner=owner_of(entry)),) if owner_of(entry) else ()
    title = phrases.own(report, report.title)
    return (*owner, tr("From the workshop “{title}” on {day}.", title=title, day=phrases.day_of(report)), FOR_WHOM)
