"""Rules that read places in a ranking: first choices, and points for places."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from workshop_tui.counting.outcome import Outcome, by_most
from workshop_tui.counting.profiles import Candidates, Key, Number, Rankings, exact
from workshop_tui.messages import tr, trn

Unranked = Literal["nothing", "average"]


def plurality(candidates: Candidates, rankings: Rankings) -> Outcome:
    """Who is the first choice of most people (first past the post).

    An equal first rank names no first choice and counts for nobody; it is noted. The margin is exact: the number
    of first choices between the first and the second.
    """
    firsts = dict.fromkeys(candidates, 0)
    equal = 0
    for ranking, people in rankings.items():
        if ranking and len(ranking[0]) == 1:
            firsts[ranking[0][0]] += people
        elif ranking:
            equal += people
    note = trn(
        "{n} put several in the first place; this counts for none of them.",
        "{n} put several in the first place; this counts for none of them.",
        equal,
    )
    notes = (note,) if equal else ()
    return by_most(tr("First choices"), candidates, firsts, said=any(firsts.values()), notes=notes)


def borda(
    candidates: Candidates, rankings: Rankings, *, unranked: Unranked = "nothing", places: int | None = None
) -> Outcome:
    """Points for places (J.-C. de Borda, Mémoire sur les élections au scrutin, 1781).

    The first of n candidates gets n points, the next n - 1, and so on. Equal ranks share the points of the places
    they fill, each getting their average (Black 1976, "Partial justification of the Borda count").

    Who is left out gets nothing (what `rank` items use) or the "average" of the points that are left, as if all of them
    shared the last rank. With fewer `places` than candidates the first gives as many points as there are places, and
    those beyond give nothing.
    """
    top = len(candidates) if places is None else places
    points = dict.fromkeys(candidates, 0)
    shared: dict[int, dict[Key, int]] = {}
    for ranking, people in rankings.items():
        worth, groups = top, ranking
        if unranked == "average":
            ranked = {key for group in ranking for key in group}
            groups = (*ranking, tuple(key for key in candidates if key not in ranked))
        for group in groups:
            if len(group) == 1:
                points[group[0]] += worth * people
            elif group and worth:
                together = sum(max(worth - step, 0) for step in range(len(group)))
                parts = shared.setdefault(len(group), dict.fromkeys(candidates, 0))
                for key in group:
                    parts[key] += together * people
            worth = max(worth - len(group), 0)
    figures: dict[Key, Number] = {
        key: exact(sum((Fraction(parts[key], size) for size, parts in shared.items()), Fraction(points[key])))
        for key in candidates
    }
    rule = (
        tr("Points for places (Borda), left out gives nothing")
        if unranked == "nothing"
        else tr("Points for places (Borda), left out shares the points that are left")
    )
    short = tr("Points for places (Borda)")
    return by_most(rule, candidates, figures, said=any(figures.values()), short=short)
