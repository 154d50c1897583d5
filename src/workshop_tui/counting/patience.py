"""How much work a rule may do before it stops and says so: work done is counted, and not guessed beforehand."""

from __future__ import annotations


class TooLong(ValueError):
    """A rule was stopped before its end, because it took too much work."""


class Patience:
    """Work that is left to one rule.

    Args:
        steps: How many steps it may take; a step is about what one group of people costs that is looked at once.
    """

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        """Count some steps.

        Raises:
            TooLong: there are no more of them.
        """
        self._left -= steps
        if self._left < 0:
            raise TooLong


class Endless(Patience):
    """Patience that never ends, for whoever asks for one rule by its name."""

    def __init__(self) -> None:
        super().__init__(0)

    def spend(self, steps: int) -> None:
        """Nothing is counted."""


ENDLESS = Endless()
