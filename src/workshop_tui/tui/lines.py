"""Lines of pieces, each as narrow as it has to be: what every pane of the console is made of. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from rich.cells import cell_len, set_cell_size

from workshop_tui.drawing.text import wrap
from workshop_tui.messages import ENGLISH, Place, Text, Translator

Tone = Literal["plain", "quiet", "good", "warn", "bad", "strong", "bar", "other", "key", "here"]

Piece = tuple[str, Tone]
"""Some words and how they are meant."""

Lines = list[list[Piece]]
"""Lines of pieces, each already as narrow as it has to be."""

GAP: Final = "  "


class Pen:
    """Writes lines of one width in the facilitator's language.

    Args:
        width: In cells of the terminal.
        translator: Turns what is said into that language.
    """

    def __init__(self, width: int, translator: Translator = ENGLISH) -> None:
        self.width = width
        self.translator = translator

    def text(self, said: Place | tuple[Text, ...]) -> str:
        return self.translator.text(said)

    def capitals(self, said: Place | tuple[Text, ...]) -> str:
        """Words as a mark that stands out without colour."""
        return self.text(said).upper()

    def narrower(self, by: int) -> Pen:
        return Pen(self.width - by, self.translator)

    def paragraph(self, said: Place | tuple[Text, ...], tone: Tone = "plain", lead: str = "") -> Lines:
        """A text wrapped into lines, after `lead` on the first and as many spaces on the rest."""
        return [[(line, tone)] for line in wrap(self.text(said), self.width, lead, " " * cell_len(lead))]

    def paragraphs(self, said: Sequence[Text], tone: Tone = "plain", lead: str = "") -> Lines:
        """Several texts, one after the other, each on lines of its own."""
        return [line for each in said for line in self.paragraph(each, tone, lead)]

    def marked(self, mark: Text, said: Text, tone: Tone = "plain") -> Lines:
        """A text after a mark in words, such as SAY."""
        return self.paragraph(said, tone, self.text(mark) + GAP)

    def heading(self, said: Text, aside: Text = "") -> Lines:
        beside = self.text(aside)
        return [cut([(self.text(said), "strong"), (GAP + beside if beside else "", "quiet")], self.width)]


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
