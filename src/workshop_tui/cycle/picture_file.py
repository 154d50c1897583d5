"""The picture of many sessions as a file for programs, `workshop-tui/picture/1`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.cycle import files, told
from workshop_tui.cycle.answers import Answer, Confirmed, Lateness, Standing
from workshop_tui.cycle.files import Day
from workshop_tui.cycle.picture import (
    Asking,
    Audited,
    Code,
    Covered,
    Given,
    Handed,
    HandedOver,
    Picture,
    Tracked,
)
from workshop_tui.cycle.record import Entry, EntryId, Session
from workshop_tui.cycle.stages import Framework
from workshop_tui.domain.agenda import Stage
from workshop_tui.messages import Sentences, Translator

SCHEMA: Final = "workshop-tui/picture/1"


class Line(Struct, frozen=True, kw_only=True):
    """A point, promise or action, and all that became of it."""

    id: EntryId
    said_in: str
    """The id of the session in which it was noted."""
    stage: Stage
    """The stage that it is for."""
    entry: Entry
    asked_by: Day
    standing: Standing
    answer: Answer
    """The newest one."""
    due: Day
    """When something is expected next."""
    late: Lateness
    newly_late: bool
    """Whether it became late, or long overdue, after `since`."""
    confirmed: Confirmed
    """Of the newest answer."""
    asked_before: tuple[Asking, ...]
    """How many confirmed an earlier one."""
    handed: tuple[Handed, ...]
    given: tuple[Given, ...]
    """Every answer, the oldest first."""
    onward: tuple[str, ...]
    """Points of later sessions that came out of it."""
    codes: tuple[Code, ...] = ()
    """Codes that somebody gave to it."""


class Held(Struct, frozen=True, kw_only=True):
    """One session, and where its record was found."""

    session: Session
    file: str
    """The name of the file, with its folder where there is one, as seen from the folder that was read."""


class Noted(Struct, frozen=True, kw_only=True):
    """A line that waits for no answer."""

    said_in: str
    entry: Entry
    codes: tuple[Code, ...] = ()
    """Codes that somebody gave to it."""


class Waiting(Struct, frozen=True, kw_only=True):
    """What was handed to a session, and has no answer from it."""

    session: str
    id: EntryId
    words: str


class BodyLine(Struct, frozen=True, kw_only=True):
    """A body, and how it answers."""

    body: str
    points: int
    answered: int
    late: int
    since: Day
    silent: bool
    """Whether it answered nothing, and its day has passed."""


class AuditLine(Struct, frozen=True, kw_only=True):
    """A row of the audit of engagement activities."""

    numbers: Audited
    outcomes: tuple[str, ...]
    processes: tuple[str, ...]
    mechanisms: tuple[str, ...]


class PictureFile(Struct, frozen=True, kw_only=True):
    """The whole picture, as on one day."""

    schema: Literal["workshop-tui/picture/1"] = SCHEMA
    today: Day
    since: Day
    summary: tuple[str, ...]
    """Where everything stands, in sentences."""
    sessions: tuple[Held, ...]
    lines: tuple[Line, ...]
    """Points, promises and actions; each says in its entry which it is."""
    batons: tuple[HandedOver, ...]
    bodies: tuple[BodyLine, ...]
    in_hand: tuple[Waiting, ...]
    concerns: tuple[Noted, ...]
    not_heard: tuple[Noted, ...]
    audit: tuple[AuditLine, ...]
    frame: Framework | None = None
    """The list of codes that was brought along, and when it was checked."""
    coverage: tuple[Covered, ...] = ()
    """Each code of that list; lines and sessions are counted, and never people."""
    passed_over: tuple[str, ...]
    """Files that could not be used, and why."""


def write(
    picture: Picture, since: str, places: Mapping[str, str], passed_over: Sequence[Sentences], translator: Translator
) -> bytes:
    """The picture as a file: the same picture, the same bytes."""
    return files.encode(build(picture, since, places, passed_over, translator))


def build(
    picture: Picture, since: str, places: Mapping[str, str], passed_over: Sequence[Sentences], translator: Translator
) -> PictureFile:
    """The picture as a value to be written."""
    newly = {each.entry.id for each in picture.newly_late(since)} if since else set()

    def said(sentences: Sequence[Sentences]) -> tuple[str, ...]:
        return tuple(map(translator.text, sentences))

    return PictureFile(
        today=picture.today,
        since=since,
        summary=said(tuple(told.summed(picture))),
        sessions=tuple(Held(session=each, file=places.get(each.id, "")) for each in picture.sessions),
        lines=tuple(_line(each, picture, newly) for each in picture.all_tracked),
        batons=picture.batons,
        bodies=tuple(
            BodyLine(body=each.body, points=each.points, answered=each.answered, late=each.late, since=each.since,
                     silent=each.is_silent)
            for each in picture.bodies
        ),
        in_hand=tuple(
            Waiting(session=each.session.id, id=each.received.id, words=each.received.words)
            for each in picture.in_hand
        ),
        concerns=tuple(
            Noted(said_in=session.id, entry=entry, codes=picture.codes.get(entry.id, ()))
            for session, entry in picture.concerns
        ),
        not_heard=tuple(Noted(said_in=each.session.id, entry=each.entry) for each in picture.unheard),
        audit=tuple(
            AuditLine(numbers=each, outcomes=said(told.outcomes(each)), processes=said(told.processes(each)),
                      mechanisms=said(told.mechanisms(each)))
            for each in picture.audit
        ),
        frame=picture.frame.framework if picture.frame is not None else None,
        coverage=picture.coverage,
        passed_over=said(passed_over),
    )  # fmt: skip


def _line(each: Tracked, picture: Picture, newly: set[str]) -> Line:
    return Line(
        id=each.entry.id,
        said_in=each.session.id,
        stage=each.stage,
        entry=each.entry,
        asked_by=each.asked_by,
        standing=each.standing,
        answer=each.answer,
        due=each.due,
        late=each.lateness(picture.today),
        newly_late=each.entry.id in newly,
        confirmed=each.confirmed,
        asked_before=each.asked_before,
        handed=each.handed,
        given=each.given,
        onward=each.onward,
        codes=picture.codes.get(each.entry.id, ()),
    )
