"""Every rule against a short count written straight from its definition, on profiles made by chance.

Profiles are small and full of ties, equal ranks and answers left out: there definitions differ, if they differ at all.
`make test` counts some, `make test-long` 10,000 for each rule. The single transferable vote is not among them: its
definition is as long as its count, so it is held to worked examples and to another program (`tests/oracles`).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import pytest

from tests.counting import reference
from workshop_tui.counting.approvals import approval, cumulative
from workshop_tui.counting.criteria import weighted
from workshop_tui.counting.grades import majority_judgment, median
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import condorcet_winner, copeland, minimax, pairwise, schulze, smith_set
from workshop_tui.counting.ranks import borda, plurality
from workshop_tui.counting.runoff import irv
from workshop_tui.counting.shares import equal_shares, greedy
from workshop_tui.counting.star import star

PROFILES = pytest.mark.parametrize(
    "profiles",
    [
        pytest.param(150, id="some"),
        pytest.param(10_000, id="all", marks=[pytest.mark.long, pytest.mark.timeout(1_800)]),
    ],
)
MOST = 4

Order = tuple[tuple[str, ...], ...]


class Chance:
    """Answers by chance, from a fixed seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.keys: tuple[str, ...] = ()

    def next_room(self, most: int = 4) -> int:
        """Another number of candidates, and of people."""
        self.keys = tuple("abcde"[: self.random.randint(2, most)])
        return self.random.choice((0, 1, 2, 3, 4, 5, 6, 7, 9, 12))

    def order(self, equal: float = 0.15) -> Order:
        keys = self.random.sample(self.keys, self.random.randint(0, len(self.keys)))
        groups: list[tuple[str, ...]] = []
        for key in keys:
            if groups and self.random.random() < equal:
                groups[-1] = tuple(sorted((*groups[-1], key)))
            else:
                groups.append((key,))
        return tuple(groups)

    def chosen(self) -> tuple[str, ...]:
        return tuple(key for key in self.keys if self.random.random() < 0.45)

    def scores(self, blank: float = 0.25, least: int = 0) -> tuple[tuple[str, int], ...]:
        given = ((key, self.random.randint(least, MOST)) for key in self.keys)
        return tuple((key, value) for key, value in given if self.random.random() >= blank)


def same(ours: Iterable[str], theirs: Iterable[str], profile: object) -> None:
    assert set(ours) == set(theirs), profile


def table(keys: tuple[str, ...], orders: list[Order]) -> tuple[Any, reference.Duels]:
    return pairwise(keys, Counter(orders)), reference.Duels(keys, orders)


RULES: dict[str, Callable[[tuple[str, ...], list[Order]], tuple[Outcome, reference.Found]]] = {
    "plurality": lambda k, o: (plurality(k, Counter(o)), reference.first_choices(k, o)),
    "borda": lambda k, o: (borda(k, Counter(o)), reference.points_for_places(k, o, len(k))),
    "borda, 2 places": lambda k, o: (borda(k, Counter(o), places=2), reference.points_for_places(k, o, 2)),
    "condorcet": lambda k, o: (condorcet_winner(table(k, o)[0]), reference.condorcet(table(k, o)[1])),
    "smith": lambda k, o: (smith_set(table(k, o)[0]), reference.smith(table(k, o)[1])),
    "copeland": lambda k, o: (copeland(table(k, o)[0]), reference.copeland(table(k, o)[1])),
    "minimax": lambda k, o: (minimax(table(k, o)[0]), reference.minimax(table(k, o)[1], margins=False)),
    "minimax-margins": lambda k, o: (
        minimax(table(k, o)[0], strength="margins"), reference.minimax(table(k, o)[1], margins=True),
    ),
    "schulze": lambda k, o: (schulze(table(k, o)[0]), reference.schulze(table(k, o)[1], margins=False)),
    "schulze-margins": lambda k, o: (
        schulze(table(k, o)[0], strength="margins"), reference.schulze(table(k, o)[1], margins=True),
    ),
}  # fmt: skip


@PROFILES
@pytest.mark.parametrize("rule", RULES)
def test_orders_are_counted_as_defined(rule: str, profiles: int) -> None:
    chance = Chance(rule)
    for _ in range(profiles):
        orders = [chance.order() for _ in range(chance.next_room())]
        ours, theirs = RULES[rule](chance.keys, orders)
        same(ours.winners, theirs, orders)


