"""The totals of scores that count by weight, out of 100: how they are drawn and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from msgspec.structs import replace

from workshop_tui.counting.criteria import Marks, Weights, unmarked
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import Key, Number, exact
from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Bars, Matrix, MatrixRow, Option
from workshop_tui.kinds.options import bars

Totals: TypeAlias = Mapping[Key, Number]
"""The totals, exact, in agenda order, of the options that have one."""


def out_of_100(weighed: Outcome, most: int) -> dict[Key, Number]:
    """What the options were judged by, where 100 is the best score on everything.

    Args:
        weighed: The weighted averages of their scores.
        most: The best score.
    """
    return {key: exact(Fraction(figure) * 100 / most) for key, figure in weighed.figures}


def tenths(number: Number) -> str:
    """A number with one decimal, halves up: "67.4"; a whole one without: "67"."""
    rounded = (Fraction(number) * 20 + 1) // 2
    return f"{rounded // 10}.{rounded % 10}" if rounded % 10 else str(rounded // 10)


def margin(one: Number, other: Number) -> str:
    """How far one total is ahead of a lower one, as both are said: nobody should find another difference."""
    ahead = Fraction(tenths(one)) - Fraction(tenths(other))
    return tenths(ahead) if ahead else "less than 0.1"


def chart(options: Sequence[Option], totals: Totals, people: int) -> Bars | Matrix:
    """Totals as bars, in agenda order where they tie; a table where no bar would have a length.

    Args:
        options: The options, in agenda order.
        totals: Their totals.
        people: How many answered.
    """
    said = {option.key: tenths(totals[option.key]) if option.key in totals else "no total" for option in options}
    if people and not any(totals.values()):
        rows = tuple(MatrixRow(option.text, (said[option.key],), option.key.upper()) for option in options)
        return Matrix("Totals by weight", "Answer", ("points out of 100",), rows)
    # One unit in which every total is a whole number: bars are never rounded, so no tie is made or lost.
    unit = lcm(*(Fraction(total).denominator for total in totals.values()))
    values = {key: int(total * unit) for key, total in totals.items()}
    lines = bars(options, values, {})
    return Bars("points out of 100", tuple(replace(bar, said=said[bar.letter.lower()]) for bar in lines))


def leading_words(options: Sequence[Option], order: Sequence[Sequence[Key]], totals: Totals, people: int) -> str:
    """Who comes first, the base, the next and how far behind it is.

    Args:
        options: The options.
        order: Keys of those that have a total, best first, those that tie together.
        totals: Their totals.
        people: How many answered.
    """
    if not people:
        return honesty.NO_ANSWERS
    if not order:
        return "No answer was scored on every part, so there is no total to compare."
    texts = {option.key: option.text for option in options}
    first, *rest = order
    value = f"{tenths(totals[first[0]])} of 100, from {honesty.people_words(people)}"
    names = honesty.listed([texts[key] for key in first])
    said = f"{names} tie for first place: each has {value}." if len(first) > 1 else f"{names} comes first: {value}."
    if not rest:
        return said
    next_, second = honesty.listed([texts[key] for key in rest[0]]), totals[rest[0][0]]
    return f"{said} Next: {next_}, with {tenths(second)} ({margin(totals[first[0]], second)} behind)."


def gap_words(options: Sequence[Option], weights: Weights, averages: Marks) -> list[str]:
    """What has no total and so cannot be compared, and why."""
    gaps = [(option.text, unmarked(option.key, weights, averages)) for option in options]
    return [f"“{text}” has no total: nobody scored it on {honesty.listed(names)}." for text, names in gaps if names]


def rule_words(weights: Weights) -> str:
    """How it is counted, in words, with the weights and what happens to scores left out."""
    said = ", ".join(f"“{name}” {weight:,}" for name, weight in weights.items())
    return (
        f"The weights were fixed before anybody scored: {said}. For each part the scores of an answer are averaged "
        "over those who gave one, and count by weight; 100 is the best score on everything."
    )
