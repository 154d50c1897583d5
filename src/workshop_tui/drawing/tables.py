"""Rankings, distributions along a scale and matrices, as tables whose cells are the chart.

A distribution of one thing is a list of bars in the order of the scale. Of several things it is one line each: a
bar cut into the answers, with the numbers in the cells beside it. The ramp runs from dark to light and back, so
that both ends stand out in grey print and for every kind of colour vision; a line parts neighbours, and no colour has
to be told apart: each answer has a small letter, in the key, in its part of the bar and beside its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from markupsafe import Markup

from workshop_tui.domain.blocks import Bar, Column, Distribution, Matrix, MatrixRow, Ranking, RankingRow, Scaled, Words
from workshop_tui.drawing.bars import draw_bars
from workshop_tui.drawing.controls import NOTHING, captioned, join, letter
from workshop_tui.drawing.words import ANSWER, GAVE_EACH, JOINT
from workshop_tui.messages import Message, Translator, tr

_ENDS: Final = ("#b8500f", "#d9832b", "#f0c48c", "#f4f1ea", "#b5d3e7", "#5a9bc6", "#2b75a8")
"""From one end of a scale to the other: vermillion to blue, lightest in the middle (after Okabe and Ito, 2008)."""

LINE: Final = "#10151b"
"""What parts neighbours: at least three times as dark as any of them."""

_ASIDE: Final = ("#c9ced3", "#8f979e")
"""For answers beside the scale."""

_DARK: Final = frozenset((_ENDS[0], _ENDS[-1]))
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
<tr role="row"><th scope="row" role="rowheader"><span class="name">{letter}{label}</span>{stack}{note}</th>
{cells}</tr>
""")

_STACK = Markup('<svg class="stack" width="100%" height="1.4em" aria-hidden="true" focusable="false">{parts}</svg>')

_PART = Markup('<rect x="{x}%" width="{width}%" height="100%" fill="{hue}" stroke="#10151b" stroke-width="2"/>{mark}')

_PART_MARK = Markup('<text x="{middle}%" y="74%" text-anchor="middle" fill="{ink}">{mark}</text>')

NARROW: Final = 5
"""Percent of a bar; a narrower part has no room for its letter: it stands in order, and beside its number."""

_SWATCH = Markup(
    '<svg class="swatch" width="1.2em" height="1.2em" aria-hidden="true" focusable="false">'
    '<rect width="100%" height="100%" fill="{hue}" stroke="#68747f"/>'
    '<text x="50%" y="78%" text-anchor="middle" fill="{ink}">{mark}</text></svg> '
)

_NOBODY = Markup(' class="none"')


def draw_ranking(block: Ranking, translator: Translator, of: Message | None = None) -> Markup:
    """Options in the order the room put them; those that share a place say so."""
    sharing = Counter(place.place for place in block.places)
    heads = (tr("Place"), ANSWER, *(column.name for column in block.columns))
    rows = [_place(place, block.columns, sharing[place.place] > 1, translator) for place in block.places]
    caption = captioned(tr("The order, with the numbers behind it"), of, translator)
    return _table("", caption, heads, rows, translator)


def draw_distribution(
    block: Distribution, translator: Translator, *, big: bool = False, of: Message | None = None
) -> Markup:
    """How many gave each answer; bars for one thing, lines of parts for several.

    Args:
        block: What to draw.
        translator: Says the words in the language of who looks.
        big: Whether it is for the projector, which shows a key and leaves the numbers in the parts.
        of: What the table is of, for a page of many; None where the page says so.
    """
    caption = GAVE_EACH[block.unit]
    if len(block.lines) == 1 and not block.lines[0].label:
        return _one(block, block.lines[0], caption, translator, of)
    hues = ramp(len(block.scale), block.aside)
    rows = [_line(line, block, hues, translator) for line in block.lines]
    key = _key(block.scale, hues, translator) if big else NOTHING
    swatches = (NOTHING, *(_swatch(at, hues) for at in range(len(block.scale))))
    over = captioned(caption, of, translator)
    return key + _table(" spread", over, (ANSWER, *block.scale), rows, translator, swatches)


def draw_matrix(block: Matrix, translator: Translator, of: Message | None = None) -> Markup:
    """Rows and columns, as a table that a small phone shows row by row."""
    rows = [_matrix_row(row, block.columns, translator) for row in block.rows]
    caption = captioned(block.title, of, translator)
    return _table(" matrix", caption, (block.corner, *block.columns), rows, translator)


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


def _one(block: Distribution, line: Scaled, caption: Message, translator: Translator, of: Message | None) -> Markup:
    bars = [Bar(step, count) for step, count in zip(block.scale, line.counts, strict=True)]
    note = Markup('<p class="statement">{}</p>\n').format(translator.html(line.note)) if line.note else NOTHING
    return draw_bars(bars, block.unit, caption, translator, of=of) + note


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
            translator.text(step), _swatch(at, hues), translator.number(count)
        )
        for at, (step, count) in enumerate(zip(block.scale, line.counts, strict=True))
    ]
    return _LINE.format(
        letter=letter(line.letter),
        label=translator.html(line.label),
        stack=_stack(line.counts, hues),
        note=Markup(' <span class="note">{}</span>').format(translator.html(line.note)) if line.note else NOTHING,
        cells=join(cells),
    )


def _stack(counts: Sequence[int], hues: Sequence[str]) -> Markup:
    """All answers of one line as one bar, cut where the answers change; its whole length is everybody."""
    whole = sum(counts)
    parts, before = [], 0
    for at, (count, hue) in enumerate(zip(counts, hues, strict=True)):
        if count:
            x, width = 100 * before / whole, 100 * count / whole
            mark = _PART_MARK.format(middle=f"{x + width / 2:.4g}", ink=_ink(hue), mark=_mark(at))
            parts.append(
                _PART.format(x=f"{x:.4g}", width=f"{width:.4g}", hue=hue, mark=mark if width >= NARROW else NOTHING)
            )
        before += count
    return _STACK.format(parts=join(parts)) if parts else NOTHING


def _key(scale: Sequence[Words], hues: Sequence[str], translator: Translator) -> Markup:
    """What each letter means, for a projector: there the table has no head."""
    lines = [Markup("<li>{}{}</li>").format(_swatch(at, hues), translator.html(step)) for at, step in enumerate(scale)]
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


def _table(
    look: str,
    caption: Markup,
    heads: Sequence[Words],
    rows: Sequence[Markup],
    translator: Translator,
    swatches: Sequence[Markup] = (),
) -> Markup:
    columns = [
        Markup('<th scope="col" role="columnheader">{}{}</th>').format(swatch, translator.html(head))
        for head, swatch in zip_longest(heads, swatches, fillvalue=NOTHING)
    ]
    return _TABLE.format(look=look, caption=caption, heads=join(columns), rows=join(rows))


def _mark(at: int) -> str:
    """The small letter of one answer of a scale: options have capital ones."""
    return "abcdefghijklmnopqrstuvwxyz"[at % 26]


def _ink(hue: str) -> str:
    return "#fff" if hue in _DARK else LINE


def _swatch(at: int, hues: Sequence[str]) -> Markup:
    return _SWATCH.format(hue=hues[at], ink=_ink(hues[at]), mark=_mark(at))
