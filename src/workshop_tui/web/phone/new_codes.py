"""Private codes that were just made, in memory, until whoever they are for has kept them."""

from __future__ import annotations

from typing import Final

from workshop_tui.limits import PEOPLE
from workshop_tui.room.ports import Clock

SHOWN_MS: Final = 10 * 60_000
"""How long one can be looked at: long enough to find a pen, and over before the phone is handed on."""


class NewCodes:
    """The newest code of each phone, with the words that it belongs to.

    Args:
        clock: Only its steady side is read.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, tuple[str, str, int]] = {}

    def put(self, person: str, text: str, code: str) -> None:
        """A code was made; the one before is shown no more."""
        self._codes.pop(person, None)
        while len(self._codes) >= PEOPLE:
            del self._codes[next(iter(self._codes))]
        self._codes[person] = text, code, self._clock.steady_ms() + SHOWN_MS

    def of(self, person: str, text: str) -> str:
        """The code to show; empty where there is none any more."""
        found, code, until = self._codes.get(person, ("", "", 0))
        if found != text or not code:
            return ""
        if self._clock.steady_ms() >= until:
            self.forget(person)
            return ""
        return code

    def forget(self, person: str) -> None:
        """It was kept, or its owner is gone."""
        self._codes.pop(person, None)
