"""How a session is kept: whether its file is locked, until when it stays, and whether somebody holds it."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain.state import Keeping
from workshop_tui.messages import Day, Sentences, Text, as_tuple, tr
from workshop_tui.room.snapshot import Snapshot

IN_RING: Final = tr("The system's key ring has its key too: whoever can log in to this laptop can open it.")


def lock_words(view: Snapshot) -> tuple[Text, ...]:
    """Whether the file is locked and, where it is not, the reason that was given."""
    if view.locked:
        in_ring = (IN_RING,) if view.in_ring else ()
        return (tr("Locked with a passphrase."), *in_ring, *as_tuple(view.key_trouble))
    return unlocked_words(view.keeping)


def unlocked_words(keeping: Keeping) -> tuple[Text, ...]:
    """That a file is not locked, and why."""
    told = tr("NOT LOCKED: whoever has the file, or a copy of it, can read it.")
    return (told, tr("The reason given: {reason}", reason=keeping.unlocked)) if keeping.unlocked else (told,)


def kept_words(keeping: Keeping) -> tuple[Text, ...]:
    """Until when a session is kept, and that it is held; none where nobody was asked."""
    held = (tr("On legal hold: {reason}", reason=keeping.hold),) if keeping.is_held else ()
    return (*as_tuple(until_words(keeping.until)), *held)


def until_words(until: str | None) -> Sentences:
    """Until when a session is kept; none where nobody was asked."""
    if until is None:
        return ()
    if not until:
        return tr("It is not decided yet until when this session is kept.")
    return tr("Kept until {day}.", day=Day(until))
