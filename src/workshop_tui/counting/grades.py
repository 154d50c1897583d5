"""What grades on an ordered scale say: the median, majority judgment, and how far people agree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from functools import cmp_to_key
from itertools import accumulate, groupby
from math import lcm, log2
from typing import Final, Literal

from workshop_tui.counting.outcome import Outcome, in_places
from workshop_tui.counting.profiles import Candidates, Key, Scores
from workshop_tui.messages import Message, tr

Blank = Literal["left out", "lowest"]
"""What a grade not given is: no grade, or the lowest one."""

_MEDIAN: Final[dict[Blank, Message]] = {
    "left out": tr("Median grade (lower), blank is left out"),
    "lowest": tr("Median grade (lower), blank is the lowest grade"),
}
_MAJORITY: Final[dict[Blank, Message]] = {
    "left out": tr("Majority judgment, blank is left out"),
    "lowest": tr("Majority judgment, blank is the lowest grade"),
}

Histogram = Sequence[int]
"""How many people gave each grade, lowest first."""


def histograms(
    candidates: Candidates, scores: Scores, *, least: int, most: int, blank: Blank = "left out"
) -> dict[Key, tuple[int, ...]]:
    """How many people gave each candidate each grade from `least` to `most`.

    Raises:
        ValueError: A grade is outside the scale.
    """
    counts = {key: [0] * (most - least + 1) for key in candidates}
    people = 0
    for given, count in scores.items():
        people += count
        for key, value in given:
            if not least <= value <= most:
                raise ValueError(f"The grade {value} is not between {least} and {most}.")
            counts[key][value - least] += count
    if blank == "lowest":
        for grades in counts.values():
            grades[0] += people - sum(grades)
    return {key: tuple(grades) for key, grades in counts.items()}


def quantile(histogram: Histogram, part: int, parts: int) -> tuple[int, int] | None:
    """The grade (as a place on the scale, from 0) that `part` of `parts` are at or below: (lower, upper).

    The two differ when exactly that share is at or below the lower one: 1 of 2 gives the lower and upper median.
    None when nobody gave a grade.
    """
    people = sum(histogram)
    if not people:
        return None
    lower = -(-people * part // parts)
    upper = people * part // parts + 1
    return _at(histogram, lower), _at(histogram, upper)


def consensus(histogram: Histogram) -> float | None:
    """Consensus by W. J. Tastle and M. J. Wierman (Int. J. Approximate Reasoning 45, 2007).

    1 + sum of p(x) * log2(1 - |x - mean| / width of the scale): 1 when all say the same, 0 when half is at each end.
    Rounded, for logarithms are. None when nobody answered; 1 for a scale of one grade.
    """
    people, width = sum(histogram), len(histogram) - 1
    if not people:
        return None
    if not width:
        return 1.0
    mean = Fraction(sum(at * count for at, count in enumerate(histogram)), people)
    return 1 + sum(count / people * log2(1 - abs(at - mean) / width) for at, count in enumerate(histogram) if count)


def median(candidates: Candidates, scores: Scores, *, least: int, most: int, blank: Blank = "left out") -> Outcome:
    """The highest median grade wins (Galton 1907; Bassett and Persky 1999); ties are left as they are.

    With an even number of grades it is the lower of the two in the middle.
    """
    counts = histograms(candidates, scores, least=least, most=most, blank=blank)
    figures: dict[Key, int] = {}
    for key in candidates:
        middle = quantile(counts[key], 1, 2)
        if middle is not None:
            figures[key] = least + middle[0]
    graded = [key for key in candidates if key in figures]
    places = in_places(graded, figures)
    nothing = tuple(key for key in candidates if key not in figures)
    return Outcome(
        rule=_MEDIAN[blank],
        short=tr("Median grade (lower)"),
        winners=places[0] if places else (),
        places=(*places, *([nothing] if nothing else [])),
        figures=tuple(figures.items()),
        notes=_ungraded(nothing),
    )


def majority_judgment(
    candidates: Candidates, scores: Scores, *, least: int, most: int, blank: Blank = "left out"
) -> Outcome:
    """The highest median grade wins, ties broken by the next grades from the middle (Balinski and Laraki 2007, 2011).

    Of those with the same lower median, one grade equal to it is taken from each, and the medians are compared again,
    until they differ: the order of their "majority values". Who is alike to the end is tied.

    Balinski and Laraki count a grade not given as the lowest one ("lowest"); an item that says blank is no 0 uses "left
    out". Then candidates can have different numbers of grades; each is counted as often as makes the numbers equal.

    The figures are the lower medians.
    """
    counts = histograms(candidates, scores, least=least, most=most, blank=blank)
    totals = {key: sum(grades) for key, grades in counts.items()}
    graded = [key for key in candidates if totals[key]]
    length = lcm(*(totals[key] for key in graded))
    runs = {key: _runs([count * (length // totals[key]) for count in counts[key]]) for key in graded}

    def lower(one: Key, other: Key) -> int:
        return _compare(runs[other], runs[one])

    alike = cmp_to_key(lower)
    places = [tuple(place) for _, place in groupby(sorted(graded, key=alike), key=alike)]
    nothing = tuple(key for key in candidates if not totals[key])
    groups = (*places, *([nothing] if nothing else []))
    return Outcome(
        rule=_MAJORITY[blank],
        short=tr("Majority judgment"),
        winners=groups[0] if graded else (),
        places=groups,
        figures=tuple((key, least + runs[key][0][0][0]) for key in graded),
        notes=_ungraded(nothing),
    )


Runs = list[tuple[tuple[int, int], int]]
"""A majority value, written short: pairs of grades from the middle outwards, and how often each comes in a row."""


def _runs(histogram: Histogram) -> Runs:
    """The grades from the lower median outwards: one below, one above, and so on.

    Taking the lower median away again and again takes grades alternately from below and from above the middle. With
    an odd number the middle stands alone first; it is paired with itself, which compares the same.
    """
    people = sum(histogram)
    runs: Runs = []
    below, above = (people + 1) // 2, people // 2 + 1
    if people % 2:
        middle = _at(histogram, below)
        runs.append(((middle, middle), 1))
        below, above = below - 1, above + 1
    low, high = _outwards(histogram, below, up=False), _outwards(histogram, above, up=True)
    left, right = 0, 0
    while left < len(low) and right < len(high):
        step = min(low[left][1], high[right][1])
        runs.append(((low[left][0], high[right][0]), step))
        low[left] = (low[left][0], low[left][1] - step)
        high[right] = (high[right][0], high[right][1] - step)
        left += not low[left][1]
        right += not high[right][1]
    return runs


def _outwards(histogram: Histogram, start: int, *, up: bool) -> list[tuple[int, int]]:
    """(grade, how often) from the `start`-th person to the end of the scale."""
    before, parts = 0, []
    for grade, count in enumerate(histogram):
        first, last = before + 1, before + count
        held = last - max(first, start) + 1 if up else min(last, start) - first + 1
        if count and held > 0:
            parts.append((grade, held))
        before = last
    return parts if up else parts[::-1]


def _compare(one: Runs, other: Runs) -> int:
    """Which majority value is higher: above 0 the first, below 0 the second, 0 neither."""
    left, right = list(reversed(one)), list(reversed(other))
    while left and right:
        (mine, times), (theirs, often) = left.pop(), right.pop()
        if mine != theirs:
            return 1 if mine > theirs else -1
        if times > often:
            left.append((mine, times - often))
        elif often > times:
            right.append((theirs, often - times))
    return 0


def _at(histogram: Histogram, number: int) -> int:
    """The grade of the `number`-th person, lowest grade first."""
    return bisect_left(list(accumulate(histogram)), number)


def _ungraded(nothing: tuple[Key, ...]) -> tuple[Message, ...]:
    return (tr("Without any grade: {count}.", count=len(nothing)),) if nothing else ()
