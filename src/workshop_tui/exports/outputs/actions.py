"""What was agreed, promised and worried about, as lists to work through: each with a line for what became of it."""

from __future__ import annotations

from typing import Final, Literal

from workshop_tui.cycle.answers import PROMISE_WORDS
from workshop_tui.cycle.record import Entry
from workshop_tui.domain.answers import STATUS_WORDS
from workshop_tui.domain.registers import REGISTERS
from workshop_tui.exports import phrases
from workshop_tui.exports.document import Said
from workshop_tui.exports.entries import entries_of
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import Report
from workshop_tui.exports.workbook import Column, Sheet, Value, Workbook
from workshop_tui.messages import Message, tr

REFERENCE: Final = tr("Reference")
"""Over the column by which a line is known again."""

FOR_WHOM: Final = tr("For those who run the workshop and those who do what was agreed. It may hold names.")


def build(report: Report) -> Workbook:
    """One sheet each for actions, promises and concerns."""
    entries = entries_of(report)
    return Workbook(
        title=tr("Actions, promises and concerns: {title}", title=phrases.own(report, report.title)),
        made_at=report.origin.as_of,
        notes=(
            (tr("From a workshop on {day}.", day=phrases.day_of(report)), *phrases.write_up(report)),
            (FOR_WHOM, tr("The lines are the facilitator's, and may repeat what somebody said.")),
            *((said,) for said in _not_here(report)),
            (tr("Please leave the references as they are: by them a line is known when the workbook comes back."),),
        ),
        sheets=(
            _sheet(
                entries,
                "action",
                tr("What was agreed, who does it and by when."),
                tr("What is to be done"),
            ),
            _sheet(
                entries,
                "promise",
                tr("What was promised, by whom and by when."),
                tr("What was promised"),
            ),
            _sheet(
                entries,
                "concern",
                tr("What people were worried about, and what was answered."),
                tr("What the concern is"),
            ),
        ),
    )


OUTPUT = Output(name="actions", audience="session_report", build=build, for_whom=FOR_WHOM, formats=("xlsx",))


_ROLE: Final = ("role", Column(head=tr("Who, by role")))
_NAME: Final = ("name", Column(head=tr("Name")))
_BY: Final = ("by", Column(head=tr("By when"), sort="date"))

_FIELDS: Final[dict[str, tuple[tuple[str, Column], ...]]] = {
    "action": (
        _ROLE,
        _NAME,
        _BY,
        ("money", Column(head=tr("Money it needs"))),
        ("hours", Column(head=tr("Hours it needs"), sort="number")),
    ),
    "promise": (_ROLE, _NAME, _BY),
    "concern": (("body", Column(head=tr("For which body"))),),
}
"""What each list tells of a line, by the fields of its register."""


def _sheet(
    entries: tuple[Entry, ...],
    register: Literal["action", "promise", "concern"],
    description: Message,
    what: Message,
) -> Sheet:
    statuses, fields = PROMISE_WORDS if register == "promise" else STATUS_WORDS, _FIELDS[register]
    columns = (
        Column(head=what, wide=True),
        *(column for _, column in fields),
        Column(head=tr("Noted during")),
        Column(head=tr("Status"), sort="choice", choices=tuple(statuses.values()), to_fill=True),
        Column(head=tr("What was done, or why not"), to_fill=True, wide=True),
        Column(head=tr("On which day"), sort="date", to_fill=True),
        Column(head=REFERENCE),
    )

    def row(entry: Entry) -> tuple[Value, ...]:
        told = (_value(entry.text(name), column) for name, column in fields)
        return (entry.words, *told, entry.item, statuses["none"], None, None, entry.id)

    rows = tuple(row(entry) for entry in entries if entry.register == register)
    return Sheet(name=REGISTERS[register].many, description=description, columns=columns, rows=rows)


def _value(said: str, column: Column) -> Value:
    return int(said) if column.sort == "number" and said.isdecimal() else said


def _not_here(report: Report) -> Said:
    lists: tuple[phrases.NoteList, ...] = ("actions", "promises", "concerns")
    return tuple(said for which in lists for said in phrases.beside_notes(report, which))
