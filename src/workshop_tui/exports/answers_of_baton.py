"""A baton as a workbook to answer in: a line for each point, and beside it what is asked and by when."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.cycle.baton import Baton, Point
from workshop_tui.cycle.returned import HEADS, Marker
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.exports.answer_columns import HOW, answer_cells, answer_columns
from workshop_tui.exports.workbook import Column, Sheet, Value, Workbook
from workshop_tui.messages import Day, Listed, Message, Quoted, tr, trn


def answers(baton: Baton, body: str = "") -> Workbook:
    """The workbook.

    Args:
        baton: What is handed on.
        body: Whose it is; it has the points that they are asked about, and their name stands in it already. Empty for
            all points.
    """
    points = tuple(each for each in baton.points if not body or body in baton.bodies_of(each))
    role = next((each.role for each in baton.to if each.name == body), "")
    origin = baton.origin
    return Workbook(
        title=tr("What people asked, to be answered: {title}", title=Quoted(origin.title, origin.language)),
        made_at=origin.made_at,
        notes=(*((each,) for each in _whence(baton, body)), *HOW),
        sheets=(
            Sheet(
                name=tr("Points"),
                description=tr("What people asked, what is asked of you and by when, and room for an answer."),
                columns=(
                    Column(head=HEADS["entry"][0], wide=True),
                    Column(head=tr("How many said it")),
                    Column(head=tr("What is asked of you"), wide=True),
                    Column(head=tr("Answer by"), sort="date"),
                    *answer_columns(),
                ),
                rows=tuple(_row(baton, each, body, role) for each in points),
            ),
        ),
        marker=Marker(about=baton.id, checksum=baton.checksum, body=body).lines,
    )


def _whence(baton: Baton, body: str) -> Iterator[Message]:
    origin = baton.origin
    yield tr("From a workshop on {day}.", day=Day(origin.day))
    yield tr("For: {stage}.", stage=STAGE_TITLES[baton.to_stage])
    if body:
        yield tr("For {bodies}.", bodies=Listed((body,)))
    if baton.due:
        yield tr("An answer to each point is asked for by {day}.", day=Day(baton.due))
    yield tr("These points are in the words of whoever wrote them up, and in no participant's own.")


def _row(baton: Baton, point: Point, body: str, role: str) -> tuple[Value, ...]:
    whose = body or (point.body if len(baton.bodies_of(point)) == 1 else "")
    return (
        point.words,
        _said_by(point),
        point.asked or None,
        baton.due_of(point) or None,
        *answer_cells(point.id, point.words, body=whose, role=role),
    )


def _said_by(point: Point) -> Value:
    if point.said_by is None:
        return None
    if point.base is None:
        return trn("{n} person", "{n} people", point.said_by)
    return trn("{said} of {n} person", "{said} of {n} people", point.base, said=point.said_by)
