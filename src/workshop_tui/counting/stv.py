"""Several seats from rankings: the single transferable vote as counted in Scotland."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from msgspec import Struct

from workshop_tui.counting.outcome import CountingRound, Outcome
from workshop_tui.counting.profiles import Candidates, Key, Number, Ranking, Rankings, exact
from workshop_tui.messages import tr, trn

UNIT: Final = 100_000
"""A whole vote: values are counted in steps of 0.00001 and cut off there, never rounded up (rule 48)."""

WAYS: Final = 500
"""How many ways of breaking ties are followed at most before the rest is left open and said so."""

WORK: Final = 500_000
"""The same, as ways times different ballots."""

Paper = tuple[Ranking, int, int, int]
"""A ranking, how far it has been read, how many people gave it, what each of them is worth in steps."""


def scottish_stv(candidates: Candidates, rankings: Rankings, seats: int) -> Outcome:
    """The single transferable vote by the Scottish Local Government Elections Order 2007 (SSI 2007/42, rules 45 to 52).

    The quota is Droop's: papers divided by seats + 1, cut off, plus one. A surplus goes on at a value of surplus times
    the paper's value divided by the candidate's votes, cut off at five decimals (weighted inclusive Gregory). Largest
    surplus first; without a surplus, who has the fewest votes is excluded; when as many are left as there are seats,
    they are elected. Equal numbers are decided by the most recent earlier stage at which they differ (and among those
    still equal there, by the one before). The order leaves the rest to a lot: here every way is followed, `winners` are
    those elected in all of them and `tied` those elected in some.

    A paper with an equal first rank is not valid and does not count for the quota; a later equal rank ends the paper
    there. Rounds are the stages of the first way; figures the votes in the first stage.
    """
    papers = [(ranking, people) for ranking, people in rankings.items() if ranking and len(ranking[0]) == 1]
    spoilt = sum(rankings.values()) - sum(people for _, people in papers)
    ways: list[_Stages] = []
    todo: list[tuple[Key, ...]] = [()]
    not_valid = trn("{n} without one first choice; not counted.", "{n} without one first choice; not counted.", spoilt)
    notes = [not_valid] if spoilt else []
    most = min(WAYS, WORK // max(len(papers), 1))
    while todo and papers:
        count = _Stages(candidates, papers, seats, todo.pop())
        if (open_tie := count.run()) and len(todo) + len(ways) < most:
            todo.extend((*count.lots, key) for key in reversed(open_tie))
            continue
        ways.append(count)
    elected = [{key for key, _ in way.elected} | set(way.undecided) for way in ways]
    sure = set.intersection(*({key for key, _ in way.elected} for way in ways)) if ways else set()
    some = set().union(*elected) - sure
    if any(way.lots for way in ways):
        notes.append(tr("A tie was left after all earlier stages. Every way was followed; the stages show one."))
    if any(way.undecided for way in ways):
        notes.append(tr("There were too many ways to follow them all: whoever was left then is named as tied."))
    first = ways[0] if ways else None
    return Outcome(
        rule=trn(
            "Single transferable vote (Scotland), {n} seat", "Single transferable vote (Scotland), {n} seats", seats
        ),
        winners=tuple(key for key in candidates if key in sure),
        places=_places(candidates, first, sure, some),
        figures=first.rounds[0].figures if first else tuple((key, 0) for key in candidates),
        rounds=tuple(first.rounds) if first else (),
        notes=(*([tr("The quota is {quota}.", quota=first.quota // UNIT)] if first else []), *notes),
        tied=tuple(key for key in candidates if key in some),
    )


def _places(candidates: Candidates, way: _Stages | None, sure: set[Key], some: set[Key]) -> tuple[tuple[Key, ...], ...]:
    """Elected by stage, then the tied, then the others by how long they stayed; what a lot decides shares a place."""
    if way is None:
        return (tuple(candidates),)
    won = [tuple(key for key in candidates if key in sure)]
    gone: list[tuple[Key, ...]] = []
    if not way.lots:
        stages = sorted({stage for _, stage in way.elected})
        won = [tuple(key for key in candidates if (key, stage) in way.elected) for stage in stages]
        gone = [one.gone for one in way.rounds]
    tied = tuple(key for key in candidates if key in some)
    placed = {key for group in (*won, tied, *gone) for key in group}
    rest = tuple(key for key in candidates if key not in placed)
    return tuple(place for place in (*won, tied, rest, *reversed(gone)) if place)


class _Tie(Exception):
    """A lot would have to be drawn among these."""

    def __init__(self, keys: list[Key]) -> None:
        self.keys = keys


class Pile(Struct):
    """Where a candidate is."""

    papers: list[Paper]
    votes: int = 0
    """In steps."""


class _Stages:
    """One count, stage by stage, with the lots drawn so far given."""

    def __init__(
        self, candidates: Candidates, papers: list[tuple[Ranking, int]], seats: int, lots: tuple[Key, ...]
    ) -> None:
        self.candidates = candidates
        self.seats = min(seats, len(candidates))
        self.lots = lots
        """Who each lot fell on, in order of need."""
        self.drawn = 0
        self.quota = (sum(people for _, people in papers) // (seats + 1) + 1) * UNIT
        self.piles = {key: Pile([]) for key in candidates}
        self.running = dict.fromkeys(candidates)
        self.elected: list[tuple[Key, int]] = []
        """(key, stage) in order of election."""
        self.surplus: list[Key] = []
        """Elected, and their papers not yet moved on."""
        self.history: list[dict[Key, int]] = []
        self.rounds: list[CountingRound] = []
        self.undecided: tuple[Key, ...] = ()
        for ranking, people in papers:
            self._give(ranking, 0, people, UNIT)

    def run(self) -> list[Key]:
        """Count to the end; gives those among whom a further lot is needed, nobody when the count is complete."""
        gone: tuple[Key, ...] = ()
        try:
            while not self._stage(gone):
                gone = self._transfer()
        except _Tie as tie:
            self.undecided = tuple(self.running)
            return tie.keys
        return []

    def _stage(self, gone: tuple[Key, ...]) -> bool:
        """Write down a stage and elect who reached the quota; whether the count is over."""
        self.history.append({key: pile.votes for key, pile in self.piles.items()})
        stage = len(self.history)
        reached = [key for key in self.running if self.piles[key].votes >= self.quota]
        self._elect(reached, stage)
        self.surplus += [key for key in reached if self.piles[key].votes > self.quota]
        open_seats = self.seats - len(self.elected)
        filled: list[Key] = []
        if open_seats and len(self.running) <= open_seats:
            filled = list(self.running)
            self._elect(filled, stage)
        self.rounds.append(
            CountingRound(
                figures=tuple((key, _votes(self.piles[key].votes)) for key in self.candidates if self._counts(key)),
                gone=gone,
                elected=(*reached, *filled),
                exhausted=_votes(self._papers() - sum(pile.votes for pile in self.piles.values())),
            )
        )
        return len(self.elected) >= self.seats

    def _elect(self, keys: list[Key], stage: int) -> None:
        for key in keys:
            del self.running[key]
            self.elected.append((key, stage))

    def _transfer(self) -> tuple[Key, ...]:
        """Move one surplus on, or exclude one; who was excluded."""
        if self.surplus:
            most = max(self.piles[key].votes for key in self.surplus)
            key = self._decided([key for key in self.surplus if self.piles[key].votes == most], highest=True)
            self.surplus.remove(key)
            pile = self.piles[key]
            over, votes = pile.votes - self.quota, pile.votes
            papers, pile.papers, pile.votes = pile.papers, [], self.quota
            for ranking, at, people, value in papers:
                self._give(ranking, at, people, over * value // votes)
            return ()
        fewest = min(self.piles[key].votes for key in self.running)
        lowest = [key for key in self.running if self.piles[key].votes == fewest]
        if not fewest and len(self.running) - len(lowest) >= self.seats - len(self.elected):
            # They move no paper, and all of them will go: one stage for all needs no lot and changes nothing.
            for key in lowest:
                del self.running[key]
            return tuple(lowest)
        key = self._decided(lowest, highest=False)
        del self.running[key]
        papers, self.piles[key] = self.piles[key].papers, Pile([])
        for ranking, at, people, value in papers:
            self._give(ranking, at, people, value)
        return (key,)

    def _decided(self, keys: list[Key], *, highest: bool) -> Key:
        """Who of several equal ones it is: by the latest earlier stage at which they differ, or by lot."""
        best = max if highest else min
        for stage in reversed(self.history):
            sought = best(stage[key] for key in keys)
            keys = [key for key in keys if stage[key] == sought]
        if len(keys) == 1:
            return keys[0]
        if self.drawn == len(self.lots):
            raise _Tie(keys)
        self.drawn += 1
        return self.lots[self.drawn - 1]

    def _give(self, ranking: Ranking, at: int, people: int, value: int) -> None:
        """Give papers to the next on them who is still running; at an equal rank they end."""
        for rank in range(at, len(ranking)):
            group = ranking[rank]
            if len(group) == 1:
                if group[0] in self.running:
                    pile = self.piles[group[0]]
                    pile.papers.append((ranking, rank + 1, people, value))
                    pile.votes += people * value
                    return
            elif any(key in self.running for key in group):
                return

    def _counts(self, key: Key) -> bool:
        """Whether a candidate is still shown in a stage: running, or elected."""
        return key in self.running or any(key == elected for elected, _ in self.elected)

    def _papers(self) -> int:
        """All valid papers, in steps."""
        return sum(self.history[0].values())


def _votes(steps: int) -> Number:
    """Steps as votes."""
    return exact(Fraction(steps, UNIT))
