"""Weighing options by several criteria, and how firm the result is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from workshop_tui.counting.outcome import Outcome, by_most
from workshop_tui.counting.profiles import Candidates, Key, Number, exact
from workshop_tui.messages import tr

Weights: TypeAlias = Mapping[str, int]
"""How much each criterion counts, 0 or more."""

Marks: TypeAlias = Mapping[tuple[Key, str], Number]
"""(option, criterion): how well the option does, as one number on the same scale everywhere."""


class Case(Struct, frozen=True):
    """The same marks with other weights."""

    weights: tuple[tuple[str, int], ...]
    outcome: Outcome
    holds: bool
    """Whether it has the same winners as the declared weights."""


class Sensitivity(Struct, frozen=True):
    """How firm the result of the declared weights is."""

    base: Outcome
    cases: tuple[Case, ...]
    """First all criteria with equal weights; then, where there are several, each left out in turn."""


def weighted(candidates: Candidates, weights: Weights, marks: Marks) -> Outcome:
    """The weighted average of the marks (simple additive weighting; Churchman and Ackoff 1954).

    A criterion an option has no mark for counts as 0 for it; a caller who means something else must say so. Nobody wins
    where all weights are 0.
    """
    whole = sum(weights.values())
    sums: dict[Key, Number] = {
        key: exact(sum((marks.get((key, name), 0) * weight for name, weight in weights.items()), Fraction()))
        for key in candidates
    }
    if whole:
        sums = {key: exact(Fraction(value, 1) / whole) for key, value in sums.items()}
    return by_most(tr("Weighted average"), candidates, sums, said=bool(whole and marks))


def unmarked(candidate: Key, weights: Weights, marks: Marks) -> list[str]:
    """The criteria that count and on which an option has no mark."""
    return [name for name, weight in weights.items() if weight and (candidate, name) not in marks]


def complete(candidates: Candidates, weights: Weights, marks: Marks) -> tuple[Key, ...]:
    """The options with a mark on every criterion that counts, which alone can be compared; none if nothing counts."""
    if not any(weights.values()):
        return ()
    return tuple(key for key in candidates if not unmarked(key, weights, marks))


def sensitivity(candidates: Candidates, weights: Weights, marks: Marks) -> Sensitivity:
    """Whether the first place that declared weights give holds with equal ones, and without each criterion.

    One-at-a-time sensitivity as in Triantaphyllou and Sánchez (1997).
    """
    base = weighted(candidates, weights, marks)
    others: list[Weights] = [dict.fromkeys(weights, 1)]
    if len(weights) > 1:
        others += [{name: weight for name, weight in weights.items() if name != left_out} for left_out in weights]
    outcomes = [(varied, weighted(candidates, varied, marks)) for varied in others]
    cases = (Case(tuple(varied.items()), each, each.winners == base.winners) for varied, each in outcomes)
    return Sensitivity(base, tuple(cases))


def first_by_weights(
    candidates: Candidates, weight_sets: Mapping[tuple[tuple[str, int], ...], int], marks: Marks
) -> dict[Key, int]:
    """For how many people each option is first, or shares the first place, with their own weights."""
    firsts = dict.fromkeys(candidates, 0)
    for weights, people in weight_sets.items():
        for key in weighted(candidates, dict(weights), marks).winners:
            firsts[key] += people
    return firsts


def first_by_marks(
    candidates: Candidates, weights: Weights, people_marks: Iterable[tuple[Marks, int]]
) -> tuple[dict[Key, int], int]:
    """For how many people each option is first, or shares the first place, by their own marks.

    And out of how many: those who gave every mark that counts.
    """
    firsts, counted = dict.fromkeys(candidates, 0), 0
    for marks, people in people_marks:
        if complete(candidates, weights, marks) == tuple(candidates):
            counted += people
            for key in weighted(candidates, weights, marks).winners:
                firsts[key] += people
    return firsts, counted
