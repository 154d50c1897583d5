"""Lines of pieces, each as narrow as it has to be: what every pane of the console is made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rich.cells import cell_len, set_cell_size

from workshop_tui.domain.blocks import ViewBlock
from workshop_tui.drawing.text import draw_text, wrap
from workshop_tui.messages import ENGLISH, Text

Tone = Literal["plain", "quiet", "good", "warn", "bad", "strong", "bar"]

Piece = tuple[str, Tone]
"""Some words and how they are meant."""

Lines = list[list[Piece]]
"""Lines of pieces, each already as narrow as it has to be."""


def cut(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The pieces that fit into `width` cells; the last one is cut short."""
    kept: list[Piece] = []
    for words, tone in pieces:
        text = words.replace("\n", " ")
        if cell_len(text) > width:
            kept.append((shorten(text, width), tone))
            break
        kept.append((text, tone))
        width -= cell_len(text)
    return kept


def shorten(text: str, width: int) -> str:
    """Text in at most `width` cells, with an ellipsis where words are missing."""
    text = text.replace("\n", " ")
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def spread(left: Sequence[Piece], right: Sequence[Piece], width: int) -> list[Piece]:
    """Two groups at both ends of a line; the left one gives way."""
    taken = sum(cell_len(text) for text, _ in right)
    kept = cut(left, max(0, width - taken - 1))
    gap = width - taken - sum(cell_len(text) for text, _ in kept)
    return [*kept, (" " * max(1, gap), "plain"), *right]


def paragraph(text: str, width: int, tone: Tone = "plain", lead: str = "") -> Lines:
    """Text wrapped into lines, after `lead` on the first and as many spaces on the rest."""
    return [[(line, tone)] for line in wrap(text, width, lead, " " * cell_len(lead))]


def heading(text: str, width: int, aside: str = "") -> Lines:
    """The title of a section."""
    return [cut([(text, "strong"), (f"  {aside}" if aside else "", "quiet")], width)]


def result_lines(blocks: Sequence[ViewBlock], words: Sequence[Text], width: int) -> Lines:
    """A result as the house draws it, and the sentences that must be read with it."""
    lines: Lines = [_with_bars(line) for line in draw_text(blocks, width)]
    for number, sentence in enumerate(map(ENGLISH.text, words)):
        lines += paragraph(sentence, width) if number else [[], *paragraph(sentence, width)]
    return lines


def _with_bars(line: str) -> list[Piece]:
    return [(piece, "bar" if piece[0] == "█" else "plain") for piece in re.findall("█+|[^█]+", line)]
