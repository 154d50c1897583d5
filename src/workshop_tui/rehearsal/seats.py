"""Who among the simulated people sits where on a panel, so that each scores under one name and no other."""

from __future__ import annotations


class Seats:
    """The places of a panel, shared by everybody: given to people as they are first asked, and kept all day."""

    def __init__(self) -> None:
        self._places: dict[int, int] = {}

    def place(self, person: int) -> int:
        """A person's place, from 0; the same whenever they ask, and nobody else's."""
        return self._places.setdefault(person, len(self._places))
