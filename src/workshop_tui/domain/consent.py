"""Who may ever see a story: the five levels its owner chooses from, and the one gate before every showing.

Levels and destinations follow the consent table and rule R3.5 of the project's requirements for patient
stories. The destination "room_screen" has level 1 there, but level 1 means *summarised*: nobody's own words.
So one more rule stands in this module and nowhere else: **own words need C2 or more, wherever they go**. A
facilitator may tell what a C1 story is about; the story itself never reaches the screen or another phone.
"""

from __future__ import annotations

from typing import Final, Literal

from workshop_tui.messages import Message, Text, tr

LEVELS: Final[tuple[tuple[str, Message], ...]] = (
    ("C0", tr("Nobody else. Only the people running today read it.")),
    ("C1", tr("This room, but not my words. Someone may say in their own words what it is about.")),
    ("C2", tr("This room, and the report of today, in my words. We do not say who wrote it.")),
    ("C3", tr("Also staff who are learning, and the people who decide. We do not say who wrote it.")),
    ("C4", tr("Everyone. It may be shown in public, such as on a website.")),
)
"""The levels from least to most shared, as (level, words on the phone); none is chosen
beforehand."""

LEAST: Final = "C0"
"""The level of whatever says none."""

Destination = Literal["room_screen", "participants", "session_report", "cycle_export", "board", "public"]
"""Where a contribution may go; the phones in the room count as the room's screen. What participants take home leaves
the room, as the report of today does."""

NEEDS: Final[dict[Destination, int]] = {
    "room_screen": 1,
    "participants": 2,
    "session_report": 2,
    "cycle_export": 3,
    "board": 3,
    "public": 4,
}
"""The level a destination needs at least (R3.5)."""

OWN_WORDS: Final = 2
"""The level from which a contribution may be shown word for word."""

CLEARED: Final = "approved"
"""The only state in which a contribution may go anywhere; "new", "read" and "on_hold" stay with the facilitator."""

_RANKS: Final = {level: rank for rank, (level, _) in enumerate(LEVELS)}


def allowed(level: str, destination: Destination, state: str, *, own_words: bool = True) -> bool:
    """Whether a contribution may go somewhere; everything that shows or writes one asks here first.

    Args:
        level: What its owner chose, "C0" to "C4"; anything else counts as not allowed.
        destination: Where it is to go.
        state: What the facilitator did with it: "new", "read", "approved" or "on_hold".
        own_words: Whether it goes word for word; False for a summary that names nobody.
    """
    rank = _RANKS.get(level)
    needed = NEEDS.get(destination)
    if rank is None or needed is None or state != CLEARED:
        return False
    return rank >= (max(needed, OWN_WORDS) if own_words else needed)


ROOM_ONLY: Final = "C1"
"""As far as a story goes whose words say less than its tick, or on which those whose it is do not agree (R3.4)."""


def at_most(level: str, most: str) -> str:
    """The less shared of two levels."""
    return level if level_rank(level) <= level_rank(most) else most


def level_rank(level: str) -> int:
    """The place of a level, 0 for the least shared; one that does not exist counts as the least."""
    return _RANKS.get(level, 0)


def level_words(level: str) -> Text:
    """The words people chose a level by; empty for a level that does not exist."""
    return next((words for each, words in LEVELS if each == level), "")
