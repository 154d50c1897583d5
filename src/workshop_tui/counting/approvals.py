"""Rules that add up: choices, and points."""

from __future__ import annotations

from collections.abc import Collection

from workshop_tui.counting.outcome import Outcome, by_most
from workshop_tui.counting.profiles import Approvals, Candidates, Key, Scores
from workshop_tui.messages import tr


def approval(candidates: Candidates, approvals: Approvals) -> Outcome:
    """Who is chosen by most people, where each may choose several (Brams and Fishburn 1978).

    The margin is exact: that many people choosing the second as well makes it a tie.
    """
    chosen = choosers(candidates, approvals)
    return by_most(tr("Choices (approval)"), candidates, chosen, said=any(chosen.values()))


def cumulative(candidates: Candidates, points: Scores) -> Outcome:
    """Who has most points, where each person shares some out (cumulative voting; Marshall 1853).

    The margin is in points, which one person can give many of.
    """
    sums = sums_of(candidates, points)
    return by_most(tr("Points (cumulative)"), candidates, sums, said=any(sums.values()))


def choosers(candidates: Candidates, approvals: Approvals) -> dict[Key, int]:
    """How many people chose each candidate."""
    chosen = dict.fromkeys(candidates, 0)
    for keys, people in approvals.items():
        for key in keys:
            chosen[key] += people
    return chosen


def left_without(approvals: Approvals, winners: Collection[Key]) -> int:
    """How many people chose none of the winners."""
    return sum(people for keys, people in approvals.items() if not set(keys) & set(winners))


def sums_of(candidates: Candidates, points: Scores) -> dict[Key, int]:
    """All points together that each candidate was given."""
    sums = dict.fromkeys(candidates, 0)
    for given, people in points.items():
        for key, value in given:
            sums[key] += value * people
    return sums


def supporters(candidates: Candidates, points: Scores) -> dict[Key, int]:
    """How many people gave each candidate anything above 0."""
    people = dict.fromkeys(candidates, 0)
    for given, count in points.items():
        for key, value in given:
            people[key] += count * (value > 0)
    return people
