"""View blocks as HTML for phones, the screen and the report: a real table for every result, with bars in SVG.

One element is both chart and table: the cell that holds a value draws its bar before it, so the two can never
disagree and a screen reader reads each number once. No scripts and no style attributes: lengths are SVG
attributes and looks are classes, so the same HTML stands under a strict content policy, in print and in a
file without a style sheet. Where colour speaks, a mark and a word say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from markupsafe import Markup

from workshop_tui.domain.blocks import (
    Bar,
    Bars,
    Column,
    Distribution,
    Matrix,
    Quote,
    Quotes,
    Ranking,
    RankingRow,
    Statement,
    ViewBlock,
    Words,
)
from workshop_tui.domain.units import UNITS, UnitName
from workshop_tui.drawing.controls import NOTHING, join, letter, when
from workshop_tui.drawing.tables import BAR_HUE, BAR_SPAN, draw_distribution, draw_matrix
from workshop_tui.drawing.words import ANSWER, FOR_EACH, HIGHEST, JOINT, JOINT_HIGHEST, PLEASE_NOTE
from workshop_tui.messages import ENGLISH, Counted, Message, Translator, counted, tr

_BARS = Markup("""\
<table class="bars"><caption>{caption}</caption>
<thead><tr><th scope="col">{answer}</th><th scope="col">{unit}</th></tr></thead>
<tbody>
{rows}</tbody></table>
""")

_BAR = Markup("""\
<tr{leads}><th scope="row">{mark}{letter}{label}</th>
<td>{bar}<b class="value">{value}</b>{most}{note}</td></tr>
""")

_SVG = Markup(
    '<svg class="bar" width="{width}%" height="1em" aria-hidden="true" focusable="false">'
    '<title{lang}>{sentence}</title><rect width="100%" height="100%" fill="{hue}"/></svg> '
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
<th scope="row" role="rowheader">{letter}{label}</th>\
{amounts}</tr>
""")


_LINES: Final[Mapping[UnitName, Counted]] = {
    "people": counted("{label}: {n} person", "{label}: {n} people"),
    "evaluators": counted("{label}: {n} evaluator", "{label}: {n} evaluators"),
    "dots": counted("{label}: {n} dot", "{label}: {n} dots"),
    "points": counted("{label}: {n} point", "{label}: {n} points"),
    "points out of 100": counted("{label}: {n} point out of 100", "{label}: {n} points out of 100"),
}
"""What a bar says by itself."""


def draw_view(blocks: Sequence[ViewBlock], *, translator: Translator = ENGLISH, big: bool = False) -> Markup:
    """A result as one piece of HTML; the same blocks always give the same bytes.

    Args:
        blocks: What came out, in order; none gives an empty result.
        translator: Says the words in the language of who looks.
        big: Mark the result for the projector, whose style sheet makes it large.
    """
    return Markup('<div class="result{}">\n{}</div>\n').format(
        when(big, " big"), join([_draw(block, translator, big) for block in blocks])
    )


def _draw(block: ViewBlock, translator: Translator, big: bool) -> Markup:
    match block:
        case Bars():
            return _bars(block, translator)
        case Ranking():
            return _ranking(block, translator)
        case Distribution():
            return draw_distribution(block, translator, big=big)
        case Matrix():
            return draw_matrix(block, translator)
        case Statement():
            return _statement(block, translator)
        case Quotes():
            title = Markup('<p class="quotes-title"><strong>{}</strong></p>\n').format(translator.html(block.title))
            return (title if block.title else NOTHING) + join([_quote(quote, translator) for quote in block.quotes])
        case _:
            assert_never(block)


def _bars(block: Bars, translator: Translator) -> Markup:
    longest = max((bar.value for bar in block.bars), default=0)
    most = HIGHEST if sum(bar.leads for bar in block.bars) == 1 else JOINT_HIGHEST
    return _BARS.format(
        caption=translator.html(FOR_EACH[block.unit]),
        answer=translator.html(ANSWER),
        unit=translator.html(UNITS[block.unit].name),
        rows=join([_bar(bar, block.unit, longest, most, translator) for bar in block.bars]),
    )


def _bar(bar: Bar, unit: UnitName, longest: int, most: Message, translator: Translator) -> Markup:
    # Zero has no bar at all: the shortest bar still means "somebody".
    width = max(1, round(BAR_SPAN * bar.value / longest)) if bar.value > 0 else 0
    value = bar.said or bar.value
    sentence = _LINES[unit].of(bar.value, label=bar.label, n=value)
    return _BAR.format(
        leads=when(bar.leads, ' class="leads"'),
        mark=when(bar.leads, '<span class="mark" aria-hidden="true">▸</span> '),
        letter=letter(bar.letter),
        label=translator.html(bar.label),
        bar=_drawn_bar(width, sentence, translator) if width else NOTHING,
        value=translator.html(value),
        most=Markup(' <span class="most">{}</span>').format(translator.html(most)) if bar.leads else NOTHING,
        note=_notes(bar.notes, translator),
    )


def _drawn_bar(width: int, sentence: Message, translator: Translator) -> Markup:
    lang, said = translator.lang(sentence), translator.text(sentence)
    return _SVG.format(width=width, lang=lang, sentence=said, hue=BAR_HUE)


def _notes(notes: Sequence[Words], translator: Translator) -> Markup:
    """What else is said of a line, each for itself, with commas between."""
    said = [translator.html(note) for note in notes]
    if not said:
        return NOTHING
    if len(said) > 1:
        said = [Markup("<span>{}</span>").format(each) for each in said]
    return Markup(' <span class="note">({})</span>').format(Markup(", ").join(said))


def _ranking(block: Ranking, translator: Translator) -> Markup:
    sharing = Counter(place.place for place in block.places)
    return _RANKING.format(
        caption=translator.html(tr("The order, with the numbers behind it")),
        place=translator.html(tr("Place")),
        answer=translator.html(ANSWER),
        columns=join(
            [
                Markup('<th scope="col" role="columnheader">{}</th>').format(translator.html(column.name))
                for column in block.columns
            ]
        ),
        rows=join([_place(place, block.columns, sharing[place.place] > 1, translator) for place in block.places]),
    )


def _place(place: RankingRow, columns: Sequence[Column], shared: bool, translator: Translator) -> Markup:
    return _PLACE.format(
        place=translator.number(place.place),
        joint=Markup(' <span class="joint">{}</span>').format(translator.html(JOINT)) if shared else NOTHING,
        letter=letter(place.letter),
        label=translator.html(place.label),
        amounts=join(
            [
                Markup('<td role="cell" data-of="{}">{}</td>').format(
                    translator.text(column.name), translator.number(amount)
                )
                for column, amount in zip(columns, place.amounts, strict=False)
            ]
        ),
    )


def _statement(block: Statement, translator: Translator) -> Markup:
    said = translator.html(block.text)
    if block.is_caution:
        note = translator.html(PLEASE_NOTE)
        return Markup('<p class="statement caution"><strong>{}</strong> {}</p>\n').format(note, said)
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
