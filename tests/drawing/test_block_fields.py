"""Every field of a block shows somewhere: one that is added and drawn nowhere is named here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import msgspec
import pytest

from workshop_tui.domain import blocks
from workshop_tui.domain.blocks import (
    AddMore,
    Bar,
    Bars,
    Choice,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    Column,
    Distribution,
    GradeEach,
    Group,
    Matrix,
    MatrixRow,
    Option,
    PutInOrder,
    Quote,
    Quotes,
    Ranking,
    RankingRow,
    Remark,
    Scaled,
    ShareOut,
    Statement,
    WriteText,
)
from workshop_tui.drawing.forms import draw_form
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.text import draw_text
from workshop_tui.messages import Translator, counted, tr

OPTIONS = tuple(Option(key, f"option {key}") for key in "abc")
COUNTED = counted("{n} dot", "{n} dots")

GROUP = Group("group", "asked", (("a", "one"), ("b", "two")))

IN_FORMS: Sequence[tuple[Any, dict[str, Any]]] = (
    (
        GROUP,
        {"name": "x", "label": "else", "choices": (("a", "one"),), "several": True, "own": "words"},
    ),
    (
        AddMore("more", (msgspec.structs.replace(GROUP, own="words"),), 9),
        {"label": "less", "groups": (), "most": 8},
    ),
    (OPTIONS[0], {"key": "z", "text": "else", "other": True, "texts": (("cy", "arall"),)}),
    (Choice("a", tr("Yes")), {"key": "z", "words": tr("No"), "other": True}),
    (
        ChooseOne("one", OPTIONS),
        {"name": "x", "options": OPTIONS[1:], "label": "asked", "scale": True},
    ),
    (
        ChooseSome("some", OPTIONS, costs=(1, 2, 3), cap=4, unit="£"),
        {
            "name": "x", "options": OPTIONS[::-1], "costs": (2, 2, 3), "cap": 5, "unit": "hours", "decimals": 1,
            "shuffled": True,
        },
    ),
    (ChooseSome("some", OPTIONS), {"most": 2}),
    (
        GradeEach("each", OPTIONS, OPTIONS, why="why", most=9),
        {
            "name": "x", "rows": OPTIONS[1:], "scale": OPTIONS[1:], "label": "asked", "why": "reason", "most": 8,
            "shuffled": True,
        },
    ),
    (
        ShareOut("share", OPTIONS, total=10, most_each=5),
        {
            "name": "x", "options": OPTIONS[1:], "total": 9, "most_each": 4, "step": 5, "exact": True,
            "unit": "points",
        },
    ),
    (
        PutInOrder("order", OPTIONS, places=2),
        {"name": "x", "options": OPTIONS[1:], "places": 3, "shuffled": True},
    ),
    (
        WriteText("text", "label", most=9),
        {"name": "x", "label": "other", "most": 8, "rows": 1, "hint": "hint", "together": True},
    ),
    (ChooseLevel("level", (("C0", "nobody"),)), {"name": "x", "levels": (("C1", "somebody"),)}),
    (Remark("remark"), {"text": "other"}),
)  # fmt: skip
"""Each block of forms and each part of one, and for each field something else that it can hold."""

BAR = Bar("label", 3, letter="A")
PLACES = (RankingRow(1, "label", "A", (3,)), RankingRow(2, "other", "B", (2,)))
COLUMNS = (Column("points", COUNTED),)
IN_RESULTS: Sequence[tuple[Any, dict[str, Any]]] = (
    (BAR, {"label": "x", "value": 4, "letter": "B", "notes": ("5 people",), "leads": True, "said": "3.5"}),
    (Bars("people", (BAR,), 9), {"unit": "dots", "bars": (BAR, BAR)}),
    (PLACES[0], {"place": 2, "label": "x", "letter": "C", "amounts": (4,)}),
    (COLUMNS[0], {"name": "dots", "counted": counted("{n} point", "{n} points")}),
    (Ranking(COLUMNS, PLACES), {"columns": (Column("dots", COUNTED),), "places": PLACES[:1]}),
    (Scaled("label", (1, 2)), {"label": "x", "counts": (2, 1), "letter": "A", "note": "half said more"}),
    (
        Distribution("people", ("low", "high"), (Scaled("label", (1, 2)),)),
        {"unit": "evaluators", "scale": ("low", "top"), "lines": (Scaled("x", (1, 2)),), "aside": 1},
    ),
    (MatrixRow("label", ("cell",)), {"label": "x", "cells": ("y",), "letter": "A"}),
    (
        Matrix("title", "corner", ("column",), (MatrixRow("label", ("cell",)),)),
        {"title": "x", "corner": "y", "columns": ("z",), "rows": (MatrixRow("label", ("x",)),)},
    ),
    (Statement("text"), {"text": "other", "weight": "caution"}),
    (Statement("text"), {"weight": "private"}),
    (Quote((("", "words"),)), {"parts": (("heading", "words"),)}),
    (Quotes((Quote((("", "words"),)),)), {"quotes": (Quote((("", "other"),)),), "title": "title"}),
)
"""The same of results."""

NOT_SEEN = {ChooseOne: {"optional"}, Bars: {"people"}}
"""What is not there to be seen: what a form may leave out, and how many answered, which reports put into words."""

EACH_FIELD = [
    pytest.param(block, name, other, id=f"{type(block).__name__}.{name}")
    for block, others in (*IN_FORMS, *IN_RESULTS)
    for name, other in others.items()
]


def whole(part: Any) -> Any:
    """The block that a part is shown in; a block is shown by itself."""
    match part:
        case Option() | Choice():
            return ChooseOne("one", (part, Option("q", "last")))
        case Group():
            return AddMore("more", (part,), 9)
        case Bar():
            return Bars("people", (part,), 9)
        case RankingRow():
            return Ranking(COLUMNS, (part, PLACES[1]))
        case Column():
            return Ranking((part,), PLACES)
        case Scaled():
            return Distribution("people", ("low", "high"), (part, Scaled("other", (1, 2))))
        case MatrixRow():
            return Matrix("title", "corner", ("column",), (part,))
        case Quote():
            return Quotes((part,))
    return part


def drawn(part: Any) -> list[str]:
    """What there is to see of it: on phones of several people and languages, or of a result on every surface."""
    block = whole(part)
    if isinstance(block, blocks.FormBlock):
        return [
            str(draw_form([block], {}, translator=Translator(tag), seed=seed))
            for tag in ("en", "cy")
            for seed in (1, 2, 3)
        ]
    return [str(draw_view([block])), str(draw_view([block], big=True)), *draw_text([block], 80)]


@pytest.mark.parametrize(("block", "name", "other"), EACH_FIELD)
def test_a_field_makes_a_difference_to_what_is_seen(block: Any, name: str, other: Any) -> None:
    assert drawn(block) != drawn(msgspec.structs.replace(block, **{name: other}))


def test_every_block_every_part_and_every_field_is_among_these() -> None:
    told = {block: set(names) for block, names in NOT_SEEN.items()}
    for block, others in (*IN_FORMS, *IN_RESULTS):
        told.setdefault(type(block), set()).update(others)
    structs = [each for each in vars(blocks).values() if isinstance(each, type) and each.__module__ == blocks.__name__]

    assert told == {each: set(each.__struct_fields__) for each in structs}
    assert told.keys() >= {*get_args(blocks.FormBlock), *get_args(blocks.ViewBlock)}
