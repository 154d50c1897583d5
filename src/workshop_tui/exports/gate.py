"""Where stories, ideas, reasons and other words meet the consent gate on their way to an audience outside the room.

The only module of the exports that reads what people wrote. What the gate does not let through is counted by
level and never leaves this module as words; private words are not even counted.

A story for "this room, but not my words" (C1) is in no report, in whatever state, and neither is what the facilitator
wrote it is about: the gate lets a summary of it go to the room (level 1), and a report goes beyond the room (level 2).
So it is the same before and after the finish, when the facilitator's words are all that is left of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

import msgspec
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyGathering, AnyPoll, Gathering, Kinds
from workshop_tui.domain.agenda import SCORES
from workshop_tui.domain.asking import config_of, gathering_of, gets_options
from workshop_tui.domain.commands import NoteKind
from workshop_tui.domain.consent import LEVELS, NEEDS, Destination, allowed
from workshop_tui.domain.events import NoteWritten, QuotationsTakenOut
from workshop_tui.domain.evolve import evolve
from workshop_tui.domain.quoting import Sources
from workshop_tui.domain.redaction import texts_in
from workshop_tui.domain.registers import Register, register_of
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.texts import WORDLESS, LeftOut
from workshop_tui.domain.upvotes import place
from workshop_tui.exports.report import Gathered, Missing, NotesHeld, NotShown, ShownContribution
from workshop_tui.room.record import RoundRecord, SessionRecord

NOTES_GO_TO: Final[Destination] = "session_report"
"""How far a note goes whatever it says."""

_CODE: Final = re.compile(r"[a-z0-9_]+|C[0-4]")
"""What stands in a contribution and is nobody's words: keys and levels."""

_Told = tuple[ContributionRow, AnyGathering, int]
"""What was told, its kind and the number of its item."""


def stories(record: SessionRecord, kinds: Kinds, audience: Destination) -> Gathered:
    """What people told with a consent of their own."""
    kind = next(kind for kind in kinds.values() if isinstance(kind, Gathering) and kind.asks_consent)
    return _gathered(record, kind, [each for each in _told(record, kinds) if each[1].asks_consent], audience)


def words(record: SessionRecord, kinds: Kinds, audience: Destination) -> tuple[Gathered, ...]:
    """What people said to the room, by its kind, in the order in which items ask for it."""
    told = [each for each in _told(record, kinds) if not each[1].asks_consent]
    asked = (gathering_of(each.item, kinds) for each in record.state.items)
    found = {kind.kind: kind for kind in asked if kind and kind.readers == "room" and not kind.asks_consent}
    return tuple(
        _gathered(record, kind, [each for each in told if each[1] is kind], audience) for kind in found.values()
    )


def reasons(
    record: SessionRecord, round_: RoundRecord, poll: AnyPoll, audience: Destination
) -> tuple[tuple[Any, ...], LeftOut]:
    """What people gave as reasons in a round, in the words in which they are shown, and how many are left out."""
    return record.dealt.reasons(poll, round_.reasons, audience)


def notes(record: SessionRecord, audience: Destination) -> tuple[NoteWritten, ...]:
    """The facilitator's notes, in the words in which they are shown.

    They go as far as a report of the day, since they may repeat what somebody said. Those go further that repeat
    nothing that may not go there.
    """
    closed = closed_to(record, audience)
    if closed is None:
        return record.dealt.notes(record.notes, audience)
    return tuple(note for note in record.dealt.notes(record.notes, NOTES_GO_TO) if not closed.are_in(note.text))


def closed_to(record: SessionRecord, audience: Destination) -> Sources | None:
    """What no note may repeat that goes to an audience; None for those that notes go to whatever they say."""
    closed = _closed(record, audience)
    return None if closed is None else Sources(closed)


def _closed(record: SessionRecord, audience: Destination) -> Iterator[str] | None:
    if NEEDS[audience] > NEEDS[NOTES_GO_TO]:
        return _not_for(record, audience)
    return _awaiting(record) if record.awaits_award else None


def as_typed_for(record: SessionRecord, audience: Destination, closed: Sources | None) -> SessionRecord:
    """The same session, in which nothing that was typed or chosen on the day repeats what may not go to an audience.

    Promise, items, questions, options and reasons are typed by a desk, and so can repeat what somebody told. Words of
    the agenda stay: they were there before anybody told anything.

    Args:
        record: The session.
        audience: Who is to read of it.
        closed: What may not go there (`closed_to`).
    """
    if closed is None:
        return record
    state = record.state
    there = (state.agenda, state.earlier_promises, state.why_promised, state.items, state.rounds, state.keeping)
    said = {text for _, text in texts_in(msgspec.to_builtins(there)) if closed.are_in(text)}
    if not said:
        return record
    words = [
        each for each in _closed(record, audience) or () if any(map(Sources((each,)).are_in, said))
    ]  # fmt: skip
    items = tuple(each.item.key for each in state.items if gets_options(each.item))
    taken_out = QuotationsTakenOut(at=record.as_of, items=items, words=tuple(words))
    return replace(record, state=evolve(state, taken_out))


def awaits_award(record: SessionRecord, kind: str) -> bool:
    """Whether what a vote of this kind says leaves only once a contract is awarded."""
    return record.awaits_award and kind in SCORES


def _awaiting(record: SessionRecord) -> Iterator[str]:
    """The reasons that nobody reads before the award."""
    kinds = {each.key: each.kind for each in record.state.rounds}
    return _reasons_in(each for each in record.rounds if awaits_award(record, kinds[each.key]))


