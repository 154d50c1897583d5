"""Bars: amounts compared by length, in the cells of a table that says each amount as a number too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from workshop_tui.domain.blocks import Bar, Words
from workshop_tui.domain.units import UNITS, UnitName
from workshop_tui.drawing.controls import NOTHING, captioned, join, letter, when
from workshop_tui.drawing.words import ANSWER, HIGHEST, JOINT_HIGHEST
from workshop_tui.messages import Counted, Message, Translator

_SPAN: Final = 70
"""Length of the longest bar, in percent of its cell; the rest is for the value at its end."""

_HUE: Final = "#1d5f8a"
"""The colour of a bar that stands for one number; dark enough for any printer."""

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
    '{title}<rect width="100%" height="100%" fill="{hue}"/></svg> '
)


def draw_bars(
    bars: Sequence[Bar],
    unit: UnitName,
    caption: Message,
    translator: Translator,
    *,
    by_itself: Counted | None = None,
    of: Message | None = None,
) -> Markup:
    """Amounts as a table whose cells are the bars.

    Args:
        bars: The amounts, in the order in which they are drawn.
        unit: What is counted.
        caption: What stands over them.
        translator: Says the words in the language of who looks.
        by_itself: What a bar says where a pointer rests on it, of its {label} and {n}; None for nothing.
        of: What the table is of, for a page of many; None where the page says so.
    """
    longest = max((bar.value for bar in bars), default=0)
    most = HIGHEST if sum(bar.leads for bar in bars) == 1 else JOINT_HIGHEST
    return _BARS.format(
        caption=captioned(caption, of, translator),
        answer=translator.html(ANSWER),
        unit=translator.html(UNITS[unit].name),
        rows=join([_bar(bar, longest, most, by_itself, translator) for bar in bars]),
    )


def _bar(bar: Bar, longest: int, most: Message, by_itself: Counted | None, translator: Translator) -> Markup:
    # Zero has no bar at all: the shortest bar still means "somebody".
    width = max(1, round(_SPAN * bar.value / longest)) if bar.value > 0 else 0
    value = bar.said or bar.value
    sentence = by_itself.of(bar.value, label=bar.label, n=value) if by_itself else None
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


def _drawn_bar(width: int, sentence: Message | None, translator: Translator) -> Markup:
    title = NOTHING
    if sentence:
        title = Markup("<title{}>{}</title>").format(translator.lang(sentence), translator.text(sentence))
    return _SVG.format(width=width, title=title, hue=_HUE)


def _notes(notes: Sequence[Words], translator: Translator) -> Markup:
    """What else is said of a line, each for itself, with commas between."""
    said = [translator.html(note) for note in notes]
    if not said:
        return NOTHING
    if len(said) > 1:
        said = [Markup("<span>{}</span>").format(each) for each in said]
    return Markup(' <span class="note"{}>({})</span>').format(translator.whole(*notes), Markup(", ").join(said))
