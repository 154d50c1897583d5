"""What the write-up page shows: lines by their registers, and what they can rest on. Bounded; only reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import points as resting
from workshop_tui.domain import reach
from workshop_tui.domain.consent import LEAST
from workshop_tui.domain.events import NoteWritten
from workshop_tui.domain.points import Standing, Tie, TieKind
from workshop_tui.domain.received import Dealt
from workshop_tui.domain.registers import register_of
from workshop_tui.domain.standing import Known, standing_of
from workshop_tui.domain.text import clean_line
from workshop_tui.messages import Message, tr
from workshop_tui.room.desk import note_line
from workshop_tui.room.queue import entry_of, folded, queue_page, said_in
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.received import received
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import NoteLine
from workshop_tui.room.write_up_page import (
    EVERYTHING,
    EvidenceFilter,
    EvidenceLine,
    EvidencePage,
    WriteUpLine,
    WriteUpPage,
)

SHOWN_TIES: Final = 20
"""How much of what a line rests on is shown with it; the page of its evidence has all."""


def write_up_page(room: Room, register: str, offset: int, count: int, words: str = "") -> WriteUpPage:
    """One page of the write-up.

    Args:
        room: The running session.
        register: Of which register only; empty for the lines to be sorted, `EVERYTHING` for all.
        offset: The first line of the page.
        count: How many a page has.
        words: What the lines hold, in whatever case; empty for all.
    """
    placed = [(register_of(note.kind, room.tables.kept_entry(note.key)), note) for note in room.tables.notes]
    wanted = folded(clean_line(words))
    found = [
        (where, note) for where, note in placed
        if register in (EVERYTHING, where) and (not wanted or _holds(room, note, wanted))
    ]  # fmt: skip
    points = {each.note or each.point.id: each for each in received(room)}
    ours = [each for each in points.values() if not each.note and register in (EVERYTHING, "received")]
    ours = [each for each in ours if not wanted or wanted in folded(each.point.words)]

    def place(each: tuple[str, NoteWritten]) -> int:
        where, note = each
        return 0 if note.key in points and points[note.key].is_open else 2 if where else 1

    found.sort(key=place)
    rest = found[max(0, offset - len(ours)) : max(0, offset + count - len(ours))]
    known = known_in(room)
    lines = (
        *(_without_answer(each, number) for number, each in enumerate(ours[offset : offset + count], offset + 1)),
        *(replace(write_up_line(room, note, known), point=points.get(note.key)) for _, note in rest),
    )
    counts = Counter[str](where for where, _ in placed)
    counts["received"] += sum(not each.note for each in points.values())
    return WriteUpPage(lines=lines, total=len(ours) + len(found), offset=offset, counts=+counts)


def _without_answer(dealt: Dealt, number: int) -> WriteUpLine:
    """A point of which nothing was noted, as a line: nothing but answering it can be done with it."""
    point = dealt.point
    note = NoteLine(
        key=f"handed-{number}", kind="note", item="", text=point.words, owner="", due="", register="received"
    )  # fmt: skip
    return WriteUpLine(note=note, point=dealt)


def _holds(room: Room, note: NoteWritten, wanted: str) -> bool:
    entry = room.tables.kept_entry(note.key)
    said = (note.text, note.owner, room.tables.dealt.reworded(note.key), *(entry.fields.values() if entry else ()))
    return any(wanted in folded(each) for each in said)


def write_up_line(room: Room, note: NoteWritten, known: Known | None = None) -> WriteUpLine:
    """One line with what it rests on."""
    known = known or known_in(room)
    standings = [(tie, standing_of(tie, known)) for tie in room.tables.kept_ties(note.key)]
    return WriteUpLine(
        note=note_line(note, room.tables),
        rests_on=tuple(evidence_line(room, tie, standing) for tie, standing in standings[:SHOWN_TIES]),
        counts=resting.counted(standings),
        gone=sum(standing in ("taken_back", "day_over", "missing") for _, standing in standings),
        read_again=resting.read_again(standings),
    )


def known_in(room: Room) -> Known:
    """What is there in the room."""
    tables = room.tables
    return Known(
        rounds={each.key: each.status for each in room.state.rounds},
        contributions=tables.contributions,
        reasons=tables.reasons.base,
        answers=frozenset(tables.kept_answers),
        notes=frozenset(note.key for note in tables.notes),
        received=frozenset(each.id for each in room.state.agenda.received),
        dealt=tables.dealt,
    )


_GONE_WORDS: Final[Mapping[Standing, Message]] = {
    "taken_back": tr("Its owner took it back."),
    "day_over": tr("It was only for the day."),
    "missing": tr("It is not there any more."),
}

_NOUNS: Final[Mapping[TieKind, Message]] = {
    "result": tr("Result"), "contribution": tr("What somebody sent"), "reason": tr("Reason"), "answer": tr("Answer"),
    "note": tr("Note"), "received": tr("Point that was handed to us"),
}  # fmt: skip


def evidence_line(room: Room, tie: Tie, standing: Standing, *, tied: bool = True) -> EvidenceLine:
    """One thing that a note rests on, with its words as far as they are there."""
    if standing in _GONE_WORDS:
        return EvidenceLine(
            kind=tie.kind, ref=tie.ref, noun=_NOUNS[tie.kind], title="", words=_GONE_WORDS[standing],
            standing=standing, tied=tied,
        )  # fmt: skip
    if tie.kind == "result":
        round_ = room.state.round(tie.ref)
        each = room.state.item(round_.item) if round_ is not None else None
        return EvidenceLine(
            kind="result", ref=tie.ref, noun=_NOUNS["result"], title=each.item.title if each is not None else "",
            words=round_.question if round_ is not None else "", standing=standing, tied=tied,
        )  # fmt: skip
    if tie.kind == "received":
        words = next((each.words for each in room.state.agenda.received if each.id == tie.ref), "")
        return EvidenceLine(
            kind="received", ref=tie.ref, noun=_NOUNS["received"], title="", words=words, standing=standing, tied=tied
        )
    entry = entry_of(room, tie.ref)
    if entry is None:
        return EvidenceLine(
            kind=tie.kind, ref=tie.ref, noun=_NOUNS[tie.kind], title="", words="", standing=standing, tied=tied
        )
    return _of_entry(room, tie.kind, entry, standing, tied=tied)


def _of_entry(room: Room, kind: TieKind, entry: QueueEntry, standing: Standing, *, tied: bool) -> EvidenceLine:
    words = " ".join(" ".join(said_in(room, entry.key)).split())
    return EvidenceLine(
        kind=kind, ref=entry.key, noun=entry.noun, title=entry.item_title, words=words, standing=standing, tied=tied
    )


def kind_of(entry: QueueEntry) -> TieKind:
    """What sort of tie leads to a text of the reading page."""
    match entry.kind:
        case "reason" | "answer" | "note" as kind:
            return kind
        case _:
            return "contribution"


def evidence_page(
    room: Room, notes: Sequence[str], which: EvidenceFilter, offset: int, count: int, kind: str = "", words: str = ""
) -> EvidencePage:
    """One page of what lines rest on, or can rest on.

    Args:
        room: The running session.
        notes: The lines; something is tied where all of them rest on it.
        which: What is listed.
        offset: The first of the page.
        count: How many a page has.
        kind: Of texts: of which kind only, as in `QueueEntry.kind`; empty for all.
        words: What the texts hold; empty for all.
    """
    ties = [{(tie.kind, tie.ref) for tie in room.tables.kept_ties(note)} for note in notes]
    common = set.intersection(*ties) if ties else set()
    if which in ("texts", "untied"):
        page = queue_page(
            room, "all", offset, count, kind, words, (lambda key: _is_untied(room, key)) if which == "untied" else None
        )
        lines = tuple(
            _of_entry(room, kind_of(entry), entry, "there", tied=(kind_of(entry), entry.key) in common)
            for entry in page.entries
            if _can_be_tied(room, entry) and entry.key not in notes
        )
        left_out = sum(not _can_be_tied(room, entry) for entry in page.entries)
        return EvidencePage(lines=lines, left_out=left_out, total=page.total, offset=offset, next=page.next)
    listed: list[Tie] = []
    if which == "tied":
        listed = sorted({tie for note in notes for tie in room.tables.kept_ties(note)}, key=lambda tie: tie.kind)
    elif which == "results":
        listed = [Tie("", "result", each.key) for each in room.state.rounds if each.status == "sealed"]
    elif which == "received":
        listed = [Tie("", "received", each.id) for each in room.state.agenda.received]
    some, known = listed[offset : offset + count], known_in(room)
    end = offset + len(some)
    lines = tuple(evidence_line(room, tie, standing_of(tie, known), tied=(tie.kind, tie.ref) in common) for tie in some)
    return EvidencePage(lines=lines, total=len(listed), offset=offset, next=end if end < len(listed) else 0)


def _is_untied(room: Room, key: str) -> bool:
    """Whether no line rests on what somebody said; a note is a line itself."""
    return not room.tables.kept_lines_on(key) and room.tables.note(key) is None


def _can_be_tied(room: Room, entry: QueueEntry) -> bool:
    row = room.tables.contributions.get(entry.key)
    if entry.handling == "on_hold" or entry.only_you or entry.gone:
        return False
    return row is None or (row.level != LEAST and reach.readers_of(row, room.kinds) != "facilitator")
