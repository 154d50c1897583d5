"""The method of equal shares at one height of the shares, in exact whole numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, inf, lcm
from typing import Final, TypeAlias

from msgspec import Struct

from workshop_tui.counting.patience import ENDLESS, Patience
from workshop_tui.counting.profiles import Candidates, Key

WAYS: Final = 256
"""How many states are followed when ties part the ways, before the rest is left open and said so."""

NEARLY: Final = 1 + 1e-9
"""Prices that are this much apart as rounded numbers are surely apart."""

Price: TypeAlias = tuple[int, int]
"""What each pays for each unit of what a project is worth to them, as a fraction, in units of the purse."""


class Group(Struct, frozen=True):
    """People who gave the same answer; their money always stays the same as each other's."""

    people: int
    worth: dict[Key, int]
    """What each project they want is worth to each of them, above 0."""


class Ways(Struct, frozen=True):
    """All that can be bought in the end."""

    bought: frozenset[frozenset[Key]]
    """One set for each way that ends differently."""
    cut: bool = False
    """Whether there were too many ways to follow them all."""


class Bundle(Struct, frozen=True):
    """Groups of one size to which a project is worth the same."""

    people: int
    """How many people each group has."""
    worth: int
    groups: tuple[int, ...]
    """Their numbers."""


class Project(Struct, frozen=True):
    """What does not change about a project."""

    cost: int
    votes: int
    backers: tuple[Bundle, ...]
    """Who wants it."""
    common: int
    """A number all worths divide."""
    groups: int = 0
    """How many groups want it."""


class Purse(Struct):
    """The state on one way: who has how much left, and what can still be bought."""

    pocket: list[int]
    """Which pocket each group has: people with the same pocket have the same money left."""
    money: list[int]
    """What is left in each pocket, in units of 1 / unit."""
    unit: int
    prices: dict[Key, float]
    """Projects not bought, with about the lowest price they can have: prices only rise as money goes. It only saves
    looking; who is cheapest is found in whole numbers."""
    bought: frozenset[Key] = frozenset()


def ways_to_spend(projects: Mapping[Key, Project], groups: int, share: Fraction, patience: Patience = ENDLESS) -> Ways:
    """Buy what its supporters can pay for together, the lowest price first, until nothing can be bought.

    Ties are followed in the order of `projects`. All shares together may be more than there really is, for the add-one
    step.

    Raises:
        TooLong: it costs more than there is patience for.
    """
    todo = [Purse([0] * groups, [share.numerator], share.denominator, dict.fromkeys(projects, 0.0))]
    ends, seen, followed = set[frozenset[Key]](), set[tuple[frozenset[Key], tuple[int, ...]]](), 0
    while todo:
        purse = todo.pop()
        while found := _cheapest(purse, projects, patience):
            choices, price = found
            key = _free(choices, projects, purse) if len(choices) > 1 else choices[0]
            if key is not None:
                _buy(purse, projects[key], key, price)
                continue
            if followed + len(todo) > WAYS:
                break
            for choice in reversed(choices):
                copy = Purse(purse.pocket.copy(), purse.money.copy(), purse.unit, purse.prices.copy(), purse.bought)
                _buy(copy, projects[choice], choice, price)
                if (mark := _mark(copy)) not in seen:
                    seen.add(mark)
                    todo.append(copy)
            break
        else:
            ends.add(purse.bought)
        followed += 1
    return Ways(frozenset(ends), followed > WAYS)


def wanted(
    candidates: Candidates, costs: Mapping[Key, int], groups: Sequence[Group], votes: Mapping[Key, int]
) -> dict[Key, Project]:
    """Projects that somebody wants; at the same price and the same cost those with more votes go first."""
    backers: dict[Key, dict[tuple[int, int], list[int]]] = {key: {} for key in candidates}
    for number, group in enumerate(groups):
        for key, worth in group.worth.items():
            backers[key].setdefault((group.people, worth), []).append(number)
    return {
        key: Project(
            cost=costs[key],
            votes=votes[key],
            backers=tuple(Bundle(people, worth, tuple(numbers)) for (people, worth), numbers in bundles.items()),
            common=lcm(*(worth for _, worth in bundles)),
            groups=sum(map(len, bundles.values())),
        )
        for key, bundles in backers.items()
        if bundles
    }


