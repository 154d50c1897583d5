"""Which scripts and style sheets a form needs beside those of every page: a phone loads no more than that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from workshop_tui.domain.blocks import (
    AddMore,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    FormBlock,
    GradeEach,
    PutInOrder,
    Remark,
    ShareOut,
    WriteText,
)

CARDS = ("cards.css",)
LIMIT = ("dots.css", "dots.js")
ORDER = ("order.css", "order.js")
WRITING = ("write.js",)


def form_parts(blocks: Iterable[FormBlock]) -> tuple[str, ...]:
    """The files that these blocks need, each once."""
    return tuple(dict.fromkeys(part for block in blocks for part in _parts_of(block)))


def _parts_of(block: FormBlock) -> tuple[str, ...]:
    match block:
        case ChooseOne() | ChooseLevel() | AddMore():
            return CARDS
        case ChooseSome():
            return (*CARDS, *LIMIT) if block.most or block.costs else CARDS
        case GradeEach():
            return (*CARDS, *WRITING) if block.why else CARDS
        case ShareOut():
            return LIMIT
        case PutInOrder():
            return ORDER
        case WriteText():
            return WRITING
        case Remark():
            return ()
        case _:
            assert_never(block)
