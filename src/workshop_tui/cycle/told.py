"""What the picture of many sessions says of each line: page, console and terminal say it in the same sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from workshop_tui.cycle.answers import late_words, said_of
from workshop_tui.cycle.picture import (
    POINTS,
    PROMISES,
    Asked,
    Audited,
    Covered,
    Given,
    HandedOver,
    Picture,
    Tracked,
    summing_line,
)
from workshop_tui.cycle.record import Entry, Evidence, Session
from workshop_tui.cycle.stages import cited
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.domain.registers import said_fields
from workshop_tui.domain.text import without_stop
from workshop_tui.messages import Counted, Day, Listed, Message, Place, Text, Verbatim, counted, tr, trn

HELD_BACK: Final = tr("Its words are held back.")

ACTIONS: Final = counted("{n} action", "{n} actions")
NOUNS: Final[Mapping[str, Counted]] = {"point": POINTS, "promise": PROMISES, "action": ACTIONS}

UNANSWERED: Final = tr("Points without an answer")
NEWLY_LATE: Final = tr("What newly became late")
CAME_BACK: Final = tr("What was answered")
PROMISED: Final = tr("Promises")
DUE: Final = tr("Actions due")
IN_HAND: Final = tr("Still in our hands")
HANDED_ON: Final = tr("What was handed on")
SILENT: Final = tr("Bodies that owe an answer")
CONCERNS: Final = tr("Concerns")
NOT_HEARD: Final = tr("Who has not been heard")
AUDIT: Final = tr("Audit of engagement activities")
COVERAGE: Final = tr("Codes, and what has them")
SESSIONS: Final = tr("Sessions")

OUTCOMES: Final = tr("What findings already show what matters?")
PROCESSES: Final = tr("What routinely brings useful information?")
MECHANISMS: Final = tr("Who and what can be asked again?")


def day(iso: str) -> Place:
    """A day in words; a dash for none."""
    return Day(iso) if iso else Verbatim("-")


def words_of(entry: Entry) -> Text:
    """Its words, or that they are held back."""
    return entry.words or HELD_BACK


def summed(picture: Picture) -> Iterator[Message]:
    """How many sessions, and where everything stands, in a line for each register that has something."""
    yield trn("{n} session, as on {day}.", "{n} sessions, as on {day}.", len(picture.sessions), day=Day(picture.today))
    yield summing_line(picture.points)
    if picture.promises:
        yield summing_line(picture.promises, PROMISES)
    if picture.actions:
        yield summing_line(picture.actions, ACTIONS)


# One point, promise or action. -----------------------------------------------------------------------


def whence(session: Session) -> Message:
    """Where something was said."""
    return tr("From “{title}”, {day}.", title=session.title, day=day(session.day))


def titled(session: Session) -> Message:
    """The name of a session, and when it was held."""
    return tr("“{title}”, {day}", title=session.title, day=day(session.day))


def asked_of(each: Tracked, *, with_handing: bool = True) -> tuple[Message, ...]:
    """Of whom it is asked, and by when.

    Args:
        each: What is asked.
        with_handing: Whether to whom it was handed is said here; where its `history` follows it is said there.
    """
    bodies = tuple(dict.fromkeys(one.body for one in each.handed if one.body))
    named = each.entry.text("body") or each.entry.text("role")
    said: list[Message] = []
    if each.handed and with_handing:
        said.append(_handed(bodies, min(one.day for one in each.handed)))
    elif not each.handed and named:
        said.append(tr("For {bodies}.", bodies=Listed((named,))))
    elif not each.handed and each.entry.register == "point":
        said.append(tr("It was handed to nobody yet."))
    if asked := each.entry.text("asked"):
        said.append(tr("What is asked: “{asked}”.", asked=without_stop(asked)))
    if each.asked_by and (with_handing or not any(one.due == each.asked_by for one in each.handed)):
        said.append(tr("By {day}.", day=day(each.asked_by)))
    return tuple(said)


def behind(entry: Entry) -> Iterator[Message]:
    """How many said it, and what stands behind it."""
    if entry.said_by is not None and entry.base is not None:
        yield trn("{said} of {n} person said it.", "{said} of {n} people said it.", entry.base, said=entry.said_by)
    if entry.against:
        yield trn("{n} person was against it.", "{n} people were against it.", entry.against)
    yield from rests_on(entry.evidence)


def rests_on(evidence: Evidence) -> Iterator[Message]:
    """What stands behind something, counted; that it was taken back, where nothing is left."""
    counts = (
        trn("{n} result", "{n} results", len(evidence.results)),
        trn("{n} story", "{n} stories", evidence.stories),
        trn("{n} idea", "{n} ideas", evidence.ideas),
        trn("{n} reason", "{n} reasons", evidence.reasons),
        trn("{n} note", "{n} notes", evidence.notes),
        trn("{n} point of an earlier workshop", "{n} points of earlier workshops", len(evidence.received)),
        trn("{n} text that was only for the day", "{n} texts that were only for the day", evidence.over),
    )
    if there := tuple(each for each in counts if each.n):
        yield tr("Behind it: {what}.", what=Listed(there))
    if evidence.is_gone:
        yield tr("The story behind this was taken back.")


def named(entry: Entry) -> Message:
    """By which name it is known."""
    return tr("Its name is {id}.", id=Verbatim(entry.id))


def given_words(given: Given, *, promise: bool) -> tuple[Text, ...]:
    """One answer, with who said it and where."""
    answer = given.answer
    head = said_of(answer, promise=promise)[0]
    words = (tr("“{words}”.", words=without_stop(answer.words)),) if answer.words else ()
    where = (tr("It can be seen here: “{where}”.", where=without_stop(answer.where)),) if answer.where else ()
    return (head, *words, *where, *source_of(given))


def source_of(given: Given) -> Iterator[Text]:
    """Who said it, and where."""
    if given.source == "session":
        yield tr("In “{title}”, {day}.", title=given.body, day=day(given.day))
    elif given.body:
        yield tr("Said by {body} on {day}.", body=given.body, day=day(given.day))
    elif given.day:
        yield tr("Noted on {day}.", day=day(given.day))
    if given.reference:
        yield tr("It is said in “{reference}”.", reference=without_stop(given.reference))
    if given.session and given.source != "session":
        yield tr("“{title}” noted the same.", title=given.title)


def came_back(each: Tracked) -> tuple[Text, ...]:
    """The newest answer and whether those who asked confirm it; that there is none."""
    if not each.given:
        return (tr("No answer yet."),)
    said = given_words(each.given[-1], promise=each.entry.register == "promise")
    return (*said, each.confirmed.words) if each.answer.status == "done" else said


def late_of(each: Tracked, today: str) -> tuple[Text, ...]:
    """That it is late, and what to do next."""
    return late_words(each.answer, each.asked_by, today, each.entry.register)


def history(each: Tracked, picture: Picture) -> Iterator[tuple[Text, ...]]:
    """All that happened with it, the oldest first, a line for each step."""
    promise = each.entry.register == "promise"
    handings: dict[tuple[str, str], dict[str, None]] = {}
    for one in each.handed:
        handings.setdefault((one.day, one.due), {})[one.body] = None
    for (on, due), to in sorted(handings.items()):
        yield (_handed(tuple(filter(None, to)), on), *((tr("By {day}.", day=day(due)),) if due else ()))
    for given in each.given:
        yield given_words(given, promise=promise)
    if not each.given:
        yield (tr("No answer yet."),)
    for asking in each.asked_before:
        yield (tr("Asked on {day} about an answer before:", day=day(asking.day)), asking.confirmed.words)
    if each.answer.status == "done":
        yield (each.confirmed.words,)
    for id_ in each.onward:
        if (further := picture.tracked(id_)) is not None:
            yield (tr("It went on as “{words}”.", words=words_of(further.entry)),)
    if codes := codes_of(each.entry.id, picture):
        yield codes
    if late := late_of(each, picture.today):
        yield late


def _handed(bodies: tuple[str, ...], on: str) -> Message:
    if bodies:
        return tr("Handed to {bodies} on {day}.", bodies=Listed(bodies), day=day(on))
    return tr("Handed on {day}.", day=day(on))


def codes_of(id_: str, picture: Picture) -> tuple[Message, ...]:
    """Which codes a line has; nothing for none."""
    return tuple(
        tr("Code {code}: {label}, of “{frame}”.", code=Verbatim(each.code), label=each.label, frame=each.frame)
        for each in picture.codes.get(id_, ())
    )


NOT_PEOPLE: Final = tr("Lines and sessions are counted here, and never people.")


def covered_words(each: Covered) -> tuple[Message, ...]:
    """What a code means, and how much has it."""
    return (
        *((tr("It means: {definition}", definition=each.definition),) if each.definition else ()),
        trn("{n} point.", "{n} points.", each.points),
        trn("{n} other line.", "{n} other lines.", each.others),
        trn("{n} session.", "{n} sessions.", each.sessions),
        *((tr("It is below {code}.", code=Verbatim(each.parent)),) if each.parent else ()),
    )


def frame_words(picture: Picture) -> tuple[Message, ...]:
    """When the list of codes was checked, and what is counted; nothing without one."""
    return (*cited([picture.frame.framework]), NOT_PEOPLE) if picture.frame is not None else ()


def fields_of(entry: Entry) -> Iterator[Message]:
    """What its register says of it, field by field."""
    said = {name: str(value) for name, value in entry.fields.items()}
    for field, value in said_fields(entry.register, said):
        shown: Place = day(str(value)) if field.sort == "date" else value
        yield tr("{what} {said}", what=field.label, said=shown)


# Batons, bodies, sessions. ---------------------------------------------------------------------------


def baton_words(baton: HandedOver, today: str) -> Iterator[Text]:
    """To whom, and what came back."""
    points = counted("{n} point", "{n} points").of(baton.points)
    if baton.body:
        yield tr("{points} of “{title}” to {body}, on {day}.", points=points, title=baton.title, body=baton.body,
                 day=day(baton.day))  # fmt: skip
    else:
        yield tr("{points} of “{title}”, on {day}.", points=points, title=baton.title, day=day(baton.day))
    late = baton.lateness(today)
    if late == "long_overdue" and not baton.answered:
        yield tr("Handed over, no answer since {day}.", day=day(baton.due))
    else:
        yield trn("{answered} of {n} is answered.", "{answered} of {n} are answered.", baton.points,
                  answered=baton.answered)  # fmt: skip
        if late:
            yield tr("Late: answers were asked for by {day}.", day=day(baton.due))


def body_words(asked: Asked) -> Iterator[Text]:
    """How a body answers."""
    if asked.is_silent:
        yield trn(
            "It has not answered: {n} point, asked for by {day}.",
            "It has not answered: {n} points, the first asked for by {day}.",
            asked.late,
            day=day(asked.since),
        )
        if asked.long_overdue:
            yield tr("That is long overdue: tell those who asked, and ask its board or its scrutiny.")
        return
    yield trn("{answered} of {n} is answered.", "{answered} of {n} are answered.", asked.points,
              answered=asked.answered)  # fmt: skip
    if asked.late:
        yield trn("{n} is late, since {day}.", "{n} are late, the first since {day}.", asked.late, day=day(asked.since))


NOTHING_NOTED: Final = tr("Nothing was noted.")


def outcomes(row: Audited) -> tuple[Text, ...]:
    """Numbers and words that it found."""
    counts = (
        trn("{n} result", "{n} results", row.results),
        trn("{n} point", "{n} points", row.points),
        trn("{n} concern", "{n} concerns", row.concerns),
        trn("{n} text in people's own words", "{n} texts in people's own words", row.texts),
    )
    there = tuple(each for each in counts if each.n)
    return (tr("{what}.", what=Listed(there)),) if there else (NOTHING_NOTED,)


def processes(row: Audited) -> tuple[Text, ...]:
    """What it was fed with."""
    said: list[Text] = []
    if row.received:
        said.append(trn("{n} point of an earlier session.", "{n} points of earlier sessions.", row.received))
    if row.materials:
        said.append(tr("Papers and figures: {what}.", what=Listed(row.materials)))
    return tuple(said) or (NOTHING_NOTED,)


def mechanisms(row: Audited) -> tuple[Text, ...]:
    """Whom it reached who can be asked again."""
    said: list[Text] = []
    if row.offers:
        said.append(tr("Offered: {what}.", what=Listed(row.offers)))
    if row.bodies:
        said.append(tr("Its points are for {bodies}.", bodies=Listed(row.bodies)))
    return tuple(said) or (NOTHING_NOTED,)


def held_words(session: Session) -> tuple[Message, ...]:
    """What is known of a session."""
    return (STAGE_TITLES[session.stage], *(() if session.ended_at is not None else (tr("It goes on still."),)))
