"""Profiles: how many people gave each answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

Key: TypeAlias = str
"""What a candidate, an option or a project is called inside: never shown to people."""

Candidates: TypeAlias = Sequence[Key]
"""All that could be chosen, in agenda order; results name ties in this order."""

Number: TypeAlias = int | Fraction
"""Exact: a fraction only where it is no whole number."""

Ranking: TypeAlias = tuple[tuple[Key, ...], ...]
"""Groups, best first; a group of several is an equal rank; who is left out is not ranked (below all who are)."""

Rankings: TypeAlias = Mapping[Ranking, int]
"""How many people gave each ranking."""

Approvals: TypeAlias = Mapping[tuple[Key, ...], int]
"""How many people chose each set; keys sorted."""

Scores: TypeAlias = Mapping[tuple[tuple[Key, int], ...], int]
"""How many people gave each set of scores or points: (key, number) pairs, sorted; left out is blank, which is not 0."""


def exact(value: Number) -> Number:
    """The same number, as an int where it is whole."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value
