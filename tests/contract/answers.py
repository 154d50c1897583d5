"""Every answer that a form allows, as a strategy, and fields that no form of ours would send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from hypothesis import strategies as st

from tests.cases import hostile_inputs as hostile
from workshop_tui.domain.blocks import (
    AddMore,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    FormBlock,
    GradeEach,
    Option,
    PutInOrder,
    Remark,
    ShareOut,
    WriteText,
)

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
    asked = next((block for block in form if not isinstance(block, Remark)), None)
    for block in form:
        match block:
            case ChooseOne():
                if not block.optional or not draw(st.booleans()) or block is asked:
                    fields[block.name] = [draw(st.sampled_from(block.options)).key]
            case ChooseSome():
                fields[block.name] = draw(_ticks(block))
            case GradeEach():
                fields |= draw(_grades(block))
            case ShareOut():
                fields |= draw(_dots(block))
            case PutInOrder():
                keys = draw(st.permutations([option.key for option in block.options]))
                fields[block.name] = list(keys[: draw(st.integers(1, block.places))])
            case WriteText():
                fields[block.name] = [draw(WORDS)[: block.most] if block.name in filled else ""]
            case ChooseLevel():
                fields[block.name] = [draw(st.sampled_from(block.levels))[0]]
            case AddMore():
                fields |= draw(_besides(block))
            case Remark():
                pass
            case _:
                assert_never(block)
    return fields


@st.composite
def _besides(draw: st.DrawFn, block: AddMore) -> PostedFields:
    fields: PostedFields = {}
    for group in block.groups:
        keys = [key for key, _ in group.choices]
        if keys:
            fields[group.name] = draw(st.lists(st.sampled_from(keys), max_size=3 if group.several else 1, unique=True))
        if group.own:
            fields[f"{group.name}.own"] = [draw(WORDS)[: block.most]]
    return fields


@st.composite
def _ticks(draw: st.DrawFn, block: ChooseSome) -> list[str]:
    costs = dict(zip((option.key for option in block.options), block.costs, strict=False))
    ticked: list[str] = []
    for option in draw(st.permutations(block.options)):
        fits = sum(costs.get(key, 0) for key in (*ticked, option.key)) <= block.cap if costs else True
        if fits and (not block.most or len(ticked) < block.most) and (not ticked or draw(st.booleans())):
            ticked.append(option.key)
    return ticked


@st.composite
def _grades(draw: st.DrawFn, block: GradeEach) -> PostedFields:
    """Some rows graded, with a reason wherever one may be asked."""
    fields: PostedFields = {}
    for row in draw(st.lists(st.sampled_from(block.rows), min_size=1, unique=True)):
        fields[f"{block.name}.{row.key}"] = [draw(st.sampled_from(block.scale)).key]
        if block.why:
            fields[f"{block.name}.{row.key}.why"] = [draw(WORDS)[: block.most]]
    return fields


@st.composite
def _dots(draw: st.DrawFn, block: ShareOut) -> PostedFields:
    if block.exact:
        return draw(_all_of_them(block))
    left = draw(st.integers(1, block.total))
    fields: PostedFields = {}
    for option in draw(st.permutations(block.options)):
        dots = draw(st.integers(0 if fields else 1, min(left, block.most_each))) if left else 0
        fields[f"{block.name}.{option.key}"] = [str(dots)]
        left -= dots
    return fields


@st.composite
def _all_of_them(draw: st.DrawFn, block: ShareOut) -> PostedFields:
    steps, most = block.total // block.step, block.most_each // block.step
    fields: PostedFields = {}
    options = draw(st.permutations(block.options))
    for at, option in enumerate(options):
        rest = (len(options) - at - 1) * most
        given = draw(st.integers(max(0, steps - rest), min(steps, most)))
        fields[f"{block.name}.{option.key}"] = [str(given * block.step)]
        steps -= given
    return fields


def field_names(form: Sequence[FormBlock]) -> list[str]:
    """The names a form posts, and some near them."""
    names = ["sid", "csrf", "__proto__", "", "nothing"]
    for block in form:
        if isinstance(block, Remark):
            continue
        if isinstance(block, AddMore):
            names += [f"{group.name}{end}" for group in block.groups for end in ("", ".own", ".no")]
            continue
        names.append(block.name)
        if isinstance(block, ShareOut):
            names += [f"{block.name}.{key}" for key in (*(option.key for option in block.options), "zz", "", "A")]
        if isinstance(block, GradeEach):
            names += [f"{block.name}.{row.key}{end}" for row in block.rows for end in ("", ".why", ".no")]
        if isinstance(block, PutInOrder):
            names += [f"{block.name}.rest", f"{block.name}.by"]
    return names


def choices_of(block: FormBlock) -> Sequence[Option]:
    """Everything that can be chosen in a block."""
    return (*block.rows, *block.scale) if isinstance(block, GradeEach) else getattr(block, "options", ())


def junk_fields(form: Sequence[FormBlock]) -> st.SearchStrategy[PostedFields]:
    """Fields by the right and by wrong names, with hostile and with random values; some may happen to fit."""
    keys = [option.key for block in form for option in choices_of(block)]
    value = st.one_of(st.sampled_from(PAYLOADS + keys), st.text(st.characters(), max_size=20))
    name = st.one_of(st.sampled_from(field_names(form)), st.text(max_size=10))
    return st.dictionaries(name, st.lists(value, max_size=6), max_size=8)
