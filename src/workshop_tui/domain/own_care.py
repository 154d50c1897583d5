"""That somebody asked to be contacted about their own care: to whom that went, on which days, and never what it is.

What a room says changes services for everybody; what one person needs for themselves goes to whoever can see to it.
There is no field for a name, a number or an account: whoever asked tells those to the people who pass it on. Nothing of
it is in a record, in any export, in any copy that is sent out, or on a screen.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from workshop_tui.messages import Message, tr

RoutedTo = Literal["nobody", "advice", "service", "practice", "complaints", "advocacy"]

ROUTED_TO: Final[dict[RoutedTo, Message]] = {
    "nobody": tr("Not passed on yet"),
    "advice": tr("The patient advice team"),
    "service": tr("The service itself"),
    "practice": tr("Their own practice"),
    "complaints": tr("The complaints team"),
    "advocacy": tr("An advocate"),
}

_CODE_LETTERS: Final = 4


class OwnCareRow(Struct, frozen=True, kw_only=True):
    """One request."""

    key: str
    """A random name; it tells nothing of any person or phone."""
    asked_at: int
    """When it was asked for, UTC milliseconds, whole minutes; this and the one below."""
    routed_to: RoutedTo = "nobody"
    reference: str = ""
    """Under which the other system has it; empty where it gave none."""
    contacted_at: int | None = None

    @property
    def code(self) -> str:
        """What a person shows, and a desk finds it by."""
        return code_of(self.key)


def code_of(key: str) -> str:
    """The code of a request, by its key."""
    return key[:_CODE_LETTERS].upper()
