"""Boxes to write in, with their limit beside them: nothing is ever cut off."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from workshop_tui.domain.blocks import WriteText
from workshop_tui.drawing.controls import NOTHING, FormDrawing, field_id, when
from workshop_tui.drawing.words import by_script
from workshop_tui.messages import tr, trn

LIMIT: Final = Markup('<p class="hint" id="{id}">{limit}</p>\n')

_WRITE = Markup("""\
<div class="write"><label for="{id}">{label}</label>
{hint}{message}{control}
{limit}<p class="counter"{words}{marks} aria-hidden="true"></p></div>
""")

_WORDS: Final = Markup(' data-left="{left}" data-over="{over}"')


def draw_write_text(block: WriteText, drawing: FormDrawing, in_all: str = "", *, first: bool = True) -> Markup:
    """One box with its label.

    Args:
        block: What to write.
        drawing: The form it is in.
        in_all: The id of the line that says the limit of several boxes together.
        first: Whether the page's script finds its words for the letters left here; it needs them once.
    """
    name = block.name
    up_to = trn("Up to {n} letter", "Up to {n} letters", block.most)
    left = tr("Letters left: {left}", left=by_script("left"))
    limit = in_all if block.together else f"l-{name}"
    # The page's script says what is wrong with a box inside a group beside the group.
    placed = "." not in name or bool(drawing.invalid(name))
    about = [*([f"h-{name}"] if block.hint else []), limit, *([f"e-{name}"] if placed else [])]
    common = Markup('id="{}" name="{}" dir="auto" data-most="{}"{} aria-describedby="{}"{}').format(
        field_id(name),
        name,
        block.most,
        when(block.together, " data-together"),
        " ".join(about),
        drawing.invalid(name),
    )
    if block.rows <= 1:
        control = Markup('<input type="text" {} autocomplete="off" value="{}">').format(common, drawing.value(name))
    else:
        # The parser drops one line break after the tag; without ours it would be the person's.
        control = Markup('<textarea {} rows="{}">\n{}</textarea>').format(common, block.rows, drawing.value(name))
    return _WRITE.format(
        id=field_id(name),
        label=drawing.html(block.label),
        hint=Markup('<p class="hint" id="h-{}">{}</p>\n').format(name, drawing.html(block.hint))
        if block.hint
        else NOTHING,
        marks=drawing.translator.marks(left),
        message=drawing.message(name) if placed else NOTHING,
        control=control,
        name=name,
        limit=NOTHING if block.together else LIMIT.format(id=limit, limit=drawing.html(up_to)),
        words=_WORDS.format(
            left=drawing.text(left),
            over=drawing.text(tr("Letters too many: {over}", over=by_script("over"))),
        )
        if first
        else NOTHING,
    )
