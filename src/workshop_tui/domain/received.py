"""What was handed to a session: its points in the order of the agenda, and what the session did with each. Pure.

What it did is a line in the register "received" that names the point; of two for one point the last noted counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from workshop_tui.domain.agenda import STAGE_TITLES, HandedIn
from workshop_tui.domain.answers import Answer, is_in_our_hands, said_of
from workshop_tui.domain.registers import EntryRow, answer_in
from workshop_tui.messages import Day, Message, Text, tr, trn


class Dealt(Struct, frozen=True, kw_only=True):
    """A point that was handed in, and what this session did with it."""

    point: HandedIn
    note: str = ""
    """The line that says it; empty for none."""
    text: str = ""
    """Its words: those of the point, or of a line that somebody noted and sorted so."""
    fields: Mapping[str, str] = {}
    """What is said of it there."""

    @property
    def answer(self) -> Answer:
        """What became of it."""
        own = "" if self.text == self.point.words else self.text
        return answer_in(self.fields, self.fields.get("words", "") or own)

    @property
    def is_open(self) -> bool:
        """Whether it is still in our hands."""
        return is_in_our_hands(self.answer)

    @property
    def said(self) -> tuple[Text, ...]:
        """What became of it as a person reads it; that it is still in our hands where nothing did."""
        if self.is_open:
            return (STILL_OURS,)
        seen = self.fields.get("seen", "")
        measured = (tr("Measured now: {seen}", seen=seen),) if seen else ()
        return (*said_of(self.answer, promise=self.point.sort == "promise"), *measured)


STILL_OURS = tr("Still in our hands: there is no answer yet.")


def dealt_with(points: Iterable[HandedIn], lines: Iterable[tuple[str, str, EntryRow | None]]) -> tuple[Dealt, ...]:
    """Each point with what was noted last of it.

    Args:
        points: Those of the agenda.
        lines: The notes that were not taken back, in the order in which they were kept, as (key, words, how sorted).
    """
    noted = {
        row.fields.get("point", ""): (note, text, row.fields)
        for note, text, row in lines
        if row is not None and row.register == "received"
    }
    made = []
    for point in points:
        note, text, fields = noted.get(point.id, ("", "", {}))
        made.append(Dealt(point=point, note=note, text=text, fields=fields))
    return tuple(made)


def in_our_hands(dealt: Iterable[Dealt]) -> int:
    """How many of them have no answer."""
    return sum(each.is_open for each in dealt)


def in_our_hands_words(count: int, total: int) -> Message | None:
    """How many of them are still in our hands; None where nothing was handed in, or everything is answered."""
    if not count:
        return None
    if total == 1:
        return tr("What was handed to us has no answer: it is still in our hands.")
    return trn(
        "Of {total} that were handed to us, {n} has no answer: it is still in our hands.",
        "Of {total} that were handed to us, {n} have no answer: they are still in our hands.",
        count,
        total=total,
    )


def behind_words(point: HandedIn) -> tuple[Text, ...]:
    """How many said it and out of how many, those against, and the measure that it is held against."""
    return tuple(_behind(point))


def _behind(point: HandedIn) -> Iterator[Text]:
    if point.said_by is not None:
        yield (
            trn("{n} person said it.", "{n} people said it.", point.said_by)
            if point.base is None
            else trn("{said} of {n} person said it.", "{said} of {n} people said it.", point.base, said=point.said_by)
        )
    if point.against is not None:
        yield trn("{n} person was against it.", "{n} people were against it.", point.against)
    yield from measure_words(point)


def measure_words(point: HandedIn) -> tuple[Text, ...]:
    """The measure with its source, its period and what it said at first; none where none is named."""
    named: tuple[tuple[str, Message], ...] = (
        (point.metric, tr("Measured by: {metric}", metric=point.metric)),
        (point.baseline, tr("At first: {baseline}", baseline=point.baseline)),
        (point.period, tr("Period: {period}", period=point.period)),
        (point.source, tr("Source: {source}", source=point.source)),
    )
    return tuple(words for given, words in named if given)


def what_is_asked(point: HandedIn) -> tuple[Text, ...]:
    """What is asked, of whom and by when."""
    asked = (tr("What is asked: {asked}", asked=point.asked),) if point.asked else ()
    body = (tr("For {body}.", body=point.body),) if point.body else ()
    day = Day(point.by)
    by = tr("It was promised for {day}.", day=day) if point.sort == "promise" else tr("Answer by {day}.", day=day)
    due = (by,) if point.by else ()
    about = (point.about,) if point.about else ()
    return (*about, *asked, *body, *due)


def origin_words(point: HandedIn) -> tuple[Message, ...]:
    """Where it comes from."""
    title = tr("From “{title}”.", title=point.from_session)
    stage = STAGE_TITLES.get(point.from_stage)
    return (*((title,) if point.from_session else ()), *((tr("Stage: {stage}.", stage=stage),) if stage else ()))


def number_words(point: HandedIn, number: int, total: int) -> Message:
    """Which of them it is."""
    if point.sort == "promise":
        return tr("Promise {number} of {total} that were handed to us", number=number, total=total)
    return tr("Point {number} of {total} that were handed to us", number=number, total=total)
