"""The picture of many sessions in lines, as a terminal prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.cycle.answers import late_words, said_of
from workshop_tui.cycle.picture import ALL_STAGES, PROMISES, Given, HandedOver, Picture, Tracked, summing_line
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.messages import Day, Listed, Place, Sentences, Text, Verbatim, counted, tr, trn

Shown = tuple[int, Sentences]
"""How deep a line stands, and what it says; nothing for an empty line."""


def lines_of(picture: Picture) -> Iterator[Shown]:
    """The picture: what sums it up, what has no answer, then stage by stage, and what is to be done."""
    count = len(picture.sessions)
    yield 0, trn("{n} session, as on {day}.", "{n} sessions, as on {day}.", count, day=Day(picture.today))
    yield 0, summing_line(picture.points)
    if picture.promises:
        yield 0, summing_line(picture.promises, PROMISES)
    yield from _list(tr("Points without an answer"), picture.unanswered, picture)
    for stage in ALL_STAGES:
        if points := [each for each in picture.of_stage(stage) if each.answer.status != "none"]:
            yield 0, ""
            yield 0, STAGE_TITLES[stage]
            for each in points:
                yield from _tracked(each, picture)
    yield from _list(tr("Promises"), picture.promises, picture)
    yield from _list(tr("Actions due"), picture.actions_due, picture)
    if picture.batons:
        yield 0, ""
        yield 0, tr("What was handed on")
        for baton in picture.batons:
            yield 1, tuple(_baton(baton, picture.today))
    if picture.in_hand:
        yield 0, ""
        yield 0, tr("Still in our hands")
        for held in picture.in_hand:
            yield 1, held.received.words
            yield 2, tr("It was handed to “{title}”.", title=held.session.title)
    if picture.unheard:
        yield 0, ""
        yield 0, tr("Who has not been heard")
        for unheard in picture.unheard:
            yield 1, unheard.entry.words
            yield 2, tr("Noted in “{title}”.", title=unheard.session.title)


def _list(heading: Text, tracked: Sequence[Tracked], picture: Picture) -> Iterator[Shown]:
    if tracked:
        yield 0, ""
        yield 0, heading
        for each in tracked:
            yield from _tracked(each, picture)


def _tracked(each: Tracked, picture: Picture) -> Iterator[Shown]:
    """A point in its lines: its words, whence it comes, to whom it went, what came back, what is next."""
    yield 1, each.entry.words or tr("Its words are held back.")
    yield 2, (tr("From “{title}”, {day}.", title=each.session.title, day=_day(each.session.day)))
    yield 2, tuple(_behind(each))
    if bodies := tuple(dict.fromkeys(one.body for one in each.handed if one.body)):
        first = min(one.day for one in each.handed)
        yield 2, (tr("Handed to {bodies} on {day}.", bodies=Listed(bodies), day=_day(first)))
    is_promise = each.entry.register == "promise"
    if each.given:
        yield 2, (*said_of(each.answer, promise=is_promise), *_source(each.given[-1]))
    if each.answer.status == "done":
        yield 2, (each.confirmed.words)
    if late := late_words(each.answer, each.asked_by, picture.today):
        yield 2, late
    for id_ in each.onward:
        if (further := picture.tracked(id_)) is not None:
            yield 2, (tr("It went on as “{words}”.", words=further.entry.words))


def _baton(baton: HandedOver, today: str) -> Iterator[Text]:
    """To whom, and what came back."""
    points = counted("{n} point", "{n} points").of(baton.points)
    if baton.body:
        yield tr("{points} of “{title}” to {body}, on {day}.", points=points, title=baton.title, body=baton.body,
                 day=_day(baton.day))  # fmt: skip
    else:
        yield tr("{points} of “{title}”, on {day}.", points=points, title=baton.title, day=_day(baton.day))
    late = baton.lateness(today)
    if late == "long_overdue" and not baton.answered:
        yield tr("Handed over, no answer since {day}.", day=_day(baton.due))
    else:
        yield trn("{answered} of {n} is answered.", "{answered} of {n} are answered.", baton.points,
                  answered=baton.answered)  # fmt: skip
        if late:
            yield tr("Late: answers were asked for by {day}.", day=_day(baton.due))


def _behind(each: Tracked) -> Iterator[Text]:
    entry = each.entry
    if entry.said_by is not None and entry.base is not None:
        yield trn("{said} of {n} person said it.", "{said} of {n} people said it.", entry.base, said=entry.said_by)
    if entry.against:
        yield trn("{n} person was against it.", "{n} people were against it.", entry.against)
    if entry.evidence.is_gone:
        yield tr("The story behind this was taken back.")
    yield tr("Its name is {id}.", id=Verbatim(entry.id))


def _source(given: Given) -> Iterator[Text]:
    if given.body:
        yield tr("Said by {body} on {day}.", body=given.body, day=_day(given.day))
    if given.reference:
        yield tr("It is said in: {reference}", reference=given.reference)


def _day(iso: str) -> Place:
    return Day(iso) if iso else Verbatim("-")
