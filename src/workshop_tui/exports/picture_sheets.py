"""The record over many sessions as a workbook: a sheet for each list, to sort and to filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop_tui.cycle import told
from workshop_tui.cycle.answers import LONG_OVERDUE_DAYS, PROMISE_WORDS, STATUS_WORDS, Lateness
from workshop_tui.cycle.picture import Picture, Tracked
from workshop_tui.cycle.record import Entry, Session
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.exports.document import sentences_of
from workshop_tui.exports.picture_page import FOR_WHOM, TITLE, Shown
from workshop_tui.exports.workbook import Column, Sheet, Value, Workbook
from workshop_tui.messages import Listed, Message, Text, Verbatim, tr, trn

LATE_WORDS: Final[dict[Lateness, Message | None]] = {"": None, "late": tr("Late"), "long_overdue": tr("Long overdue")}

REFERENCE: Final = tr("Reference")


def workbook(shown: Shown) -> Workbook:
    """All of it."""
    picture = shown.picture
    return Workbook(
        title=TITLE,
        made_at=max((each.made_at for each in picture.sessions), default=0),
        notes=(
            tuple(told.summed(picture)),
            FOR_WHOM,
            (
                tr("Late is what has no answer after its day."),
                trn("Long overdue is late by more than {n} day.", "Long overdue is late by more than {n} days.",
                    LONG_OVERDUE_DAYS),
            ),
            *((told.frame_words(picture),) if picture.frame is not None else ()),
            *((tr("These files could not be used, and nothing of them is here:"),) for _ in shown.passed_over[:1]),
            *map(sentences_of, shown.passed_over),
        ),
        sheets=(
            _unanswered(shown),
            _tracked(shown, tr("Points"), tr("Every point, and what became of it."), picture.points),
            _tracked(shown, told.PROMISED, tr("Every promise, and what became of it."), picture.promises),
            _tracked(shown, tr("Actions"), tr("Every action, and what became of it."), picture.actions),
            _history(shown),
            _batons(picture),
            _bodies(picture),
            _noted(shown, told.CONCERNS, tr("What people were worried about."), picture.concerns),
            _noted(shown, told.NOT_HEARD, tr("Who was missing from a session, and why."),
                   tuple((each.session, each.entry) for each in picture.unheard)),
            *((_coverage(picture),) if picture.frame is not None else ()),
            _audit(picture),
            _sessions(shown),
        ),
    )  # fmt: skip


_WHERE: Final = (Column(head=tr("Session")), Column(head=tr("Held on"), sort="date"), Column(head=REFERENCE),
                 Column(head=tr("File")))  # fmt: skip
"""Where a line was said."""


def _where(shown: Shown, session: Session, entry: Entry) -> tuple[Value, ...]:
    place = shown.places.get(session.id)
    return (session.title, session.day or None, Verbatim(entry.id), Verbatim(place.name) if place else None)


def _unanswered(shown: Shown) -> Sheet:
    """What comes first: few columns, so that it can be printed."""
    columns = (
        Column(head=tr("What it is"), wide=True),
        Column(head=tr("For the stage")),
        Column(head=tr("Asked of")),
        Column(head=tr("Answer by"), sort="date"),
        Column(head=tr("Late")),
        *_WHERE,
    )
    rows = tuple(
        (
            told.words_of(each.entry),
            STAGE_TITLES[each.stage],
            _asked(each),
            each.due or None,
            LATE_WORDS[each.lateness(shown.picture.today)],
            *_where(shown, each.session, each.entry),
        )
        for each in shown.picture.unanswered
    )
    return Sheet(
        name=told.UNANSWERED,
        description=tr("Points that have no answer, the most late first."),
        columns=columns,
        rows=rows,
    )


def _tracked(shown: Shown, name: Message, description: Message, tracked: Sequence[Tracked]) -> Sheet:
    columns = (
        Column(head=tr("What it is"), wide=True),
        Column(head=tr("For the stage")),
        Column(head=tr("Asked of")),
        Column(head=tr("Answer by"), sort="date"),
        Column(head=tr("Said by"), sort="number"),
        Column(head=tr("Out of"), sort="number"),
        Column(head=tr("Against"), sort="number"),
        Column(head=tr("Status")),
        Column(head=tr("What was said"), wide=True),
        Column(head=tr("On which day"), sort="date"),
        Column(head=tr("Where it can be seen")),
        Column(head=tr("Passed on to")),
        Column(head=tr("Answered by")),
        Column(head=tr("It is said in")),
        Column(head=tr("Those who asked: yes"), sort="number"),
        Column(head=tr("Those who asked: no"), sort="number"),
        Column(head=tr("Late")),
        Column(head=tr("Codes")),
        *_WHERE,
    )

    def row(each: Tracked) -> tuple[Value, ...]:
        entry, answer, confirmed = each.entry, each.answer, each.confirmed
        words = PROMISE_WORDS if entry.register == "promise" else STATUS_WORDS
        last = each.given[-1] if each.given else None
        return (
            told.words_of(entry),
            STAGE_TITLES[each.stage],
            _asked(each),
            each.due or each.asked_by or None,
            entry.said_by,
            entry.base,
            entry.against,
            words[answer.status],
            answer.words or None,
            answer.on or None,
            answer.where or None,
            answer.to or None,
            (last.body or None) if last else None,
            (last.reference or None) if last else None,
            confirmed.yes if confirmed.asked else None,
            confirmed.no if confirmed.asked else None,
            LATE_WORDS[each.lateness(shown.picture.today)],
            _codes(shown.picture, entry),
            *_where(shown, each.session, entry),
        )

    return Sheet(name=name, description=description, columns=columns, rows=tuple(map(row, tracked)))


def _codes(picture: Picture, entry: Entry) -> Value:
    codes = tuple(Verbatim(each.code) for each in picture.codes.get(entry.id, ()))
    return Listed(codes) if codes else None


def _coverage(picture: Picture) -> Sheet:
    columns = (
        Column(head=tr("Code")),
        Column(head=tr("What it stands for"), wide=True),
        Column(head=tr("What it means"), wide=True),
        Column(head=tr("Below")),
        Column(head=tr("Points"), sort="number"),
        Column(head=tr("Other lines"), sort="number"),
        Column(head=tr("Sessions"), sort="number"),
    )
    rows = tuple(
        (
            Verbatim(each.code), each.label, each.definition or None, Verbatim(each.parent) if each.parent else None,
            each.points, each.others, each.sessions,
        )
        for each in picture.coverage
    )  # fmt: skip
    return Sheet(name=tr("Codes"), description=told.NOT_PEOPLE, columns=columns, rows=rows)


def _asked(each: Tracked) -> Value:
    bodies = tuple(dict.fromkeys(one.body for one in each.handed if one.body))
    return Listed(bodies) if bodies else (each.entry.text("body") or each.entry.text("role") or None)


def _history(shown: Shown) -> Sheet:
    """Every answer, so that none is lost behind a later one."""
    columns = (
        Column(head=REFERENCE),
        Column(head=tr("What it is"), wide=True),
        Column(head=tr("Said on"), sort="date"),
        Column(head=tr("Status")),
        Column(head=tr("What was said"), wide=True),
        Column(head=tr("On which day"), sort="date"),
        Column(head=tr("Answered by")),
        Column(head=tr("It is said in")),
        Column(head=tr("Noted at the workshop")),
    )
    rows = tuple(
        (
            Verbatim(each.entry.id),
            told.words_of(each.entry),
            given.day or None,
            (PROMISE_WORDS if each.entry.register == "promise" else STATUS_WORDS)[given.answer.status],
            given.answer.words or None,
            given.answer.on or None,
            given.body or None,
            given.reference or None,
            given.title or None,
        )
        for each in shown.picture.all_tracked
        for given in each.given
    )
    return Sheet(name=tr("Answers"), description=tr("Every answer, earlier ones too."), columns=columns, rows=rows)


def _batons(picture: Picture) -> Sheet:
    columns = (
        Column(head=tr("To")),
        Column(head=tr("From"), wide=True),
        Column(head=tr("For the stage")),
        Column(head=tr("On"), sort="date"),
        Column(head=tr("Answer by"), sort="date"),
        Column(head=tr("Points"), sort="number"),
        Column(head=tr("Answered"), sort="number"),
        Column(head=tr("Late")),
    )
    rows = tuple(
        (
            each.body or None, each.title or None, STAGE_TITLES[each.to_stage], each.day or None, each.due or None,
            each.points, each.answered, LATE_WORDS[each.lateness(picture.today)],
        )
        for each in picture.batons
    )  # fmt: skip
    return Sheet(name=told.HANDED_ON, description=tr("Each baton at each body."), columns=columns, rows=rows)


def _bodies(picture: Picture) -> Sheet:
    columns = (
        Column(head=tr("Body")),
        Column(head=tr("Points"), sort="number"),
        Column(head=tr("Answered"), sort="number"),
        Column(head=tr("Late"), sort="number"),
        Column(head=tr("Since"), sort="date"),
        Column(head=tr("How it answers"), wide=True),
    )
    rows = tuple(
        (
            each.body, each.points, each.answered, each.late, each.since or None,
            tr("It has not answered.") if each.is_silent else None,
        )
        for each in picture.bodies
    )  # fmt: skip
    return Sheet(name=tr("Bodies"), description=tr("Who was asked, and who answers."), columns=columns, rows=rows)


def _noted(shown: Shown, name: Message, description: Message, lines: Sequence[tuple[Session, Entry]]) -> Sheet:
    columns = (
        Column(head=tr("What it is"), wide=True), Column(head=tr("More"), wide=True), Column(head=tr("Codes")), *_WHERE,
    )  # fmt: skip
    rows = tuple(
        (
            told.words_of(entry),
            _joined(tuple(told.fields_of(entry))),
            _codes(shown.picture, entry),
            *_where(shown, session, entry),
        )
        for session, entry in lines
    )
    return Sheet(name=name, description=description, columns=columns, rows=rows)


def _audit(picture: Picture) -> Sheet:
    columns = (
        Column(head=tr("Session or activity"), wide=True),
        Column(head=tr("When"), sort="date"),
        Column(head=told.OUTCOMES, wide=True),
        Column(head=told.PROCESSES, wide=True),
        Column(head=told.MECHANISMS, wide=True),
        Column(head=tr("Who looks after it"), to_fill=True),
        Column(head=tr("Where it is kept"), to_fill=True),
        Column(head=tr("Looked at again on"), sort="date", to_fill=True),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            each.session.title, each.session.day or None,
            *(_joined(said) for said in (told.outcomes(each), told.processes(each), told.mechanisms(each))),
            None, None, None,
        )
        for each in picture.audit
    )  # fmt: skip
    return Sheet(
        name=tr("Audit"),
        description=tr("What each session found, used and can ask again; others can be added below."),
        columns=columns,
        rows=rows,
    )


def _joined(said: Sequence[Text]) -> Value:
    """Sentences in one cell, one after the other."""
    found: Value = None
    for each in said:
        found = each if found is None else tr("{first} {then}", first=found, then=each)
    return found


def _sessions(shown: Shown) -> Sheet:
    columns = (
        Column(head=tr("Session"), wide=True),
        Column(head=tr("Stage")),
        Column(head=tr("Held on"), sort="date"),
        Column(head=tr("In the room"), sort="number"),
        Column(head=tr("Phones"), sort="number"),
        Column(head=tr("Points"), sort="number"),
        Column(head=tr("Write-up finished")),
        Column(head=tr("File")),
    )
    rows = tuple(
        (
            each.session.title, STAGE_TITLES[each.session.stage], each.session.day or None, each.in_room, each.phones,
            each.points, tr("Yes") if each.session.written_up is not None else tr("No"),
            Verbatim(place.name) if (place := shown.places.get(each.session.id)) else None,
        )
        for each in shown.picture.audit
    )  # fmt: skip
    return Sheet(name=told.SESSIONS, description=tr("The sessions that this is made of."), columns=columns, rows=rows)
