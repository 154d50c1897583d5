"""Finds where one text repeats another, so that a quotation goes with the words that it is of. Pure.

Letters and digits count, whatever their case; what stands between them does not. A quotation is a run of `LONG` of
them; of a source that has no more than that, all of it, standing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

LONG: Final = 20
"""Letters and digits that two texts share by chance hardly ever: about four words."""

_PIECE: Final = LONG // 2
"""Of so many letters the pieces are that a source is taken into: each run of `LONG` has a whole one in it."""

SHORT: Final = 4
"""A source of fewer is in too many texts that do not quote it."""

MARK: Final = "[…]"
"""What stands in place of a quotation, in every language."""


def without(text: str, sources: Iterable[str]) -> str:
    """A text with `MARK` in place of whatever it repeats of the sources; the same where it repeats nothing."""
    letters, places = _bare(text)
    found = [False] * len(letters)
    for source in sources:
        bare, _ = _bare(source)
        for start, end in _repeats(text, letters, places, bare):
            found[start:end] = [True] * (end - start)
    kept, at = [], 0
    for start, end in _runs(found):
        kept += [text[at : places[start]], MARK]
        at = places[end - 1] + 1
    return "".join([*kept, text[at:]])


class Sources:
    """Many texts, made ready once, so that many others can be held against them.

    They are kept as they are, beside a tenth of their pieces: of all that a text may repeat, some piece is among those.

    Args:
        sources: The texts.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        long: list[str] = []
        self._short: list[str] = []
        for source in sources:
            bare, _ = _bare(source)
            if len(bare) > LONG:
                long.append(bare)
            elif len(bare) >= SHORT:
                self._short.append(bare)
        self._pieces = {bare[at : at + _PIECE] for bare in long for at in range(0, len(bare) - _PIECE + 1, _PIECE)}
        # Nothing that is looked for has a line's end in it, so none is found across two of them.
        self._all = "\n".join(long)

    def are_in(self, text: str) -> bool:
        """Whether a text repeats one of them: what `without` would take out of it."""
        letters, places = _bare(text)
        return any(letters[at : at + LONG] in self._all for at in self._candidates(letters)) or any(
            True for bare in self._short for _ in _repeats(text, letters, places, bare)
        )

    def _candidates(self, letters: str) -> Iterator[int]:
        """Where a run can begin that some source has too."""
        last = len(letters) - LONG
        next_ = 0
        for at in range(len(letters) - _PIECE + 1):
            if letters[at : at + _PIECE] in self._pieces:
                yield from range(max(next_, at + _PIECE - LONG), min(at, last) + 1)
                next_ = max(next_, at + 1)


def _bare(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text without their case, and the place of each in it."""
    letters, places = [], []
    for at, sign in enumerate(text):
        for letter in sign.casefold():
            if letter.isalnum():
                letters.append(letter)
                places.append(at)
    return "".join(letters), places


def _repeats(text: str, letters: str, places: list[int], bare: str) -> Iterator[tuple[int, int]]:
    """Where the letters of a text repeat those of a source, as (start, end)."""
    if len(bare) > LONG:
        pieces = {bare[at : at + LONG] for at in range(len(bare) - LONG + 1)}
        for at in range(len(letters) - LONG + 1):
            if letters[at : at + LONG] in pieces:
                yield at, at + LONG
        return
    at = letters.find(bare) if len(bare) >= SHORT else -1
    while at >= 0:
        end = at + len(bare)
        if _stands_alone(text, places[at], places[end - 1]):
            yield at, end
        at = letters.find(bare, at + 1)


def _stands_alone(text: str, first: int, last: int) -> bool:
    before, after = text[first - 1 : first] if first else "", text[last + 1 : last + 2]
    return not (before.isalnum() or after.isalnum())


def _runs(found: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for at, is_found in enumerate([*found, False]):
        if is_found and start is None:
            start = at
        elif not is_found and start is not None:
            yield start, at
            start = None
