"""Acts of the record: notes, concerns, actions, promises, and taking one back."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import NoteKind
from workshop_tui.messages import Message, Text, tr
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.views.act import Act, Field, Way
from workshop_tui.views.moment import Moment
from workshop_tui.views.typed import day_or_none, with_words

NOTE_WORDS: Final[dict[NoteKind, Message]] = {
    "note": tr("Note"), "concern": tr("Concern"), "action": tr("Action"), "promise": tr("Promise"),
}  # fmt: skip
"""What each kind of note is called; the act that keeps one has the name of its kind."""

NOTE_HELD: Final = tr("It is held back: it is on no screen and in no report.")

OWN_WORDS: Final = tr("Its own words:")
"""Stands above what somebody typed where other words are shown instead."""

NO_WORDS: Final = tr("There are no words yet.")


def item_words(line: ItemLine | None) -> Message:
    """With which item a note is kept; before the first where there is none."""
    if line is None:
        return tr("Before the first item.")
    return tr("With item {number}, “{title}”.", number=line.number, title=line.title)


def _no_day(typed: str) -> Message | None:
    fits = not typed or day_or_none(typed) is not None
    return None if fits else tr("This is no day we can read. Write it as 24 December 2026, or leave it empty.")


OWNER: Final = Field(name="owner", label=tr("Who does it? A role is enough"))
DUE: Final = Field(
    name="due",
    label=tr("By when?"),
    kind="day",
    hint=tr("24 December, 24/12, tomorrow, Friday, or nothing."),
    wrong=_no_day,
)


def _keeping(kind: NoteKind, label: Message, *more: Field) -> tuple[Way, ...]:
    text = Field(name="text", label=label, kind="lines", wrong=with_words(NO_WORDS))
    return (
        Way(name=kind, command=cmd.AddNote, words=tr("Keep it"), fields=(text, *more), fixed={"key": "", "kind": kind}),
    )


def _has_note(moment: Moment) -> Text | None:
    return None if moment.note is not None else tr("There are no notes yet.")


ACTS: Final = (
    Act(name="note", key="t", label=tr("Note"), title=tr("Note"), page="notes",
        help=tr("Keep a line with this item. What it is can be said later, in the write-up."),
        ways=_keeping("note", tr("What should the report remember?"))),
    Act(name="concern", key="k", label=tr("Concern"), title=tr("Concern"), page="notes",
        help=tr("Keep a concern; concerns come first in the report."),
        ways=_keeping("concern", tr("What worries people? Concerns come first in the report."))),
    Act(name="action", key="w", label=tr("Action"), title=tr("Action"), page="notes",
        help=tr("Keep what somebody will do, who and by when."),
        ways=_keeping("action", tr("What will be done?"), OWNER, DUE)),
    Act(name="promise", key="m", label=tr("Promise"), title=tr("Promise"), page="notes",
        help=tr("Keep a promise made to the room."),
        ways=_keeping("promise", tr("What was promised to the room?"), OWNER, DUE)),
    Act(
        name="drop_note", title=tr("Take a note back"), page="notes",
        help=tr("Choose a note and take it back; undo puts it back."),
        ways=(
            Way(name="drop_note", subject="note", command=cmd.DropNote, words=tr("Take it back"), fits=_has_note),
        ),
    ),
)  # fmt: skip
