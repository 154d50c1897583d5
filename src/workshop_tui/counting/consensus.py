"""How far a room agrees, on an ordered scale."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from itertools import combinations
from math import log2

from msgspec import Struct

from workshop_tui.counting.grades import quantile


class Measures(Struct, frozen=True):
    """Measures of one distribution; grades are places on the scale from 0, lowest first."""

    people: int
    median: tuple[int, int] | None
    """The lower and upper median; None when nobody answered, as in all of these."""
    quartiles: tuple[tuple[int, int], tuple[int, int]] | None
    """The first and the third quartile, each lower and upper."""
    accept: int
    """How many can live with it."""
    object: int
    """How many object."""
    consensus: float | None
    """Tastle and Wierman (2007): 1 when all say the same, 0 when half is at each end. Rounded, for logarithms are."""
    agreement: Fraction | None
    """Van der Eijk (2001): 1 when all say the same, 0 when all grades are as frequent, -1 when half is at each end.
    None also for a scale of fewer than three grades, for which it is not defined."""

    @property
    def share(self) -> Fraction | None:
        """The share of people who can live with it."""
        return Fraction(self.accept, self.people) if self.people else None


def measures(counts: Sequence[int], *, accept: Collection[int], object_: Collection[int] = ()) -> Measures:
    """All measures of how many people gave each grade.

    Args:
        counts: How many gave each grade, lowest first.
        accept: Places on the scale of who can live with it.
        object_: Places on the scale of who objects.
    """
    first, third = quantile(counts, 1, 4), quantile(counts, 3, 4)
    return Measures(
        people=sum(counts),
        median=quantile(counts, 1, 2),
        quartiles=(first, third) if first and third else None,
        accept=sum(counts[at] for at in accept),
        object=sum(counts[at] for at in object_),
        consensus=consensus(counts),
        agreement=agreement(counts),
    )


def consensus(counts: Sequence[int]) -> float | None:
    """Consensus by W. J. Tastle and M. J. Wierman (Int. J. Approximate Reasoning 45, 2007).

    1 + sum of p(x) * log2(1 - |x - mean| / width of the scale). None when nobody answered; 1 for a scale of one grade.
    """
    people, width = sum(counts), len(counts) - 1
    if not people:
        return None
    if not width:
        return 1.0
    mean = Fraction(sum(at * count for at, count in enumerate(counts)), people)
    return 1 + sum(count / people * log2(1 - abs(at - mean) / width) for at, count in enumerate(counts) if count)


def agreement(counts: Sequence[int]) -> Fraction | None:
    """Agreement A by C. van der Eijk (Quality and Quantity 35, 2001), exact.

    The distribution is taken apart into layers, each of which has the same number of people in some grades and nobody
    in the others; the agreement of a layer is that of its pattern, and A is their average, weighted by people.
    """
    if not sum(counts) or len(counts) < 3:
        return None
    left, total = list(counts), Fraction()
    while any(left):
        height = min(count for count in left if count)
        pattern = [count > 0 for count in left]
        total += _pattern(pattern) * height * sum(pattern)
        left = [count - height if count else 0 for count in left]
    return total / sum(counts)


def _pattern(filled: Sequence[bool]) -> Fraction:
    """The agreement of a layer: how unimodal it is, and how few of the grades it fills."""
    grades, used = len(filled), sum(filled)
    spread = 1 - Fraction(used - 1, grades - 1)
    one_peak = sum(triple in {(True, True, False), (False, True, True)} for triple in combinations(filled, 3))
    two_peaks = sum(triple == (True, False, True) for triple in combinations(filled, 3))
    if not one_peak + two_peaks:
        return spread
    unimodal = Fraction((grades - 2) * one_peak - (grades - 1) * two_peaks, (grades - 2) * (one_peak + two_peaks))
    return unimodal * spread
