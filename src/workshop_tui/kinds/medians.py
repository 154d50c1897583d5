"""The middle of answers that stand in an order, in words: medians and quartiles, and never an average.

With an even number of answers two are in the middle. Both are named where they differ: what lies between two answers
is nobody's answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop_tui.counting.grades import Histogram, quantile
from workshop_tui.domain import honesty

SPREAD_BASE: Final = 4
"""Fewest answers of which a half in the middle can be spoken."""


def middle(histogram: Histogram, scale: Sequence[str]) -> str:
    """The median: "3", or "3 to 4" where it lies between two; empty where nobody answered."""
    found = quantile(histogram, 1, 2)
    return _span(found, scale) if found else ""


def middle_half(histogram: Histogram, scale: Sequence[str]) -> str:
    """From which to which answer at least half of the people are: from quartile to quartile; empty for too few."""
    low, high = quantile(histogram, 1, 4), quantile(histogram, 3, 4)
    return _span((low[0], high[1]), scale) if low and high and sum(histogram) >= SPREAD_BASE else ""


def middle_sentence(histogram: Histogram, scale: Sequence[str]) -> str:
    """Median and quartiles as one or two sentences; empty where nobody answered."""
    found, low, high = quantile(histogram, 1, 2), quantile(histogram, 1, 4), quantile(histogram, 3, 4)
    if not found or not low or not high:
        return ""
    one, other = (f"“{scale[at]}”" for at in found)
    said = f"The middle answer is {one}" if one == other else f"The middle lies between {one} and {other}"
    if sum(histogram) < SPREAD_BASE:
        return f"{said}."
    if low[0] == high[1]:
        return f"{said}: at least half of the people said this."
    return f"{said}. At least half of the people are from “{scale[low[0]]}” to “{scale[high[1]]}”."


def highest_sentence(lines: Sequence[honesty.Line], unit: str, people: int) -> str:
    """Who has the highest median, with the base and the runner-up.

    Args:
        lines: (words, lower median) of everything that anybody gave something.
        unit: What the medians are in, in the plural; empty for a bare number.
        people: How many people answered.
    """
    places = honesty.standings(lines)
    if not people or not places:
        return honesty.NO_ANSWERS
    first, rest = places[0], places[1:]
    value = f"{first.value} {unit}".rstrip()
    base = f"from {honesty.people_words(people)}"
    verb = "has" if len(first.labels) == 1 else "tie for"
    said = f"{honesty.listed(first.labels)} {verb} the highest middle answer: {value}, {base}."
    if not rest:
        return said
    return f"{said} Next: {honesty.listed(rest[0].labels)}, {rest[0].value} ({first.value - rest[0].value} fewer)."


def _span(found: tuple[int, int], scale: Sequence[str]) -> str:
    low, high = found
    return scale[low] if low == high else f"{scale[low]} to {scale[high]}"
