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

from workshop_tui.domain.activity import AnyPoll
from workshop_tui.domain.commands import Handling, NoteKind
from workshop_tui.domain.consent import Destination, allowed
from workshop_tui.domain.events import NoteWritten, RewordingWritten
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.messages import Message, trn

Sort = Literal["reason", "answer", "note"]

BEGINS: Final[dict[Sort, Handling]] = {"reason": "new", "answer": "approved", "note": "approved"}
"""How a text stands as long as nobody has dealt with it."""

LEVEL: Final = "C2"
"""How far all of them may go: the level of what is for the room, and that phones promise for reasons."""

_ANSWER: Final = "answer."


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


class Dealt(Struct, frozen=True):
    """What the facilitator did with texts, as everything looks at it that shows one or writes it anywhere."""

    handlings: Mapping[str, Handling] = {}
    """How reasons, answers and notes were dealt with, by the key of the text; those nobody dealt with are not in it."""
    rewordings: Mapping[str, RewordingWritten] = {}
    """In which words texts are shown instead of their own, by the key of the text."""

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
        if not self.passes(key, "answer", destination):
            return WORDLESS
        words = self.reworded(key)
        # In other words the owner goes too: it may be the name that they were written to leave out.
        return AnswerRow(words=words, owner="") if words else noted

    def notes(self, notes: Iterable[NoteWritten], destination: Destination) -> tuple[NoteWritten, ...]:
        """The notes that may go somewhere, in the words in which they are shown; who does it and by when stays."""
        passed = (note for note in notes if self.passes(note.key, "note", destination))
        return tuple(replace(note, text=self.reworded(note.key) or note.text) for note in passed)

    def held_notes(self, notes: Iterable[NoteWritten], destination: Destination) -> Counter[NoteKind]:
        """How many notes of each kind may not go somewhere."""
        return Counter(note.kind for note in notes if not self.passes(note.key, "note", destination))

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
        passed = []
        for handling, key, body in stand:
            if allowed(LEVEL, destination, handling):
                reason, words = msgspec.json.decode(body, type=poll.ballot_type), self.reworded(key)
                passed.append(poll.reworded(reason, words) if words else reason)
        many = Counter(handling for handling, _, _ in stand)
        rest = LeftOut(held=many["on_hold"], not_read=many["new"], not_approved=many["read"])
        return tuple(sorted(passed)), rest
