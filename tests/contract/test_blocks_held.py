"""Whatever reads a block keeps up with it: the phones' scripts, the people of a demo, and the report for programs.

`tests/drawing/test_block_fields.py` lists every block with every field and holds the drawings to them; what follows
here uses the same list, so a field that is added there and handled nowhere fails here too.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.drawing.test_block_fields import IN_FORMS, IN_RESULTS, whole
from workshop_tui import web
from workshop_tui.domain import blocks
from workshop_tui.domain.blocks import (
    SURE,
    Bars,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    Column,
    FormBlock,
    GradeEach,
    PutInOrder,
    Remark,
    ShareOut,
    WriteText,
)
from workshop_tui.drawing.forms import draw_form
from workshop_tui.exports.formats.session_json import _Publishing
from workshop_tui.messages import ENGLISH
from workshop_tui.rehearsal import pages
from workshop_tui.rehearsal.ledger import Ledger
from workshop_tui.rehearsal.pages import read_page
from workshop_tui.rehearsal.phone import Pace, Phone, SampleStory
from workshop_tui.web.phone.form_parts import form_parts

STATIC = Path(web.__file__).parent / "static"
SCRIPTS = {path.name: path.read_text("utf-8") for path in STATIC.iterdir() if path.suffix in (".js", ".css")}
OF_EVERY_PAGE = ("app.js", "app.css")

VARIED: list[Any] = [
    variant
    for block, others in IN_FORMS
    if isinstance(whole(block), FormBlock)
    for variant in (block, *(msgspec.structs.replace(block, **{name: other}) for name, other in others.items()))
]
"""Every block of forms as it stands in the list, and with each of its fields changed."""


def _id(block: Any) -> str:
    return f"{type(block).__name__}-{VARIED.index(block)}"


def _drawn(block: Any) -> str:
    return str(draw_form([whole(block)], {}, seed=4))


@pytest.mark.parametrize("block", VARIED, ids=_id)
def test_a_simulated_person_answers_it_within_its_limits(block: Any) -> None:
    asked = whole(block)
    page = read_page(f'<form action="/answer/i01" data-slot="i01.1" data-outbox>{_drawn(block)}</form>')
    assert page.question is not None
    for seed in range(20):
        person = Phone(
            1, None, Ledger(), random.Random(seed), Pace(), [SampleStory("A story", level="C2")], ["An idea"]  # type: ignore[arg-type]
        )  # fmt: skip
        _assert_fits(asked, person._filled(page.question))


def _assert_fits(asked: FormBlock, fields: dict[str, list[str]]) -> None:
    """Say of a form that was filled in whether it is an answer to this block."""
    match asked:
        case ChooseOne():
            assert fields[asked.name][0] in [option.key for option in asked.options]
        case ChooseLevel():
            assert fields[asked.name][0] in [key for key, _ in asked.levels]
        case ChooseSome():
            ticked = fields[asked.name]
            assert ticked
            assert len(set(ticked)) == len(ticked)
            assert not asked.most or len(ticked) <= asked.most
            costs = dict(zip((option.key for option in asked.options), asked.costs, strict=False))
            assert not asked.costs or sum(costs[key] for key in ticked) <= asked.cap
        case GradeEach():
            for row in asked.rows:
                assert fields[f"{asked.name}.{row.key}"][0] in [step.key for step in asked.scale]
        case ShareOut():
            given = [int(fields[f"{asked.name}.{option.key}"][0]) for option in asked.options]
            assert all(each % asked.step == 0 and each <= (asked.most_each or asked.total) for each in given)
            assert sum(given) <= asked.total
            assert not asked.exact or sum(given) == asked.total or max(given) == asked.most_each
        case PutInOrder():
            keys = [option.key for option in asked.options]
            boxes = {name: found for name, found in fields.items() if name.startswith(asked.name)}
            # Beside it: which of the two ways of putting an order a phone used, and that it is meant as it stands.
            given_order = [
                key for name, found in boxes.items() if not name.endswith((".by", SURE)) for key in found if key
            ]
            assert set(given_order) <= set(keys)
            assert given_order
        case WriteText():
            assert fields[asked.name][0]
        case Remark():
            assert fields == {}


def _spoken_of(attribute: str, text: str) -> bool:
    camel = re.sub(r"-(\w)", lambda found: found[1].upper(), attribute.removeprefix("data-"))
    # Scripts call the attributes of a box `d`, `data` or `dataset`.
    return bool(re.search(rf"\b(?:d|data|dataset)\.{camel}\b|'{camel}' in\b|{attribute}\b", text))


def _reads(attribute: str) -> set[str]:
    return {name for name, text in SCRIPTS.items() if _spoken_of(attribute, text)}


@pytest.mark.parametrize("block", VARIED, ids=_id)
def test_whatever_it_says_to_a_script_is_read_by_one_that_its_page_loads(block: Any) -> None:
    loaded = {*OF_EVERY_PAGE, *form_parts([whole(block)])}
    simulated = Path(pages.__file__).read_text("utf-8")

    for attribute in set(re.findall(r"\b(data-[a-z-]+)", _drawn(block))):
        readers = _reads(attribute)
        assert readers & loaded or (not readers and attribute in simulated), (attribute, readers, loaded)


def test_every_script_and_sheet_of_a_form_is_loaded_for_some_block() -> None:
    of_forms = {part for block in VARIED for part in form_parts([whole(block)])}

    assert of_forms == {"cards.css", "dots.css", "dots.js", "order.css", "order.js", "write.js"}
    assert of_forms <= set(SCRIPTS)


FOR_PEOPLE_ALONE = {(Column, "counted")}
"""What no program needs: how a column's unit is put into a sentence; its name is there."""


@pytest.mark.parametrize(
    ("part", "name", "other"),
    [
        pytest.param(part, name, other, id=f"{type(part).__name__}.{name}")
        for part, others in IN_RESULTS
        for name, other in others.items()
        if (type(part), name) not in FOR_PEOPLE_ALONE
    ],
)
def test_every_field_of_a_result_is_in_the_file_for_programs(part: Any, name: str, other: Any) -> None:
    changed = msgspec.structs.replace(part, **{name: other})

    writer = _Publishing(ENGLISH)
    assert writer._block(whole(part)) != writer._block(whole(changed))


def test_the_listed_blocks_are_all_there_are() -> None:
    forms = {type(whole(block)) for block, _ in IN_FORMS}
    every = {each for each in vars(blocks).values() if isinstance(each, type) and each in FormBlock.__args__}

    assert forms == every == set(FormBlock.__args__)
    assert Bars in {type(whole(part)) for part, _ in IN_RESULTS}
