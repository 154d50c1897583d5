"""Rules that compare two at a time: how many people put one above the other."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.counting.outcome import Outcome, by_most, in_places
from workshop_tui.counting.patience import ENDLESS, Patience
from workshop_tui.counting.profiles import Candidates, Key, Number, Rankings
from workshop_tui.messages import Message, tr

Strength = Literal["winning votes", "margins"]
"""How strong a win is: the number of people on its side, or by how many they are more than the other side."""

PAIRS_A_STEP: Final = 8
"""How many pairs of a table are looked at in the time of one step of `Patience`."""

_MINIMAX: Final[dict[Strength, Message]] = {
    "winning votes": tr("Smallest worst loss (minimax, winning votes)"),
    "margins": tr("Smallest worst loss (minimax, margins)"),
}
_SCHULZE: Final[dict[Strength, Message]] = {
    "winning votes": tr("Strongest paths (Schulze, winning votes)"),
    "margins": tr("Strongest paths (Schulze, margins)"),
}


class Pairwise(Struct, frozen=True):
    """How often each candidate is put above each other one."""

    candidates: tuple[Key, ...]
    beats: dict[tuple[Key, Key], int]
    """(a, b): how many people put a above b. Two at an equal rank, or both left out, count for neither."""
    ballots: int
    """How many rankings it was made of."""

    def lead(self, one: Key, other: Key) -> int:
        """By how many people `one` is put above `other` more often than below; negative when it loses."""
        return self.beats[one, other] - self.beats[other, one]

    def strength(self, one: Key, other: Key, measure: Strength) -> int:
        """How strong a win is; 0 when it is none."""
        if self.lead(one, other) <= 0:
            return 0
        return self.beats[one, other] if measure == "winning votes" else self.lead(one, other)


def pairwise(candidates: Candidates, rankings: Rankings) -> Pairwise:
    """Compare all pairs in all rankings; who is left out is below all who are ranked.

    A row of the table is one long whole number with a field of `width` bits for each candidate, so that one addition
    counts a person's preference for a candidate over all those below. No field can overflow into the next: none counts
    more people than there are.
    """
    ballots = sum(rankings.values())
    width = max(ballots.bit_length(), 1)
    field = {key: 1 << at * width for at, key in enumerate(candidates)}
    everybody = sum(field.values())
    rows = dict.fromkeys(candidates, 0)
    for ranking, count in rankings.items():
        below = everybody
        for group in ranking:
            for key in group:
                below -= field[key]
            for key in group:
                rows[key] += below * count
    mask = (1 << width) - 1
    beats = {
        (one, other): rows[one] >> at * width & mask
        for one in candidates
        for at, other in enumerate(candidates)
        if one != other
    }
    return Pairwise(tuple(candidates), beats, ballots)


def condorcet_winner(table: Pairwise) -> Outcome:
    """Who wins against every other one alone (Condorcet, Essai sur l'application de l'analyse, 1785).

    There may be none: then nobody wins by this rule, and a note says so. The margin is the smallest lead.
    """
    wins = _wins(table)
    winner = tuple(key for key in table.candidates if wins[key] == len(table.candidates) - 1 and _said(table))
    leads = [table.lead(winner[0], key) for key in table.candidates if key != winner[0]] if winner else []
    return Outcome(
        rule=tr("Wins against each other one (Condorcet)"),
        winners=winner,
        places=in_places(table.candidates, {key: int(key in winner) for key in table.candidates}),
        figures=tuple(wins.items()),
        notes=() if winner else (tr("Nobody wins against every other one."),),
        margin=min(leads, default=None),
    )


def smith_set(table: Pairwise) -> Outcome:
    """The smallest group of which each wins against everybody outside it (Smith 1973; Good 1971).

    With a Condorcet winner it is that one alone.
    """
    candidates = table.candidates
    reach = {one: {other for other in candidates if other != one and table.lead(other, one) >= 0} for one in candidates}
    # Whoever does best against the others is in it (Copeland's winners are); with one of its members come exactly those
    # who do not lose to somebody in it.
    halves = _halves(table)
    smallest: set[Key] = set()
    todo = [max(candidates, key=lambda key: halves[key])] if candidates else []
    while todo:
        one = todo.pop()
        if one not in smallest:
            smallest.add(one)
            todo.extend(reach[one] - smallest)
    inside = {key: int(key in smallest) for key in candidates}
    places = in_places(candidates, inside)
    return Outcome(
        rule=tr("Smith set"),
        winners=places[0] if _said(table) else (),
        places=places,
        figures=tuple(inside.items()),
    )


def copeland(table: Pairwise) -> Outcome:
    """One point for each other one that is won against, half a point for a draw (Copeland 1951)."""
    candidates, halves = table.candidates, _halves(table)
    points: dict[Key, Number] = {
        key: value // 2 if value % 2 == 0 else Fraction(value, 2) for key, value in halves.items()
    }
    return by_most(tr("Wins against others (Copeland)"), candidates, points, said=_said(table))


def minimax(table: Pairwise, *, strength: Strength = "winning votes") -> Outcome:
    """Whose worst loss is the smallest (Simpson 1969, Kramer 1977).

    The figures are the worst losses, as numbers below 0; 0 for who loses against nobody.
    """
    candidates = table.candidates
    losses: dict[Key, Number] = {
        one: -max((table.strength(other, one, strength) for other in candidates if other != one), default=0)
        for one in candidates
    }
    return by_most(_MINIMAX[strength], candidates, losses, said=_said(table))


def schulze(table: Pairwise, *, strength: Strength = "winning votes", patience: Patience = ENDLESS) -> Outcome:
    """The strongest paths (M. Schulze, A new monotonic, clone-independent, ... election method, 2011).

    A path is a chain of wins and as strong as its weakest link. One is ahead of another when its strongest path to
    the other is stronger than the other's back. Who has nobody ahead wins; without them the next place is found.
    The figures are how many others each is ahead of.

    Args:
        table: The comparisons.
        strength: "winning votes" is what Schulze proposes; "margins" differs only where people leave candidates out or
            rank them equal.
        patience: How much it may cost.

    Raises:
        TooLong: it costs more.
    """
    candidates = table.candidates
    numbers = range(len(candidates))
    paths = [
        [0 if one == other else table.strength(one, other, strength) for other in candidates] for one in candidates
    ]
    for middle in numbers:
        patience.spend(len(numbers) ** 2 // PAIRS_A_STEP + 1)
        through = paths[middle]
        for one in numbers:
            row = paths[one]
            first = row[middle]
            if first:
                for other, second in enumerate(through):
                    link = first if first < second else second
                    if link > row[other]:
                        row[other] = link
    ahead = {
        candidates[one]: {
            candidates[other] for other in numbers if one != other and paths[one][other] > paths[other][one]
        }
        for one in numbers
    }
    places = _layers(candidates, ahead)
    return Outcome(
        rule=_SCHULZE[strength],
        winners=places[0] if places and _said(table) else (),
        places=places,
        figures=tuple((key, len(ahead[key])) for key in candidates),
    )


def _layers(candidates: Candidates, ahead: Mapping[Key, set[Key]]) -> tuple[tuple[Key, ...], ...]:
    """Places from a partial order: first those with nobody ahead, then the same among the rest."""
    left, places = list(candidates), []
    while left:
        beaten = set().union(*(ahead[key] for key in left))
        place = tuple(key for key in left if key not in beaten)
        places.append(place)
        left = [key for key in left if key in beaten]
    return tuple(places)


def _halves(table: Pairwise) -> dict[Key, int]:
    """Twice the points of each candidate by Copeland."""
    return {
        one: sum(
            1 + (lead > 0) - (lead < 0)
            for lead in (table.lead(one, other) for other in table.candidates if other != one)
        )
        for one in table.candidates
    }


def _wins(table: Pairwise) -> dict[Key, int]:
    """How many others each candidate wins against."""
    return {
        one: sum(table.lead(one, other) > 0 for other in table.candidates if other != one) for one in table.candidates
    }


def _said(table: Pairwise) -> bool:
    """Whether anybody preferred anything to anything; a single candidate needs only a ballot."""
    return any(table.beats.values()) or (len(table.candidates) == 1 and table.ballots > 0)
