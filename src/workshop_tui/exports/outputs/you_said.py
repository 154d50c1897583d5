"""For the public: you said, we did, we can't, because. What has no answer stands there as that.

The answers are those of the follow-up file, in the words of whoever answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from workshop_tui.cycle.answers import Status
from workshop_tui.exports import in_short, lines, phrases
from workshop_tui.exports.document import Document, Paragraph, Section, Table
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import EntryReport, Report
from workshop_tui.messages import Message, Text, tr, trn

FOR_WHOM = tr("Everybody may have this page.")

GROUPS: Final[tuple[tuple[tuple[Status, ...], Message, Message], ...]] = (
    (("done", "already", "changed_in_part"), tr("You said, we did"), tr("What we did")),
    (("planned", "acknowledged", "waiting", "passed_on"), tr("You said, and it is on its way"), tr("Where it is")),
    (("not_done",), tr("You said, and we can't, because"), tr("Why not")),
    (("none",), tr("You said, and there is no answer yet"), tr("Where it is")),
)
"""Statuses, and the heading and the column under which they stand."""


def build(report: Report) -> Document:
    """The whole page."""
    said = said_in(report)
    return Document(
        page=tr("You said, we did: {title}", title=phrases.own(report, report.title)),
        kicker=tr("What became of what people said on {day}", day=phrases.day_of(report)),
        title=phrases.own(report, report.title),
        opening=(Paragraph((*phrases.who_came(report), *_sum(report, said))),),
        sections=(
            in_short.in_short(report, named=False),
            *_groups(report, said),
            *_promises(report),
            in_short.left_out(report),
            in_short.ending(report, FOR_WHOM),
        ),
    )


OUTPUT = Output(name="you-said-we-did", audience="public", build=build, for_whom=FOR_WHOM)


def said_in(report: Report) -> tuple[EntryReport, ...]:
    """What people said, as the page answers it: points, then concerns."""
    return (*lines.points(report), *lines.in_(report, "concern"))


def _sum(report: Report, said: tuple[EntryReport, ...]) -> tuple[Text, ...]:
    waits = sum(lines.answered(report, each).answer.status == "none" for each in said)
    return (
        trn("{n} thing that people said stands here.", "{n} things that people said stand here.", len(said)),
        *((trn("{n} of them has no answer yet.", "{n} of them have no answer yet.", waits),) if waits else ()),
    )


def _groups(report: Report, said: tuple[EntryReport, ...]) -> Iterator[Section]:
    for statuses, heading, column in GROUPS:
        found = [each for each in said if lines.answered(report, each).answer.status in statuses]
        if found:
            rows = tuple(
                (lines.cell(each.words), lines.cell(*lines.counts(report, each)),
                 lines.cell(*lines.answer(report, each)))
                for each in found
            )  # fmt: skip
            heads = (tr("You said"), tr("How many"), column)
            yield Section(heading=heading, parts=(Table(caption=heading, heads=heads, rows=rows),))


def _promises(report: Report) -> Iterator[Section]:
    found = lines.in_(report, "promise")
    if found:
        rows = tuple(
            (lines.cell(each.words), lines.cell(lines.who(each, named=False)), lines.cell(*lines.answer(report, each)))
            for each in found
        )
        heads = (tr("We promised"), tr("Who promised it"), tr("What became of it"))
        heading = tr("Did we keep our promises?")
        yield Section(heading=heading, parts=(Table(caption=heading, heads=heads, rows=rows),))
