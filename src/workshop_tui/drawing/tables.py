"""Rankings, distributions along a scale and matrices, as tables whose cells are the chart.

A distribution of one thing is a list of bars in the order of the scale. Of several things it is one line each: a
bar cut into the answers, with the numbers in the cells beside it. The ramp runs from dark to light and back, so
that both ends stand out in grey print and for every kind of colour vision, and each part carries its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from workshop_tui.domain.blocks import Bar, Column, Distribution, Matrix, MatrixRow, Ranking, RankingRow, Scaled, Words
from workshop_tui.drawing.bars import draw_bars
from workshop_tui.drawing.controls import NOTHING, join, letter
from workshop_tui.drawing.words import ANSWER, GAVE_EACH, JOINT
from workshop_tui.messages import Message, Translator, tr

_ENDS: Final = ("#a3420a", "#d9832b", "#f0c48c", "#f4f1ea", "#b5d3e7", "#5a9bc6", "#14507a")
"""From one end of a scale to the other: vermillion to blue, lightest in the middle (after Okabe and Ito, 2008)."""

_ASIDE: Final = ("#c9ced3", "#8f979e")
"""For answers beside the scale."""

_DARK: Final = frozenset(("#a3420a", "#14507a"))
"""Parts on which white numbers are read better than black ones."""

# The roles are said again because a small phone draws each line as a block, and some then forget the table.
_TABLE = Markup("""\
<table class="ranking{look}" role="table"><caption>{caption}</caption>
<thead role="rowgroup"><tr role="row">{heads}</tr></thead>
<tbody role="rowgroup">
{rows}</tbody></table>
""")

_PLACE = Markup("""\
<tr role="row"><td class="place" role="cell">{place}{joint}</td>\
<th scope="row" role="rowheader">{letter}{label}</th>\
{amounts}</tr>
""")

_LINE = Markup("""\
<tr role="row"><th scope="row" role="rowheader">{letter}{label}{stack}{note}</th>
{cells}</tr>
""")

_STACK = Markup('<svg class="stack" width="100%" height="1.4em" aria-hidden="true" focusable="false">{parts}</svg>')

_PART = Markup(
    '<rect x="{x}%" width="{width}%" height="100%" fill="{hue}" stroke="#10151b"/>'
    '<text x="{middle}%" y="74%" text-anchor="middle" fill="{ink}">{value}</text>'
)

_SWATCH = Markup(
    '<svg class="swatch" width=".8em" height=".8em" aria-hidden="true" focusable="false">'
    '<rect width="100%" height="100%" fill="{hue}" stroke="#68747f"/></svg> '
)

_NOBODY = Markup(' class="none"')


def draw_ranking(block: Ranking, translator: Translator) -> Markup:
    """Options in the order the room put them; those that share a place say so."""
    sharing = Counter(place.place for place in block.places)
    heads = (tr("Place"), ANSWER, *(column.name for column in block.columns))
    rows = [_place(place, block.columns, sharing[place.place] > 1, translator) for place in block.places]
    return _table("", tr("The order, with the numbers behind it"), heads, rows, translator)


def draw_distribution(block: Distribution, translator: Translator, *, big: bool = False) -> Markup:
    """How many gave each answer; bars for one thing, lines of parts for several.

    Args:
        block: What to draw.
        translator: Says the words in the language of who looks.
        big: Whether it is for the projector, which shows a key and leaves the numbers in the parts.
    """
    caption = GAVE_EACH[block.unit]
    if len(block.lines) == 1 and not block.lines[0].label:
        return _one(block, block.lines[0], caption, translator)
    hues = ramp(len(block.scale), block.aside)
    rows = [_line(line, block, hues, translator) for line in block.lines]
    key = _key(block.scale, hues, translator) if big else NOTHING
    return key + _table(" spread", caption, (ANSWER, *block.scale), rows, translator)


def draw_matrix(block: Matrix, translator: Translator) -> Markup:
    """Rows and columns, as a table that a small phone shows row by row."""
    rows = [_matrix_row(row, block.columns, translator) for row in block.rows]
    return _table(" matrix", block.title, (block.corner, *block.columns), rows, translator)


def ramp(steps: int, aside: int) -> tuple[str, ...]:
    """One colour for each answer of a scale, the last `aside` ones grey."""
    scale = steps - aside
    places = [at * (len(_ENDS) - 1) / max(1, scale - 1) for at in range(scale)]
    # A long scale needs shades between ours: two answers in one colour could not be told apart in the key.
    spread = [_between(place) if scale > len(_ENDS) else _ENDS[round(place)] for place in places]
    return (*spread, *(_ASIDE[at % len(_ASIDE)] for at in range(aside)))


def _between(place: float) -> str:
    """The colour at a place between two of `_ENDS`."""
    low = min(int(place), len(_ENDS) - 2)
    pairs = [(int(_ENDS[low][at : at + 2], 16), int(_ENDS[low + 1][at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (other - one) * (place - low)):02x}" for one, other in pairs)


def _one(block: Distribution, line: Scaled, caption: Message, translator: Translator) -> Markup:
    bars = [Bar(step, count) for step, count in zip(block.scale, line.counts, strict=True)]
    note = Markup('<p class="statement">{}</p>\n').format(translator.html(line.note)) if line.note else NOTHING
    return draw_bars(bars, block.unit, caption, translator) + note


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


def _line(line: Scaled, block: Distribution, hues: Sequence[str], translator: Translator) -> Markup:
    cells = [
        Markup('<td role="cell" data-of="{}">{}{}</td>').format(
            translator.text(step), _SWATCH.format(hue=hue), translator.number(count)
        )
        for step, hue, count in zip(block.scale, hues, line.counts, strict=True)
    ]
    return _LINE.format(
        letter=letter(line.letter),
        label=translator.html(line.label),
        stack=_stack(line.counts, hues, translator),
        note=Markup(' <span class="note">{}</span>').format(translator.html(line.note)) if line.note else NOTHING,
        cells=join(cells),
    )


def _stack(counts: Sequence[int], hues: Sequence[str], translator: Translator) -> Markup:
    """All answers of one line as one bar, cut where the answers change; its whole length is everybody."""
    whole = sum(counts)
    parts, before = [], 0
    for count, hue in zip(counts, hues, strict=True):
        if count:
            x, width = 100 * before / whole, 100 * count / whole
            ink = "#fff" if hue in _DARK else "#10151b"
            parts.append(
                _PART.format(
                    x=f"{x:.4g}",
                    width=f"{width:.4g}",
                    middle=f"{x + width / 2:.4g}",
                    hue=hue,
                    ink=ink,
                    value=translator.number(count),
                )
            )
        before += count
    return _STACK.format(parts=join(parts)) if parts else NOTHING


def _key(scale: Sequence[Words], hues: Sequence[str], translator: Translator) -> Markup:
    """What each colour means, for a projector: there the numbers stand in the parts."""
    lines = [
        Markup("<li>{}{}</li>").format(_SWATCH.format(hue=hue), translator.html(step))
        for step, hue in zip(scale, hues, strict=True)
    ]
    return Markup('<ul class="key" aria-hidden="true">{}</ul>\n').format(join(lines))


def _matrix_row(row: MatrixRow, columns: Sequence[Words], translator: Translator) -> Markup:
    cells = [
        Markup('<td role="cell"{}>{}</td>').format(
            _NOBODY if said == "" else Markup(' data-of="{}"').format(translator.text(column)),
            NOTHING if said == "" else translator.html(said),
        )
        for column, said in zip(columns, row.cells, strict=True)
    ]
    return Markup('<tr role="row"><th scope="row" role="rowheader">{}{}</th>{}</tr>\n').format(
        letter(row.letter), translator.html(row.label), join(cells)
    )


def _table(look: str, caption: Words, heads: Sequence[Words], rows: Sequence[Markup], translator: Translator) -> Markup:
    columns = [Markup('<th scope="col" role="columnheader">{}</th>').format(translator.html(head)) for head in heads]
    return _TABLE.format(look=look, caption=translator.html(caption), heads=join(columns), rows=join(rows))
