"""Putting options in order: words to press, Up and Down, or lists to choose from instead."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from workshop_tui.domain.blocks import BY, LISTS, MOVED, START, SURE, Option, PutInOrder
from workshop_tui.drawing.controls import NOTHING, FormDrawing, field_id, join, when
from workshop_tui.drawing.steps import (
    MANY_OPTIONS,
    REST,
    at_bottom,
    at_top,
    drawn_order,
    order_of,
    place_now,
)
from workshop_tui.drawing.words import BEST_FIRST, by_script
from workshop_tui.messages import Message, tr, trn

NOTHING_HERE: Final = tr("Nothing here")

_ORDER = Markup("""\
<div class="order" id="{id}" tabindex="-1" role="group" aria-labelledby="{labelled_by}"
 data-name="{name}" data-places="{places}" data-now="{now}" data-top="{top}" data-bottom="{bottom}">
<p class="hint">{hint}</p>
{message}<input type="hidden" name="{name}{by}" value="{way}">
<ol>
{rows}</ol>
{sure}<button class="quiet" name="pick" value="{name}:{lists}">{instead}</button></div>
""")

_SURE = Markup("""\
{message}<p class="sure"><label><input type="checkbox" id="{id}" name="{name}" value="yes" aria-describedby="e-{name}"\
{invalid}{checked}> {words}</label></p>
""")

_ROW = Markup("""\
<li><span class="place">{place}</span> <span class="what">{option}</span>\
<input type="hidden" name="{field}" value="{key}"><span class="moves">{buttons}</span></li>
""")

_BUTTON = Markup(
    '<button name="move" value="{row}:{how}"{off}{focus}><span aria-hidden="true">{seen}</span>'
    '<span class="sr">{name}</span></button>'
)

_LISTS = Markup("""\
<div class="lists" role="group" aria-labelledby="{labelled_by}">
<p class="hint">{hint}</p>
{message}<input type="hidden" name="{name}{by}" value="{lists}">
{rows}<button class="quiet" name="pick" value="{name}:order">{instead}</button></div>
""")


_SELECT = Markup("""\
<p><label for="{id}">{label}</label>
<select id="{id}" name="{name}" aria-describedby="e-{name}"{invalid}><option value=""{lang}>{nothing}</option>\
{choices}</select></p>
""")


def draw_put_in_order(block: PutInOrder, drawing: FormDrawing) -> Markup:
    """The options in order with their buttons, or the lists when the person asked for them."""
    return _lists(block, drawing) if drawing.value(block.name + BY) == LISTS else _order(block, drawing)


def _order(block: PutInOrder, drawing: FormDrawing) -> Markup:
    order = order_of(block, drawing.values, drawing.seed)
    rows = [_row(block, option, at, len(order), drawing) for at, option in enumerate(order)]
    hint: tuple[Message, ...] = (BEST_FIRST,)
    if block.places < len(order):
        hint = (BEST_FIRST, trn("Only the first one counts.", "Only the first {n} count.", block.places))
        rows.insert(block.places, Markup('<li class="cut">{}</li>\n').format(drawing.html(tr("These do not count"))))
    moved = drawing.value(block.name + BY) == MOVED
    return _ORDER.format(
        id=field_id(block.name),
        labelled_by=drawing.labelled_by,
        name=block.name,
        places=block.places,
        now=drawing.text(place_now(by_script("option"), by_script("place"), by_script("places"))),
        top=drawing.text(at_top(by_script("option"))),
        bottom=drawing.text(at_bottom(by_script("option"))),
        hint=drawing.html(hint),
        message=drawing.message(block.name),
        by=BY,
        way=MOVED if moved else START,
        rows=join(rows),
        sure=NOTHING if moved else _sure(block.name + SURE, drawing),
        lists=LISTS,
        instead=drawing.html(tr("Choose from lists instead")),
    )


def _sure(name: str, drawing: FormDrawing) -> Markup:
    """The box for who wants the order as it stands; it goes when something was moved."""
    return _SURE.format(
        id=field_id(name),
        name=name,
        message=drawing.message(name),
        invalid=drawing.invalid(name),
        checked=when(drawing.value(name) != "", " checked"),
        words=drawing.html(tr("I want this order, just as it is")),
    )


def _row(block: PutInOrder, option: Option, at: int, count: int, drawing: FormDrawing) -> Markup:
    row, said = f"{block.name}.{option.key}", option.words
    moves = [
        ("up", tr("Up"), tr("Up one place: {option}", option=said), at == 0),
        ("down", tr("Down"), tr("Down one place: {option}", option=said), at == count - 1),
    ]
    if count > MANY_OPTIONS:
        moves.insert(0, ("top", tr("Top"), tr("Top of the list: {option}", option=said), at == 0))
    buttons = [
        _BUTTON.format(
            row=row,
            how=how,
            # Off is only said, not done: the focus stays on the button that was pressed.
            off=when(off, ' aria-disabled="true"'),
            focus=drawing.focus(f"{row}:{how}"),
            seen=drawing.html(seen),
            # The name begins with the word that is seen, for people who speak to their phone.
            name=drawing.html(name),
        )
        for how, seen, name, off in moves
    ]
    return _ROW.format(
        place=at + 1,
        option=drawing.lettered(option),
        field=block.name if at < block.places else block.name + REST,
        key=option.key,
        buttons=join(buttons),
    )


def _lists(block: PutInOrder, drawing: FormDrawing) -> Markup:
    given = list(drawing.values.get(block.name, ()))
    places = min(block.places, len(block.options))
    given += [""] * (places - len(given))
    return _LISTS.format(
        labelled_by=drawing.labelled_by,
        hint=drawing.html(BEST_FIRST),
        message=drawing.message(block.name),
        name=block.name,
        by=BY,
        lists=LISTS,
        rows=join([_select(block, place, given[place], drawing) for place in range(places)]),
        instead=drawing.html(tr("Use Up and Down instead")),
    )


def _select(block: PutInOrder, place: int, chosen: str, drawing: FormDrawing) -> Markup:
    control = field_id(block.name) + (f"-{place + 1}" if place else "")
    choices = [
        Markup('<option value="{}"{}{}>{}</option>').format(
            option.key,
            when(option.key == chosen, " selected"),
            drawing.translator.lang(option.words),
            drawing.lettered_text(option),
        )
        for option in drawn_order(block.options)
    ]
    return _SELECT.format(
        id=control,
        label=drawing.html(tr("Number {place}", place=place + 1)),
        name=block.name,
        invalid=drawing.invalid(block.name),
        lang=drawing.translator.lang(NOTHING_HERE),
        nothing=drawing.text(NOTHING_HERE),
        choices=join(choices),
    )
