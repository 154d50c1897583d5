"""The totals of scores that count by weight, out of 100: how they are drawn and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from workshop_tui.kinds.outcomes import ANSWER
from workshop_tui.messages import Amount, Figure, Listed, Message, Sentences, tr, trn

Totals: TypeAlias = Mapping[Key, Number]
"""The totals, exact, in agenda order, of the options that have one."""


def out_of_100(weighed: Outcome, most: int) -> dict[Key, Number]:
    """What the options were judged by, where 100 is the best score on everything.

    Args:
        weighed: The weighted averages of their scores.
        most: The best score.
    """
    return {key: exact(Fraction(figure) * 100 / most) for key, figure in weighed.figures}


def tenths(number: Number) -> Figure:
    """A number with one decimal, halves up: "67.4"; a whole one without: "67"."""
    rounded = (Fraction(number) * 20 + 1) // 2
    return Figure(f"{rounded // 10}.{rounded % 10}" if rounded % 10 else str(rounded // 10))


def margin(one: Number, other: Number) -> Figure | Message:
    """How far one total is ahead of a lower one, as both are said: nobody should find another difference."""
    ahead = Fraction(tenths(one).value) - Fraction(tenths(other).value)
    return tenths(ahead) if ahead else tr("less than {number}", number=Figure("0.1"))


def chart(options: Sequence[Option], totals: Totals, people: int) -> Bars | Matrix:
    """Totals as bars, in agenda order where they tie; a table where no bar would have a length.

    Args:
        options: The options, in agenda order.
        totals: Their totals.
        people: How many answered.
    """
    said = {option.key: tenths(totals[option.key]) if option.key in totals else tr("no total") for option in options}
    if people and not any(totals.values()):
        rows = tuple(MatrixRow(option.words, (said[option.key],), option.key.upper()) for option in options)
        return Matrix(tr("Totals by weight"), ANSWER, (tr("points out of 100"),), rows)
    # One unit in which every total is a whole number: bars are never rounded, so no tie is made or lost.
    unit = lcm(*(Fraction(total).denominator for total in totals.values()))
    values = {key: int(total * unit) for key, total in totals.items()}
    lines = bars(options, values, {})
    return Bars("points out of 100", tuple(replace(bar, said=said[bar.letter.lower()]) for bar in lines))


def leading_words(
    options: Sequence[Option], order: Sequence[Sequence[Key]], totals: Totals, people: Mapping[Key, Sequence[int]]
) -> Sentences:
    """Who comes first, the base, the next and how far behind it is.

    Args:
        options: The options.
        order: Keys of those that have a total, best first, those that tie together.
        totals: Their totals.
        people: How many scored each option on each part that counts; nobody on anything where nobody answered.
    """
    if not any(any(each) for each in people.values()):
        return honesty.NO_ANSWERS
    if not order:
        return tr("No answer was scored on every part, so there is no total to compare.")
    texts = {option.key: option.words for option in options}
    first, *rest = order
    names, total = honesty.listed([texts[key] for key in first]), tenths(totals[first[0]])
    if len(first) > 1:
        leads = tr(
            "{options} tie for first place: each has {total} of 100, from {people}.",
            options=names,
            total=total,
            people=_base([people[key] for key in first]),
        )
    else:
        leads = tr(
            "{options} comes first: {total} of 100, from {people}.",
            options=names,
            total=total,
            people=_base([people[key] for key in first]),
        )
    if not rest:
        return leads
    second = totals[rest[0][0]]
    follows = tr(
        "Next: {options}, with {total} ({margin} behind).",
        options=honesty.listed([texts[key] for key in rest[0]]),
        total=tenths(second),
        margin=margin(totals[first[0]], second),
    )
    return (leads, follows)


def _base(people: Sequence[Sequence[int]]) -> Message:
    """From how many people totals are: fewest and most, where parts or options were scored by different numbers."""
    fewest, most = min(map(min, people)), max(map(max, people))
    if fewest == most:
        return honesty.people_words(most)
    return trn("{fewest} to {n} person", "{fewest} to {n} people", most, fewest=fewest)


def gap_words(options: Sequence[Option], weights: Weights, averages: Marks) -> tuple[Message, ...]:
    """What has no total and so cannot be compared, and why."""
    return tuple(
        tr(
            "“{option}” has no total: nobody scored it on {criteria}.",
            option=option.words,
            criteria=honesty.listed(gap),
        )
        for option in options
        if (gap := unmarked(option.key, weights, averages))
    )


def rule_words(weights: Weights, words: Callable[[int], Amount]) -> Message:
    """How it is counted, in words, with the weights and what happens to scores left out.

    Args:
        weights: In whole numbers.
        words: How one of them is said.
    """
    said = tuple(tr("“{criterion}” {weight}", criterion=name, weight=words(weight)) for name, weight in weights.items())
    return tr(
        "The weights were fixed before anybody scored: {weights}. For each part we take the average of "
        "the scores that people gave. It counts by its weight. 100 is the best score on everything.",
        weights=Listed(said),
    )
