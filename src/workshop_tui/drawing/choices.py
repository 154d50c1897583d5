"""Choosing: one of several, any of several, or a step of one scale for each of several things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from workshop_tui.domain.blocks import Choice, ChooseOne, ChooseSome, GradeEach, Option, WriteText
from workshop_tui.drawing.controls import LEFT, NOTHING, FormDrawing, cards, field_id, join, when
from workshop_tui.drawing.steps import drawn_order
from workshop_tui.drawing.words import by_script
from workshop_tui.drawing.writing import draw_write_text
from workshop_tui.messages import Amount, Message, Verbatim, in_unit, tr, trn

SHORT: Final = 3
"""Letters up to which the steps of a question's own scale stand side by side, such as 0 to 10."""

_CARDS = Markup("""\
<div class="{kind}" role="{role}" aria-labelledby="{labelled_by}"{invalid}>
{message}{cards}</div>
""")

_STEPS = Markup('<div class="scale">\n{cards}</div>\n')

_LABELLED = Markup("""\
<fieldset><legend{id}>{label}</legend>
{inside}</fieldset>
""")

_SOME = Markup("""\
<div class="cards{counting}" role="group" aria-labelledby="{labelled_by}"{counted}>
{left}{message}{cards}</div>
""")

_COUNTED = Markup(' data-total="{total}" data-left="{left}" data-over="{over}"')

_GRADES = Markup("""\
<div id="{id}" tabindex="-1" role="group" aria-labelledby="{labelled_by}">
{message}{rows}</div>
""")


def draw_choose_one(block: ChooseOne, drawing: FormDrawing) -> Markup:
    """Radio buttons whose whole card can be tapped; with a legend where the form asks more than its question."""
    labelled_by = f"g-{block.name}" if block.label else drawing.labelled_by
    options = block.options if block.scale else drawn_order(block.options)
    words = drawing.option if block.scale else drawing.lettered
    # Words side by side wrap anywhere on a small phone: a scale of words reads as one from top to bottom.
    beside = block.scale and all(len(drawing.text(option.words)) <= SHORT for option in options)
    drawn = _one(block.name, options, [words(option) for option in options], beside, labelled_by, drawing)
    if not block.label:
        return drawn
    return _LABELLED.format(id=_named(block.name), label=drawing.html(block.label), inside=drawn)


def _named(name: str) -> Markup:
    """The id of a legend that names a group inside its own."""
    return Markup(' id="g-{}"').format(name)


def draw_choose_some(block: ChooseSome, drawing: FormDrawing) -> Markup:
    """Boxes to tick; where there is a limit, how much of it is left stands above them."""
    chosen = set(drawing.values.get(block.name, ()))
    costs = dict(zip((option.key for option in block.options), block.costs, strict=False))
    options = drawn_order(block.options, drawing.seed if block.shuffled else None)
    drawn = cards(
        block.name,
        [(option.key, _priced(option, costs, block.unit, block.decimals, drawing)) for option in options],
        chosen,
        kind="checkbox",
        counts={option.key: costs.get(option.key, 1) for option in options} if costs or block.most else {},
    )
    counted, left = NOTHING, NOTHING
    if costs or block.most:
        total = block.cap if costs else block.most
        used = sum(costs.get(option.key, 1) for option in options if option.key in chosen)
        counted = _COUNTED.format(total=total, left=drawing.text(_left(block)), over=drawing.text(_over(block)))
        if block.decimals:
            counted += Markup(' data-decimals="{}"').format(block.decimals)
        said = _over(block, used - total) if used > total else _left(block, total - used)
        left = LEFT.format(whole=drawing.translator.whole(said), said=drawing.html(said))
    return _SOME.format(
        counting=when(bool(costs or block.most), " dots"),
        labelled_by=drawing.labelled_by,
        counted=counted,
        left=left,
        message=drawing.message(block.name),
        cards=drawn,
    )


