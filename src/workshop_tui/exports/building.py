"""What an audience may know of a session: pure, and the same session always gives the same value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from workshop_tui.cycle.answers import Answer
from workshop_tui.cycle.follow_up import FollowUp, in_order
from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.agenda import STAGE_TITLES, status_sentence
from workshop_tui.domain.commands import NoteKind
from workshop_tui.domain.consent import Destination
from workshop_tui.domain.promise import (
    NO_CONSULTATION,
    beside_the_lists,
    fixed_words,
    more_of_it,
    promise_of,
    with_promise,
)
from workshop_tui.domain.quoting import MARK, Sources
from workshop_tui.domain.state import ItemState
from workshop_tui.domain.timing import MINUTE
from workshop_tui.domain.wire import wire_name
from workshop_tui.exports import gate
from workshop_tui.exports.local_time import utc_offset_minutes
from workshop_tui.exports.report import (
    Answered,
    EarlierReport,
    EntryReport,
    ItemReport,
    JournalLine,
    Kept,
    NoteReport,
    Origin,
    PlannedItem,
    PromiseReport,
    Report,
)
from workshop_tui.exports.rounds import rounds
from workshop_tui.exports.write_up import WriteUp
from workshop_tui.room.record import SessionRecord

ABOUT_SOMEBODY: Final = (
    ev.ContributionNoted,
    ev.ContributionWithdrawn,
    ev.ContributionModerated,
    ev.QuestionAnswered,
    ev.StoryRetold,
    ev.TextReworded,
    ev.TextRedacted,
    ev.NoteRequoted,
    ev.QuotationsTakenOut,
    ev.PhoneHeld,
    ev.TalkAsked,
    ev.TalkHeard,
)
"""Lines of the journal about what one person did or sent: they could tell in which order words came, when somebody took
theirs back, and when somebody wished to talk."""


def build_report(
    record: SessionRecord, kinds: Kinds, audience: Destination, followed: FollowUp | None = None
) -> Report:
    """Everything that an audience outside the room may know of a session, running or ended.

    What people said is in it as far as they let it go there.

    Args:
        record: The session.
        kinds: The registry.
        audience: Who is to read it.
        followed: What was answered since; None for nothing.
    """
    closed = gate.closed_to(record, audience)
    record = gate.as_typed_for(record, audience, closed)
    state, agenda = record.state, record.state.agenda
    stories, words = gate.stories(record, kinds, audience), gate.words(record, kinds, audience)
    shown = {each.key for of in (stories, *words) for each in of.shown}
    entries = tuple(WriteUp(record, kinds, audience, shown).entries())
    answers = {key: _as_it_may_be_told(each, closed) for key, each in _answers(followed).items()}
    return Report(
        origin=_origin(record),
        title=agenda.title,
        purpose=agenda.purpose,
        language=agenda.language,
        stage=agenda.stage,
        stage_title=STAGE_TITLES[agenda.stage],
        engagement_kind=agenda.engagement_kind,
        proposal_state=agenda.proposal_state,
        jurisdiction=agenda.jurisdiction,
        status=status_sentence(agenda),
        can_change=agenda.can_change,
        cannot_change=agenda.cannot_change,
        promise=_promise(record),
        people=agenda.people,
        venue_access=agenda.venue_access,
        award_on=agenda.award_on,
        baton_in=agenda.baton_in,
        baton_out=agenda.baton_out,
        received=agenda.received,
        started_at=state.started_at,
        planned_end=state.planned_end,
        ended_at=state.ended_at,
        finished_at=state.finished_at,
        write_up_by=record.info.write_up_by,
        phones=record.phones,
        looking_on=record.looking_on,
        present=state.present,
        by_video=state.by_video,
        concerns=_notes(record, "concern", entries),
        actions=_notes(record, "action", entries),
        promises=_notes(record, "promise", entries),
        notes=_notes(record, "note", entries),
        notes_held=gate.held_notes(record, audience),
        items=tuple(_items(record)),
        rounds=rounds(record, kinds, audience),
        entries=entries,
        answers=answers,
        answers_held=sum(each.held for each in answers.values()),
        stories=stories,
        words=words,
        journal=tuple(_journal(record)),
        kept=Kept(locked=record.locked, unlocked=state.keeping.unlocked, until=state.keeping.until),
        damage=record.damage,
    )


def _answers(followed: FollowUp | None) -> dict[str, Answered]:
    """What was said last of each line, and how many of those who asked confirm it."""
    found: dict[str, Answered] = {}
    for said in in_order([followed] if followed else ()):
        line = said.line
        key = line.about.partition(":")[2]
        known = found.get(key, Answered(Answer()))
        if line.what == "answer":
            # Whoever confirmed an earlier answer was not asked about this one.
            found[key] = known if line.answer == known.answer else Answered(line.answer)
        elif line.what == "confirmed":
            found[key] = Answered(known.answer, line.confirmed)
    return found


def _as_it_may_be_told(answered: Answered, closed: Sources | None) -> Answered:
    """An answer without words that repeat what may not go to its readers: they were typed, and no gate saw them."""
    said = answered.answer
    repeats = [name for name in _TYPED if closed is not None and closed.are_in(getattr(said, name))]
    if not repeats:
        return answered
    return replace(answered, answer=replace(said, **dict.fromkeys(repeats, MARK)), held=True)


_TYPED: Final = ("words", "where", "to")
"""What an answer has in somebody's own words."""


