"""The method of equal shares at one height of the shares, in exact whole numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Final

from msgspec import Struct

from workshop_tui.counting.profiles import Candidates, Key

WAYS: Final = 256
"""How many states are followed when ties part the ways, before the rest is left open and said so."""


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


class Project(Struct, frozen=True):
    """What does not change about a project."""

    cost: int
    votes: int
    backers: tuple[int, ...]
    """Numbers of the groups that want it."""
    worths: tuple[int, ...]
    """What it is worth to each of these."""
    common: int
    """A number all worths divide."""
    even: bool
    """Whether it is worth the same to all who want it."""


class Purse(Struct):
    """The state on one way: who has how much left, and what can still be bought."""

    money: list[int]
    """What each person of each group has left, in units of 1 / unit."""
    unit: int
    prices: dict[Key, Fraction]
    """Projects not bought, with the lowest price they can have: prices only rise as money goes."""
    bought: frozenset[Key] = frozenset()


def ways_to_spend(
    candidates: Candidates,
    costs: Mapping[Key, int],
    groups: Sequence[Group],
    votes: Mapping[Key, int],
    budget: int,
    people: int,
) -> Ways:
    """Buy what its supporters can pay for together, the lowest price first, until nothing can be bought.

    Args:
        candidates: All projects; ties are followed in this order.
        costs: What each costs, above 0.
        groups: Who wants what.
        votes: More of these goes first at the same price and the same cost.
        budget: What all shares make together; may be more than there really is, for the add-one step.
        people: How many share it.
    """
    projects = _projects(candidates, costs, groups, votes)
    share = Fraction(budget, people)
    start = Purse([share.numerator] * len(groups), share.denominator, dict.fromkeys(projects, Fraction(0)))
    sizes = [group.people for group in groups]
    todo, ends, seen = [start], set[frozenset[Key]](), set[tuple[frozenset[Key], tuple[int, ...]]]()
    followed = 0
    while todo:
        purse = todo.pop()
        while choices := _cheapest(purse, projects, sizes):
            key = _free(choices, projects, purse) if len(choices) > 1 else choices[0]
            if key is not None:
                _buy(purse, projects[key], key, purse.prices[key])
                continue
            if followed + len(todo) > WAYS:
                break
            for choice in reversed(choices):
                copy = Purse(purse.money.copy(), purse.unit, purse.prices.copy(), purse.bought)
                _buy(copy, projects[choice], choice, copy.prices[choice])
                if (mark := _mark(copy)) not in seen:
                    seen.add(mark)
                    todo.append(copy)
            break
        else:
            ends.add(purse.bought)
        followed += 1
    return Ways(frozenset(ends), followed > WAYS)


def _projects(
    candidates: Candidates, costs: Mapping[Key, int], groups: Sequence[Group], votes: Mapping[Key, int]
) -> dict[Key, Project]:
    """Projects that somebody wants."""
    backers: dict[Key, list[int]] = {key: [] for key in candidates}
    worths: dict[Key, list[int]] = {key: [] for key in candidates}
    for number, group in enumerate(groups):
        for key, worth in group.worth.items():
            backers[key].append(number)
            worths[key].append(worth)
    return {
        key: Project(
            cost=costs[key],
            votes=votes[key],
            backers=tuple(backers[key]),
            worths=tuple(worths[key]),
            common=lcm(*worths[key]),
            even=len(set(worths[key])) == 1,
        )
        for key in candidates
        if backers[key]
    }


def _cheapest(purse: Purse, projects: Mapping[Key, Project], sizes: Sequence[int]) -> list[Key]:
    """What comes next: the lowest price, then the lowest cost, then the most votes; several if still equal."""
    best: Fraction | None = None
    choices: list[Key] = []
    for key in sorted(purse.prices, key=purse.prices.__getitem__):
        if best is not None and purse.prices[key] > best:
            break
        price = _price(purse, projects[key], sizes)
        if price is None:
            del purse.prices[key]
            continue
        purse.prices[key] = price
        if best is None or price < best:
            best, choices = price, [key]
        elif price == best:
            choices.append(key)
    if len(choices) > 1:
        order = {key: (projects[key].cost, -projects[key].votes) for key in choices}
        first = min(order.values())
        choices = [key for key in projects if order.get(key) == first]
    return choices


def _price(purse: Purse, project: Project, sizes: Sequence[int]) -> Fraction | None:
    """What each pays for what the project is worth to them, if they can pay it all; who has less pays all they have.

    Supporters are put together by how high a price they can pay: those who can pay least come first.
    """
    money = purse.money
    can: Counter[int] = Counter()
    if project.even:
        scale = project.worths[0]
        for number in project.backers:
            can[money[number]] += sizes[number]
        steps = [(left, people * left, people * scale) for left, people in sorted(can.items())]
        common = scale
    else:
        common = project.common
        worth: Counter[int] = Counter()
        for number, value in zip(project.backers, project.worths, strict=True):
            height = money[number] * (common // value)
            can[height] += money[number] * sizes[number]
            worth[height] += value * sizes[number]
        steps = [(height, can[height], worth[height]) for height in sorted(can)]
    need = project.cost * purse.unit
    still = sum(worth for _, _, worth in steps)
    for height, have, worth_here in steps:
        if need * common <= height * still:
            return Fraction(need, still * purse.unit)
        need -= have
        still -= worth_here
    return None


def _buy(purse: Purse, project: Project, key: Key, price: Fraction) -> None:
    """Take from each supporter the price of what it is worth to them, or all they have."""
    in_units = price * purse.unit
    if in_units.denominator > 1:
        purse.money = [left * in_units.denominator for left in purse.money]
        purse.unit *= in_units.denominator
    each = in_units.numerator
    money = purse.money
    for number, worth in zip(project.backers, project.worths, strict=True):
        left = money[number] - each * worth
        money[number] = left if left > 0 else 0
    del purse.prices[key]
    purse.bought |= {key}


def _free(choices: Sequence[Key], projects: Mapping[Key, Project], purse: Purse) -> Key | None:
    """One of the equal choices whose payers pay for none of the others, so that its turn changes nothing."""
    payers = {key: {number for number in projects[key].backers if purse.money[number]} for key in choices}
    for key in choices:
        if all(payers[key].isdisjoint(payers[other]) for other in choices if other != key):
            return key
    return None


def _mark(purse: Purse) -> tuple[frozenset[Key], tuple[int, ...]]:
    """What makes a state the same as another one."""
    shared = gcd(purse.unit, *purse.money)
    return purse.bought, (purse.unit // shared, *(left // shared for left in purse.money))
