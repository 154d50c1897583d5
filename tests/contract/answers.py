"""Every answer that a form allows, as a strategy, and fields that no form of ours would send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from hypothesis import strategies as st

from tests.cases import hostile_inputs as hostile
from workshop_tui.domain.blocks import ChooseLevel, ChooseOne, FormBlock, PutInOrder, Remark, ShareOut, WriteText

PostedFields = dict[str, list[str]]

PAYLOADS = [
    payload
    for group in (hostile.TERMINAL, hostile.MARKUP, hostile.HTML, hostile.UNICODE, hostile.EXPORT, hostile.CODES)
    for _, payload, _ in group
] + [
    "-5",
    "1e9",
    "NaN",
    "1.5",
    "true",
    "null",
    "[]",
    "{}",
    "0",
    "1",
    "2",
    "99",
    "9" * 6_000,
    "__proto__",
    "C0",
    "C9",
    "",
]

WORDS = st.text(st.characters(categories=["L", "N", "P", "S"], max_codepoint=0x2FFF), min_size=1, max_size=60).map(
    lambda words: "A" + words
)


@st.composite
def allowed_answers(draw: st.DrawFn, form: Sequence[FormBlock]) -> PostedFields:
    """What one person can send with this form without being told that something is wrong."""
    fields: PostedFields = {}
    boxes = [block.name for block in form if isinstance(block, WriteText)]
    filled = draw(st.sets(st.sampled_from(boxes), min_size=1)) if boxes else set()
    for block in form:
        match block:
            case ChooseOne():
                fields[block.name] = [draw(st.sampled_from(block.options)).key]
            case ShareOut():
                fields |= draw(_dots(block))
            case PutInOrder():
                keys = draw(st.permutations([option.key for option in block.options]))
                fields[block.name] = list(keys[: draw(st.integers(1, block.places))])
            case WriteText():
                fields[block.name] = [draw(WORDS)[: block.most] if block.name in filled else ""]
            case ChooseLevel():
                fields[block.name] = [draw(st.sampled_from(block.levels))[0]]
            case Remark():
                pass
            case _:
                assert_never(block)
    return fields


@st.composite
def _dots(draw: st.DrawFn, block: ShareOut) -> PostedFields:
    left = draw(st.integers(1, block.total))
    fields: PostedFields = {}
    for option in draw(st.permutations(block.options)):
        dots = draw(st.integers(0 if fields else 1, min(left, block.most_each))) if left else 0
        fields[f"{block.name}.{option.key}"] = [str(dots)]
        left -= dots
    return fields


def field_names(form: Sequence[FormBlock]) -> list[str]:
    """The names a form posts, and some near them."""
    names = ["sid", "csrf", "__proto__", "", "nothing"]
    for block in form:
        if isinstance(block, Remark):
            continue
        names.append(block.name)
        if isinstance(block, ShareOut):
            names += [f"{block.name}.{key}" for key in (*(option.key for option in block.options), "zz", "", "A")]
        if isinstance(block, PutInOrder):
            names += [f"{block.name}.rest", f"{block.name}.by"]
    return names


def junk_fields(form: Sequence[FormBlock]) -> st.SearchStrategy[PostedFields]:
    """Fields by the right and by wrong names, with hostile and with random values; some may happen to fit."""
    keys = [option.key for block in form for option in getattr(block, "options", ())]
    value = st.one_of(st.sampled_from(PAYLOADS + keys), st.text(st.characters(), max_size=20))
    name = st.one_of(st.sampled_from(field_names(form)), st.text(max_size=10))
    return st.dictionaries(name, st.lists(value, max_size=6), max_size=8)
