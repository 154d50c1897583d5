"""View blocks as HTML for phones, the screen and the report: a real table for every result, with bars in SVG.

One element is both chart and table: the cell that holds a value draws its bar before it, so the two can never
disagree and a screen reader reads each number once. No scripts and no style attributes: lengths are SVG
attributes and looks are classes, so the same HTML stands under a strict content policy, in print and in a
file without a style sheet. Where colour speaks, a mark and a word say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final, assert_never

from markupsafe import Markup

from workshop_tui.domain.blocks import (
    Bars,
    Distribution,
    Matrix,
    Quote,
    Quotes,
    Ranking,
    Statement,
    ViewBlock,
)
from workshop_tui.domain.units import UnitName
from workshop_tui.drawing.bars import draw_bars
from workshop_tui.drawing.controls import NOTHING, join, when
from workshop_tui.drawing.tables import draw_distribution, draw_matrix, draw_ranking
from workshop_tui.drawing.words import FOR_EACH, PLEASE_NOTE
from workshop_tui.messages import ENGLISH, Counted, Message, Translator, counted, tr

_BY_ITSELF: Final[Mapping[UnitName, Counted]] = {
    "people": counted("{label}: {n} person", "{label}: {n} people"),
    "evaluators": counted("{label}: {n} evaluator", "{label}: {n} evaluators"),
    "dots": counted("{label}: {n} dot", "{label}: {n} dots"),
    "points": counted("{label}: {n} point", "{label}: {n} points"),
    "points out of 100": counted("{label}: {n} point out of 100", "{label}: {n} points out of 100"),
}
"""What a bar says where a pointer rests on it."""


def draw_view(
    blocks: Sequence[ViewBlock], *, translator: Translator = ENGLISH, big: bool = False, of: Message | None = None
) -> Markup:
    """A result as one piece of HTML; the same blocks always give the same bytes.

    Args:
        blocks: What came out, in order; none gives an empty result.
        translator: Says the words in the language of who looks.
        big: Mark the result for the projector, whose style sheet makes it large.
        of: What it is the result of, for a page with many: no two of its tables are then called the same.
    """
    names = _names(blocks, of)
    return Markup('<div class="result{}">\n{}</div>\n').format(
        when(big, " big"),
        join([_draw(block, translator, big, name) for block, name in zip(blocks, names, strict=True)]),
    )


def _names(blocks: Sequence[ViewBlock], of: Message | None) -> list[Message | None]:
    """What each block is of: the result, and from its second table on which of them."""
    if of is None:
        return [None] * len(blocks)
    numbers = accumulate(isinstance(block, Bars | Ranking | Distribution | Matrix) for block in blocks)
    return [of if n <= 1 else tr("{result}, table {number}", result=of, number=n) for n in numbers]


def _draw(block: ViewBlock, translator: Translator, big: bool, of: Message | None) -> Markup:
    match block:
        case Bars():
            said, by_itself = FOR_EACH[block.unit], _BY_ITSELF[block.unit]
            return draw_bars(block.bars, block.unit, said, translator, by_itself=by_itself, of=of)
        case Ranking():
            return draw_ranking(block, translator, of)
        case Distribution():
            return draw_distribution(block, translator, big=big, of=of)
        case Matrix():
            return draw_matrix(block, translator, of)
        case Statement():
            return _statement(block, translator)
        case Quotes():
            title = Markup('<p class="quotes-title"><strong>{}</strong></p>\n').format(translator.html(block.title))
            return (title if block.title else NOTHING) + join([_quote(quote, translator) for quote in block.quotes])
        case _:
            assert_never(block)


def _statement(block: Statement, translator: Translator) -> Markup:
    said = translator.html(block.text)
    if block.is_caution:
        whole, note = translator.whole(PLEASE_NOTE, block.text), translator.html(PLEASE_NOTE)
        return Markup('<p class="statement caution"{}><strong>{}</strong> {}</p>\n').format(whole, note, said)
    return Markup('<p class="statement">{}</p>\n').format(said)


def _quote(quote: Quote, translator: Translator) -> Markup:
    parts = [
        (Markup('<p class="quote-heading">{}</p>\n').format(translator.html(heading)) if heading else NOTHING)
        + _paragraphs(said)
        for heading, said in quote.parts
        if said
    ]
    return Markup('<blockquote class="quote">\n{}</blockquote>\n').format(join(parts))


def _paragraphs(said: str) -> Markup:
    """Words with their own line breaks, each paragraph in the direction of its own script."""
    lines = [paragraph.split("\n") for paragraph in said.split("\n\n") if paragraph.strip()]
    return join([Markup("<p><bdi>{}</bdi></p>\n").format(Markup("<br>").join(each)) for each in lines])