def list_of(record: SessionRecord, note: NoteWritten) -> NoteKind:
    """In which list of a report a note is: that of its register, and among the notes for all but three."""
    return list_in(register_of(note.kind, record.entries.get(note.key)))


def list_in(register: Register | Literal[""]) -> NoteKind:
    """The same by the register; empty is that of a note that nobody sorted."""
    return register if register in ("concern", "action", "promise") else "note"


def held_notes(record: SessionRecord, audience: Destination) -> NotesHeld:
    """How many of the facilitator's notes are left out, by their kind."""
    many = Counter(list_of(record, note) for note in record.notes)
    many -= Counter(list_of(record, note) for note in notes(record, audience))
    return NotesHeld(concerns=many["concern"], actions=many["action"], promises=many["promise"], notes=many["note"])


def told(record: SessionRecord) -> Iterator[str]:
    """Every text that people gave, whatever its level and whoever may read it: what nobody may repeat of them.

    For comparing alone: none of it leaves.
    """
    for row in record.contributions:
        if row.body:
            yield from _words_in(row.body)
    yield from _reasons_in(record.rounds)


def _not_for(record: SessionRecord, audience: Destination) -> Iterator[str]:
    """Every text that may not go to an audience word for word, whoever may read it here."""
    for row in record.contributions:
        if row.body and not allowed(row.level, audience, row.moderation):
            yield from _words_in(row.body)
    # Reasons go no further than notes do.
    yield from _reasons_in(record.rounds)
    yield from record.retellings.values()


def _reasons_in(rounds: Iterable[RoundRecord]) -> Iterator[str]:
    return (text for each in rounds for _, body in each.reasons for text in _words_in(body))


def _words_in(body: str) -> Iterator[str]:
    return (text for _, text in texts_in(msgspec.json.decode(body)) if not _CODE.fullmatch(text))


def _told(record: SessionRecord, kinds: Kinds) -> Iterator[_Told]:
    """Everything but what only the facilitator may read."""
    places = {each.item.key: (each, number) for number, each in enumerate(record.state.items, 1)}
    for row in record.contributions:
        each, number = places[row.item]
        kind = gathering_of(each.item, kinds)
        if kind is not None and kind.kind == row.kind and kind.readers == "room":
            yield row, kind, number


def _gathered(record: SessionRecord, kind: AnyGathering, told: list[_Told], audience: Destination) -> Gathered:
    tried = [(each, _said(record, *each, audience)) for each in told]
    passed = [said for _, said in tried if said is not None]
    # Sorted by item and words: the order in which they came could tell whose they are.
    passed.sort(key=lambda said: (said.item_number, place(said.votes or 0, said.answer, said.parts)))
    shown = tuple(replace(said, number=number) for number, said in enumerate(passed, 1))
    levels = tuple(_levels(told, passed))
    reasons = Counter(_why_not(record, row, kind, audience) for (row, kind, _), said in tried if said is None)
    missing = Missing(**reasons)
    return Gathered(kind=kind.kind, noun=kind.noun, told=len(told), shown=shown, missing=missing, levels=levels)


def _said(
    record: SessionRecord, row: ContributionRow, kind: AnyGathering, number: int, audience: Destination
) -> ShownContribution | None:
    """What may go there; None for what may not."""
    if not row.body or not allowed(row.level, audience, row.moderation):
        return None
    # Nothing leaves in which something that may tell who somebody is was left to be decided.
    said = record.dealt.said(row.key, kind, row.body)
    # The level is written twice, beside the words and in them: both have to agree to being shown.
    if said is None or not allowed(kind.consent(said), audience, row.moderation):
        return None
    config = config_of(record.state.items[number - 1], kind)
    columns = kind.rows(config, said)
    votes, answer = None, None
    if kind.upvoted:
        votes, answer = (
            record.votes.get(row.key, 0),
            record.dealt.answer(row.key, record.answers.get(row.key), audience),
        )
        columns |= {"votes": votes, "answered": "yes" if answer else "no"}
        columns |= {"answer": answer.words if answer else "", "taken_by": answer.owner if answer else ""}
    return ShownContribution(
        key=row.key,
        number=0,
        item=row.item,
        item_number=number,
        kind=row.kind,
        consent=row.level,
        parts=kind.quote(config, said).parts,
        columns=columns,
        votes=votes,
        answer=answer,
        answer_held=answer is WORDLESS,
    )


def _why_not(record: SessionRecord, row: ContributionRow, kind: AnyGathering, audience: Destination) -> str:
    """Why a contribution that the gate keeps back is not in the report: the name of a field of `Missing`."""
    if row.gone:
        return row.gone
    if row.moderation == "approved" and row.body and record.dealt.said(row.key, kind, row.body) is None:
        return "held"
    if row.moderation == "approved" or not allowed(row.level, audience, "approved"):
        # One that was approved all the same names another level in its words.
        return "not_wanted"
    return {"on_hold": "held", "new": "not_read"}.get(row.moderation, "not_approved")


def _levels(told: list[_Told], passed: list[ShownContribution]) -> Iterator[NotShown]:
    for level, words in LEVELS:
        count = sum(row.level == level for row, _, _ in told)
        shown = sum(said.consent == level for said in passed)
        if count:
            yield NotShown(level=level, words=words, told=count, not_shown=count - shown)
