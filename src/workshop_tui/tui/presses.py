"""Tells a press from the repeat of a key that is held down, or that bounces.

Terminals say that a key came, not whether it was let go in between. So the same key again, with nothing else between
and soon after its last sign of life, is the same press: it counts once, however long it is held. What cannot be undone
is asked about, and that is answered with another key, which no repeat can be.
"""

from __future__ import annotations

from typing import Final

REPEAT_S: Final = 1.1
"""A key that comes again within this time was not let go. Terminals repeat a held key after a quarter of a second to a
second (Windows at its slowest; Linux and macOS take about half of it), then ten to forty times a second; a tenth more
is for the way from the keyboard to here, which is not always equally long."""


class Presses:
    """The keys as they come; made once for a console."""

    def __init__(self) -> None:
        self._key = ""
        self._at = 0.0

    def is_repeat(self, key: str, at: float) -> bool:
        """Whether this key was not let go since it came last; called once for each that comes.

        A capital is the same key as its small letter: whoever lets go of shift first sends both.

        Args:
            key: As the terminal names it.
            at: Seconds on a clock that nobody sets, read when the terminal sent it.
        """
        key = key.casefold()
        was_held = key == self._key and abs(at - self._at) <= REPEAT_S
        self._key, self._at = key, at
        return was_held
