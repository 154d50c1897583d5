"""What is wrong with an agenda file, told by place and with the nearest valid word.

All problems of one file are collected, so that a file is mended in one go and not one word at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from workshop_tui.domain.text import clean_line
from workshop_tui.errors import AgendaError
from workshop_tui.messages import tr

MOST_TOLD: Final = 10
"""How many problems one message tells; the rest is counted."""

MOST_SHOWN: Final = 60
"""Most letters of a wrong value that a message repeats."""

MEND: Final = "Nothing was started. Please mend the file and try again."
"""What is safe and what to do next, after every problem of a file."""

_LISTED: Final = 8
"""Up to how many valid words are all listed where none is near."""


class Problems:
    """The problems of one file, in the order they were met.

    Args:
        file: The file's name, for messages.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._lines: list[str] = []

    def add(self, place: str, text: str) -> None:
        """Note one problem; `place` is empty for the head of the file."""
        self._lines.append(f"{place}: {text}" if place else text)

    def __len__(self) -> int:
        return len(self._lines)

    def error(self) -> AgendaError:
        """Every problem as one error."""
        count = len(self._lines)
        if count == 1:
            return AgendaError(tr("{file}: {lines}", file=self.file, lines=self._lines[0]), advice=MEND)
        told = [f"{self.file} has {count} problems. {MEND}", *self._lines[:MOST_TOLD]]
        if count > MOST_TOLD:
            told.append(f"And {count - MOST_TOLD} more.")
        return AgendaError("\n  ".join(told))


def shown(value: object) -> str:
    """A wrong value as a message repeats it: one safe line, in quotes where it is a text, never long."""
    if isinstance(value, str):
        text = clean_line(value)
        return f"“{text[:MOST_SHOWN]}…”" if len(text) > MOST_SHOWN else f"“{text}”"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    text = clean_line(str(value))
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def nearest(word: str, valid: Iterable[str]) -> str:
    """A sentence that leads from a wrong word to the right one.

    Where none is near, all valid words are listed if they are few, and else the nearest there is.
    """
    words = sorted(set(valid))
    near = get_close_matches(word.casefold(), words, n=1, cutoff=0.6)
    if near:
        return f"Did you mean “{near[0]}”?"
    if len(words) > _LISTED:
        closest = get_close_matches(word.casefold(), words, n=1, cutoff=0.0)
        return f"The nearest is “{closest[0]}”; docs/agenda.md lists them all."
    return f"It can be {either(words)}." if words else ""


def either(words: Iterable[str]) -> str:
    """Words as a choice: “a”, “b” or “c”."""
    quoted = [f"“{word}”" for word in words]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else "".join(quoted)