def _cheapest(purse: Purse, projects: Mapping[Key, Project], patience: Patience) -> tuple[list[Key], Price] | None:
    """What comes next, at its price: the lowest price, then the lowest cost, then the most votes; several if equal."""
    best: Price | None = None
    bound = inf
    choices: list[Key] = []
    for key in sorted(purse.prices, key=purse.prices.__getitem__):
        if purse.prices[key] > bound:
            break
        patience.spend(projects[key].groups)
        price = _price(purse, projects[key])
        if price is None:
            del purse.prices[key]
            continue
        need, still = price
        purse.prices[key] = need / (still * purse.unit)
        # The sign of the difference of two prices, in whole numbers.
        cheaper = -1 if best is None else need * best[1] - best[0] * still
        if cheaper < 0:
            best, bound, choices = price, purse.prices[key] * NEARLY, [key]
        elif not cheaper:
            choices.append(key)
    if best is None:
        return None
    if len(choices) > 1:
        order = {key: (projects[key].cost, -projects[key].votes) for key in choices}
        first = min(order.values())
        choices = [key for key in projects if order.get(key) == first]
    return choices, best


def _price(purse: Purse, project: Project) -> Price | None:
    """What each pays for what the project is worth to them, if they can pay it all; who has less pays all they have.

    Supporters are put together by how high a price they can pay, and those who can pay least come first.
    """
    money = purse.money
    have: dict[int, int] = {}
    worth: dict[int, int] = {}
    for bundle in project.backers:
        scale = project.common // bundle.worth
        for pocket, count in Counter(map(purse.pocket.__getitem__, bundle.groups)).items():
            height, people = money[pocket] * scale, count * bundle.people
            have[height] = have.get(height, 0) + money[pocket] * people
            worth[height] = worth.get(height, 0) + bundle.worth * people
    need = project.cost * purse.unit
    still = sum(worth.values())
    for height in sorted(have):
        if need * project.common <= height * still:
            return need, still
        need -= have[height]
        still -= worth[height]
    return None


def _buy(purse: Purse, project: Project, key: Key, price: Price) -> None:
    """Take from each supporter the price of what it is worth to them, or all they have."""
    del purse.prices[key]
    shared = gcd(*price)
    each, parts = price[0] // shared, price[1] // shared
    if parts > 1:
        purse.money = [left * parts for left in purse.money]
        purse.unit *= parts
    known = {left: pocket for pocket, left in enumerate(purse.money)}
    for bundle in project.backers:
        pays = each * bundle.worth
        after: dict[int, int] = {}
        for number in bundle.groups:
            before = purse.pocket[number]
            if before not in after:
                left = max(purse.money[before] - pays, 0)
                after[before] = known.setdefault(left, len(purse.money))
                if after[before] == len(purse.money):
                    purse.money.append(left)
            purse.pocket[number] = after[before]
    purse.bought |= {key}


def _free(choices: Sequence[Key], projects: Mapping[Key, Project], purse: Purse) -> Key | None:
    """One of the equal choices whose payers pay for none of the others, so that its turn changes nothing."""
    payers = {
        key: {number for bundle in projects[key].backers for number in bundle.groups if _left(purse, number)}
        for key in choices
    }
    for key in choices:
        if all(payers[key].isdisjoint(payers[other]) for other in choices if other != key):
            return key
    return None


def _left(purse: Purse, number: int) -> int:
    """What each person of a group has left."""
    return purse.money[purse.pocket[number]]


def _mark(purse: Purse) -> tuple[frozenset[Key], tuple[int, ...]]:
    """What makes a state the same as another one."""
    left = [_left(purse, number) for number in range(len(purse.pocket))]
    shared = gcd(purse.unit, *left)
    return purse.bought, (purse.unit // shared, *(money // shared for money in left))
