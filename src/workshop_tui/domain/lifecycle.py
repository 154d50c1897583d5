"""The life of a round, as a table.

Rule 1: what may happen to a round is decided here and nowhere else.
Rule 2: this file does not know who asks, what is counted or what is shown.

    open ──close──► closed ──seal──► sealed          reveal, hide and show again need "sealed"
     ▲                │                 │
     └────reopen──────┘                 │             reopen: soon after closing
    open, closed, sealed ──void──► void               with a typed reason; stays in the record
"""

from __future__ import annotations

from typing import Final, Literal

from workshop_tui.domain.state import Round, RoundStatus
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import tr

Action = Literal["vote", "close", "reopen", "reveal", "hide", "void"]

ALLOWED: Final[dict[Action, tuple[RoundStatus, ...]]] = {
    "vote": ("open",),
    "close": ("open",),
    "reopen": ("closed",),
    "reveal": ("sealed",),
    "hide": ("sealed",),
    "void": ("open", "closed", "sealed"),
}
"""In which states of a round each can be done; what is not here cannot happen."""

_STATUS_WORDS = {
    "open": tr("This vote is open."),
    "closed": tr("This vote is closed."),
    "sealed": tr("This vote is counted."),
    "void": tr("This vote was declared void."),
}
_ACTION_WORDS = {
    "vote": tr("It cannot take a vote now."),
    "close": tr("You cannot close it now."),
    "reopen": tr("You cannot reopen it now."),
    "reveal": tr("You cannot reveal it now."),
    "hide": tr("You cannot hide it now."),
    "void": tr("You cannot declare it void now."),
}


def may(round_: Round, action: Action) -> bool:
    """Whether the table allows `action` now; the time limit of reopening is `may_reopen`."""
    return round_.status in ALLOWED[action]


def may_reopen(round_: Round, now: int, seconds: int) -> bool:
    """Whether the closing can still be taken back; exactly so many seconds after it still can."""
    return may(round_, "reopen") and round_.closed_at is not None and now - round_.closed_at <= seconds * 1000


def check(round_: Round, action: Action) -> None:
    """Pass if the table allows it.

    Raises:
        CommandRefused: it does not; the message names the state the round is in.
    """
    if not may(round_, action):
        raise CommandRefused(_STATUS_WORDS[round_.status], advice=_ACTION_WORDS[action])
