"""Every block of a form, and every field of one, is handled by drawing, phone script and simulated people alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from msgspec.structs import fields, replace

import workshop_tui.web
from workshop_tui.domain.blocks import (
    AddMore,
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
from workshop_tui.drawing.forms import draw_form
from workshop_tui.rehearsal.pages import Purse, read_page
from workshop_tui.web.http.assets import ASSETS
from workshop_tui.web.phone.form_parts import form_parts

STATIC = Path(workshop_tui.web.__file__).parent / "static"
ABC, XY = (tuple(Option(key, key * 3) for key in keys) for keys in ("abcdefgh", "xy"))

# A block, and for each of its fields another value. A field that is missing here has been added to a block: find out
# what drawing, script and simulated people have to do with it, then give it a value.
CASES: list[tuple[FormBlock, dict[str, object]]] = [
    (ChooseOne("f", ABC), {"name": "g", "options": XY, "label": "Which?", "scale": True}),
    (
        ChooseSome("f", ABC, most=2, costs=(), cap=0),
        {"name": "g", "options": XY, "most": 0, "shuffled": True},
    ),
    (
        ChooseSome("f", XY, costs=(1, 2), cap=2, unit="£", decimals=1),
        {"costs": (2, 2), "cap": 3, "unit": "coins", "decimals": 0},
    ),
    (
        GradeEach("f", ABC, XY, why="Why?", most=9),
        {"name": "g", "rows": XY, "scale": ABC, "label": "Each?", "why": "", "most": 8, "shuffled": True},
    ),
    (
        ShareOut("f", ABC, 9, 3),
        {"name": "g", "options": XY, "total": 8, "most_each": 2, "step": 2, "exact": True, "unit": "points"},
    ),
    (PutInOrder("f", ABC, 3), {"name": "g", "options": XY, "places": 2, "shuffled": True}),
    (WriteText("f", "What?", 9), {"name": "g", "label": "Who?", "most": 8, "rows": 1, "hint": "Say", "together": True}),
    (ChooseLevel("f", (("C0", "Nobody"),)), {"name": "g", "levels": (("C1", "Some"),)}),
    (
        AddMore("More", (Group("g", "Who?", (("a", "One"),), several=True, own="Own"),), 9),
        {"label": "Less", "groups": (), "most": 8},
    ),
    (Remark("So"), {"text": "Then"}),
]
# Drawn as the others are: only what comes back may be left out.
NOT_DRAWN = {(ChooseOne, "optional")}
WORDS_OF_A_PAGE = {
    *("room", "page", "v", "events", "state", "strip", "off", "again", "got", "old", "error"),
    *("drafts", "kept", "shown", "key", "covered", "paused"),  # of the host's page
}
MARKS = {"outbox", "slot", "drop", "say", "turn", "turns", "until", "view", "words"}


def drawn(block: FormBlock) -> str:
    return str(draw_form((block,), {}, seed=3))


@pytest.mark.parametrize("number", range(len(CASES)))
def test_each_field_of_a_block_changes_what_is_drawn(number: int) -> None:
    block, others = CASES[number]
    for name, value in others.items():
        assert drawn(replace(block, **{name: value})) != drawn(block), name


@pytest.mark.parametrize("kind", get_args(FormBlock))
def test_each_field_of_each_block_is_looked_at(kind: type[msgspec.Struct]) -> None:
    looked = {name for block, others in CASES if isinstance(block, kind) for name in others}
    left_out = {name for each, name in NOT_DRAWN if each is kind}

    assert looked | left_out == {field.name for field in fields(kind)}


def read_by(script: str) -> set[str]:
    """The data attributes that a script reads."""
    code = re.sub(r"/\*.*?\*/", "", (STATIC / script).read_text("utf-8"), flags=re.DOTALL)
    found = re.findall(r"(?:\bdataset|\bdata|\bd)\.(\w+)|'(\w+)' in \w+\.dataset|\[data-(\w+)\]", code)
    return {name for each in found for name in each if name}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_what_a_block_says_to_the_script_is_read_by_a_script_that_its_form_loads(number: int) -> None:
    block, others = CASES[number]
    for each in (block, *(replace(block, **{name: value}) for name, value in others.items())):
        said = set(re.findall(r" data-(\w+)", drawn(each)))
        scripts = [part for part in form_parts((each,)) if part.endswith(".js")]

        assert said <= set().union(*map(read_by, scripts)), each


def test_what_a_script_reads_is_said_by_a_block_or_by_the_page() -> None:
    said = {name for block, _ in CASES for name in re.findall(r" data-(\w+)", drawn(block))}
    said |= set(re.findall(r" data-(\w+)", drawn(replace(CASES[6][0], together=True))))

    for script in (name for name in ASSETS if name.endswith(".js")):
        assert read_by(script) <= said | WORDS_OF_A_PAGE | MARKS, script


@pytest.mark.parametrize("number", range(len(CASES)))
def test_small_buttons_of_a_block_are_known_to_a_script_that_its_form_loads(number: int) -> None:
    block = CASES[number][0]
    buttons = set(re.findall(r'<button[^>]* name="(\w+)"', drawn(block))) - {"go", "pick"}
    scripts = "".join((STATIC / part).read_text("utf-8") for part in form_parts((block,)) if part.endswith(".js"))

    assert buttons == set(re.findall(r"p\.press\.(\w+) =", scripts)) & buttons


@pytest.mark.parametrize("number", range(len(CASES)))
def test_simulated_people_find_what_a_block_asks_and_what_there_is_to_give(number: int) -> None:
    block = CASES[number][0]
    (form,) = read_page(f'<form action="/vote/r" data-outbox>{drawn(block)}</form>').forms
    asked = {control.name for control in form.controls if control.name}

    assert {control.kind for control in form.controls} <= {"radio", "checkbox", "number", "hidden", "text", "textarea"}
    match block:
        case Remark():
            assert not asked
        case GradeEach():
            assert asked == {f"f.{row.key}{end}" for row in block.rows for end in ("", ".why")}
        case ShareOut():
            assert asked == {f"f.{option.key}" for option in block.options}
            assert form.purse == Purse(block.total, block.most_each, block.step)
        case PutInOrder():
            assert {"f", "f.rest", "f.by", "f.sure"} == asked
        case AddMore():
            assert asked == {"g", "g.own"}
        case ChooseSome():
            assert asked == {"f"}
            assert form.purse is not None
            assert form.purse.total == (block.cap or block.most)
        case _:
            assert asked == {"f"}


def test_no_script_holds_a_sentence() -> None:
    for script in STATIC.glob("*.js"):
        code = re.sub(r"/\*.*?\*/|^ *//.*$", "", script.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        texts = re.findall(r"'([^'\n]*)'", code)
        assert [text for text in texts if re.search(r"[A-Z]?[a-z]+ [a-z]+ [a-z]+|[a-z]+\.$", text)] == [], script.name
