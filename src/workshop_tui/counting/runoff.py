"""Instant run-off: who has the fewest votes leaves, and those votes go to the next on each ballot."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

from workshop_tui.counting.outcome import Outcome, Round
from workshop_tui.counting.profiles import Candidates, Key, Number, Ranking, Rankings, exact

Equal = Literal["stop", "next", "split"]
"""What an equal rank does when a ballot comes to it: see `irv`."""

Ties = Literal["all", "together"]
"""When several have the fewest votes: follow every order of leaving, or let all of them leave at once."""

WAYS: Final = 2_000
"""How many different groups of remaining candidates are followed before the rest is left open and said so."""

Ballot = tuple[Ranking, int, int]
"""A ranking, how far it has been read, how many people gave it."""

Piles = dict[tuple[Key, ...], list[Ballot]]
"""Ballots by whom they count for: for several only where equal ranks are split, for nobody once they are exhausted."""


def irv(candidates: Candidates, rankings: Rankings, *, equal: Equal = "stop", ties: Ties = "all") -> Outcome:
    """Instant run-off (Ware 1871; as counted in Burlington, Vermont, 2009), down to the last two.

    Args:
        candidates: Everybody.
        rankings: The profile.
        equal: A ballot is read to the first rank with somebody still in the running. If several of that rank still
            are, the ballot "stop"s there and is exhausted (as in Burlington); or the "next" rank is read; or the vote
            is "split" equally among them.
        ties: Several with the fewest votes. "all": every order of leaving is followed, and whoever wins in one of
            them is a winner (parallel universes: Conitzer, Rognlie and Xia 2009). "together": they leave at once;
            if that leaves nobody, they are the winners.

    Those whose votes together are fewer than the next one's leave together under both: no order changes anything then.
    The margin is that of the last round between two, where there is only one.
    """
    count = _Count(candidates, equal, ties)
    piles: Piles = {}
    for ranking, people in rankings.items():
        _give(piles, ranking, 0, people, count.everybody, equal)
    said = any(keys for keys in piles)
    winners = count.follow(count.everybody, piles, count.rounds) if said else frozenset()
    ordered = tuple(key for key in candidates if key in winners)
    places = _places(candidates, count.rounds, ordered, count.forked)
    figures = dict(count.rounds[0].figures) if count.rounds else dict.fromkeys(candidates, 0)
    return Outcome(
        rule=f"Instant run-off, {_RULES[equal]}, {_TIES[ties]}",
        winners=ordered,
        places=places,
        figures=tuple((key, figures.get(key, 0)) for key in candidates),
        rounds=tuple(count.rounds),
        notes=tuple(count.notes),
        margin=count.margin(ordered),
    )


class _Count:
    """One count: what was fixed at the start, and what was met on the way."""

    def __init__(self, candidates: Candidates, equal: Equal, ties: Ties) -> None:
        self.candidates = candidates
        self.everybody = frozenset(candidates)
        self.equal: Equal = equal
        self.ties: Ties = ties
        self.rounds: list[Round] = []
        self.notes: list[str] = []
        self.forked: frozenset[Key] = frozenset()
        """Who was still in the running where the ways first parted; nobody if there was one way only."""
        self.known: dict[frozenset[Key], frozenset[Key]] = {}

    def follow(self, standing: frozenset[Key], piles: Piles, rounds: list[Round] | None) -> frozenset[Key]:
        """Who can win from here; writes the rounds of the first way into `rounds`."""
        start = standing
        while standing not in self.known:
            votes = _votes(piles, standing)
            lowest = self._lowest(votes)
            tied = lowest == standing and (len(standing) <= 2 or self.ties == "together")
            parting = len(lowest) > 1 and self.ties == "all" and not self._together(votes, lowest)
            rest = standing - lowest
            if rounds is not None:
                rounds.append(self._round(votes, piles, frozenset() if tied else lowest))
            if tied:
                self.known[standing] = standing
            elif parting:
                self.known[standing] = self._fork(standing, piles, lowest, rounds)
            elif len(rest) == 1:
                self.known[standing] = rest
            else:
                self._leave(piles, lowest, rest)
                standing = rest
        self.known[start] = self.known[standing]
        return self.known[start]

    def margin(self, winners: Sequence[Key]) -> Number | None:
        """The lead in the last round, where there was one way and one winner."""
        if len(winners) > 1:
            return 0
        if not winners or self.forked or len(self.candidates) < 2:
            return None
        votes = dict(self.rounds[-1].figures)
        won = votes.pop(winners[0])
        return exact(won - max(votes.values()))

    def _fork(
        self,
        standing: frozenset[Key],
        piles: Piles,
        lowest: frozenset[Key],
        rounds: list[Round] | None,
    ) -> frozenset[Key]:
        """Follow each way of breaking a tie for leaving."""
        if not self.forked:
            self.forked = standing
            self.notes.append("Several had the fewest votes. Every order of leaving was followed; the rounds show one.")
        if len(self.known) > WAYS:
            note = "There were too many orders of leaving to follow them all: whoever was left then is named."
            if note not in self.notes:
                self.notes.append(note)
            return standing
        winners: frozenset[Key] = frozenset()
        for key in self.candidates:
            if key not in lowest:
                continue
            rest = standing - {key}
            if rounds is not None:
                rounds[-1] = self._round(_votes(piles, standing), piles, frozenset({key}))
            copied = {keys: list(pile) for keys, pile in piles.items()}
            self._leave(copied, frozenset({key}), rest)
            winners |= self.follow(rest, copied, rounds)
            rounds = None
        return winners

    def _leave(self, piles: Piles, leaving: frozenset[Key], standing: frozenset[Key]) -> None:
        """Read on every ballot that counts for somebody who leaves."""
        for keys in [keys for keys in piles if not leaving.isdisjoint(keys)]:
            for ranking, at, people in piles.pop(keys):
                _give(piles, ranking, at, people, standing, self.equal)

    def _lowest(self, votes: dict[Key, Number]) -> frozenset[Key]:
        """Who has the fewest votes."""
        fewest = min(votes.values())
        return frozenset(key for key, number in votes.items() if number == fewest)

    def _together(self, votes: dict[Key, Number], lowest: frozenset[Key]) -> bool:
        """Whether those with the fewest votes leave before anybody else whatever their order."""
        others = [number for key, number in votes.items() if key not in lowest]
        return bool(others) and sum(votes[key] for key in lowest) < min(others)

    def _round(self, votes: dict[Key, Number], piles: Piles, leaving: frozenset[Key]) -> Round:
        return Round(
            figures=tuple((key, exact(votes[key])) for key in self.candidates if key in votes),
            gone=tuple(key for key in self.candidates if key in leaving),
            exhausted=sum(people for _, _, people in piles.get((), ())),
        )


def _give(piles: Piles, ranking: Ranking, at: int, people: int, standing: frozenset[Key], equal: Equal) -> None:
    """Put a ballot on the pile of whom it counts for, reading on from rank `at`."""
    for rank in range(at, len(ranking)):
        group = ranking[rank]
        if len(group) == 1:
            if group[0] in standing:
                piles.setdefault(group, []).append((ranking, rank, people))
                return
            continue
        left = tuple(key for key in group if key in standing)
        if len(left) == 1 or (left and equal == "split"):
            piles.setdefault(left, []).append((ranking, rank, people))
            return
        if left and equal == "stop":
            break
    piles.setdefault((), []).append((ranking, len(ranking), people))


def _votes(piles: Piles, standing: frozenset[Key]) -> dict[Key, Number]:
    """How many votes count for each."""
    votes: dict[Key, Number] = dict.fromkeys(standing, 0)
    for keys, pile in piles.items():
        people = sum(count for _, _, count in pile)
        for key in keys:
            votes[key] += people if len(keys) == 1 else Fraction(people, len(keys))
    return votes


def _places(
    candidates: Candidates, rounds: Sequence[Round], winners: tuple[Key, ...], forked: frozenset[Key]
) -> tuple[tuple[Key, ...], ...]:
    """Winners, then those who stayed longest; whose order depends on a tie share a place."""
    left = [one.gone for one in rounds if one.gone and not forked.intersection(one.gone)]
    placed = {key for gone in left for key in gone} | set(winners)
    between = tuple(key for key in candidates if key not in placed)
    return tuple(place for place in (winners, between, *reversed(left)) if place)


_RULES: Final[dict[Equal, str]] = {
    "stop": "a ballot ends at an equal rank",
    "next": "an equal rank is passed over",
    "split": "an equal rank is split",
}
_TIES: Final[dict[Ties, str]] = {
    "all": "every order of leaving is followed",
    "together": "those with the fewest leave together",
}
