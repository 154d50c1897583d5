"""How far a room agrees, on an ordered scale."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import log2


def consensus(counts: Sequence[int]) -> float | None:
    """Consensus by W. J. Tastle and M. J. Wierman (Int. J. Approximate Reasoning 45, 2007).

    1 + sum of p(x) * log2(1 - |x - mean| / width of the scale): 1 when all say the same, 0 when half is at each end.
    Rounded, for logarithms are. None when nobody answered; 1 for a scale of one grade.
    """
    people, width = sum(counts), len(counts) - 1
    if not people:
        return None
    if not width:
        return 1.0
    mean = Fraction(sum(at * count for at, count in enumerate(counts)), people)
    return 1 + sum(count / people * log2(1 - abs(at - mean) / width) for at, count in enumerate(counts) if count)
