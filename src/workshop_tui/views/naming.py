"""What may tell who somebody is, in words: what it looks like, how it is marked, and the acts that decide it.

An act is about the first piece of a text that is still open, so that one key after the other goes through all of them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Final

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.identifiers.sorts import SORT_WORDS
from workshop_tui.domain.redaction import TOKENS, Decision
from workshop_tui.messages import Message, Text, Verbatim, tr, trn
from workshop_tui.room.queue_page import Mark, QueueEntry
from workshop_tui.views.act import Act, Field, Typed, Way
from workshop_tui.views.moment import Moment, given
from workshop_tui.views.typed import with_words

MISSES: Final = tr("The tool misses things. Could someone in this village or team guess who it is?")
"""Stands wherever the tool says what it found, and where it found nothing."""


def found_words(entry: QueueEntry) -> tuple[Message, ...]:
    """What was found in a text, and that more may be in it; nothing for words that nobody else ever reads."""
    if entry.only_you or entry.gone or not entry.may_show:
        return ()
    many = len(entry.open_marks)
    if not many:
        return (MISSES,)
    found = trn(
        "{n} piece may tell who somebody is, and is to be decided.",
        "{n} pieces may tell who somebody is, and are to be decided.",
        many,
    )
    return found, MISSES


def mark_words(mark: Mark) -> Message:
    """One piece, what it looks like, and what was decided."""
    sort = SORT_WORDS[mark.sort]
    match mark.decision:
        case None if mark.is_test:
            return tr("“{said}” looks like {sort} of those kept for tests.", said=mark.said, sort=sort)
        case None:
            return tr("“{said}” looks like {sort}.", said=mark.said, sort=sort)
        case "dismissed":
            return tr("“{said}” is read as it is.", said=mark.said)
        case "accepted":
            return tr("“{said}” is taken out: {token} is read instead.", said=mark.said,
                      token=Verbatim(mark.replacement))  # fmt: skip
        case "edited":
            return tr("“{said}” is said otherwise: “{words}”.", said=mark.said, words=mark.replacement)


def in_pieces(entry: QueueEntry, part: int) -> Iterator[tuple[str, Mark | None]]:
    """The words of a part, cut where something in it is marked.

    Args:
        entry: The text.
        part: Which of its parts; -1 for the words that are shown instead.
    """
    words = entry.reworded if part < 0 else entry.parts[part][1]
    at = 0
    for mark in sorted((each for each in entry.marks if each.part == part), key=lambda each: each.at):
        end = mark.at + len(mark.said)
        if mark.at >= at and words[mark.at : end] == mark.said:
            yield words[at : mark.at], None
            yield mark.said, mark
            at = end
    yield words[at:], None


def _first(moment: Moment) -> Mark | None:
    entry = moment.entry
    return entry.open_marks[0] if entry is not None and not entry.gone and entry.open_marks else None


def _why_not(moment: Moment) -> Text | None:
    if _first(moment) is not None:
        return None
    return tr("There is nothing in it to decide. Say it in other words if something in it tells who somebody is.")


def _deciding(decision: Decision) -> Callable[[Moment, Typed], FacilitatorCommand]:
    def build(moment: Moment, typed: Typed) -> FacilitatorCommand:
        mark, entry = given(_first(moment)), given(moment.entry)
        return cmd.Redact(
            contribution=entry.key, place=mark.place, start=mark.start, end=mark.end, decision=decision,
            words=typed.get("words", ""),
        )  # fmt: skip

    return build


def _means(moment: Moment) -> str:
    """Which piece it is: a page that was drawn before must not decide another one."""
    mark = _first(moment)
    # Without spaces: a form takes some of them away.
    return "" if mark is None else f"{mark.place}:{mark.start}:{mark.end}:{zlib.crc32(mark.said.encode())}"


def _way(name: str, decision: Decision, words: Message, fields: tuple[Field, ...] = ()) -> Way:
    return Way(
        name=name, subject="entry", command=cmd.Redact, words=words, fits=_why_not, means=_means, fields=fields,
        build=_deciding(decision),
    )  # fmt: skip


TAKE_OUT: Final = _way("take_out", "accepted", tr("Take the first marked piece out"))
LEAVE: Final = _way("leave_it", "dismissed", tr("Leave the first marked piece as it is"))
SAY_OTHERWISE: Final = _way(
    "say_otherwise", "edited", tr("Say the first marked piece so"),
    (
        Field(
            name="words", label=tr("What is read instead of the first marked piece?"),
            usual=lambda moment: TOKENS[mark.sort] if (mark := _first(moment)) is not None else "",
            hint=tr("Such as “the doctor” or “a town near here”."),
            wrong=with_words(tr("Please type what is to be read instead.")),
        ),
    ),
)  # fmt: skip

ACTS: Final = (
    Act(name="take_out", key="x", label=tr("Take out"), title=tr("Take a marked piece out"), page="reading",
        help=tr("A token such as [NAME] is read instead of the first piece that may tell who somebody is; its owner's "
                "words stay as they are, for you alone. u takes it back."), ways=(TAKE_OUT,)),
    Act(name="say_otherwise", key="e", label=tr("Instead"), title=tr("Say a marked piece otherwise"), page="reading",
        help=tr("Your words are read instead of the first piece that may tell who somebody is."),
        ways=(SAY_OTHERWISE,)),
    Act(name="leave_it", key="l", label=tr("Leave it"), title=tr("Leave a marked piece as it is"), page="reading",
        help=tr("The first piece that may tell who somebody is is read as it stands: it tells nobody, or may be "
                "told."), ways=(LEAVE,)),
)  # fmt: skip
"""What can be done with the first marked piece of a text (`Moment.entry`)."""
