"""One page within the hour, for those who leave with something to do: points, promises and next steps, as tables.

Nobody's own words are in it: what came in is not read through yet when it is needed.
"""

from __future__ import annotations

from workshop_tui.domain.registers import Register
from workshop_tui.exports import in_short, lines, phrases
from workshop_tui.exports.document import Document, Paragraph, Part, Section, Table
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import EntryReport, Report
from workshop_tui.messages import Message, tr, trn

FOR_WHOM = tr("This page is for those who took part and for those who have something to do now.")

ROWS = 8
"""So many of each fit a page."""


def build(report: Report) -> Document:
    """The whole page."""
    concerns = len(lines.in_(report, "concern"))
    raised = (trn("{n} concern was raised.", "{n} concerns were raised.", concerns),) if concerns else ()
    return Document(
        page=tr("One page: {title}", title=phrases.own(report, report.title)),
        kicker=tr("What came out and who does what, {day}", day=phrases.day_of(report)),
        title=phrases.own(report, report.title),
        opening=(Paragraph((*phrases.who_came(report), *raised)),),
        sections=(
            Section(heading=tr("The points"), parts=_points(report)),
            Section(
                heading=tr("Who promised what"),
                parts=_tasks(report, "promise", tr("Promises"), tr("No promise was noted down.")),
            ),
            Section(
                heading=tr("Who does what now"),
                parts=_tasks(report, "action", tr("Next steps"), tr("Nobody noted down what happens next.")),
            ),
            in_short.ending(report, FOR_WHOM),
        ),
        one_page=True,
    )


OUTPUT = Output(name="one-page", audience="participants", build=build, for_whom=FOR_WHOM)


def _points(report: Report) -> tuple[Part, ...]:
    points = lines.points(report)
    if not points:
        return lines.nothing(report, tr("Nobody has made points of what was said yet."))
    rows = tuple(
        (lines.cell(each.words), lines.cell(*lines.counts(report, each)), lines.cell(*lines.asked(each)))
        for each in points[:ROWS]
    )
    heads = (tr("Point"), tr("How many"), tr("What is asked, and of whom"))
    return (Table(caption=tr("Points, those that most people said first"), heads=heads, rows=rows), *_more(points))


def _tasks(report: Report, register: Register, caption: Message, none: Message) -> tuple[Part, ...]:
    found = sorted(lines.in_(report, register), key=lambda each: each.fields.get("by", "9999"))
    if not found:
        return lines.nothing(report, none, "promises" if register == "promise" else "actions")
    rows = tuple(
        (lines.cell(each.words), lines.cell(lines.who(each) or tr("nobody named")),
         lines.cell(*(lines.when(each) or (tr("no day named"),))))
        for each in found[:ROWS]
    )  # fmt: skip
    return (Table(caption=caption, heads=(tr("What"), tr("Who"), tr("By when")), rows=rows), *_more(found))


def _more(found: tuple[EntryReport, ...] | list[EntryReport]) -> tuple[Part, ...]:
    said = trn("{n} more is in the report of the day.", "{n} more are in the report of the day.", len(found) - ROWS)
    return (Paragraph((said,), "details"),) if len(found) > ROWS else ()
