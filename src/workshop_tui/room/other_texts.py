"""What the reading queue holds beside contributions: reasons, answers to questions, notes. Only reads.

Reasons come in once their vote is closed: before that people can still change them, and nobody is shown any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from workshop_tui.domain.asking import round_config, round_poll
from workshop_tui.domain.blocks import Words
from workshop_tui.domain.commands import Handling, NoteKind
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.registers import texts_of
from workshop_tui.domain.state import Round
from workshop_tui.domain.texts import Piece, Sort, answer_key, question_of
from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import Counted, Message, Text, counted, tr
from workshop_tui.room.marks import marks_in
from workshop_tui.room.queue_page import QueueEntry, QueueFilter
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import Unread

REASONS: Final[Counted] = counted("{n} reason", "{n} reasons")

NOUNS: Final[dict[Sort, Message]] = {"reason": tr("Reason"), "answer": tr("Answer"), "note": tr("Note")}
"""What one of each is called."""

NOTE_NOUNS: Final[dict[NoteKind, Message]] = {
    "note": tr("Note"), "concern": tr("Concern"), "action": tr("Action"), "promise": tr("Promise"),
}  # fmt: skip

_STATES: Final[dict[QueueFilter, tuple[Handling, ...]]] = {
    "unread": ("new",), "all": ("new", "read", "approved", "on_hold"), "approved": ("approved",),
    "on_hold": ("on_hold",), "untold": (),
}  # fmt: skip
"""Which states a filter shows, in their order."""


def reason_keys(room: Room, which: QueueFilter) -> list[str]:
    """The reasons that a filter shows: unread first, and of the newest vote first."""
    states = _STATES[which]
    first, rest = (states[:1], states[1:]) if which == "all" else (states, ())
    found: list[str] = []
    for some in (first, rest):
        for round_ in reversed(_closed(room)):
            by_handling = room.tables.reasons_by_handling(round_.key)
            found += [key for state in some for key in by_handling.get(state, ())]
    return found


def asking_reasons(room: Room) -> frozenset[str]:
    """The unread reasons of closed votes that ask to be read now."""
    return frozenset().union(*(room.tables.asking_reasons(round_.key) for round_ in _closed(room)))


def desk_keys(room: Room, which: QueueFilter, kind: str) -> list[str]:
    """The answers and notes that a filter shows, of one kind or of both: newest notes first."""
    states, tables = _STATES[which], room.tables
    found: list[str] = []
    if kind in ("", "note"):
        found += [each.key for each in reversed(tables.notes) if tables.dealt.handling(each.key, "note") in states]
    if kind in ("", "answer"):
        keys = [answer_key(question) for question in tables.kept_answers]
        found += [key for key in keys if tables.dealt.handling(key, "answer") in states]
    return found


def waiting_reasons(room: Room) -> tuple[Unread, ...]:
    """How many reasons wait to be read; none where none does."""
    count = handled_reasons(room)["new"]
    return (Unread(count=count, words=REASONS.of(count)),) if count else ()


def handled_reasons(room: Room) -> Counter[Handling]:
    """How many reasons of votes that are closed stand in which way."""
    found: Counter[Handling] = Counter()
    for round_ in _closed(room):
        for handling, keys in room.tables.reasons_by_handling(round_.key).items():
            found[handling] += len(keys)
    return found


def held_at_the_desk(room: Room) -> int:
    """How many answers and notes are held back."""
    return len(desk_keys(room, "on_hold", ""))


def _closed(room: Room) -> list[Round]:
    return [each for each in room.state.rounds if each.status != "open"]


def other_entry(room: Room, key: str) -> QueueEntry | None:
    """A reason, an answer or a note as the queue shows it; None where there is none of that key."""
    reason = room.tables.reasons.base.get(key)
    if reason is not None:
        return _reason(room, key, reason.round, reason.body)
    if question := question_of(key):
        return _answer(room, key, question)
    note = next((each for each in room.tables.notes if each.key == key), None)
    if note is None:
        return None
    about = tr("owner: {owner}", owner=note.owner) if note.owner else ""
    entry, dealt = room.tables.kept_entry(key), room.tables.dealt
    # What is said of it in its register is read here only where it may tell who somebody is.
    fields = tuple((field.label, said) for field, said in texts_of(entry) if find(said))
    parts: tuple[tuple[Words, str], ...] = ((about, note.text), *fields)
    pieces = (dealt.piece(key, note.text), *dealt.field_pieces(key, entry))
    return _entry(room, key, "note", note.item, parts, pieces, noun=NOTE_NOUNS[note.kind], minute=note.at // MINUTE)


def other_said(room: Room, key: str) -> Iterator[str]:
    """The words of a reason, an answer or a note."""
    reason, note = room.tables.reasons.base.get(key), room.tables.note(key)
    noted = room.tables.kept_answer(question_of(key))
    if reason is not None and (round_ := room.state.round(reason.round)) is not None:
        yield from (said for _, said in reason_parts(room, round_, reason.body))
    if noted is not None:
        yield from (noted.words, noted.owner)
    if note is not None:
        yield from (note.text, note.owner)


def _reason(room: Room, key: str, round_key: str, body: str) -> QueueEntry | None:
    round_ = room.state.round(round_key)
    if round_ is None or round_.status == "open":
        return None
    poll = round_poll(round_, room.kinds)
    parts = reason_parts(room, round_, body)
    if not parts:
        return None
    # Trying every phone is worth it where somebody may hold one: as long as the round's key lives.
    may_hold = bool(room.tables.reasons.base[key].voter)
    asks = key in room.tables.asking_reasons(round_key)
    pieces = room.tables.dealt.pieces(key, poll, body)
    return _entry(room, key, "reason", round_.item, parts, pieces, may_hold_phone=may_hold, asks=asks)


def reason_parts(room: Room, round_: Round, body: str) -> tuple[tuple[Words, str], ...]:
    """What a reason explains, and its words, as they were given; nothing for what explains nothing."""
    poll = round_poll(round_, room.kinds)
    config = round_config(round_, poll)
    given = poll.explained(config, msgspec.json.decode(body, type=poll.ballot_type))
    if given is None:
        return ()
    words = next((option.words for option in getattr(config, "options", ()) if option.key == given.option), None)
    return ((_about_reason(words, given.answer, given.name), given.words),)


def _about_reason(option: Words | None, answer: Words, name: str) -> Message:
    """What a reason explains, as a heading."""
    if name and option is not None:
        return tr("{name}, on “{option}”: {answer}", name=name, option=option, answer=answer)
    if option is not None:
        return tr("On “{option}”: {answer}", option=option, answer=answer)
    return tr("Answer: {answer}", answer=answer)


def _answer(room: Room, key: str, question: str) -> QueueEntry | None:
    row, noted = room.tables.contributions.get(question), room.tables.kept_answer(question)
    if row is None or noted is None:
        return None
    parts: tuple[tuple[Words, str], ...] = tuple(
        each for each in ((tr("What the answer was"), noted.words), (tr("Who takes it away"), noted.owner)) if each[1]
    )
    return _entry(room, key, "answer", row.item, parts, (room.tables.dealt.piece(key, noted.words),))


def _entry(
    room: Room, key: str, sort: Sort, item: str, parts: tuple[tuple[Words, str], ...],
    pieces: tuple[Piece, ...], *, noun: Text = "",
    minute: int | None = None, may_hold_phone: bool = False, asks: bool = False,
) -> QueueEntry:  # fmt: skip
    each = room.state.item(item)
    return QueueEntry(
        key=key,
        kind=sort,
        noun=noun or NOUNS[sort],
        only_you=False,
        asks_consent=False,
        item=item,
        item_title=each.item.title if each is not None else "",
        parts=parts,
        consent="",
        handling=room.tables.dealt.handling(key, sort),
        may_show=True,
        minute=minute,
        may_hold_phone=may_hold_phone,
        reworded=room.tables.dealt.reworded(key),
        asks=asks,
        marks=marks_in(pieces, [said for _, said in parts]),
    )
