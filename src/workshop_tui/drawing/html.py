"""View blocks as HTML for phones, the screen and the report: a real table for every result, with bars in SVG.

One element is both chart and table: the cell that holds a value draws its bar before it, so the two can never
disagree and a screen reader reads each number once. No scripts and no style attributes: lengths are SVG
attributes and looks are classes, so the same HTML stands under a strict content policy, in print and in a
file without a style sheet. Where colour speaks, a mark and a word say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import assert_never

from markupsafe import Markup

from workshop_tui.domain.blocks import (
    Bar,
    Bars,
    Distribution,
    Matrix,
    Place,
    Quote,
    Quotes,
    Ranking,
    Statement,
    ViewBlock,
)
from workshop_tui.drawing.controls import NOTHING, join, letter, when
from workshop_tui.drawing.tables import BAR_HUE, BAR_SPAN, draw_distribution, draw_matrix
from workshop_tui.drawing.words import Words, words_for

_BARS = Markup("""\
<table class="bars"><caption>{caption}</caption>
<thead><tr><th scope="col">{answer}</th><th scope="col">{unit}</th></tr></thead>
<tbody>
{rows}</tbody></table>
""")

_BAR = Markup("""\
<tr{leads}><th scope="row">{mark}{letter}<bdi dir="auto">{label}</bdi></th>
<td>{bar}<b class="value">{value}</b>{most}{note}</td></tr>
""")

_SVG = Markup(
    '<svg class="bar" width="{width}%" height="1em" aria-hidden="true" focusable="false">'
    '<title>{sentence}</title><rect width="100%" height="100%" fill="{hue}"/></svg> '
)

_RANKING = Markup("""\
<table class="ranking" role="table"><caption>{caption}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{place}</th>\
<th scope="col" role="columnheader">{answer}</th>{columns}</tr></thead>
<tbody role="rowgroup">
{rows}</tbody></table>
""")

# The roles are said again because a small phone draws each line as a block, and some then forget the table.
_PLACE = Markup("""\
<tr role="row"><td class="place" role="cell">{place}{joint}</td>\
<th scope="row" role="rowheader">{letter}<bdi dir="auto">{label}</bdi></th>\
{amounts}</tr>
""")


def draw_view(blocks: Sequence[ViewBlock], *, language: str = "en", big: bool = False) -> Markup:
    """A result as one piece of HTML; the same blocks always give the same bytes.

    Args:
        blocks: What came out, in order; none gives an empty result.
        language: The language tag of the words that are added.
        big: Mark the result for the projector, whose style sheet makes it large.
    """
    words = words_for(language)
    return Markup('<div class="result{}">\n{}</div>\n').format(
        when(big, " big"), join([_draw(block, words, big) for block in blocks])
    )


def _draw(block: ViewBlock, words: Words, big: bool) -> Markup:
    match block:
        case Bars():
            return _bars(block, words)
        case Ranking():
            return _ranking(block, words)
        case Distribution():
            return draw_distribution(block, words, big=big)
        case Matrix():
            return draw_matrix(block)
        case Statement():
            return _statement(block, words)
        case Quotes():
            title = Markup('<p class="quotes-title"><strong>{}</strong></p>\n').format(block.title)
            return (title if block.title else NOTHING) + join([_quote(quote) for quote in block.quotes])
        case _:
            assert_never(block)


def _bars(block: Bars, words: Words) -> Markup:
    longest = max((bar.value for bar in block.bars), default=0)
    leaders = sum(bar.leads for bar in block.bars)
    return _BARS.format(
        caption=words.bars_caption.format(unit=block.unit),
        answer=words.answer,
        unit=block.unit,
        rows=join(
            [_bar(bar, block.unit, longest, words.most if leaders == 1 else words.joint_most) for bar in block.bars]
        ),
    )


def _bar(bar: Bar, unit: str, longest: int, most: str) -> Markup:
    # Zero has no bar at all: the shortest bar still means "somebody".
    width = max(1, round(BAR_SPAN * bar.value / longest)) if bar.value > 0 else 0
    value = bar.said or str(bar.value)
    sentence = f"{bar.label}: {value} {unit}"
    return _BAR.format(
        leads=when(bar.leads, ' class="leads"'),
        mark=when(bar.leads, '<span class="mark" aria-hidden="true">▸</span> '),
        letter=letter(bar.letter),
        label=bar.label,
        bar=_SVG.format(width=width, sentence=sentence, hue=BAR_HUE) if width else NOTHING,
        value=value,
        most=Markup(' <span class="most">{}</span>').format(most) if bar.leads else NOTHING,
        note=Markup(' <span class="note">({})</span>').format(bar.note) if bar.note else NOTHING,
    )


def _ranking(block: Ranking, words: Words) -> Markup:
    sharing = Counter(place.place for place in block.places)
    return _RANKING.format(
        caption=words.ranking_caption,
        place=words.place_heading,
        answer=words.answer,
        columns=join(
            [Markup('<th scope="col" role="columnheader">{}</th>').format(column) for column in block.columns]
        ),
        rows=join([_place(place, block.columns, sharing[place.place] > 1, words) for place in block.places]),
    )


def _place(place: Place, columns: Sequence[str], shared: bool, words: Words) -> Markup:
    return _PLACE.format(
        place=place.place,
        joint=Markup(' <span class="joint">{}</span>').format(words.joint) if shared else NOTHING,
        letter=letter(place.letter),
        label=place.label,
        amounts=join(
            [
                Markup('<td role="cell" data-of="{}">{}</td>').format(column, amount)
                for column, amount in zip(columns, place.amounts, strict=False)
            ]
        ),
    )


def _statement(block: Statement, words: Words) -> Markup:
    if block.weight == "caution":
        return Markup('<p class="statement caution"><strong>{}</strong> {}</p>\n').format(words.caution, block.text)
    return Markup('<p class="statement">{}</p>\n').format(block.text)


def _quote(quote: Quote) -> Markup:
    parts = [
        (Markup('<p class="quote-heading">{}</p>\n').format(heading) if heading else NOTHING) + _paragraphs(said)
        for heading, said in quote.parts
        if said
    ]
    return Markup('<blockquote class="quote">\n{}</blockquote>\n').format(join(parts))


def _paragraphs(said: str) -> Markup:
    """Words with their own line breaks, each paragraph in the direction of its own script."""
    lines = [paragraph.split("\n") for paragraph in said.split("\n\n") if paragraph.strip()]
    return join([Markup('<p><bdi dir="auto">{}</bdi></p>\n').format(Markup("<br>").join(each)) for each in lines])
