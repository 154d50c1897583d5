"""Random answers to any form, from its blocks alone: for filling a room with ballots of every kind."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import assert_never

from workshop_tui.domain.blocks import (
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

Fields = dict[str, list[str]]


def answer(form: Sequence[FormBlock], lot: random.Random) -> Fields:
    """What one person could send: everything answered, with a reason of its own wherever one is asked."""
    fields: Fields = {}
    for block in form:
        match block:
            case ChooseOne():
                fields[block.name] = [lot.choice(block.options).key]
            case ChooseSome():
                fields[block.name] = _ticked(block, lot)
            case GradeEach():
                for row in block.rows:
                    fields[f"{block.name}.{row.key}"] = [lot.choice(block.scale).key]
                    if block.why:
                        fields[f"{block.name}.{row.key}.why"] = [f"because of {lot.random()}"]
            case ShareOut():
                fields |= _shared(block, lot)
            case PutInOrder():
                keys = [option.key for option in block.options]
                fields[block.name] = lot.sample(keys, lot.randint(1, block.places))
            case WriteText():
                fields[block.name] = [f"words {lot.random()}"]
            case ChooseLevel():
                fields[block.name] = [lot.choice(block.levels)[0]]
            case Remark():
                pass
            case _:
                assert_never(block)
    return fields


def _ticked(block: ChooseSome, lot: random.Random) -> list[str]:
    costs = dict(zip((option.key for option in block.options), block.costs, strict=False))
    left, ticked = block.cap, list[str]()
    for option in lot.sample(block.options, len(block.options)):
        cost = costs.get(option.key, 0)
        if cost <= left and (not block.most or len(ticked) < block.most) and (not ticked or lot.random() < 0.5):
            ticked.append(option.key)
            left -= cost
    return ticked


def _shared(block: ShareOut, lot: random.Random) -> Fields:
    given = dict.fromkeys((option.key for option in block.options), 0)
    for _ in range(block.total // block.step):
        free = [key for key in given if given[key] + block.step <= block.most_each]
        if free:
            given[lot.choice(free)] += block.step
    return {f"{block.name}.{key}": [str(amount)] for key, amount in given.items()}
