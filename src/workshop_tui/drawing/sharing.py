"""Sharing out dots or points: a number to type, and a button for more and one for less beside it."""

from __future__ import annotations

from markupsafe import Markup

from workshop_tui.domain.blocks import Option, ShareOut
from workshop_tui.drawing.controls import LEFT, FormDrawing, field_id, join, when
from workshop_tui.drawing.steps import amounts_of, drawn_order
from workshop_tui.drawing.words import SPREAD
from workshop_tui.messages import Message

_GROUP = Markup("""\
<div class="dots" id="{id}" tabindex="-1" role="group" aria-labelledby="{labelled_by}"
 data-total="{total}" data-each="{each}" data-step="{step}" data-left="{left}" data-over="{over}"
 data-none="{none}" data-many="{many}" data-zero="{zero}" data-now="{now}">
{so_far}{message}{rows}</div>
""")

_ROW = Markup("""\
<div class="row"><label for="{id}">{option}</label>
<div class="stepper">{less}<input inputmode="numeric" autocomplete="off"
 id="{id}" name="{name}" value="{value}" aria-describedby="e-{group}"{invalid}>{more}</div></div>
""")

_BUTTON = Markup(
    '<button class="step" name="step" value="{name}:{how}"{off}{focus}><span aria-hidden="true">{sign}</span>'
    '<span class="sr">{words}</span></button>'
)


def draw_share_out(block: ShareOut, drawing: FormDrawing) -> Markup:
    """The running total, then one row for each option."""
    words, amounts = SPREAD[block.unit], amounts_of(block, drawing.values)
    left = words.left_exact if block.exact else words.left
    used = sum(amounts.values())
    so_far = (
        words.over.of(block.total, over=used - block.total)
        if used > block.total
        else left.of(block.total, left=block.total - used)
    )
    return _GROUP.format(
        id=field_id(block.name),
        labelled_by=drawing.labelled_by,
        total=block.total,
        each=block.most_each,
        step=block.step,
        left=drawing.text(left.of(block.total)),
        over=drawing.text(words.over.of(block.total)),
        none=drawing.text(words.none_left),
        many=drawing.text(words.most_each.of(block.most_each)),
        zero=drawing.text(words.none_here),
        now=drawing.text(words.now.of(block.total)),
        so_far=LEFT.format(whole=drawing.translator.whole(so_far), said=drawing.html(so_far)),
        message=drawing.message(block.name),
        rows=join([_row(block, option, amounts, drawing) for option in drawn_order(block.options)]),
    )


def _row(block: ShareOut, option: Option, amounts: dict[str, int], drawing: FormDrawing) -> Markup:
    name, words = f"{block.name}.{option.key}", SPREAD[block.unit]
    full = sum(amounts.values()) >= block.total or amounts[option.key] >= block.most_each
    take_away, add = (each.of(block.step, option=option.words) for each in (words.take_away, words.add))
    return _ROW.format(
        name=name,
        id=field_id(name),
        group=block.name,
        option=drawing.lettered(option),
        value=drawing.value(name) or "0",
        invalid=drawing.invalid(name),
        less=_button(name, "-1", take_away, amounts[option.key] == 0, drawing),
        more=_button(name, "+1", add, full, drawing),
    )


def _button(name: str, how: str, words: Message, off: bool, drawing: FormDrawing) -> Markup:
    # Off is only said, not done: a disabled button would lose the focus and could not say why.
    return _BUTTON.format(
        name=name,
        how=how,
        off=when(off, ' aria-disabled="true"'),
        focus=drawing.focus(f"{name}:{how}"),
        sign=Markup("&minus;") if how == "-1" else "+",
        words=drawing.html(words),
    )
