"""Profiles made by chance, small, and full of ties and of answers left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from hypothesis import strategies as st

from workshop_tui.counting.profiles import Approvals, Ranking, Rankings, Scores

FOUR = ("a", "b", "c", "d")

Answer = TypeVar("Answer")


@st.composite
def ranking(draw: st.DrawFn, keys: tuple[str, ...] = FOUR, equal: bool = True) -> Ranking:
    """One ranking: some in order, some of them equal, some left out."""
    order = draw(st.permutations(keys))[: draw(st.integers(0, len(keys)))]
    groups: list[tuple[str, ...]] = []
    for key in order:
        if equal and groups and draw(st.integers(0, 3)) == 0:
            groups[-1] = tuple(sorted((*groups[-1], key)))
        else:
            groups.append((key,))
    return tuple(groups)


def rankings(keys: tuple[str, ...] = FOUR, *, equal: bool = True, most: int = 3) -> st.SearchStrategy[Rankings]:
    """How many people gave each ranking."""
    return st.dictionaries(ranking(keys, equal), st.integers(1, most), max_size=8)


def scores(keys: tuple[str, ...] = FOUR, most: int = 5) -> st.SearchStrategy[Scores]:
    """How many people gave each set of scores, some left blank."""
    one = st.fixed_dictionaries({}, optional={key: st.integers(0, most) for key in keys})
    return st.dictionaries(one.map(lambda given: tuple(sorted(given.items()))), st.integers(1, 3), max_size=8)


def approvals(keys: tuple[str, ...] = FOUR) -> st.SearchStrategy[Approvals]:
    """How many people chose each set."""
    one = st.sets(st.sampled_from(keys)).map(lambda chosen: tuple(sorted(chosen)))
    return st.dictionaries(one, st.integers(1, 3), max_size=8)


def one_by_one(profile: Mapping[Answer, int]) -> list[Answer]:
    """Every person's answer, for libraries that want them all."""
    return [answer for answer, people in profile.items() for _ in range(people)]


def strict(text: str) -> Rankings:
    """Rankings written as in textbooks: "8 acb 7 bca"."""
    words = text.split()
    return {tuple((key,) for key in order): int(people) for people, order in zip(words[::2], words[1::2], strict=True)}
