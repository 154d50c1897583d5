"""Every rule once more, written straight from its definition and from nothing of the program: short, slow and plain.

An answer is what one person gave, and a profile is the list of all of them: orders are lists of groups of keys, choices
sets of keys, scores dictionaries. Each rule gives the set of all who can win, and nobody where nothing was said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, pairwise, permutations
from math import lcm

Order = Sequence[Sequence[str]]
Scores = Mapping[str, int]
Found = frozenset[str]
NOBODY: Found = frozenset()


def best(figures: Mapping[str, Fraction | int], *, said: bool = True) -> Found:
    """All with the highest figure."""
    return frozenset(key for key, figure in figures.items() if figure == max(figures.values())) if said else NOBODY


# Orders. ------------------------------------------------------------------------------------------------------------


def first_choices(keys: Sequence[str], orders: Sequence[Order]) -> Found:
    votes = {key: sum(order[0] == (key,) for order in orders if order) for key in keys}
    return best(votes, said=any(votes.values()))


def points_for_places(keys: Sequence[str], orders: Sequence[Order], places: int) -> Found:
    """The first gets as many points as there are places; an equal rank the average of the places it fills."""
    points = dict.fromkeys(keys, Fraction(0))
    for order in orders:
        taken = 0
        for group in order:
            fills = [max(places - taken - step, 0) for step in range(len(group))]
            for key in group:
                points[key] += Fraction(sum(fills), len(group))
            taken += len(group)
    return best(points, said=any(points.values()))


def above(order: Order, one: str, other: str) -> bool:
    """Whether one is put above another; left out is below all that is ranked."""
    place = {key: at for at, group in enumerate(order) for key in group}
    return place.get(one, len(order)) < place.get(other, len(order))


class Duels:
    """How many put each above each other one."""

    def __init__(self, keys: Sequence[str], orders: Sequence[Order]) -> None:
        self.keys = keys
        self.votes = {
            (one, other): sum(above(order, one, other) for order in orders) for one, other in permutations(keys, 2)
        }
        self.said = any(self.votes.values())

    def beats(self, one: str, other: str) -> bool:
        return self.votes[one, other] > self.votes[other, one]

    def strength(self, one: str, other: str, margins: bool) -> int:
        if not self.beats(one, other):
            return 0
        return self.votes[one, other] - (self.votes[other, one] if margins else 0)

    def others(self, one: str) -> list[str]:
        return [key for key in self.keys if key != one]


def condorcet(duels: Duels) -> Found:
    return frozenset(one for one in duels.keys if all(duels.beats(one, other) for other in duels.others(one)))


def smith(duels: Duels) -> Found:
    """The smallest group of which each beats everybody outside, found by trying all groups."""
    sizes = range(1, len(duels.keys) + 1)
    groups = chain.from_iterable(combinations(duels.keys, size) for size in sizes)
    holds = (
        set(group)
        for group in groups
        if all(duels.beats(one, other) for one in group for other in duels.keys if other not in group)
    )
    return frozenset(next(holds)) if duels.said else NOBODY


def copeland(duels: Duels) -> Found:
    points = {
        one: sum(
            Fraction(1 if duels.beats(one, other) else 0 if duels.beats(other, one) else Fraction(1, 2))
            for other in duels.others(one)
        )
        for one in duels.keys
    }
    return best(points, said=duels.said)


def minimax(duels: Duels, margins: bool) -> Found:
    worst = {one: max(duels.strength(other, one, margins) for other in duels.others(one)) for one in duels.keys}
    return best({one: -loss for one, loss in worst.items()}, said=duels.said)


def schulze(duels: Duels, margins: bool) -> Found:
    """Who has a chain of wins to each other one that is at least as strong as any back; all chains are tried."""

    def chain_strength(one: str, other: str) -> int:
        between = [key for key in duels.keys if key not in (one, other)]
        ways = ((one, *way, other) for size in range(len(between) + 1) for way in permutations(between, size))
        return max(min(duels.strength(step, to, margins) for step, to in pairwise(way)) for way in ways)

    strong = {pair: chain_strength(*pair) for pair in permutations(duels.keys, 2)}
    winners = (o for o in duels.keys if all(strong[o, other] >= strong[other, o] for other in duels.others(o)))
    return frozenset(winners) if duels.said else NOBODY


Lasts = frozenset[tuple[tuple[str, Fraction], tuple[str, Fraction]]]


def run_off(keys: Sequence[str], orders: Sequence[Order], equal: str, together: bool = False) -> tuple[Found, Lasts]:
    """Who can win if those with the fewest leave, in any order; and all last rounds of two that have one winner."""
    if not any(orders):
        return NOBODY, frozenset()
    return _left(frozenset(keys), orders, equal, together, frozenset())


def _left(
    standing: Found, orders: Sequence[Order], equal: str, together: bool, stopped: frozenset[int]
) -> tuple[Found, Lasts]:
    votes = dict.fromkeys(sorted(standing), Fraction(0))
    for number, order in enumerate(orders):
        ranks = [[key for key in group if key in standing] for group in order]
        ranks = [rank for rank in ranks if len(rank) == 1 or (rank and equal != "next")]
        if not ranks or number in stopped:
            continue
        if len(ranks[0]) > 1 and equal == "stop":
            stopped |= {number}
        if len(ranks[0]) == 1 or equal == "split":
            for key in ranks[0]:
                votes[key] += Fraction(1, len(ranks[0]))
    lowest = [key for key in votes if votes[key] == min(votes.values())]
    if len(lowest) == len(votes) and (len(votes) <= 2 or together):
        return standing, frozenset()
    leaving = [frozenset(lowest)] if together else [frozenset({key}) for key in lowest]
    winners, lasts = set[str](), set[tuple[tuple[str, Fraction], tuple[str, Fraction]]]()
    for gone in leaving:
        rest = standing - gone
        if len(rest) == 1:
            (won,) = rest
            winners.add(won)
            lasts.update(((won, votes[won]), (key, votes[key])) for key in gone)
        else:
            more, more_lasts = _left(rest, orders, equal, together, stopped)
            winners |= more
            lasts |= more_lasts
    return frozenset(winners), frozenset(lasts)


# Choices, points and scores. ----------------------------------------------------------------------------------------


def approval(keys: Sequence[str], choices: Sequence[frozenset[str]]) -> Found:
    return best({key: sum(key in chosen for chosen in choices) for key in keys}, said=any(choices))


def sums(keys: Sequence[str], scores: Sequence[Scores]) -> dict[str, int]:
    return {key: sum(given.get(key, 0) for given in scores) for key in keys}


def cumulative(keys: Sequence[str], scores: Sequence[Scores]) -> Found:
    return best(sums(keys, scores), said=any(sums(keys, scores).values()))


def star(keys: Sequence[str], scores: Sequence[Scores], most: int, official: bool) -> Found:
    """The two with the highest sums, then who is scored higher by more people; a blank is as 0."""
    total = sums(keys, scores)
    tops = {key: sum(given.get(key, 0) == most for given in scores) for key in keys}

    def preferred(one: str, other: str) -> int:
        return sum(given.get(one, 0) > given.get(other, 0) for given in scores)

    found: set[str] = set()
    for one, other in _finals(keys, total, tops, preferred, official) if any(total.values()) else ():
        mine, theirs = (
            (preferred(a, b), *((total[a], tops[a]) if official else ())) for a, b in ((one, other), (other, one))
        )
        found |= {one} if mine > theirs else {other} if theirs > mine else {one, other}
    return frozenset(found)


def _finals(keys, total, tops, preferred, official):  # type: ignore[no-untyped-def]
    """Every pair that can meet: of those that tie for it, who wins more comparisons among them, then has more tops."""
    sure: list[str] = []
    tied = list(keys)
    by_sum, by_tops = total.__getitem__, tops.__getitem__

    def among(key: str) -> int:
        return sum(preferred(key, other) for other in tied if other != key)

    for figure in (by_sum, among, by_tops) if official else (by_sum,):
        figures = {key: figure(key) for key in tied}
        free = 2 - len(sure)
        if len(tied) <= free:
            break
        edge = sorted(figures.values(), reverse=True)[free - 1]
        sure += [key for key in tied if figures[key] > edge]
        tied = [key for key in tied if figures[key] == edge]
    return [(*sure, *more) for more in combinations(tied, 2 - len(sure))]


def grades_of(keys: Sequence[str], scores: Sequence[Scores]) -> dict[str, list[int]]:
    """The grades that each got, lowest first; who got none is not in it."""
    got = {key: sorted(given[key] for given in scores if key in given) for key in keys}
    return {key: grades for key, grades in got.items() if grades}


def median(keys: Sequence[str], scores: Sequence[Scores]) -> Found:
    graded = grades_of(keys, scores)
    return best({key: grades[(len(grades) - 1) // 2] for key, grades in graded.items()}) if graded else NOBODY


def majority_judgment(keys: Sequence[str], scores: Sequence[Scores]) -> Found:
    """The lower median is taken away again and again, and what was taken is compared in that order."""
    graded = grades_of(keys, scores)
    longest = lcm(*map(len, graded.values())) if graded else 0
    taken = {}
    for key, grades in graded.items():
        left = sorted(grades * (longest // len(grades)))
        taken[key] = [left.pop((len(left) - 1) // 2) for _ in range(longest)]
    highest = max(taken.values(), default=[])
    return frozenset(key for key in taken if taken[key] == highest)


def weighted(keys: Sequence[str], marks: Mapping[tuple[str, str], int], weights: Mapping[str, int]) -> Found:
    if not sum(weights.values()) or not marks:
        return NOBODY
    return best({key: sum(marks.get((key, part), 0) * weight for part, weight in weights.items()) for key in keys})


# Budgets. -----------------------------------------------------------------------------------------------------------


def greedy(support: Mapping[str, int], costs: Mapping[str, int], budget: int) -> frozenset[Found]:
    """Most votes first, then the cheaper; all that can be bought, whichever of those that are alike goes first."""
    ends = set()
    for lot in permutations(support):
        left, bought = budget, set[str]()
        for key in sorted(lot, key=lambda key: (-support[key], costs[key])):
            if support[key] > 0 and costs[key] <= left:
                left -= costs[key]
                bought.add(key)
        ends.add(frozenset(bought))
    return frozenset(ends)


def equal_shares(
    wants: Sequence[Scores], costs: Mapping[str, int], share: Fraction, votes: Mapping[str, int]
) -> frozenset[Found]:
    """What supporters can pay for together, the lowest price for what it is worth first; all that can be bought.

    At the same price the cheaper goes first, then who has more votes.
    """
    return _bought(wants, costs, [share] * len(wants), votes, NOBODY)


def _bought(
    wants: Sequence[Scores], costs: Mapping[str, int], money: list[Fraction], votes: Mapping[str, int], got: Found
) -> frozenset[Found]:
    prices = {
        key: price for key in costs if key not in got and (price := _price(wants, costs[key], money, key)) is not None
    }
    if not prices:
        return frozenset({got})
    order = {key: (price, costs[key], -votes[key]) for key, price in prices.items()}
    ends: frozenset[Found] = frozenset()
    for key in (key for key in order if order[key] == min(order.values())):
        paid = [left - min(left, prices[key] * want.get(key, 0)) for want, left in zip(wants, money, strict=True)]
        ends |= _bought(wants, costs, paid, votes, got | {key})
    return ends


def _price(wants: Sequence[Scores], cost: int, money: Sequence[Fraction], key: str) -> Fraction | None:
    """The lowest price at which those who want it can pay for it, each at most all they have; None for none."""
    backers = [(left, want[key]) for want, left in zip(wants, money, strict=True) if want.get(key, 0) > 0]
    if not backers or sum(left for left, _ in backers) < cost:
        return None
    for limit, _ in sorted((left / worth, at) for at, (left, worth) in enumerate(backers)):
        poor = sum(left for left, worth in backers if left / worth < limit)
        rich = sum(worth for left, worth in backers if left / worth >= limit)
        price = (cost - poor) / Fraction(rich)
        if price <= limit:
            return price
    return None


def raised(
    wants: Sequence[Scores], costs: Mapping[str, int], budget: int, votes: Mapping[str, int]
) -> frozenset[Found]:
    """Equal shares, each share raised by one from the whole unit below, as long as what is bought fits the budget."""
    everything = frozenset(key for key in costs if any(want.get(key, 0) > 0 for want in wants))
    now = set(equal_shares(wants, costs, Fraction(budget, len(wants)), votes))
    ends, share = set[Found](), budget // len(wants)
    while now != {everything}:
        share += 1
        after = equal_shares(wants, costs, Fraction(share), votes)
        fits = {bought for bought in after if sum(costs[key] for key in bought) <= budget}
        if len(fits) < len(after):
            ends |= now
        if not fits:
            return frozenset(ends)
        now = fits
    return frozenset(ends | now)
