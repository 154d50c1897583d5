"""Ballots as plain data: orders, approvals, points or scores, in no kind's own type.

This is the form in which every counting rule and every public file format knows ballots. A poll says how its own
ballots read in it (`domain.activity.Poll.plain_profile`); nothing below or above has to know the kinds.

Lines are sorted by what was chosen, so that their order tells nothing about who came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")

Order = tuple[tuple[str, ...], ...]
"""Groups of keys, best first; a group with several keys is a tie, keys left out are not ranked."""

Approval = tuple[str, ...]
"""The keys that were chosen, sorted."""

Values = tuple[tuple[str, int], ...]
"""(key, number), sorted by key; a key left out got none, which is not the same as 0."""


class Candidate(Struct, frozen=True):
    """One of those that were chosen between."""

    key: str
    name: str
    cost: int = 0
    """In the smallest unit of the vote's money (`decimals`); 0 where nothing has a price."""


class PlainBallots(Struct, frozen=True, kw_only=True, tag_field="form"):
    """What all forms share."""

    candidates: tuple[Candidate, ...]
    """In the order they were listed."""
    budget: int = 0
    """What could be spent in all, in the same unit; 0 where nothing has a price."""
    decimals: int = 0
    """How many digits of all amounts are decimals: with 2, as for cents, a budget of 60050 is 600.50."""
    currency: str = ""
    """The sign or name of the money; may be empty."""
    rule: str = ""
    """How money is spent, as declared before the vote, by its Pabulib name: "greedy", "equalshares" or
    "equalshares/add1"; a bigger step than 1 is named likewise. Empty, or another name: nothing is known."""


class Ordered(PlainBallots, frozen=True, kw_only=True, tag="order"):
    """Everybody put candidates in order."""

    lines: tuple[tuple[int, Order], ...]
    """(how many, the order)."""
    places: int = 0
    """How many places an order had, which is what the first place is worth in points; 0 for as many as there are
    candidates."""


class Approved(PlainBallots, frozen=True, kw_only=True, tag="approval"):
    """Everybody chose some."""

    lines: tuple[tuple[int, Approval], ...]
    """(how many, what they chose)."""
    most: int = 0
    """The most one person could choose; 0 for no limit."""


class Pointed(PlainBallots, frozen=True, kw_only=True, tag="points"):
    """Everybody shared out points."""

    lines: tuple[tuple[int, Values], ...]
    """(how many, the points); none of them 0."""
    total: int = 0
    """The most one person could give away in all; 0 when that is not known."""


class Scored(PlainBallots, frozen=True, kw_only=True, tag="scores"):
    """Everybody gave each candidate a place on one scale."""

    lines: tuple[tuple[int, Values], ...]
    """(how many, the values)."""
    scale: tuple[tuple[int, str], ...]
    """(value, words), lowest first."""
    aside: tuple[tuple[int, str], ...] = ()
    """(value, words) of answers that are no place on the scale, such as "I do not know yet"."""


PlainProfile = Ordered | Approved | Pointed | Scored
"""The ballots of one vote."""


def lines_of(counts: Mapping[T, int] | Iterable[tuple[T, int]]) -> tuple[tuple[int, T], ...]:
    """Counts of ballots as the lines of a profile: equal ballots added up, sorted by what was chosen."""
    added: dict[T, int] = {}
    for ballot, count in counts.items() if isinstance(counts, Mapping) else counts:
        added[ballot] = added.get(ballot, 0) + count
    return tuple((added[ballot], ballot) for ballot in sorted(added, key=_sortable))


def counts_of(lines: Iterable[tuple[int, T]]) -> dict[T, int]:
    """The lines of a profile as counting rules take them."""
    return {ballot: count for count, ballot in lines}


def voters(profile: PlainProfile) -> int:
    """How many ballots there are."""
    return sum(count for count, _ in profile.lines)


def place_points(profile: Ordered) -> Iterator[tuple[int, Values]]:
    """(how many, the points of each that they ranked): as many for the first as an order has places, then one less.

    Only for orders without equal ranks, which are the only ones that come with a budget.
    """
    places = profile.places or len(profile.candidates)
    for count, order in profile.lines:
        yield count, tuple(sorted((group[0], max(places - at, 0)) for at, group in enumerate(order)))


def _sortable(ballot: object) -> tuple[object, ...]:
    assert isinstance(ballot, tuple)  # noqa: S101 - every form of ballot is one
    return ballot
