"""Instant run-off: who has the fewest votes leaves, and those votes go to the next on each ballot."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

from workshop_tui.counting.outcome import CountingRound, Last, Outcome
from workshop_tui.counting.profiles import Candidates, Key, Number, Ranking, Rankings, exact
from workshop_tui.messages import Message, tr

Equal = Literal["wait", "stop", "next", "split"]
"""What an equal rank does when a ballot comes to it: see `irv`."""

Ties = Literal["all", "together"]
"""When several have the fewest votes: follow every order of leaving, or let all of them leave at once."""

WAYS: Final = 2_000
"""How many different states are followed at most before the rest is left open and said so."""

WORK: Final = 2_000_000
"""The same, as states times different ballots."""

Piles = dict[Key | None, list[tuple[Ranking, int, int]]]
"""Ballots without equal ranks by whom they count for (None: nobody any more): ranking, read so far, people."""

_NAMES: Final[dict[tuple[Equal, Ties], Message]] = {
    ("wait", "all"): tr(
        "Instant run-off, an equal rank counts for nobody while several of it are in the running, "
        "every order of leaving is followed"
    ),
    ("wait", "together"): tr(
        "Instant run-off, an equal rank counts for nobody while several of it are in the running, "
        "those with the fewest leave together"
    ),
    ("stop", "all"): tr("Instant run-off, a ballot ends at an equal rank, every order of leaving is followed"),
    ("stop", "together"): tr("Instant run-off, a ballot ends at an equal rank, those with the fewest leave together"),
    ("next", "all"): tr("Instant run-off, an equal rank is passed over, every order of leaving is followed"),
    ("next", "together"): tr("Instant run-off, an equal rank is passed over, those with the fewest leave together"),
    ("split", "all"): tr("Instant run-off, an equal rank is split, every order of leaving is followed"),
    ("split", "together"): tr("Instant run-off, an equal rank is split, those with the fewest leave together"),
}


def irv(candidates: Candidates, rankings: Rankings, *, equal: Equal = "wait", ties: Ties = "all") -> Outcome:
    """Instant run-off (Ware 1871), down to the last two.

    Args:
        candidates: Everybody.
        rankings: The profile.
        equal: What happens when several of the first rank with anybody in the running still are in the running (an
            overvote). "wait": the ballot is exhausted as long as this is so, and counts when one of them is left.
            "stop": it is exhausted for good (as the city of Burlington counted in 2009). "next": the next rank is
            read. "split": the vote is shared equally among them.
        ties: Several with the fewest votes. "all": every order of leaving is followed, and whoever wins in one of
            them is a winner (parallel universes: Conitzer, Rognlie and Xia 2009). "together": they leave at once;
            if that leaves nobody, they are the winners.

    Those whose votes together are fewer than the next one's leave together under both: no order changes anything then,
    for votes can only move among them before they are all gone.

    The last two always meet: where all others have the fewest votes, they leave one by one, however few those are.

    The margin is the lead in the last round, where every way ends with the same.
    """
    count = _Count(candidates, rankings, equal, ties)
    winners = count.winners()
    ordered = tuple(key for key in candidates if key in winners)
    figures = dict(count.rounds[0].figures) if count.rounds else dict.fromkeys(candidates, 0)
    return Outcome(
        rule=_NAMES[equal, ties],
        winners=ordered,
        places=_places(candidates, count.rounds, ordered, count.forked),
        figures=tuple((key, figures[key]) for key in candidates),
        rounds=tuple(count.rounds),
        notes=tuple(count.notes),
        margin=count.margin(ordered),
        last_rounds=tuple(sorted(count.lasts, key=lambda last: [(candidates.index(key), n) for key, n in last])),
        short=tr("Instant run-off"),
    )


class _Count:
    """One count: what was fixed at the start, and what was met on the way."""

    def __init__(self, candidates: Candidates, rankings: Rankings, equal: Equal, ties: Ties) -> None:
        self.candidates = candidates
        self.everybody = frozenset(candidates)
        self.equal: Equal = equal
        self.ties: Ties = ties
        self.piles: Piles = {}
        self.unclear: list[tuple[Ranking, int]] = []
        """Ballots with an equal rank; they are read anew in each round."""
        self.rounds: list[CountingRound] = []
        self.notes: list[Message] = []
        self.forked: frozenset[Key] = frozenset()
        """Who was still in the running where the ways first parted; nobody if there was one way only."""
        self.lasts: set[Last] = set()
        """The last rounds of all the ways that were followed to their end."""
        self.known: dict[tuple[frozenset[Key], frozenset[int]], frozenset[Key]] = {}
        """Who can win when these are left and these unclear ballots have stopped."""
        self.ways = min(WAYS, WORK // max(len(rankings), 1))
        for ranking, people in rankings.items():
            if any(len(group) > 1 for group in ranking):
                self.unclear.append((ranking, people))
            else:
                _give(self.piles, ranking, 0, people, self.everybody)

    def winners(self) -> frozenset[Key]:
        """Who can win; nobody when no ballot counts for anybody and none could."""
        if not self.unclear and not any(self.piles):
            return frozenset()
        return self._follow(self.everybody, self.piles, frozenset(), self.rounds)

    def margin(self, winners: Sequence[Key]) -> Number | None:
        """The lead in the last round, where there is one winner and every way ends with the same lead."""
        if len(winners) > 1:
            return 0
        leads = {exact(won - lost) for (_, won), (_, lost) in self.lasts}
        return leads.pop() if winners and len(leads) == 1 else None

    def _follow(
        self, standing: frozenset[Key], piles: Piles, stopped: frozenset[int], rounds: list[CountingRound] | None
    ) -> frozenset[Key]:
        """Who can win from here; writes the rounds of the first way into `rounds`."""
        passed = []
        while (standing, stopped) not in self.known:
            passed.append((standing, stopped))
            votes, exhausted, stopped = self._votes(standing, piles, stopped)
            fewest = min(votes.values())
            lowest = frozenset(key for key, number in votes.items() if number == fewest)
            rest = standing - lowest
            tied = not rest and (len(standing) <= 2 or self.ties == "together")
            sure = len(rest) > 1 and self._surely(votes, lowest)
            parting = len(lowest) > 1 and self.ties == "all" and not tied and not sure
            if rounds is not None:
                gone = () if tied or parting else tuple(key for key in self.candidates if key in lowest)
                figures = tuple((key, exact(votes[key])) for key in self.candidates if key in votes)
                rounds.append(CountingRound(figures=figures, gone=gone, exhausted=exhausted))
            if tied:
                found = standing
            elif parting:
                found = self._fork(standing, piles, stopped, lowest, rounds)
            elif len(rest) == 1:
                found = rest
                (first,) = rest
                self.lasts.update(((first, exact(votes[first])), (key, exact(fewest))) for key in lowest)
            else:
                _leave(piles, lowest, rest)
                standing = rest
                continue
            self.known.update(dict.fromkeys(passed, found))
            return found
        found = self.known[standing, stopped]
        self.known.update(dict.fromkeys(passed, found))
        return found

    def _fork(
        self,
        standing: frozenset[Key],
        piles: Piles,
        stopped: frozenset[int],
        lowest: frozenset[Key],
        rounds: list[CountingRound] | None,
    ) -> frozenset[Key]:
        """Follow each way of breaking a tie for leaving."""
        if not self.forked:
            self.forked = standing
            self.notes.append(
                tr("Several had the fewest votes. Every order of leaving was followed; the rounds show one.")
            )
        if len(self.known) > self.ways:
            note = tr("There were too many orders of leaving to follow them all: whoever was left then is named.")
            if note not in self.notes:
                self.notes.append(note)
            return standing
        winners: frozenset[Key] = frozenset()
        for key in (key for key in self.candidates if key in lowest):
            rest = standing - {key}
            if rounds:
                shown = rounds.pop()
                rounds.append(CountingRound(figures=shown.figures, gone=(key,), exhausted=shown.exhausted))
            if len(rest) == 1:
                winners |= rest
            else:
                copied = {owner: list(pile) for owner, pile in piles.items()}
                _leave(copied, frozenset({key}), rest)
                winners |= self._follow(rest, copied, stopped, rounds)
            rounds = None
        return winners

    def _votes(
        self, standing: frozenset[Key], piles: Piles, stopped: frozenset[int]
    ) -> tuple[dict[Key, Number], Number, frozenset[int]]:
        """Votes for each in the running, votes for nobody, and the unclear ballots that have stopped for good."""
        votes: dict[Key, Number] = dict.fromkeys(standing, 0)
        exhausted = sum(people for _, _, people in piles.get(None, ()))
        for key in standing:
            votes[key] = sum([people for _, _, people in piles.get(key, ())])
        for number, (ranking, people) in enumerate(self.unclear):
            keys = () if number in stopped else self._unclear(ranking, standing)
            if len(keys) == 1:
                votes[keys[0]] += people
            elif keys and self.equal == "split":
                for key in keys:
                    votes[key] += Fraction(people, len(keys))
            else:
                exhausted += people
                if keys and self.equal == "stop":
                    stopped |= {number}
        return votes, exhausted, stopped

    def _unclear(self, ranking: Ranking, standing: frozenset[Key]) -> tuple[Key, ...]:
        """Whom a ballot with equal ranks names now: one, several of an equal rank, or nobody."""
        for group in ranking:
            left = tuple(key for key in group if key in standing)
            if left and (len(left) == 1 or self.equal != "next"):
                return left
        return ()

    def _surely(self, votes: dict[Key, Number], lowest: frozenset[Key]) -> bool:
        """Whether those with the fewest votes leave before anybody else whatever their order.

        A ballot with equal ranks can change sides when somebody leaves: all of them could go against it. Ballots that
        stop for good remember the order, so it is never sure with them.
        """
        others = [number for key, number in votes.items() if key not in lowest]
        if not others or (self.unclear and self.equal == "stop"):
            return False
        unclear = sum(people for _, people in self.unclear)
        return sum(votes[key] for key in lowest) + 2 * unclear < min(others)


def _give(piles: Piles, ranking: Ranking, at: int, people: int, standing: frozenset[Key]) -> None:
    """Put a ballot on the pile of whom it counts for, reading on from rank `at`."""
    for rank in range(at, len(ranking)):
        key = ranking[rank][0]
        if key in standing:
            piles.setdefault(key, []).append((ranking, rank + 1, people))
            return
    piles.setdefault(None, []).append((ranking, len(ranking), people))


def _leave(piles: Piles, leaving: frozenset[Key], standing: frozenset[Key]) -> None:
    """Read on every ballot that counts for somebody who leaves."""
    for key in leaving:
        for ranking, at, people in piles.pop(key, ()):
            _give(piles, ranking, at, people, standing)


def _places(
    candidates: Candidates, rounds: Sequence[CountingRound], winners: tuple[Key, ...], forked: frozenset[Key]
) -> tuple[tuple[Key, ...], ...]:
    """Winners, then those who stayed longest; whose order depends on a tie share a place."""
    left = [one.gone for one in rounds if one.gone and not forked.intersection(one.gone)]
    placed = {key for gone in left for key in gone} | set(winners)
    between = tuple(key for key in candidates if key not in placed)
    return tuple(place for place in (winners, between, *reversed(left)) if place)
