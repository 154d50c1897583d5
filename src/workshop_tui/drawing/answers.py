"""What one phone answered, as lines to read: only what was chosen or written, in the order of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import assert_never

from markupsafe import Markup

from workshop_tui.domain.activity import Fields
from workshop_tui.domain.blocks import (
    AddMore,
    Choice,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    FormBlock,
    GradeEach,
    Group,
    Option,
    PutInOrder,
    Remark,
    ShareOut,
    WriteText,
)
from workshop_tui.domain.units import UNITS
from workshop_tui.drawing.controls import NOTHING, FormDrawing, join
from workshop_tui.drawing.steps import amounts_of, drawn_order, order_of
from workshop_tui.messages import Listed, Text, Translator

_LISTED = Markup('<ul class="options">\n{}</ul>\n')
_ORDERED = Markup("<ol>\n{}</ol>\n")
_LINE = Markup("<li>{}</li>\n")
_OF = Markup("{} <b>{}</b>")
"""What was asked and what was answered."""


def draw_answers(blocks: Sequence[FormBlock], fields: Fields, *, translator: Translator) -> Markup:
    """What these fields say, as a list; nothing where they say nothing."""
    drawing = FormDrawing(values=fields, translator=translator)
    lines = [line for block in blocks for line in _lines(block, drawing)]
    if not lines:
        return NOTHING
    listed = _ORDERED if any(isinstance(block, PutInOrder) for block in blocks) else _LISTED
    return listed.format(join([_LINE.format(line) for line in lines]))


def _lines(block: FormBlock, drawing: FormDrawing) -> Iterator[Markup]:
    match block:
        case ChooseOne():
            words = drawing.option if block.scale else drawing.lettered
            for said in _chosen(block.options, drawing.values.get(block.name, ()), words):
                yield _OF.format(drawing.html(block.label), said) if block.label else said
        case ChooseSome():
            yield from _chosen(drawn_order(block.options), drawing.values.get(block.name, ()), drawing.lettered)
        case GradeEach():
            for row in block.rows:
                name = f"{block.name}.{row.key}" if row.key else block.name
                for step in _chosen(block.scale, drawing.values.get(name, ()), drawing.option):
                    yield _OF.format(drawing.lettered(row), step) + _words(f"{name}.why", drawing)
        case ShareOut():
            amounts, unit = amounts_of(block, drawing.values), UNITS[block.unit]
            for option in drawn_order(block.options):
                if amounts[option.key]:
                    yield _OF.format(drawing.lettered(option), drawing.html(unit.counted.of(amounts[option.key])))
        case PutInOrder():
            given = drawing.values.get(block.name, ())
            yield from (drawing.lettered(option) for option in order_of(block, drawing.values)[: len(given)])
        case WriteText():
            if written := _words(block.name, drawing):
                yield drawing.html(block.label) + written
        case ChooseLevel():
            given = drawing.values.get(block.name, ())
            yield from (drawing.html(words) for level, words in block.levels if level in given)
        case AddMore():
            for each in block.groups:
                if beside := tuple(_said(each, drawing)):
                    yield _OF.format(drawing.html(each.label), drawing.html(Listed(beside)))
        case Remark():
            return
        case _:
            assert_never(block)


def _said(group: Group, drawing: FormDrawing) -> Iterator[Text]:
    given = drawing.values.get(group.name, ())
    yield from (words for key, words in group.choices if key in given)
    if own := drawing.value(f"{group.name}.own"):
        yield own


def _chosen(
    options: Sequence[Option | Choice], given: Sequence[str], words: Callable[[Option | Choice], Markup]
) -> Iterator[Markup]:
    return (words(option) for option in options if option.key in given)


def _words(name: str, drawing: FormDrawing) -> Markup:
    """Somebody's own words, under what they are about."""
    words = drawing.value(name)
    return Markup("<br>{}").format(drawing.html(words)) if words else NOTHING
