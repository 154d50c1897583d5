"""Sharing out dots or points: a number to type, and a button for more and one for less beside it."""

from __future__ import annotations

from markupsafe import Markup

from workshop_tui.domain.blocks import Option, ShareOut
from workshop_tui.domain.honesty import amount_words
from workshop_tui.drawing.controls import FormDrawing, field_id, join, when
from workshop_tui.drawing.steps import amounts_of, drawn_order
from workshop_tui.drawing.words import Words

_GROUP = Markup("""\
<div class="dots" id="{id}" tabindex="-1" role="group" aria-labelledby="{labelled_by}"
 data-total="{total}" data-each="{each}" data-step="{step}" data-left="{left}" data-over="{over}"
 data-none="{none}" data-many="{many}" data-zero="{zero}" data-now="{now}">
<p class="left">{so_far}</p>
{message}{rows}</div>
""")

_ROW = Markup("""\
<div class="row" id="r-{name}"><label for="{id}">{option}</label>
<div class="stepper">{less}<input type="text" inputmode="numeric" autocomplete="off"
 id="{id}" name="{name}" value="{value}" aria-describedby="e-{group}"{invalid}>{more}</div></div>
""")

_BUTTON = Markup(
    '<button class="step" name="step" value="{name}:{how}"{off}{back}><span aria-hidden="true">{sign}</span>'
    '<span class="sr">{words}</span></button>'
)


def draw_share_out(block: ShareOut, drawing: FormDrawing) -> Markup:
    """The running total, then one row for each option."""
    words, amounts = drawing.words, amounts_of(block, drawing.values)
    total = amount_words("{total}", block.unit)
    left = words.left_exact if block.exact else words.left
    return _GROUP.format(
        id=field_id(block.name),
        labelled_by=drawing.labelled_by,
        total=block.total,
        each=block.most_each,
        step=block.step,
        left=left.replace("{total}", total),
        over=words.over.replace("{over}", amount_words("{over}", block.unit)),
        none=words.none_left.format(unit=block.unit),
        many=words.most_each.format(most=amount_words(str(block.most_each), block.unit)),
        zero=words.none_here.format(unit=block.unit),
        now=words.amount_now.replace("{total}", total),
        so_far=_so_far(block, sum(amounts.values()), words),
        message=drawing.message(block.name),
        rows=join([_row(block, option, amounts, drawing) for option in drawn_order(block.options)]),
    )


def _so_far(block: ShareOut, used: int, words: Words) -> str:
    if used > block.total:
        return words.over.format(over=amount_words(str(used - block.total), block.unit), total=block.total)
    left = words.left_exact if block.exact else words.left
    return left.format(left=block.total - used, total=amount_words(str(block.total), block.unit))


def _row(block: ShareOut, option: Option, amounts: dict[str, int], drawing: FormDrawing) -> Markup:
    name, words = f"{block.name}.{option.key}", drawing.words
    full = sum(amounts.values()) >= block.total or amounts[option.key] >= block.most_each
    said = option.words(drawing.language)
    step = "a dot" if (block.step, block.unit) == (1, "dots") else amount_words(str(block.step), block.unit)
    return _ROW.format(
        name=name,
        id=field_id(name),
        group=block.name,
        option=drawing.lettered(option),
        value=drawing.value(name) or "0",
        invalid=drawing.invalid(name),
        less=_button(name, "-1", words.take_away.format(step=step, option=said), amounts[option.key] == 0, drawing),
        more=_button(name, "+1", words.add.format(step=step, option=said), full, drawing),
    )


def _button(name: str, how: str, words: str, off: bool, drawing: FormDrawing) -> Markup:
    # Off is only said, not done: a disabled button would lose the focus and could not say why.
    return _BUTTON.format(
        name=name,
        how=how,
        off=when(off, ' aria-disabled="true"'),
        back=drawing.back_to(name),
        sign=Markup("&minus;") if how == "-1" else "+",
        words=words,
    )
