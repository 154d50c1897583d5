"""The picture of many sessions in lines, as a terminal prints them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workshop_tui.cycle import told
from workshop_tui.cycle.picture import ALL_STAGES, Picture, Tracked
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.messages import Day, Sentences, Text, Verbatim, tr

Shown = tuple[int, Sentences]
"""How deep a line stands, and what it says; nothing for an empty line."""


def lines_of(picture: Picture, since: str = "", files: Mapping[str, str] | None = None) -> Iterator[Shown]:
    """The picture: what sums it up, what has no answer, then stage by stage, and what is to be done.

    Args:
        picture: The picture.
        since: The day after which what became late is listed apart; empty for no such list.
        files: The name of the file in which each session was found, by its id.
    """
    for said in told.summed(picture):
        yield 0, said
    yield from _list(told.UNANSWERED, picture.unanswered, picture)
    if since:
        yield from _names(tr("Newly late since {day}", day=Day(since)), picture.newly_late(since), picture)
    for stage in ALL_STAGES:
        if points := [each for each in picture.of_stage(stage) if each.answer.status != "none"]:
            yield from _list(STAGE_TITLES[stage], points, picture)
    yield from _list(told.PROMISED, picture.promises, picture)
    yield from _list(told.DUE, picture.actions_due, picture)
    if picture.batons:
        yield from _head(told.HANDED_ON)
        for baton in picture.batons:
            yield 1, tuple(told.baton_words(baton, picture.today))
    if silent := [each for each in picture.bodies if each.late]:
        yield from _head(told.SILENT)
        for body in silent:
            yield 1, body.body
            yield 2, tuple(told.body_words(body))
    if picture.in_hand:
        yield from _head(told.IN_HAND)
        for held in picture.in_hand:
            yield 1, held.received.words or told.HELD_BACK
            yield 2, (tr("It was handed to “{title}”.", title=held.session.title), _name(held.received.id))
    if picture.concerns:
        yield from _head(told.CONCERNS)
        for session, entry in picture.concerns:
            yield 1, told.words_of(entry)
            yield 2, (told.whence(session), told.named(entry))
            if codes := told.codes_of(entry.id, picture):
                yield 2, codes
    if picture.unheard:
        yield from _head(told.NOT_HEARD)
        for unheard in picture.unheard:
            yield 1, told.words_of(unheard.entry)
            yield (
                2,
                (
                    *told.fields_of(unheard.entry),
                    tr("Noted in “{title}”.", title=unheard.session.title),
                    told.named(unheard.entry),
                ),
            )
    if picture.frame is not None:
        yield from _head(told.COVERAGE)
        yield 1, told.frame_words(picture)
        for covered in picture.coverage:
            yield 1, tr("Code {code}: {label}", code=Verbatim(covered.code), label=covered.label)
            yield 2, told.covered_words(covered)
    yield from _audit(picture)
    if files:
        yield from _head(told.SESSIONS)
        for one in picture.sessions:
            yield 1, told.titled(one)
            yield 2, (tr("It is in {file}.", file=Verbatim(files.get(one.id, "-"))))


def _audit(picture: Picture) -> Iterator[Shown]:
    if picture.audit:
        yield from _head(told.AUDIT)
        for row in picture.audit:
            yield 1, told.titled(row.session)
            yield 2, (told.OUTCOMES, *told.outcomes(row))
            yield 2, (told.PROCESSES, *told.processes(row))
            yield 2, (told.MECHANISMS, *told.mechanisms(row))


def _head(heading: Text) -> Iterator[Shown]:
    yield 0, ""
    yield 0, heading


def _list(heading: Text, tracked: Sequence[Tracked], picture: Picture) -> Iterator[Shown]:
    if tracked:
        yield from _head(heading)
        for each in tracked:
            yield from _tracked(each, picture)


def _names(heading: Text, tracked: Sequence[Tracked], picture: Picture) -> Iterator[Shown]:
    if tracked:
        yield from _head(heading)
        for each in tracked:
            yield 1, told.words_of(each.entry)
            yield 2, told.late_of(each, picture.today)


def _tracked(each: Tracked, picture: Picture) -> Iterator[Shown]:
    """A point in its lines: its words, whence it comes, to whom it went, what came back, what is next."""
    yield 1, told.words_of(each.entry)
    yield 2, (told.whence(each.session), told.named(each.entry))
    if rests := tuple(told.behind(each.entry)):
        yield 2, rests
    if asked := told.asked_of(each):
        yield 2, asked
    if each.given:
        yield 2, told.came_back(each)
    if codes := told.codes_of(each.entry.id, picture):
        yield 2, codes
    if late := told.late_of(each, picture.today):
        yield 2, late
    for id_ in each.onward:
        if (further := picture.tracked(id_)) is not None:
            yield 2, (tr("It went on as “{words}”.", words=told.words_of(further.entry)))


def _name(id_: str) -> Text:
    return tr("Its name is {id}.", id=Verbatim(id_))
