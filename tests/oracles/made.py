"""Thousands of small profiles made by a seeded chance, full of ties, equal ranks and options left out."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TypeAlias

Ranks: TypeAlias = dict[tuple[tuple[str, ...], ...], int]
Sheets: TypeAlias = dict[tuple[tuple[str, int], ...], int]
Choices: TypeAlias = dict[tuple[str, ...], int]

KEYS = tuple("abcde")
"""Never more than five: some of the libraries follow every order of a tie."""


def rankings(chance: Random, *, equal: bool) -> tuple[tuple[str, ...], Ranks]:
    """Candidates, and one to fourteen rankings; every one names somebody."""
    keys = KEYS[: chance.randint(3, 5)]
    made: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for _ in range(chance.randint(1, 14)):
        order = chance.sample(keys, chance.randint(1, len(keys)))
        groups: list[list[str]] = []
        for key in order:
            if equal and groups and chance.random() < 0.25:
                groups[-1].append(key)
            else:
                groups.append([key])
        made[tuple(tuple(sorted(group)) for group in groups)] += chance.choice((1, 1, 2, 7))
    return keys, dict(made)


def crowded(chance: Random, keys: tuple[str, ...]) -> Ranks:
    """Forty to two hundred people with favourites in common, so that some have far more votes than they need."""
    liked = {key: chance.random() * 2 for key in keys}
    made: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for _ in range(chance.randint(40, 200)):
        order = sorted(keys, key=lambda key: liked[key] + chance.gauss(0, 0.6), reverse=True)
        made[tuple((key,) for key in order[: chance.randint(1, len(keys))])] += 1
    return dict(made)


def sheets(chance: Random, *, complete: bool) -> tuple[tuple[str, ...], Sheets]:
    """Candidates, and one to fourteen sheets of scores from 0 to 5."""
    keys = KEYS[: chance.randint(2, 5)]
    made: Counter[tuple[tuple[str, int], ...]] = Counter()
    for _ in range(chance.randint(1, 14)):
        made[tuple((key, chance.randint(0, 5)) for key in keys if complete or chance.random() < 0.8)] += 1
    return keys, dict(made)


def choices(chance: Random) -> tuple[tuple[str, ...], Choices]:
    """Candidates, and one to fourteen sets; every one has somebody."""
    keys = KEYS[: chance.randint(3, 5)]
    made: Counter[tuple[str, ...]] = Counter()
    for _ in range(chance.randint(1, 14)):
        made[tuple(sorted(chance.sample(keys, chance.randint(1, len(keys) - 1))))] += 1
    return keys, dict(made)


def prices(chance: Random, keys: tuple[str, ...], people: int) -> tuple[dict[str, int], int]:
    """What each costs, often the same, and a budget that people can share without a remainder."""
    costs = {key: chance.choice((10, 10, 12, 15, 20, 30)) for key in keys}
    share = max(1, sum(costs.values()) * chance.randint(3, 9) // 10 // people)
    return costs, share * people
