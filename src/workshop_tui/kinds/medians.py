"""The middle of answers that stand in an order, in words: medians and quartiles, and never an average.

With an even number of answers two are in the middle. Both are named where they differ: what lies between two answers
is nobody's answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workshop_tui.counting.grades import Histogram, quantile
from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Words
from workshop_tui.domain.units import UNITS, UnitName
from workshop_tui.messages import Listed, Message, tr

SPREAD_BASE: Final = 4
"""Fewest answers of which a half in the middle can be spoken."""


def middle(histogram: Histogram, scale: Sequence[Words]) -> Words:
    """The median: "3", or "3 to 4" where it lies between two; empty where nobody answered."""
    found = quantile(histogram, 1, 2)
    return _span(found, scale) if found else ""


def middle_half(histogram: Histogram, scale: Sequence[Words]) -> Words:
    """From which to which answer at least half of the people are: from quartile to quartile; empty for too few."""
    low, high = quantile(histogram, 1, 4), quantile(histogram, 3, 4)
    return _span((low[0], high[1]), scale) if low and high and sum(histogram) >= SPREAD_BASE else ""


def middle_sentences(histogram: Histogram, scale: Sequence[Words]) -> tuple[Message, ...]:
    """Median and quartiles as one or two sentences; none where nobody answered."""
    found, low, high = quantile(histogram, 1, 2), quantile(histogram, 1, 4), quantile(histogram, 3, 4)
    if not found or not low or not high:
        return ()
    one, other = (scale[at] for at in found)
    is_one, has_half = found[0] == found[1], sum(histogram) >= SPREAD_BASE
    if has_half and low[0] == high[1]:
        return (tr("The middle answer is “{answer}”: at least half of the people said this.", answer=one),)
    if is_one:
        said = tr("The middle answer is “{answer}”.", answer=one)
    else:
        said = tr("The middle lies between “{lower}” and “{upper}”.", lower=one, upper=other)
    if not has_half:
        return (said,)
    half = tr("At least half of the people are from “{low}” to “{high}”.", low=scale[low[0]], high=scale[high[1]])
    return (said, half)


def highest_sentences(
    lines: Sequence[honesty.Line], people: Mapping[Words, int], unit: UnitName | None = None
) -> tuple[Message, ...]:
    """Who has the highest median, with the base and the runner-up.

    Args:
        lines: (words, lower median) of everything that anybody gave something.
        people: How many people gave each of them something.
        unit: What the medians are in; None for a bare number.
    """
    places = honesty.standings(lines)
    if not places:
        return (honesty.NO_ANSWERS,)
    first, rest = places[0], places[1:]
    value = UNITS[unit].counted.of(first.value) if unit else first.value
    said = highest_sentence(first.labels, value, [people[label] for label in first.labels])
    if not rest:
        return (said,)
    return (said, next_sentence(rest[0].labels, rest[0].value, first.value - rest[0].value))


def highest_sentence(labels: Sequence[Words], value: Message | int, people: Sequence[int]) -> Message:
    """Who has the highest median, and from how many people; each for itself where these are not as many.

    Args:
        labels: The words of one, or of those that tie.
        value: The median.
        people: How many people gave something to each of them.
    """
    names = honesty.listed(labels)
    base: Message | Listed = honesty.people_words(people[0])
    if len(set(people)) > 1:
        base = Listed(tuple(map(honesty.people_words, people)))
    if len(labels) > 1:
        return tr(
            "{names} tie for the highest middle answer: {value}, from {people}.", names=names, value=value, people=base
        )
    return tr("{names} has the highest middle answer: {value}, from {people}.", names=names, value=value, people=base)


def next_sentence(labels: Sequence[Words], value: int, fewer: int) -> Message:
    """Who comes after the first, and how far behind."""
    return tr("Next: {names}, {value} ({fewer} fewer).", names=honesty.listed(labels), value=value, fewer=fewer)


def _span(found: tuple[int, int], scale: Sequence[Words]) -> Words:
    low, high = found
    return scale[low] if low == high else tr("{low} to {high}", low=scale[low], high=scale[high])
