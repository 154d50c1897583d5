"""The life of a round, as a table.

Rule 1: what may happen to a round is decided here and nowhere else.
Rule 2: this file does not know who asks, what is counted or what is shown.

    open ──close──► closed ──seal──► sealed          reveal, hide and show again need "sealed"
     ▲                │                 │
     └────reopen──────┘                 │             reopen: within 30 s of closing
    open, closed, sealed ──void──► void               with a typed reason; stays in the record
"""

from __future__ import annotations

from typing import Literal

from workshop_tui.domain.state import Round, RoundStatus
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import REOPEN_MS

Action = Literal["vote", "close", "reopen", "seal", "reveal", "hide", "void"]

NEXT: dict[tuple[RoundStatus, Action], RoundStatus] = {
    ("open", "vote"): "open",
    ("open", "close"): "closed",
    ("closed", "reopen"): "open",
    ("closed", "seal"): "sealed",
    ("sealed", "reveal"): "sealed",
    ("sealed", "hide"): "sealed",
    ("open", "void"): "void",
    ("closed", "void"): "void",
    ("sealed", "void"): "void",
}
"""Where each action leads; what is not here cannot happen."""

_STATUS_WORDS = {
    "open": "is open",
    "closed": "is closed",
    "sealed": "is counted",
    "void": "was declared void",
}
_ACTION_WORDS = {
    "vote": "take a vote", "close": "close it", "reopen": "reopen it", "seal": "seal it",
    "reveal": "reveal it", "hide": "hide it", "void": "declare it void",
}  # fmt: skip


def may(round_: Round, action: Action) -> bool:
    """Whether the table allows `action` now; the time limit of reopening is `may_reopen`."""
    return (round_.status, action) in NEXT


def may_reopen(round_: Round, now: int) -> bool:
    """Whether the closing can still be taken back; exactly 30 seconds after it still can."""
    return may(round_, "reopen") and round_.closed_at is not None and now - round_.closed_at <= REOPEN_MS


def check(round_: Round, action: Action) -> None:
    """Pass if the table allows it.

    Raises:
        CommandRefused: it does not; the message names the state the round is in.
    """
    if not may(round_, action):
        raise CommandRefused(f"This vote {_STATUS_WORDS[round_.status]}: you cannot {_ACTION_WORDS[action]} now.")