def draw_grade_each(block: GradeEach, drawing: FormDrawing) -> Markup:
    """One group of radio buttons for each row, and a box for its reason where one is asked."""
    labelled_by = f"g-{block.name}" if block.label else drawing.labelled_by
    rows = drawn_order(block.rows, drawing.seed if block.shuffled else None)
    drawn = _GRADES.format(
        id=field_id(block.name),
        labelled_by=labelled_by,
        message=drawing.message(block.name, within=False),
        rows=join([_row(block, row, drawing, first=row is rows[0]) for row in rows]),
    )
    if not block.label:
        return drawn
    return Markup('<h2 id="g-{}">{}</h2>\n{}').format(block.name, drawing.html(block.label), drawn)


def _row(block: GradeEach, row: Option | Choice, drawing: FormDrawing, *, first: bool) -> Markup:
    name = f"{block.name}.{row.key}"
    words = [drawing.option(step) for step in block.scale]
    inside = _steps(name, block.scale, words, drawing)
    if block.why:
        box = WriteText(name=f"{name}.why", label=block.why, most=block.most, rows=2)
        inside += draw_write_text(box, drawing, first=first)
    named = _named(name) if drawing.invalid(name) else NOTHING
    return _LABELLED.format(id=named, label=drawing.lettered(row), inside=inside)


def _steps(name: str, scale: Sequence[Option | Choice], words: Sequence[Markup], drawing: FormDrawing) -> Markup:
    """The steps of one row: its legend names them. Many rows make a form, so nothing is sent that says nothing yet."""
    if drawing.invalid(name):
        return _one(name, scale, words, True, f"g-{name}", drawing)
    keyed = [(step.key, said) for step, said in zip(scale, words, strict=True)]
    return _STEPS.format(cards=cards(name, keyed, {drawing.value(name)}, described=False))


def _one(
    name: str,
    options: Sequence[Option | Choice],
    words: Sequence[Markup],
    scale: bool,
    labelled_by: str,
    drawing: FormDrawing,
) -> Markup:
    keyed = [(option.key, said) for option, said in zip(options, words, strict=True)]
    return _CARDS.format(
        kind="scale" if scale else "cards",
        role="radiogroup",
        labelled_by=labelled_by,
        invalid=drawing.invalid(name),
        message=drawing.message(name, within=False),
        cards=cards(name, keyed, {drawing.value(name)}),
    )


def _priced(option: Option, costs: dict[str, int], unit: str, decimals: int, drawing: FormDrawing) -> Markup:
    """An option with what it costs."""
    if option.key not in costs:
        return drawing.lettered(option)
    cost = drawing.html(Amount(costs[option.key], unit, decimals))
    return Markup("{} <b>{}</b>").format(drawing.lettered(option), cost)


def _left(block: ChooseSome, left: int | None = None) -> Message:
    """How much of a limit is left; None leaves that place to the page's script."""
    if not block.costs:
        return trn(
            "{left} of {n} choice left",
            "{left} of {n} choices left",
            block.most,
            left=by_script("left") if left is None else left,
        )
    sign = block.unit if block.unit and not block.unit[0].isalpha() else ""
    total = Amount(block.cap, block.unit, block.decimals)
    return tr("{left} of {total} left", left=_amount("left", left, sign, block.decimals), total=total)


def _over(block: ChooseSome, over: int | None = None) -> Message:
    """How much too much it is; None leaves that place to the page's script."""
    if not block.costs:
        return trn(
            "{over} too many. You can choose {n}.",
            "{over} too many. You can choose {n}.",
            block.most,
            over=by_script("over") if over is None else over,
        )
    amount = _amount("over", over, block.unit, block.decimals)
    return tr("{over} too much. There is {total}.", over=amount, total=Amount(block.cap, block.unit, block.decimals))


def _amount(name: str, number: int | None, unit: str, decimals: int) -> Amount | Verbatim:
    return Verbatim(in_unit(f"{{{name}}}", unit)) if number is None else Amount(number, unit, decimals)