@PROFILES
@pytest.mark.parametrize("ties", ["all", "together"])
@pytest.mark.parametrize("equal", ["wait", "stop", "next", "split"])
def test_a_run_off_is_every_order_of_leaving_and_tells_all_its_last_rounds(
    equal: Any, ties: Any, profiles: int
) -> None:
    chance = Chance(f"{equal} {ties}")
    for _ in range(profiles):
        orders = [chance.order() for _ in range(chance.next_room(5))]
        outcome = irv(chance.keys, Counter(orders), equal=equal, ties=ties)
        winners, lasts = reference.run_off(chance.keys, orders, equal, ties == "together")
        same(outcome.winners, winners, orders)
        assert {((a, Fraction(x)), (b, Fraction(y))) for (a, x), (b, y) in outcome.last_rounds} == lasts, orders
        leads = {won - lost for (_, won), (_, lost) in lasts}
        margin = 0 if len(winners) > 1 else next(iter(leads)) if len(winners) == len(leads) == 1 else None
        assert outcome.margin == margin, orders


@PROFILES
def test_choices_are_counted_as_defined(profiles: int) -> None:
    chance = Chance("choices")
    for _ in range(profiles):
        chosen = [chance.chosen() for _ in range(chance.next_room())]
        same(
            approval(chance.keys, Counter(chosen)).winners,
            reference.approval(chance.keys, [frozenset(each) for each in chosen]),
            chosen,
        )


SCORES: dict[str, Callable[[tuple[str, ...], Any, Any], tuple[Outcome, reference.Found]]] = {
    "cumulative": lambda k, c, d: (cumulative(k, c), reference.cumulative(k, d)),
    "star": lambda k, c, d: (star(k, c, most=MOST), reference.star(k, d, MOST, official=True)),
    "star, all ties": lambda k, c, d: (star(k, c, most=MOST, ties="all"), reference.star(k, d, MOST, official=False)),
    "median": lambda k, c, d: (median(k, c, least=0, most=MOST), reference.median(k, d)),
    "majority": lambda k, c, d: (majority_judgment(k, c, least=0, most=MOST), reference.majority_judgment(k, d)),
}


@PROFILES
@pytest.mark.parametrize("rule", SCORES)
def test_scores_are_counted_as_defined(rule: str, profiles: int) -> None:
    chance = Chance(rule)
    for _ in range(profiles):
        scores = [chance.scores() for _ in range(chance.next_room())]
        ours, theirs = SCORES[rule](chance.keys, Counter(scores), [dict(given) for given in scores])
        same(ours.winners, theirs, scores)


@PROFILES
def test_criteria_are_weighed_as_defined(profiles: int) -> None:
    chance = Chance("criteria")
    for _ in range(profiles):
        chance.next_room()
        weights = {part: chance.random.randint(0, 3) for part in ("x", "y", "z")}
        marks = {
            (key, part): chance.random.randint(0, 5)
            for key in chance.keys
            for part in weights
            if chance.random.random() < 0.9
        }
        same(weighted(chance.keys, weights, marks).winners, reference.weighted(chance.keys, marks, weights), marks)


def ends_of(outcome: Outcome) -> tuple[set[str], set[str]]:
    return set(outcome.winners), set(outcome.winners) | set(outcome.tied)


def in_all_and_in_some(ends: frozenset[reference.Found]) -> tuple[set[str], set[str]]:
    return set(frozenset.intersection(*ends)), set(frozenset().union(*ends))


@PROFILES
@pytest.mark.parametrize("rule", ["greedy", "greedy, points", "shares", "shares, points", "raised", "raised, points"])
def test_a_budget_is_spent_as_defined(rule: str, profiles: int) -> None:
    chance = Chance(rule)
    for _ in range(profiles):
        people = max(1, chance.next_room() // 2)
        budget = chance.random.randint(3, 14)
        costs = {key: chance.random.randint(1, 8) for key in chance.keys}
        if rule.endswith("points"):
            given = [chance.scores(least=-1 if rule.startswith("greedy") else 0) for _ in range(people)]
            votes = {"points": Counter(given)}
            wants = [dict(each) for each in given]
            support = reference.sums(chance.keys, wants)
        else:
            chosen = [chance.chosen() for _ in range(people)]
            votes = {"approvals": Counter(chosen)}
            wants = [{key: costs[key] for key in each} for each in chosen]
            support = {key: sum(key in each for each in chosen) for key in chance.keys}
        if rule.startswith("greedy"):
            ours, ends = greedy(chance.keys, costs, budget, **votes), reference.greedy(support, costs, budget)
        elif rule.startswith("shares"):
            ours = equal_shares(chance.keys, costs, budget, add_one=False, **votes)
            ends = reference.equal_shares(wants, costs, Fraction(budget, people), support)
        else:
            ours = equal_shares(chance.keys, costs, budget, **votes)
            ends = reference.raised(wants, costs, budget, support)
        assert ends_of(ours) == in_all_and_in_some(ends), (budget, costs, votes)
