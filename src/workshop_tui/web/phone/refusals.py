"""What phones are told when something they sent could not be taken, and whether trying again is of use."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from workshop_tui.errors import BallotRejected, EnvironmentProblem, NotAllowed, Refused, RoomBusy
from workshop_tui.messages import Sentences, tr

WAIT_S: Final = 3
"""When a phone without our script is asked to try again."""

TOO_MANY: Final = tr("That was very quick. Your words are still here. Please wait a little, then send again.")
BUSY: Final = tr("Many answers are coming in at once. Yours is still here; we try again.")
KEEP: Final = tr(
    "We cannot save just now. Keep your words: they are still here. We try again. You can also send again soon."
)


class TooQuick(Exception):
    """One phone sends faster than a person can.

    Args:
        wait_s: Seconds until it may send again.
    """

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class Refusal(Struct, frozen=True):
    """What a phone is told when something could not be taken."""

    status: int
    error: Sentences
    field: str = ""
    """What it is about; empty for the whole."""
    wait_s: int = 0
    """After how many seconds the very same may be tried again; 0 for no use."""
    is_of_the_room: bool = False
    """Whether the room has words of its own for why it does not take anything just now."""


def refusal_of(problem: Refused | EnvironmentProblem | TooQuick) -> Refusal:
    """What a phone is told of an error."""
    match problem:
        case BallotRejected():
            return Refusal(422, problem.message, problem.field)
        case NotAllowed():
            return Refusal(403, problem.message)
        case Refused():
            return Refusal(409, problem.message)
        case RoomBusy():
            return Refusal(503, problem.message, wait_s=WAIT_S, is_of_the_room=True)
        case TooQuick():
            return Refusal(429, TOO_MANY, wait_s=problem.wait_s)
        case _:
            # Why the disk cannot be written is for the facilitator, not for the room.
            return Refusal(503, KEEP, wait_s=WAIT_S)
