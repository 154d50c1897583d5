"""A sheet for staff: what patients changed, what is to be said and done differently now, and what stays as it is.

Staff see what came of the hours that people gave, and what is asked of them: what was not changed stands there with its
reason, since they are the ones who are asked why.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from workshop_tui.exports import in_short, lines, phrases
from workshop_tui.exports.document import Document, Paragraph, Part, Quotation, Section, Table
from workshop_tui.exports.output import Output
from workshop_tui.exports.outputs.you_said import said_in
from workshop_tui.exports.report import Report
from workshop_tui.messages import Message, tr

FOR_WHOM = tr("This page is for staff and for the people who decide. It is not to be published.")

QUOTED: Final = 3
"""So many stories stand in it at most."""


def build(report: Report) -> Document:
    """The whole sheet."""
    return Document(
        page=tr("What patients changed: {title}", title=phrases.own(report, report.title)),
        kicker=tr("For staff, after a session on {day}", day=phrases.day_of(report)),
        title=phrases.own(report, report.title),
        opening=(Paragraph((*phrases.who_came(report), *phrases.status(report))),),
        sections=(
            in_short.in_short(report),
            Section(
                heading=tr("What patients changed"),
                parts=_became(report, ("done", "changed_in_part"), tr("Nothing is recorded as changed yet.")),
            ),
            Section(
                heading=tr("What will change"),
                parts=_became(report, ("planned", "waiting"), tr("Nothing is planned yet.")),
            ),
            Section(
                heading=tr("What stays as it is, and why"),
                parts=_became(report, ("not_done", "already"), tr("Nothing was refused.")),
            ),
            Section(heading=tr("What to tell people, and what staff are told"), parts=_to_tell(report)),
            Section(heading=tr("What is asked of you"), parts=_actions(report)),
            Section(heading=tr("Who gains, who loses, what people bring"), parts=_people(report)),
            Section(heading=tr("What people told us"), parts=_quoted(report)),
            in_short.left_out(report),
            in_short.ending(report, FOR_WHOM),
        ),
    )


OUTPUT = Output(name="for-staff", audience="board", build=build, for_whom=FOR_WHOM)


def _became(report: Report, statuses: Collection[str], none: Message) -> tuple[Part, ...]:
    found = [each for each in said_in(report) if lines.answered(report, each).answer.status in statuses]
    if not found:
        return (Paragraph((none,)),)
    rows = tuple((lines.cell(each.words), lines.cell(*lines.answer(report, each))) for each in found)
    return (
        Table(
            caption=tr("What people said, and what became of it"), heads=(tr("What people said"), tr("Now")), rows=rows
        ),
    )


def _to_tell(report: Report) -> tuple[Part, ...]:
    return lines.table(report, "to_tell") or lines.nothing(report, tr("Nothing was noted down here."))


def _actions(report: Report) -> tuple[Part, ...]:
    return lines.table(report, "action") or lines.nothing(report, tr("No action was agreed."), "actions")


def _people(report: Report) -> tuple[Part, ...]:
    found = (*lines.table(report, "gain_loss"), *lines.table(report, "offer"), *lines.table(report, "access"))
    return found or lines.nothing(report, tr("Nothing was noted down here."))


def _quoted(report: Report) -> tuple[Part, ...]:
    quoted = tuple(Quotation(each.parts) for each in report.stories.shown[:QUOTED])
    return quoted or (Paragraph((tr("No story may be read here."),)),)
