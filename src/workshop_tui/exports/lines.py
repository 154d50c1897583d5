"""What is said of the lines of the write-up on every page: how many said it, who does it, what became of it.

A line is in the words of whoever wrote it up. Of numbers there is "12 of 31 people" with the word for how many; where
so few people were there that a number would tell what each of them said, only the room's own report has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from workshop_tui.cycle.answers import Answer, said_of
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.domain.honesty import SMALL_GROUP, share
from workshop_tui.domain.points import TAKEN_BACK
from workshop_tui.domain.registers import REGISTERS, Register, RegisterField
from workshop_tui.domain.text import without_stop
from workshop_tui.exports import phrases
from workshop_tui.exports.document import Cell, Entries, Entry, Paragraph, Part, Said, Table
from workshop_tui.exports.report import Answered, EntryReport, Report
from workshop_tui.messages import Day, Listed, Message, Place, tr, trn

WIDE: Final = 4
"""Columns from which a table scrolls by itself."""

NO_ANSWER: Final = Answered(Answer())

TOO_FEW: Final = tr("How many is not told: in so small a group it would tell what each person said.")


def in_(report: Report, *registers: Register) -> tuple[EntryReport, ...]:
    """The lines of some registers, in the order in which they were noted."""
    return tuple(each for each in report.entries if each.register in registers)


def points(report: Report) -> tuple[EntryReport, ...]:
    """The points, those that most people said first."""
    return tuple(sorted(in_(report, "point"), key=lambda each: -(number(each, "said_by") or 0)))


def to_do(report: Report, *registers: Register) -> tuple[EntryReport, ...]:
    """What is still to be done, the earliest day first; what nobody named a day for comes last."""
    found = (each for each in in_(report, *registers) if answered(report, each).answer.status not in _SETTLED)
    return tuple(sorted(found, key=lambda each: each.fields.get("by", "9999")))


_SETTLED: Final = ("done", "already", "changed_in_part", "not_done")


def number(entry: EntryReport, name: str) -> int | None:
    """A field that is a number; None where nobody said it."""
    said = entry.fields.get(name, "")
    return int(said) if said.isdecimal() else None


def people(report: Report) -> int:
    """Out of how many a count is told: those in the room and by video link, or the phones that took part."""
    return report.phones - report.looking_on if report.present is None else report.present + report.by_video


def counts(report: Report, entry: EntryReport, *, room: bool = False) -> Said:
    """How many said it and how many were against it, number first; empty where nobody counted.

    Args:
        report: The session.
        entry: The line.
        room: Whether those who were there read it, who know what they said: of a small group too.
    """
    if not room and tells_each(report, entry):
        return (TOO_FEW,)
    return tuple(_counts(people(report), number(entry, "said_by"), number(entry, "against")))


def tells_each(report: Report, entry: EntryReport) -> bool:
    """Whether how many said it would tell what each person said: few were there, and all of them said the same."""
    base, found = people(report), (number(entry, "said_by"), number(entry, "against"))
    return base < SMALL_GROUP and any(each is not None and each >= base for each in found)


def _counts(base: int, said_by: int | None, against: int | None) -> Iterator[Message]:
    if said_by is not None:
        # More than were counted: then nobody knows out of how many.
        yield (
            tr("{share} said this.", share=share(said_by, base))
            if said_by <= base
            else trn("{n} person said this.", "{n} people said this.", said_by)
        )
    if against:
        yield (
            tr("{share} said the opposite.", share=share(against, base))
            if against <= base
            else trn("{n} person said the opposite.", "{n} people said the opposite.", against)
        )
    elif against == 0:
        yield tr("Nobody said the opposite.")


def behind(entry: EntryReport) -> Said:
    """What it rests on, counted, and whether it is to be read again; empty where nothing is tied to it."""
    rests = entry.rests
    kinds = (
        trn("{n} result", "{n} results", len(rests.results)),
        trn("{n} story", "{n} stories", rests.stories),
        trn("{n} idea", "{n} ideas", rests.ideas),
        trn("{n} reason", "{n} reasons", rests.reasons),
        trn("{n} note", "{n} notes", rests.notes),
        trn("{n} point of an earlier workshop", "{n} points of earlier workshops", len(rests.received)),
    )
    there = tuple(each for each in kinds if each.n)
    over = (trn("{n} text that was only for the day", "{n} texts that were only for the day", rests.over),)
    found = (*there, *(over if rests.over else ()))
    told = (tr("Behind it: {what}.", what=Listed(found)),) if found else ()
    return (*told, *((TAKEN_BACK,) if rests.taken_back and not found else ()))


def asked(entry: EntryReport) -> Said:
    """What is asked of whom, and by when; empty where nothing is."""
    fields = entry.fields
    stage = STAGE_TITLES.get(fields.get("stage", ""))
    whom = (tr("For: {body}.", body=fields["body"]),) if fields.get("body") else ()
    what = (tr("What is asked: “{asked}”.", asked=without_stop(fields["asked"])),) if fields.get("asked") else ()
    return (
        *whom,
        *((tr("Stage: {stage}.", stage=stage),) if stage is not None else ()),
        *what,
        *((tr("Answer by {day}.", day=Day(fields["by"])),) if fields.get("by") else ()),
    )


def who(entry: EntryReport, *, named: bool = True) -> str:
    """Who does it, promised it or answers it: a role, and a name where names are told; empty where nobody said."""
    role, name = entry.fields.get("role", ""), entry.fields.get("name", "") if named else ""
    return f"{role}, {name}" if role and name else role or name


def when(entry: EntryReport) -> Said:
    """By which day; empty where nobody said."""
    return (tr("by {day}", day=Day(entry.fields["by"])),) if entry.fields.get("by") else ()


def who_by_when(entry: EntryReport, *, named: bool = True) -> Said:
    """Both, as they stand in brackets behind a line."""
    found = who(entry, named=named)
    return (*((found,) if found else ()), *when(entry))


# What became of it. -----------------------------------------------------------------------------------


def answered(report: Report, entry: EntryReport) -> Answered:
    """What became of a line."""
    return report.answers.get(entry.key, NO_ANSWER)


def answer(report: Report, entry: EntryReport) -> Said:
    """The same in words; that there is no answer yet where there is none, and by when one was asked for."""
    found = answered(report, entry)
    if found.answer.status == "none":
        by = entry.fields.get("by", "")
        told = (
            tr("It was promised for {day}.", day=Day(by))
            if entry.register == "promise"
            else tr("An answer was asked for by {day}.", day=Day(by))
        )
        return (tr("No answer yet."), *((told,) if by else ()))
    done = found.answer.status == "done"
    head, *said = said_of(found.answer, promise=entry.register == "promise")
    return (head, *((found.confirmed.words,) if done else ()), *said)


# As parts of a page. ----------------------------------------------------------------------------------


def paragraph(*said: Place) -> tuple[Part, ...]:
    """Sentences by themselves; nothing for none."""
    return (Paragraph(said),) if said else ()


def nothing(report: Report, said: Message, *lists: phrases.NoteList) -> tuple[Part, ...]:
    """That there is none of something; where some may be held back, how many are, and never that there is none.

    Args:
        report: The session.
        said: That there is none.
        lists: Where it would stand.
    """
    held = tuple(each for which in lists or ("notes",) for each in phrases.held_notes(report, which))
    return (Paragraph(held or (said,)),)


def cell(*said: Place) -> Cell:
    """A cell of sentences, one after the other."""
    return Cell(said, joined=" ")


def noted(entries: Iterable[EntryReport], *, named: bool = True) -> tuple[Part, ...]:
    """Lines as a list, with who does it and by when; nothing for none."""
    made = tuple(Entry((("", each.words),), who_by_when(each, named=named), "; ") for each in entries)
    return (Entries(made),) if made else ()


def table(report: Report, register: Register, *, named: bool = True, leave: Iterable[str] = ()) -> tuple[Part, ...]:
    """A register as a table: a column for each field that some line has; nothing for a register without lines.

    Args:
        report: The session.
        register: Which.
        named: Whether people are named.
        leave: Fields that this page has no column for.
    """
    spec, entries = REGISTERS[register], in_(report, register)
    left = {*leave, *(() if named else ("name",))}
    fields = [each for each in spec.fields if each.name not in left and any(each.name in of.fields for of in entries)]
    rows = tuple((cell(of.words), *(cell(*_said(each, of)) for each in fields)) for of in entries)
    heads = (spec.one, *(_HEADS.get(each.name, each.label) for each in fields))
    anchor = f"table-{register}" if len(heads) >= WIDE else ""
    return (Table(caption=spec.many, heads=heads, rows=rows, anchor=anchor),) if rows else ()


_HEADS: Final = {
    "role": tr("Who"), "name": tr("Name"), "by": tr("By when"), "who": tr("Who"), "body": tr("For"),
    "money": tr("Money"), "hours": tr("Hours"), "between": tr("Between"), "said_by": tr("How many said it"),
    "against": tr("How many were against it"),
}  # fmt: skip
"""What stands over a column, where the question that a form asks would not read well there."""


def _said(field: RegisterField, entry: EntryReport) -> Said:
    said = entry.fields.get(field.name, "")
    if not said:
        return ()
    if field.sort == "date":
        return (Day(said),)
    return (dict(field.choices).get(said, said),)
