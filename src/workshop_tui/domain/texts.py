"""Free texts that are no contribution, and how far they may go: reasons, answers to questions, notes. Pure.

Whatever a person typed passes the one gate of `domain.consent`. A contribution has its level and its handling in its
own row. These have neither there: all are for the room and today's report, and how they were dealt with is told by the
key of the text (`Rows.handling`).

A reason begins unread, as a story does: it is in no report, no file and nowhere behind a result before somebody has
approved it, and one that comes out of a file of an earlier version was read by nobody. An answer and a note begin
approved, because their author is the facilitator, who meant them to be read; both can be held back and said in other
words all the same.

To hold a text back is to leave it out: of the screen, the phones, the details behind a result, and of every file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyGathering, AnyPoll
from workshop_tui.domain.commands import Handling, NoteKind
from workshop_tui.domain.consent import Destination, allowed
from workshop_tui.domain.events import NoteWritten, RedactionsWritten, RewordingWritten
from workshop_tui.domain.identifiers import Candidate
from workshop_tui.domain.redaction import OTHER, Redaction, open_in, redacted, texts_in, with_texts
from workshop_tui.domain.registers import EntryRow, Fields, texts_of
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.messages import Message, trn

Sort = Literal["reason", "answer", "note"]

BEGINS: Final[dict[Sort, Handling]] = {"reason": "new", "answer": "approved", "note": "approved"}
"""How a text stands as long as nobody has dealt with it."""

LEVEL: Final = "C2"
"""How far all of them may go: the level of what is for the room, and that phones promise for reasons."""

_ANSWER: Final = "answer."

FIELD: Final = "field."
"""Begins the place of what is said of a note in its register (`Redaction.place`)."""


WORDLESS: Final = AnswerRow(words="", owner="")
"""Stands for an answer that is not shown: that there is one is told."""


def answer_key(question: str) -> str:
    """The key of the answer to a question from the room."""
    return f"{_ANSWER}{question}"


def question_of(key: str) -> str:
    """The key of the question that the text of this key answers; empty for a text that is no answer."""
    return key.removeprefix(_ANSWER) if key.startswith(_ANSWER) else ""


class LeftOut(Struct, frozen=True):
    """How many texts of one sort are not shown, and why."""

    held: int = 0
    """Held back by the facilitator, or because nobody has decided what in them may tell who somebody is."""
    not_read: int = 0
    not_approved: int = 0
    """Read, and not approved."""

    @property
    def sentences(self) -> tuple[Message, ...]:
        """The same in words, of reasons; none where all are shown."""
        told = (
            trn("{n} reason is left out because it is held back.",
                "{n} reasons are left out because they are held back.", self.held),
            trn("{n} reason is left out because nobody has read it yet.",
                "{n} reasons are left out because nobody has read them yet.", self.not_read),
            trn("{n} reason is left out because nobody has approved it.",
                "{n} reasons are left out because nobody has approved them.", self.not_approved),
        )  # fmt: skip
        return tuple(each for each in told if each.n)


class Piece(Struct, frozen=True):
    """One text of what was sent, as far as it is shown."""

    place: str
    """To which decisions about it belong (`Redaction.place`)."""
    text: str
    decisions: tuple[Redaction, ...]

    @property
    def open(self) -> tuple[Candidate, ...]:
        """What may tell who somebody is, and nobody has decided."""
        return open_in(self.text, self.decisions)

    @property
    def shown(self) -> str:
        """The text as others read it."""
        return redacted(self.text, self.decisions)


class Dealt(Struct, frozen=True):
    """What the facilitator did with texts, as everything looks at it that shows one or writes it anywhere."""

    handlings: Mapping[str, Handling] = {}
    """How reasons, answers and notes were dealt with, by the key of the text; those nobody dealt with are not in it."""
    rewordings: Mapping[str, RewordingWritten] = {}
    """In which words texts are shown instead of their own, by the key of the text."""
    redactions: Mapping[str, RedactionsWritten] = {}
    """What was decided of what may tell who somebody is, by the key of the text."""

    def handling(self, key: str, sort: Sort) -> Handling:
        """How a text stands."""
        return self.handlings.get(key, BEGINS[sort])

    def passes(self, key: str, sort: Sort, destination: Destination) -> bool:
        """Whether a text may go somewhere."""
        return allowed(LEVEL, destination, self.handling(key, sort))

    def reworded(self, key: str) -> str:
        """In which words a text is shown instead of its own; empty for its own."""
        found = self.rewordings.get(key)
        return found.words if found is not None else ""

    def piece(self, key: str, text: str) -> Piece:
        """An answer or a note as it is shown: its own words, or those that stand for them."""
        words = self.reworded(key)
        place = OTHER if words else ""
        return Piece(place, words or text, self._of(key, place))

    def field_pieces(self, key: str, entry: EntryRow | None) -> tuple[Piece, ...]:
        """What is said of a note in its register, text by text."""
        places = ((f"{FIELD}{field.name}", said) for field, said in texts_of(entry))
        return tuple(Piece(place, said, self._of(key, place)) for place, said in places)

    def said_of(self, key: str, entry: EntryRow) -> tuple[Fields, int]:
        """What is said of a note in its register as others may read it, and how much of it waits for a decision."""
        pieces = self.field_pieces(key, entry)
        waits = {piece.place.removeprefix(FIELD) for piece in pieces if piece.open}
        shown = {piece.place.removeprefix(FIELD): piece.shown for piece in pieces}
        fields = {name: shown.get(name, said) for name, said in entry.fields.items() if name not in waits}
        return fields, len(waits)

    def pieces(self, key: str, kind: AnyGathering | AnyPoll, body: str) -> tuple[Piece, ...]:
        """The texts of a contribution or a reason, as far as they are shown.

        Args:
            key: Its key.
            kind: Its kind, or that of the vote.
            body: Canonical JSON, as it was sent.
        """
        places, shown = self._as_shown(key, kind, body)
        return tuple(Piece(places[at], text, self._of(key, places[at])) for at, text in texts_in(shown))

    def said(self, key: str, kind: AnyGathering | AnyPoll, body: str) -> Any | None:
        """What was sent as others may read it, in its kind's own type; None while something in it is not decided.

        Nothing that a person wrote to an item or beside a vote is shown, or leaves, but through here.
        """
        places, shown = self._as_shown(key, kind, body)
        if any(open_in(text, self._of(key, places[at])) for at, text in texts_in(shown)):
            return None
        if self.redactions.get(key):
            shown = with_texts(shown, lambda at, text: redacted(text, self._of(key, places[at])))
        return msgspec.json.decode(msgspec.json.encode(shown), type=kind.ballot_type)

    def _as_shown(self, key: str, kind: AnyGathering | AnyPoll, body: str) -> tuple[dict[str, str], Any]:
        """What was sent in the words in which it is shown, and to which place each text of that belongs."""
        own, words = msgspec.json.decode(body), self.reworded(key)
        if not words:
            return {at: at for at, _ in texts_in(own)}, own
        shown = msgspec.to_builtins(kind.reworded(msgspec.json.decode(body, type=kind.ballot_type), words))
        mine = dict(texts_in(own))
        # What stays of its own beside other words keeps the decisions about it.
        places = {at: OTHER if text == words else at if mine.get(at) == text else OTHER + at
                  for at, text in texts_in(shown)}  # fmt: skip
        return places, shown

    def _of(self, key: str, place: str) -> tuple[Redaction, ...]:
        found = self.redactions.get(key)
        return () if found is None else tuple(each for each in found.decisions if each.place == place)

    def answer(self, question: str, noted: AnswerRow | None, destination: Destination) -> AnswerRow | None:
        """What became of a question, as far as it may go somewhere: that there is an answer is told in any case.

        Args:
            question: The question's key.
            noted: What was noted; None for nothing.
            destination: Where it is to go.
        """
        key = answer_key(question)
        if noted is None:
            return None
        piece = self.piece(key, noted.words)
        if not self.passes(key, "answer", destination) or piece.open:
            return WORDLESS
        # In other words the owner goes too: it may be the name that they were written to leave out.
        return AnswerRow(words=piece.shown, owner="" if piece.place == OTHER else noted.owner)

    def notes(self, notes: Iterable[NoteWritten], destination: Destination) -> tuple[NoteWritten, ...]:
        """The notes that may go somewhere, in the words in which they are shown; who does it and by when stays."""
        passed = [
            (note, self.piece(note.key, note.text)) for note in notes if self.passes(note.key, "note", destination)
        ]
        return tuple(replace(note, text=piece.shown) for note, piece in passed if not piece.open)

    def held_notes(self, notes: Iterable[NoteWritten], destination: Destination) -> Counter[NoteKind]:
        """How many notes of each kind may not go somewhere."""
        held = (
            note for note in notes
            if not self.passes(note.key, "note", destination) or self.piece(note.key, note.text).open
        )  # fmt: skip
        return Counter(note.kind for note in held)

    def reasons(
        self, poll: AnyPoll, given: Iterable[tuple[str, str]], destination: Destination
    ) -> tuple[tuple[Any, ...], LeftOut]:
        """The reasons that may go somewhere, in the words in which they are shown, and how many may not.

        Args:
            poll: The kind of the vote in which they were given.
            given: (key, canonical JSON) of each.
            destination: Where they are to go.

        Returns:
            The reasons in their kind's own type, in the order of what they say, which tells nothing else; and the rest.
        """
        stand = [(self.handling(key, "reason"), key, body) for key, body in given]
        passed, undecided = [], 0
        for handling, key, body in stand:
            if allowed(LEVEL, destination, handling):
                reason = self.said(key, poll, body)
                undecided += reason is None
                passed += [] if reason is None else [reason]
        many = Counter(handling for handling, _, _ in stand)
        rest = LeftOut(held=many["on_hold"] + undecided, not_read=many["new"], not_approved=many["read"])
        return tuple(sorted(passed)), rest
