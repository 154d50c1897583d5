"""Points and what they rest on: ties to evidence, whether that still stands, and the rule that a point quotes nobody.

A point is one sentence that came out of the room. It carries nobody's own words, so it can travel further than a story
and outlives one that was taken back. What it rests on is tied to it by keys; of words that are gone the tie stays, and
says that they are. Pure.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.quoting import MARK
from workshop_tui.messages import Message, tr

TieKind = Literal["result", "contribution", "reason", "answer", "note", "received"]
"""What a line can rest on: a vote that was counted, what a phone sent, why somebody answered so, what became of a
question, another note, a point that was handed to the session."""

Standing = Literal["there", "held", "taken_back", "day_over", "missing"]
"""Of something that is tied: it is there; it is held back; its owner took it back; it was only for the day and that is
over; it is there no more for another reason."""

ROW: Final = 6
"""So many words in a row are somebody's own."""

_WORD: Final = 2
_LETTER: Final = 1
"""Scripts without spaces between words have two letters to a word."""


class Tie(Struct, frozen=True, order=True):
    """One thing that a note rests on."""

    note: str
    kind: TieKind
    ref: str
    """The key of a round or of a text (as on the reading page), or the id of a point that was handed over."""


# The rule of the words. -------------------------------------------------------------------------------


class _Token(Struct, frozen=True):
    text: str
    weight: int
    start: int
    end: int


def shared(words: str, source: str) -> tuple[int, int] | None:
    """The first place where some words repeat six or more of a source in a row, as (start, end); None for none.

    Case, punctuation and spaces make no difference; nor do apostrophes.
    """
    return Rows((source,)).first_in(words)


class Rows:
    """Every six words in a row of many texts, made ready once, so that many others can be held against them.

    Args:
        sources: The texts.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        self._pieces = {_piece(window) for source in sources for window in _windows(_tokens(source))}

    def first_in(self, words: str) -> tuple[int, int] | None:
        """The first place where some words repeat six or more in a row, as (start, end); None for none."""
        return next(self.all_in(words), None)

    def all_in(self, words: str) -> Iterator[tuple[int, int]]:
        """Every such place, each as long as it goes."""
        return _runs(_tokens(words), self._pieces)


def has_row(words: str) -> bool:
    """Whether some words are enough to repeat six in a row."""
    return any(True for _ in _windows(_tokens(words)))


def own_words(words: str) -> Message:
    """That these are a participant's."""
    return tr("These are somebody's own words: “{words}”. They stand in what was sent. Please say it otherwise.",
              words=words)  # fmt: skip


def without(words: str, sources: Iterable[str]) -> str:
    """The same words with a mark in place of every six or more in a row that repeat a source."""
    kept, at = [], 0
    for start, end in Rows(sources).all_in(words):
        kept += [words[at:start], MARK]
        at = end
    return "".join([*kept, words[at:]])


def _piece(window: Sequence[_Token]) -> tuple[str, ...]:
    return tuple(each.text for each in window)


def _runs(mine: Sequence[_Token], pieces: Collection[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where the words of one text repeat those of others, each run as long as it goes."""
    start = end = -1
    for window in _windows(mine):
        if _piece(window) not in pieces:
            continue
        if start >= 0 and window[0].start <= end:
            end = window[-1].end
            continue
        if start >= 0:
            yield start, end
        start, end = window[0].start, window[-1].end
    if start >= 0:
        yield start, end


def _windows(tokens: Sequence[_Token]) -> Iterator[Sequence[_Token]]:
    """From each word on, the fewest words that are six."""
    weight, end = 0, 0
    for at, first in enumerate(tokens):
        while end < len(tokens) and weight < ROW * _WORD:
            weight += tokens[end].weight
            end += 1
        if weight < ROW * _WORD:
            return
        yield tokens[at:end]
        weight -= first.weight


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    letters: list[str] = []
    start = 0

    def close(end: int) -> None:
        if letters:
            found.append(_Token("".join(letters), _WORD, start, end))
            letters.clear()

    for at, sign in enumerate(text):
        if sign in _PASSED_OVER:
            continue
        folded = unicodedata.normalize("NFKC", sign).casefold()
        if _is_unspaced(sign):
            close(at)
            found.append(_Token(folded, _LETTER, at, at + 1))
        elif unicodedata.category(sign)[0] in "LNM":
            start = start if letters else at
            letters.append(folded)
        else:
            close(at)
    close(len(text.rstrip()))
    return found


_PASSED_OVER: Final = frozenset("'`\u2019\u2018\u02bc\u00b4\u00ad\u200b\u200c\u200d\u2060")
"""Apostrophes, and what cannot be seen: words are the same with them and without."""

_UNSPACED: Final = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese: no spaces stand between words there."""


def _is_unspaced(sign: str) -> bool:
    code = ord(sign)
    return code >= _UNSPACED[0][0] and any(first <= code <= last for first, last in _UNSPACED)


# What it rests on. ------------------------------------------------------------------------------------

TAKEN_BACK: Final = tr("The story behind this was taken back. Please read it again.")
ALL_GONE: Final = tr("Nothing that this rests on is there any more. Please read it again.")


def counted(standings: Iterable[tuple[Tie, Standing]]) -> Mapping[TieKind, int]:
    """How much a note rests on, by what it is: only what is there."""
    return Counter(tie.kind for tie, standing in standings if standing == "there")


def read_again(standings: Collection[tuple[Tie, Standing]]) -> Message | None:
    """Why a note is to be read again: nothing of what it rests on stands any more; None where something does.

    What was only for the day went as everybody was told: the point was made of it while it was there, and stands.
    """
    left = [standing for _, standing in standings]
    if not left or any(each in ("there", "day_over", "held") for each in left):
        return None
    return TAKEN_BACK if "taken_back" in left else ALL_GONE
