"""Form blocks as the controls of a page: they work without JavaScript, without dragging, at 320 pixels.

Templates put the form tag, the main button and the heading around what is drawn here. Small buttons inside a
form post the whole form (`steps.apply_step` answers them); with JavaScript the page's script takes over the same
buttons, told what to do by the ``data-`` attributes. Text is escaped by `Markup.format`; no strings are
joined into HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from markupsafe import Markup

from workshop_tui.domain.activity import Fields
from workshop_tui.domain.blocks import (
    AddMore,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    FormBlock,
    GradeEach,
    Group,
    PutInOrder,
    Remark,
    ShareOut,
    WriteText,
)
from workshop_tui.drawing.choices import draw_choose_one, draw_choose_some, draw_grade_each
from workshop_tui.drawing.controls import ERROR, NOTHING, FormDrawing, cards, field_id, join, when
from workshop_tui.drawing.ordering import draw_put_in_order
from workshop_tui.drawing.sharing import draw_share_out
from workshop_tui.drawing.writing import LIMIT, draw_write_text
from workshop_tui.messages import ENGLISH, Text, Translator, tr, trn

# Enter in a text box presses the first button of a form; without this one that is "take a dot away".
_DEFAULT_BUTTON = Markup('<button class="sr" name="go" value="1" tabindex="-1" aria-hidden="true"></button>\n')

_PROBLEM = Markup("""\
<div id="problem" class="problem" tabindex="-1" role="group" aria-labelledby="problem-title"{state}>
<p id="problem-title"><strong>{title}</strong></p>
<p><a{link}{marks}>{error}</a></p></div>
""")

_LEVELS = Markup("""\
<p class="legend" id="g-{name}">{legend}</p>
<div class="cards" role="radiogroup" aria-labelledby="g-{name}"{invalid}>
{message}{cards}</div>
""")

_MORE = Markup("""\
<details{opened}><summary class="button quiet">{label}</summary>
{groups}</details>
""")

_GROUP = Markup("""\
<p class="legend" id="g-{name}">{legend}</p>
<div class="cards" role="{role}" aria-labelledby="g-{name}"{invalid}>
{message}{cards}</div>
{own}""")

_OWN = Markup("""\
<p><label for="{id}">{label} <span class="hint">{most}</span></label> \
<input type="text" id="{id}" name="{name}" dir="auto" autocomplete="off" value="{value}"></p>
""")

_IN_ALL = "l-together"
"""The id of the line that says the limit of several boxes together."""


def draw_form(
    blocks: Sequence[FormBlock],
    values: Fields,
    *,
    translator: Translator = ENGLISH,
    error_field: str = "",
    error: Text = "",
    said: Text = "",
    seed: int = 0,
    labelled_by: str = "question",
    pressed: str = "",
) -> Markup:
    """The controls of one form, to go inside the form tag and before its main button.

    Args:
        blocks: What is asked, in order.
        values: What this phone posted last; empty for a fresh form. Junk is shown as typed, never executed.
        translator: Says the words in the language of the phone.
        error_field: The field that is wrong, as `BallotRejected.field` says; empty for none.
        error: What is wrong, in the words of the summary box.
        said: What the last small button did (`steps.Stepped.said`).
        seed: Any number that is this phone's own and does not change, for shuffled options.
        labelled_by: The id of the page's heading, which names the groups of buttons.
        pressed: The value of the small button that was pressed last, so that the page comes back to it.
    """
    drawing = FormDrawing(
        values=values,
        translator=translator,
        field=error_field,
        error=error,
        seed=seed,
        labelled_by=labelled_by,
        pressed=pressed,
    )
    several = any(isinstance(block, ShareOut | PutInOrder) for block in blocks)
    return join(
        [
            _DEFAULT_BUTTON if several else NOTHING,
            Markup('<p class="said">{}</p>\n').format(drawing.html(said)) if said else NOTHING,
            _limit_in_all(blocks, drawing),
            *(_draw(block, drawing) for block in blocks),
        ]
    )


def draw_problem(error: Text = "", field: str = "", *, translator: Translator = ENGLISH) -> Markup:
    """The box at the top of a page that says what is wrong; drawn hidden when nothing is, for the script."""
    return _PROBLEM.format(
        state=Markup(" autofocus") if error else Markup(" hidden"),
        title=translator.html(tr("There is a problem")),
        link=Markup(' href="#{}"').format(field_id(field)) if field else NOTHING,
        marks=NOTHING if error else translator.marks(ERROR),
        error=translator.html(error) if error else NOTHING,
    )


def _draw(block: FormBlock, drawing: FormDrawing) -> Markup:
    match block:
        case ChooseOne():
            return draw_choose_one(block, drawing)
        case ChooseSome():
            return draw_choose_some(block, drawing)
        case GradeEach():
            return draw_grade_each(block, drawing)
        case ShareOut():
            return draw_share_out(block, drawing)
        case PutInOrder():
            return draw_put_in_order(block, drawing)
        case WriteText():
            return draw_write_text(block, drawing, _IN_ALL)
        case ChooseLevel():
            return _choose_level(block, drawing)
        case AddMore():
            return _add_more(block, drawing)
        case Remark():
            return Markup('<p class="remark">{}</p>\n').format(drawing.html(block.text))
        case _:
            assert_never(block)


def _choose_level(block: ChooseLevel, drawing: FormDrawing) -> Markup:
    return _LEVELS.format(
        name=block.name,
        invalid=drawing.invalid(block.name),
        legend=drawing.html(tr("Who may read this?")),
        message=drawing.message(block.name),
        cards=cards(
            block.name, [(level, drawing.html(text)) for level, text in block.levels], {drawing.value(block.name)}
        ),
    )


def _add_more(block: AddMore, drawing: FormDrawing) -> Markup:
    names = [each.name for each in block.groups]
    opened = any(drawing.values.get(name) or drawing.value(f"{name}.own") for name in names)
    wrong = drawing.field.partition(".")[0] in names
    return _MORE.format(
        opened=when(opened or wrong, " open"),
        label=drawing.html(block.label),
        groups=join([_group(each, block.most, drawing) for each in block.groups]),
    )


def _group(group: Group, most: int, drawing: FormDrawing) -> Markup:
    own, name = NOTHING, f"{group.name}.own"
    if group.own:
        own = _OWN.format(
            id=field_id(name), name=name, label=drawing.html(group.own), most=most, value=drawing.value(name)
        )
    return _GROUP.format(
        name=group.name,
        role="group" if group.several else "radiogroup",
        invalid=drawing.invalid(group.name),
        legend=drawing.html(group.label),
        message=drawing.message(group.name),
        cards=cards(
            group.name,
            [(key, drawing.html(words)) for key, words in group.choices],
            set(drawing.values.get(group.name, ())),
            kind="checkbox" if group.several else "radio",
        ),
        own=own,
    )


def _limit_in_all(blocks: Sequence[FormBlock], drawing: FormDrawing) -> Markup:
    """The one limit of several boxes, before the first of them."""
    most = next((block.most for block in blocks if isinstance(block, WriteText) and block.together), None)
    if most is None:
        return NOTHING
    limit = trn("Up to {n} letter in all", "Up to {n} letters in all", most)
    return LIMIT.format(id=_IN_ALL, limit=drawing.html(limit))
