"""The two moments at the end, in words: what each does, and what is still to be done before it. Pure.

Console and host page say the same, so the words are here. At the first moment people leave; at the second the write-up
is finished, and what was only for the day is deleted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.messages import ENGLISH


class WriteUp(Struct, frozen=True, kw_only=True):
    """What is left to do until the day's end, and what goes then."""

    by: str = ""
    """The last day on which it can be finished by hand, as YYYY-MM-DD; empty for one without end."""
    untold: tuple[tuple[int, int], ...] = ()
    """Stories that may only be told in the facilitator's words, and that nobody has told yet, as (number of the item,
    stories)."""
    unread: tuple[str, ...] = ()
    """Of what goes at the day's end, what nobody has read yet: "2 stories"."""
    held: tuple[str, ...] = ()
    """Of what goes at the day's end, what is held back."""
    going: int = 0
    """How many texts go at the day's end."""
    gone: int = 0
    """How many have gone with it."""
    retold: int = 0
    """How many stories stand in the facilitator's words."""

    @property
    def lasts(self) -> str:
        """Until when, in words: "until 11 December 2026"; empty for one without end."""
        return f"until {ENGLISH.day(dt.date.fromisoformat(self.by))}" if self.by else ""


END_WORDS: Final = (
    "People leave. Phones can send nothing more, every vote is counted for good, and what was done until now can no "
    "longer be taken back.",
    "Nothing that people wrote is deleted yet. You can go on reading and approving, saying in your own words what "
    "stories are about, and taking notes, until you finish the write-up.",
)
"""What the first moment does."""

FINISH_WORDS: Final = (
    "This deletes for good what was only for the day: words that only you could read, stories for nobody else, and "
    "stories for “this room, but not my words”. Of those last ones, what you wrote stays.",
    "The key that ties words to phones is destroyed. Nothing in this workshop changes any more; you can still write "
    "the reports. This cannot be taken back.",
)
"""What the second moment does."""


def by_itself(write_up: WriteUp) -> str:
    """What happens where nobody finishes the write-up; empty for one without end."""
    if not write_up.by:
        return ""
    last = ENGLISH.day(dt.date.fromisoformat(write_up.by))
    return f"If you do not, it finishes by itself after {last}."


def untold_words(write_up: WriteUp) -> str:
    """Which stories still wait to be told in the facilitator's words; empty for none."""
    count = sum(stories for _, stories in write_up.untold)
    if not count:
        return ""
    where = ", ".join(f"{stories} in item {number}" for number, stories in write_up.untold)
    if count == 1:
        return f"1 story may only be told in your words, and nobody has written them yet ({where})."
    return f"{count} stories may only be told in your words, and nobody has written them yet ({where})."


def safety_words(write_up: WriteUp) -> str:
    """What will be deleted although nobody has read it, or although it is held back; empty for nothing."""
    parts = [f"not read yet: {listed(write_up.unread)}"] if write_up.unread else []
    parts += [f"held back: {listed(write_up.held)}"] if write_up.held else []
    if not parts:
        return ""
    return (
        f"Of what will be deleted, {'; '.join(parts)}. If something in it is about somebody's safety, act on it before "
        "it is deleted."
    )


def cautions(write_up: WriteUp) -> tuple[str, ...]:
    """What to look at before either moment, most urgent first."""
    return tuple(filter(None, (safety_words(write_up), untold_words(write_up))))


def going_words(write_up: WriteUp) -> str:
    """How much finishing the write-up deletes; empty for nothing."""
    if not write_up.going:
        return ""
    return f"That deletes {_texts(write_up.going, 'is', 'are')} only for the day."


def gone_words(write_up: WriteUp) -> str:
    """What is left once the write-up is finished."""
    gone = "There was nothing that was only for the day."
    if write_up.gone:
        gone = f"Deleted: {_texts(write_up.gone, 'was', 'were')} only for the day."
    if not write_up.retold:
        return gone
    stories = "1 story" if write_up.retold == 1 else f"{write_up.retold} stories"
    return f"{gone} What you wrote about {stories} stays."


def _texts(count: int, one: str, many: str) -> str:
    return f"1 text that {one}" if count == 1 else f"{count} texts that {many}"


def listed(parts: Sequence[str]) -> str:
    """Parts as people say them: "2 stories and 1 private text"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
