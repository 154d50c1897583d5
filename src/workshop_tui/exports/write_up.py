"""The lines of the write-up on their way to an audience: what passed the gate, and what stands behind each, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.consent import Destination
from workshop_tui.domain.events import NoteWritten
from workshop_tui.domain.points import Standing, Tie
from workshop_tui.domain.registers import EntryRow, Fields, register_of, spec_of
from workshop_tui.domain.texts import question_of
from workshop_tui.exports import gate
from workshop_tui.exports.report import EntryReport, Rests
from workshop_tui.room.record import SessionRecord


class WriteUp:
    """What an audience may know of the write-up of a session.

    Args:
        record: The session.
        kinds: The registry.
        audience: Who is to read it.
        shown: The keys of what people sent that they may read word for word.
    """

    def __init__(self, record: SessionRecord, kinds: Kinds, audience: Destination, shown: Collection[str]) -> None:
        self._record, self._kinds, self._shown = record, kinds, shown
        self._closed = gate.closed_to(record, audience)
        self._notes = gate.notes(record, audience)
        self._rows = {row.key: row for row in record.contributions}
        self._reasons = {key for round_ in record.rounds for key, _ in round_.reasons}
        self._sealed = {each.key for each in record.state.rounds if each.status == "sealed"}
        self._there = {each.key for each in record.notes}

    def entries(self) -> Iterator[EntryReport]:
        """Every line, in the order in which they were noted."""
        items = {each.item.key: (each.item.title, n) for n, each in enumerate(self._record.state.items, 1)}
        for note in self._notes:
            entry = self._record.entries.get(note.key)
            fields, held = self._fields(note, entry)
            title, number = items.get(note.item, ("", None))
            yield EntryReport(
                key=note.key,
                register=register_of(note.kind, entry),
                words=note.text,
                fields=fields,
                fields_held=held,
                item=title,
                item_number=number,
                at=note.at,
                rests=self._rests(note.key),
            )

    def _fields(self, note: NoteWritten, entry: EntryRow | None) -> tuple[Fields, int]:
        """What is said of a line, and how much of it is held back: it may tell who somebody is, or be their words."""
        given, held = self._record.dealt.said_of(note.key, entry) if entry is not None else ({}, 0)
        given = dict(given)
        if note.owner:
            given.setdefault("name", note.owner)
        if note.due:
            given.setdefault("by", note.due)
        spec = spec_of(entry.register) if entry is not None else None
        # A name goes as it was written down, and yet no further than the words that stand in its place.
        free = {"name", *(field.name for field in spec.fields if field.sort == "text")} if spec else {"name"}
        kept = {
            name: said
            for name, said in given.items()
            if name not in free or self._closed is None or not self._closed.are_in(said)
        }
        return kept, held + len(given) - len(kept)

    def _rests(self, note: str) -> Rests:
        ties = self._record.ties.get(note, ())
        standings = Counter(self._standing(tie) for tie in ties)
        there = [tie for tie in ties if self._standing(tie) in ("there", "held")]
        sent = [tie for tie in there if tie.kind == "contribution"]
        stories = sum(self._asks_consent(tie.ref) for tie in sent)
        counts = Counter(tie.kind for tie in there)
        return Rests(
            results=tuple(tie.ref for tie in there if tie.kind == "result"),
            texts=tuple(tie.ref for tie in sent if tie.ref in self._shown),
            received=tuple(tie.ref for tie in there if tie.kind == "received"),
            stories=stories,
            ideas=len(sent) - stories,
            reasons=counts["reason"],
            notes=counts["note"] + counts["answer"],
            taken_back=standings["taken_back"],
            over=standings["day_over"],
        )

    def _asks_consent(self, key: str) -> bool:
        kind = self._kinds.get(self._rows[key].kind)
        return bool(getattr(kind, "asks_consent", False))

    def _standing(self, tie: Tie) -> Standing:
        match tie.kind:
            case "result":
                return "there" if tie.ref in self._sealed else "missing"
            case "contribution":
                row = self._rows.get(tie.ref)
                if row is None:
                    return "missing"
                if row.gone:
                    return "taken_back" if row.gone == "withdrawn" else "day_over"
                return "held" if row.moderation == "on_hold" or row.withheld else "there"
            case "reason":
                return "there" if tie.ref in self._reasons else "taken_back"
            case "answer":
                question = self._rows.get(question_of(tie.ref))
                if question is not None and question.gone == "withdrawn":
                    return "taken_back"
                return "there" if question_of(tie.ref) in self._record.answers else "missing"
            case "note":
                return "there" if tie.ref in self._there else "missing"
            case "received":
                return "there"
