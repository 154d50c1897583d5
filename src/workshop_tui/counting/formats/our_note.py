"""What our own files say beyond their format, so that reading one back gives the vote that was written.

A last pair of brackets in the description holds it: "[workshop-tui: places=3]". Other programs pass over it as words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote as encoded
from urllib.parse import unquote

from workshop_tui.limits import CANDIDATES

_NOTE: Final = re.compile(r"\[workshop-tui:((?: [a-z]+=[^\s\[\]=]+)+)\]\s*$")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")


def our_note(said: Mapping[str, object]) -> str:
    """The note for what is not empty and not 0, by name; empty where nothing is left to say."""
    parts = [f"{name}={_written(value)}" for name, value in said.items() if value]
    return f"[workshop-tui: {' '.join(parts)}]" if parts else ""


class OurNote:
    """The note at the end of a description; without one everything is empty. Anybody may have written it."""

    def __init__(self, description: str) -> None:
        match = _NOTE.search(description)
        self._said = dict(part.split("=") for part in match[1].split()) if match else {}

    def text(self, name: str) -> str:
        """A text; empty where there is none."""
        return unquote(self._said.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        """Several texts; empty where there are none, or more than any vote has."""
        found = self._said.get(name, "").split(",")
        return tuple(map(unquote, found)) if found != [""] and len(found) <= CANDIDATES else ()

    def numbers(self, name: str) -> tuple[int, ...]:
        """Several numbers; empty where they are none."""
        found = self.texts(name)
        return tuple(map(int, found)) if all(map(_NUMBER.fullmatch, found)) else ()

    def number(self, name: str, most: int) -> int:
        """A number from 1 to a bound; 0 where there is none."""
        found = self.numbers(name)
        return found[0] if len(found) == 1 and 0 < found[0] <= most else 0


def _written(value: object) -> str:
    parts = value if isinstance(value, tuple | list) else (value,)
    return ",".join(encoded(str(part), safe="/") for part in parts)