def _promise(record: SessionRecord) -> PromiseReport:
    """What the room was promised, in each version."""
    state, agenda = record.state, record.state.agenda
    by, began = agenda.hear_back_by, state.started_at
    if agenda.hear_back_days is not None and began is not None:
        held = dt.date.fromisoformat(_origin(record).clock.iso_date(began))
        by = (held + dt.timedelta(days=agenda.hear_back_days)).isoformat()
    earlier = [(each, with_promise(agenda, each.promise)) for each in state.earlier_promises]
    return PromiseReport(
        now=promise_of(agenda, state.why_promised),
        parts=beside_the_lists(agenda),
        fixed=fixed_words(agenda),
        earlier=tuple(
            EarlierReport(until=each.until, promise=each.promise, plain=status_sentence(of), parts=more_of_it(of))
            for each, of in earlier
        ),
        # Typed on the day it may have repeated what may not go there, and then says no more how.
        hear_back=(agenda.said("hear_back"),) if agenda.hear_back not in ("", MARK) else (),
        hear_back_by=by,
        note=NO_CONSULTATION if agenda.engagement_kind == "pre_consultation" else "",
    )


def _journal(record: SessionRecord) -> Iterator[JournalLine]:
    for event in record.journal:
        # What a phone asked for is about whoever holds it: a screen, too, that left a story when it was taken back.
        if event.who != "phone" and not isinstance(event, ABOUT_SOMEBODY):
            round_ = event.second if isinstance(event, ev.RoundsCompared) else getattr(event, "round", "")
            yield JournalLine(
                at=event.at,
                who=event.who,
                what=wire_name(type(event)),
                item=getattr(event, "item", ""),
                round=round_,
            )


def _origin(record: SessionRecord) -> Origin:
    offset = utc_offset_minutes(record.state.agenda.start, record.info.scheduled_start)
    return Origin(
        id=record.info.id,
        agenda=record.info.agenda_name,
        agenda_sha256=record.info.agenda_sha256,
        journal_head=record.journal_head,
        as_of=record.as_of,
        utc_offset_minutes=offset or 0,
        clock_known=offset is not None,
        left_out=record.left_out,
    )


def _notes(record: SessionRecord, register: NoteKind, entries: Iterable[EntryReport]) -> tuple[NoteReport, ...]:
    """The notes in a register; "note" has those in all others and in none."""
    items = {note.key: note.item for note in record.notes}
    return tuple(
        NoteReport(
            key=each.key,
            item=items[each.key],
            item_number=each.item_number,
            text=each.words,
            owner=", ".join(filter(None, (each.fields.get("role"), each.fields.get("name")))),
            due=each.fields.get("by", ""),
            at=each.at,
        )
        for each in entries
        if gate.list_in(each.register) == register
    )


def _items(record: SessionRecord) -> Iterator[ItemReport]:
    planned = _planned(record)
    for number, each in enumerate(record.state.items, 1):
        yield ItemReport(
            key=each.item.key,
            number=number,
            title=each.item.title,
            question=each.item.question,
            type=each.item.type,
            level=each.item.level,
            lead=each.item.lead,
            capture=each.item.capture,
            access=each.item.access,
            minutes=each.minutes,
            planned=planned.get(each.item.key),
            status=each.status,
            opened_at=each.opened_at,
            left_at=each.left_at,
            spent_ms=each.spent_at(record.as_of),
            edited=_is_edited(each, record),
            reason=each.reason,
        )


def _planned(record: SessionRecord) -> dict[str, PlannedItem]:
    """The items as the agenda had them, by key: whatever was edited, skipped or added later."""
    start = record.info.scheduled_start
    at = record.state.started_at if start is None else start
    planned = {}
    for item in record.state.agenda.items:
        planned[item.key] = PlannedItem(title=item.title, question=item.question, minutes=item.minutes, start=at)
        at = None if at is None else at + item.minutes * MINUTE
    return planned


def _is_edited(each: ItemState, record: SessionRecord) -> bool:
    """Whether the item differs from the agenda's; an edit that was taken back is none."""
    return each.item not in record.state.agenda.items and not each.inserted
