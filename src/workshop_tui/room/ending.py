"""The two moments at the end, in words: what each does, and what is still to be done before it. Pure.

Console and host page say the same, so the words are here. At the first moment people leave; at the second the write-up
is finished, and what was only for the day is deleted.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from workshop_tui.domain.received import in_our_hands_words
from workshop_tui.messages import Day, Listed, Message, Text, tr, trn


class WriteUp(Struct, frozen=True, kw_only=True):
    """What is left to do until the day's end, and what goes then."""

    by: str = ""
    """The last day on which it can be finished by hand, as YYYY-MM-DD; empty for one without end."""
    untold: tuple[tuple[int, int], ...] = ()
    """Stories that may only be told in the facilitator's words, and that nobody has told yet, as (number of the item,
    stories)."""
    unread: tuple[Text, ...] = ()
    """Of what goes at the day's end, what nobody has read yet: "2 stories"."""
    on_hold: tuple[Text, ...] = ()
    """Of what goes at the day's end, what is held back."""
    reasons: int = 0
    """How many reasons beside votes nobody has read yet."""
    going: int = 0
    """How many texts go at the day's end."""
    gone: int = 0
    """How many have gone with it."""
    in_hand: int = 0
    """How many points that were handed in have no answer."""
    handed: int = 0
    """How many were handed in."""
    retold: int = 0
    """How many stories stand in the facilitator's words."""

    @property
    def last_day(self) -> Day | None:
        """The last day on which it can be finished by hand; None for one without end."""
        return Day(self.by) if self.by else None


END_WORDS: Final = (
    tr("People leave."),
    tr("Phones can send nothing more, every vote is counted for good, and what was done until now can no longer be "
       "taken back."),
    tr("Nothing that people wrote is deleted yet."),
    tr("You can go on reading and approving, saying in your own words what stories are about, and taking notes, until "
       "you finish the write-up."),
)  # fmt: skip
"""What the first moment does."""

FINISH_WORDS: Final = (
    tr("This deletes for good what was only for the day: words that only you could read, stories for nobody else, and "
       "stories for “this room, but not my words”."),
    tr("Of those last ones, what you wrote stays."),
    tr("The key that ties words to phones is destroyed."),
    tr("Nothing in this workshop changes any more; you can still write the reports."),
    tr("This cannot be taken back."),
)  # fmt: skip
"""What the second moment does."""


def by_itself(write_up: WriteUp) -> Message | None:
    """What happens where nobody finishes the write-up; None for one without end."""
    day = write_up.last_day
    return tr("If you do not, it finishes by itself after {day}.", day=day) if day is not None else None


def untold_words(write_up: WriteUp) -> Message | None:
    """Which stories still wait to be told in the facilitator's words; None where none does."""
    if not write_up.untold:
        return None
    where = Listed(
        tuple(tr("{stories} in item {number}", stories=stories, number=number) for number, stories in write_up.untold)
    )
    return trn(
        "{n} story may only be told in your words, and nobody has written them yet ({where}).",
        "{n} stories may only be told in your words, and nobody has written them yet ({where}).",
        sum(stories for _, stories in write_up.untold),
        where=where,
    )


def safety_words(write_up: WriteUp) -> tuple[Message, ...]:
    """What will be deleted although nobody has read it, or although it is held back; none for nothing."""
    unread, held = Listed(write_up.unread), Listed(write_up.on_hold)
    if write_up.unread and write_up.on_hold:
        told = tr("Of what will be deleted, not read yet: {unread}; held back: {held}.", unread=unread, held=held)
    elif write_up.unread:
        told = tr("Of what will be deleted, not read yet: {unread}.", unread=unread)
    elif write_up.on_hold:
        told = tr("Of what will be deleted, held back: {held}.", held=held)
    else:
        return ()
    return told, tr("If something in it is about somebody's safety, act on it before it is deleted.")


def cautions(write_up: WriteUp) -> tuple[Message, ...]:
    """What to look at before either moment, most urgent first."""
    untold = untold_words(write_up)
    hands = in_our_hands_words(write_up.in_hand, write_up.handed)
    others = (each for each in (untold, hands) if each is not None)
    return (*safety_words(write_up), *others, *_reasons_words(write_up))


def _reasons_words(write_up: WriteUp) -> tuple[Message, ...]:
    if not write_up.reasons:
        return ()
    return (
        trn("{n} reason beside a vote is not read yet: what is not approved by then is in no report.",
            "{n} reasons beside votes are not read yet: what is not approved by then is in no report.",
            write_up.reasons),
    )  # fmt: skip


def going_words(write_up: WriteUp) -> Message | None:
    """How much finishing the write-up deletes; None for nothing."""
    if not write_up.going:
        return None
    return trn(
        "That deletes {n} text that is only for the day.", "That deletes {n} texts that are only for the day.",
        write_up.going,
    )  # fmt: skip


def gone_words(write_up: WriteUp) -> tuple[Message, ...]:
    """What is left once the write-up is finished."""
    gone = tr("There was nothing that was only for the day.")
    if write_up.gone:
        gone = trn(
            "Deleted: {n} text that was only for the day.", "Deleted: {n} texts that were only for the day.",
            write_up.gone,
        )  # fmt: skip
    if not write_up.retold:
        return (gone,)
    stays = trn("What you wrote about {n} story stays.", "What you wrote about {n} stories stays.", write_up.retold)
    return gone, stays
