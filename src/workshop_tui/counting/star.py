"""STAR: score, then automatic run-off."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Literal

from workshop_tui.counting.approvals import cumulative
from workshop_tui.counting.outcome import CountingRound, Outcome
from workshop_tui.counting.profiles import Candidates, Key, Scores
from workshop_tui.messages import tr

Ties = Literal["official", "all"]
"""How ties are narrowed before what remains is named: the steps of STAR's authors, or none."""


def star(candidates: Candidates, scores: Scores, *, most: int, ties: Ties = "official") -> Outcome:
    """The two with the highest sums go to a run-off, which more people's preference wins (Equal Vote Coalition, 2014).

    Blank adds nothing and is below or equal to every score in the run-off, as if it were 0: STAR's own rule.

    A tie for the run-off is narrowed by the authors' steps ("official"): who is preferred in more comparisons among
    the tied, then who has more of the highest score. A tie in the run-off is narrowed by the sum, then by more of the
    highest score. What remains is not picked: every way is followed, and all who can win are named.

    `most` is the highest score that could be given. One candidate alone wins if anybody scored it above 0.
    """
    sums = {key: int(figure) for key, figure in cumulative(candidates, scores).figures}
    pairs = _finals(candidates, scores, sums, most, ties)
    rounds = [CountingRound(figures=tuple(sums.items()), note=tr("Sums of the scores."))]
    winners: set[Key] = set()
    for one, other in pairs:
        firsts = _preferred(scores, one, other)
        best = max(firsts.values())
        won = [key for key in (one, other) if firsts[key] == best]
        if ties == "official" and len(won) > 1:
            won = _narrowed(_narrowed(won, sums), _tops(candidates, scores, most))
        winners.update(won)
        rounds.append(
            CountingRound(
                figures=tuple(firsts.items()), note=tr("Run-off: how many people scored each above the other.")
            )
        )
    if len(candidates) == 1:
        winners.update(candidates)
    if not any(sums.values()):
        winners, pairs = set(), []
    finalists = {key for pair in pairs for key in pair}
    rest = [key for key in candidates if key not in winners]
    order = sorted({(key in finalists, sums[key]) for key in rest}, reverse=True)
    ordered = tuple(key for key in candidates if key in winners)
    return Outcome(
        rule=tr("Score, then automatic run-off (STAR)"),
        winners=ordered,
        places=(
            *([ordered] if ordered else []),
            *(tuple(key for key in rest if (key in finalists, sums[key]) == place) for place in order),
        ),
        figures=tuple(sums.items()),
        rounds=tuple(rounds),
        notes=(tr("Several could be in the run-off; each way was followed."),) if len(pairs) > 1 else (),
        margin=_margin(rounds, len(pairs)),
    )


def _margin(rounds: list[CountingRound], finals: int) -> int | None:
    """By how many people the run-off was won; None when there was not one run-off alone."""
    if finals != 1:
        return None
    (_, one), (_, other) = rounds[-1].figures
    return abs(int(one) - int(other))


def _finals(
    candidates: Candidates, scores: Scores, sums: Mapping[Key, int], most: int, ties: Ties
) -> list[tuple[Key, Key]]:
    """Every pair that can be in the run-off."""
    if len(candidates) < 2:
        return []
    second = sorted(sums.values(), reverse=True)[1]
    sure = [key for key in candidates if sums[key] > second]
    tied = [key for key in candidates if sums[key] == second]
    for number in range(2) if ties == "official" else ():
        if len(tied) <= 2 - len(sure):
            break
        step = _tops(candidates, scores, most) if number else _comparisons(scores, tied)
        level = sorted((step[key] for key in tied), reverse=True)[1 - len(sure)]
        sure += [key for key in tied if step[key] > level]
        tied = [key for key in tied if step[key] == level]
    finals = [tuple(sorted((*sure, *more), key=list(candidates).index)) for more in combinations(tied, 2 - len(sure))]
    return [(one, other) for one, other in finals]


def _comparisons(scores: Scores, tied: list[Key]) -> dict[Key, int]:
    """How often each of the tied is scored above another of them, over all people and all pairs."""
    counts = dict.fromkeys(tied, 0)
    for given, people in scores.items():
        of = dict(given)
        values = [(key, of.get(key, 0)) for key in tied]
        for key, value in values:
            counts[key] += people * sum(value > other for _, other in values)
    return counts


def _tops(candidates: Candidates, scores: Scores, most: int) -> dict[Key, int]:
    """How many people gave each the highest score."""
    counts = dict.fromkeys(candidates, 0)
    for given, people in scores.items():
        for key, value in given:
            if value == most:
                counts[key] += people
    return counts


def _preferred(scores: Scores, one: Key, other: Key) -> dict[Key, int]:
    """How many people scored each of the two above the other."""
    firsts = {one: 0, other: 0}
    for given, people in scores.items():
        of = dict(given)
        mine, theirs = of.get(one, 0), of.get(other, 0)
        if mine != theirs:
            firsts[one if mine > theirs else other] += people
    return firsts


def _narrowed(keys: list[Key], figures: Mapping[Key, int]) -> list[Key]:
    """Those with the highest figure among them."""
    best = max(figures[key] for key in keys)
    return [key for key in keys if figures[key] == best]
