"""A baton as a page to read: what is asked first, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.cycle.baton import Baton, Point
from workshop_tui.cycle.payload import LABELS, Line
from workshop_tui.cycle.stages import DIRECTION_WORDS
from workshop_tui.cycle.told import rests_on
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.domain.honesty import FIXED_LINE
from workshop_tui.domain.text import with_stop
from workshop_tui.exports.document import Bullets, Document, Entries, Entry, Paragraph, Section
from workshop_tui.messages import Day, Listed, Message, Quoted, Verbatim, tr, trn


def sheet(baton: Baton) -> Document:
    """The whole page."""
    origin = baton.origin
    title = Quoted(origin.title, origin.language)
    return Document(
        page=tr("Baton: {title}", title=title),
        kicker=tr("Handed on from a workshop"),
        title=title,
        opening=(Paragraph(tuple(_opening(baton))),),
        sections=(
            Section(
                heading=tr("What people asked"),
                anchor="points",
                parts=(
                    (Entries(tuple(_entry(baton, each) for each in baton.points)),)
                    if baton.points
                    else (Paragraph((tr("Nothing was noted here."),)),)
                ),
            ),
            *_payload(baton),
            *_overrides(baton),
            Section(heading=tr("How to read this"), look="footer", parts=tuple(_footer(baton))),
        ),
    )


def _opening(baton: Baton) -> Iterator[Message]:
    origin = baton.origin
    yield tr("From: {stage}.", stage=STAGE_TITLES[origin.stage])
    yield tr("For: {stage}.", stage=STAGE_TITLES[baton.to_stage])
    yield DIRECTION_WORDS[baton.direction]
    if baton.to:
        yield tr("Handed to {bodies} on {day}.", bodies=Listed(tuple(each.name for each in baton.to)),
                 day=Day(baton.handed_on))  # fmt: skip
    else:
        yield tr("Handed on {day}.", day=Day(baton.handed_on))
    if baton.due:
        yield tr("An answer to each point is asked for by {day}.", day=Day(baton.due))
    if origin.people is not None:
        yield trn("{n} person took part.", "{n} people took part.", origin.people)


def _entry(baton: Baton, point: Point) -> Entry:
    return Entry((("", point.words),), tuple(_behind(baton, point)), " ")


def _behind(baton: Baton, point: Point) -> Iterator[Message]:
    """How many said it and what stands behind it; then what is asked."""
    if point.said_by is not None:
        yield (
            trn("{n} person said it.", "{n} people said it.", point.said_by)
            if point.base is None
            else trn("{said} of {n} person said it.", "{said} of {n} people said it.", point.base, said=point.said_by)
        )
    if point.against is not None:
        yield trn("{n} person was against it.", "{n} people were against it.", point.against)
    yield from rests_on(point.evidence)
    if bodies := baton.bodies_of(point):
        yield tr("For {bodies}.", bodies=Listed(bodies))
    if point.asked:
        yield tr("What is asked: {asked}", asked=with_stop(point.asked))
    if due := baton.due_of(point):
        yield tr("Answer by {day}.", day=Day(due))
    yield tr("Its name is {id}.", id=Verbatim(point.id))


def _payload(baton: Baton) -> Iterator[Section]:
    for name, lines in baton.payload.items():
        if name in LABELS and name != "needs":
            yield Section(
                heading=LABELS[name],
                parts=(
                    (Entries(tuple(map(_line, lines))),) if lines else (Paragraph((tr("Nothing was noted here."),)),)
                ),
            )


def _line(line: Line) -> Entry:
    by = (tr("by {day}", day=Day(line.by)),) if line.by else ()
    return Entry((("", line.words),), (*((line.said,) if line.said else ()), *by), "; ")


def _overrides(baton: Baton) -> Iterator[Section]:
    if baton.overrides:
        lines = tuple((each.missing, tr("Why it goes on without: {reason}", reason=each.reason))
                      for each in baton.overrides)  # fmt: skip
        yield Section(heading=tr("What is missing, and why"), parts=(Bullets(lines),))


def _footer(baton: Baton) -> Iterator[Paragraph]:
    yield Paragraph((
        tr("These points are in the words of whoever wrote them up, and in no participant's own."),
        FIXED_LINE,
    ))  # fmt: skip
    if baton.left_out:
        yield Paragraph(baton.left_out)
    for cited in baton.frameworks:
        yield Paragraph((
            tr("{title}: checked on {day}, from “{source}”.", title=Quoted(cited.title, "en"),
               day=Day(cited.checked_on), source=Quoted(cited.source_title, "en")),
            *((tr("Not verified: {what}", what=Quoted(cited.note, "en")),) if cited.note else ()),
        ))  # fmt: skip
    yield Paragraph((
        tr("{file} has the same for programs; its checksum is {sum}.", file=Verbatim("baton.json"),
           sum=Verbatim(baton.checksum)),
    ), "hash")  # fmt: skip
