"""What was agreed, promised and worried about, as lists to work through: each with a line for what became of it."""

from __future__ import annotations

from typing import Final, Literal

from workshop_tui.cycle.record import Entry
from workshop_tui.cycle.returned import HEADS, Marker
from workshop_tui.domain.answers import PROMISE_WORDS, STATUS_WORDS, Answer
from workshop_tui.domain.registers import REGISTERS
from workshop_tui.exports import lines, phrases
from workshop_tui.exports.answer_columns import HOW, answer_cells, answer_columns
from workshop_tui.exports.document import Said
from workshop_tui.exports.entries import entries_of
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import Report
from workshop_tui.exports.workbook import Column, Sheet, Value, Workbook
from workshop_tui.messages import Message, tr

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
            *HOW,
        ),
        sheets=(
            _sheet(
                report,
                entries,
                "action",
                tr("What was agreed, who does it and by when."),
                HEADS["entry"][1],
            ),
            _sheet(
                report,
                entries,
                "promise",
                tr("What was promised, by whom and by when."),
                HEADS["entry"][2],
            ),
            _sheet(
                report,
                entries,
                "concern",
                tr("What people were worried about, and what was answered."),
                HEADS["entry"][3],
            ),
        ),
        marker=Marker(about=report.origin.id).lines,
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
    report: Report,
    entries: tuple[Entry, ...],
    register: Literal["action", "promise", "concern"],
    description: Message,
    what: Message,
) -> Sheet:
    fields = _FIELDS[register]
    became = {each.key: lines.answered(report, each).answer for each in report.entries if each.register == register}
    is_answered = any(each.status != "none" for each in became.values())
    columns = (
        Column(head=what, wide=True),
        *(column for _, column in fields),
        Column(head=tr("Noted during")),
        *(_SO_FAR if is_answered else ()),
        *answer_columns(promises=register == "promise"),
    )

    def row(entry: Entry) -> tuple[Value, ...]:
        told = (_value(entry.text(name), column) for name, column in fields)
        so_far = _so_far(register, became[entry.id.partition(":")[2]]) if is_answered else ()
        return (entry.words, *told, entry.item, *so_far, *answer_cells(entry.id, entry.words))

    rows = tuple(row(entry) for entry in entries if entry.register == register)
    return Sheet(name=REGISTERS[register].many, description=description, columns=columns, rows=rows)


_SO_FAR: Final = (Column(head=tr("What became of it so far")), Column(head=tr("What was said of it"), wide=True))
"""What was answered already: beside what is to be filled in, and not in it, so that it does not come back as new."""


def _so_far(register: str, answer: Answer) -> tuple[Value, ...]:
    said = PROMISE_WORDS if register == "promise" else STATUS_WORDS
    return (said[answer.status], answer.words or None)


def _value(said: str, column: Column) -> Value:
    return int(said) if column.sort == "number" and said.isdecimal() else said


def _not_here(report: Report) -> Said:
    lists: tuple[phrases.NoteList, ...] = ("actions", "promises", "concerns")
    return tuple(said for which in lists for said in phrases.beside_notes(report, which))
