"""What is wrong with an agenda file, told by place and with the nearest valid word.

All problems of one file are collected, so that a file is mended in one go and not one word at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from workshop_tui.domain.text import clean_line
from workshop_tui.errors import AgendaError
from workshop_tui.messages import Listed, Place, Sentences, Text, Verbatim, tr, trc, trn

MOST_TOLD: Final = 10
"""How many problems one message tells; the rest is counted."""

MOST_SHOWN: Final = 60
"""Most letters of a wrong value that a message repeats."""

MEND: Final = tr("Please mend the file and try again.")
"""What to do next, after every problem of a file."""

_LISTED: Final = 8
"""Up to how many valid words are all listed where none is near."""


class Problems:
    """The problems of one file, in the order they were met.

    Args:
        file: The file's name, for messages.
    """

    def __init__(self, file: str) -> None:
        self.file = Verbatim(file)
        self._lines: list[tuple[Text, ...]] = []

    def add(self, place: Text, problem: Sentences, *hints: Text) -> None:
        """Note one problem, and what leads to the right words; `place` is empty for the head of the file."""
        text, *more = problem if isinstance(problem, tuple) else (problem,)
        said = trc("place in a file, and what is wrong there", "{place}: {problem}", place=place, problem=text)
        self._lines.append((said if place else text, *(hint for hint in (*more, *hints) if hint)))

    def __len__(self) -> int:
        return len(self._lines)

    def error(self) -> AgendaError:
        """Every problem as one error."""
        count = len(self._lines)
        if count == 1:
            problem, *hints = self._lines[0]
            said = trc("file, and what is wrong in it", "{file}: {problem}", file=self.file, problem=problem)
            return AgendaError((said, *hints), advice=MEND)
        told: list[tuple[Text, ...]] = self._lines[:MOST_TOLD]
        if count > MOST_TOLD:
            told.append((trn("And {n} more.", "And {n} more.", count - MOST_TOLD),))
        said = trn("{file} has {n} problem.", "{file} has {n} problems.", count, file=self.file)
        return AgendaError(said, advice=MEND, lines=tuple(told))


def shown(value: object) -> Place:
    """A wrong value as a message repeats it: one safe line, in quotes where it is a text, never long."""
    if isinstance(value, str):
        text = clean_line(value)
        return Verbatim(f"“{text[:MOST_SHOWN]}…”" if len(text) > MOST_SHOWN else f"“{text}”")
    if isinstance(value, bool):
        return Verbatim(str(value).lower())
    if isinstance(value, dict):
        return tr("a table")
    if isinstance(value, list):
        return tr("a list")
    text = clean_line(str(value))
    return Verbatim(text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…")


def help_on(page: str) -> Verbatim:
    """What is typed to read a page of the documents, however the program was installed; without one, their list."""
    return Verbatim(f"“{f'workshop-tui help {page}'.strip()}”")


def nearest(word: str, valid: Iterable[str], page: str = "agenda") -> Text:
    """A sentence that leads from a wrong word to the right one; empty where no word is valid.

    Where none is near, all valid words are listed if they are few, and else the nearest there is and the page of the
    documents that has them all.
    """
    # The comparison knows no capitals, and people give their titles some.
    as_given = {each.casefold(): each for each in sorted(set(valid))}
    near = get_close_matches(word.casefold(), as_given, n=1, cutoff=0.6)
    if near:
        return tr("Did you mean “{word}”?", word=Verbatim(as_given[near[0]]))
    if len(as_given) > _LISTED:
        closest = get_close_matches(word.casefold(), as_given, n=1, cutoff=0.0)
        near_it = Verbatim(as_given[closest[0]])
        return tr("The nearest is “{word}”; {command} lists them all.", word=near_it, command=help_on(page))
    return tr("It can be {words}.", words=either(as_given.values())) if as_given else ""


def either(words: Iterable[str]) -> Listed:
    """Words as a choice: “a”, “b” or “c”."""
    return Listed(tuple(Verbatim(f"“{word}”") for word in words), "or")
