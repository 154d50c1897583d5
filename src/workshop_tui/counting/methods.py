"""Every rule by the name that a command line takes, over plain ballots."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.counting import funding
from workshop_tui.counting.approvals import approval, cumulative
from workshop_tui.counting.grades import majority_judgment, median
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import Pairwise, condorcet_winner, copeland, minimax, pairwise, schulze, smith_set
from workshop_tui.counting.patience import ENDLESS, Patience
from workshop_tui.counting.profiles import Approvals, Key, Rankings, Scores
from workshop_tui.counting.ranks import borda, plurality
from workshop_tui.counting.runoff import irv
from workshop_tui.counting.star import star
from workshop_tui.counting.stv import scottish_stv
from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, Pointed, Scored, counts_of

MOST_GRADES: Final = 100
"""Longest scale that grades are counted on, in values."""

Finds = Literal["one", "several", "group"]
"""Whether a rule looks for one winner, for several, or for a group in which the winner should be."""


class Ballots:
    """One set of ballots in the forms that rules take, and how they are counted.

    Args:
        profile: The ballots.
        seats: How many are chosen by rules that choose several.
        steps: How much work each rule may take; 0 for as much as it takes.
    """

    def __init__(self, profile: PlainProfile, seats: int = 1, steps: int = 0) -> None:
        self.profile = profile
        self.steps = steps
        self.seats = seats
        self.keys: list[Key] = [each.key for each in profile.candidates]

    @property
    def patience(self) -> Patience:
        """The patience with one rule."""
        return Patience(self.steps) if self.steps else ENDLESS

    @property
    def rankings(self) -> Rankings:
        """The orders; none where the ballots are no orders."""
        return counts_of(self.profile.lines) if isinstance(self.profile, Ordered) else {}

    @property
    def places(self) -> int | None:
        """How many places an order had; None for as many as there are candidates."""
        return (self.profile.places or None) if isinstance(self.profile, Ordered) else None

    @property
    def approvals(self) -> Approvals:
        """What people chose; none where the ballots are no choices."""
        return counts_of(self.profile.lines) if isinstance(self.profile, Approved) else {}

    @cached_property
    def table(self) -> Pairwise:
        """The comparisons of the orders, two at a time."""
        return pairwise(self.keys, self.rankings)

    @property
    def scores(self) -> Scores:
        """Points or scores; answers that are no place on the scale are left out."""
        if isinstance(self.profile, Pointed):
            return counts_of(self.profile.lines)
        if not isinstance(self.profile, Scored):
            return {}
        return self._placed({value: value for value, _ in self.profile.scale})

    @property
    def grades(self) -> Scores:
        """Scores as places on the scale, from 0, so that gaps between values count nothing."""
        if not isinstance(self.profile, Scored):
            return {}
        return self._placed({value: place for place, (value, _) in enumerate(self.profile.scale)})

    @property
    def top(self) -> int:
        """The highest place on the scale."""
        return len(self.profile.scale) - 1 if isinstance(self.profile, Scored) else 0

    def _placed(self, places: Mapping[int, int]) -> Scores:
        assert isinstance(self.profile, Scored)  # noqa: S101 - its callers look
        counts: dict[tuple[tuple[Key, int], ...], int] = {}
        for count, ballot in self.profile.lines:
            placed = tuple((key, places[value]) for key, value in ballot if value in places)
            counts[placed] = counts.get(placed, 0) + count
        return counts


class Method(Struct, frozen=True):
    """One rule, over any ballots that fit it."""

    count: Callable[[Ballots], Outcome]
    fits: Callable[[PlainProfile], bool]
    """Whether it can count ballots of this form."""
    finds: Finds = "one"
    variant_of: str = ""
    """The rule of which it is a variant that nearly always finds the same: unasked, it is told of where it does not."""
    steps: bool = False
    """Whether how it went, round by round, is part of its result."""


def _is_ordered(profile: PlainProfile) -> bool:
    return isinstance(profile, Ordered)


def _is_graded(profile: PlainProfile) -> bool:
    return isinstance(profile, Scored) and 0 < len(profile.scale) <= MOST_GRADES


def _has_numbers(profile: PlainProfile) -> bool:
    """Whether scores are numbers that can be added up, and not only words in an order."""
    return (
        isinstance(profile, Scored)
        and bool(profile.scale)
        and all(value >= 0 and words == str(value) for value, words in profile.scale)
    )


def _score_and_run_off(ballots: Ballots) -> Outcome:
    assert isinstance(ballots.profile, Scored)  # noqa: S101 - `fits` looks
    return star(ballots.keys, ballots.scores, most=ballots.profile.scale[-1][0])


METHODS: Final[Mapping[str, Method]] = MappingProxyType(
    {
        "plurality": Method(lambda ballots: plurality(ballots.keys, ballots.rankings), _is_ordered),
        "borda": Method(lambda ballots: borda(ballots.keys, ballots.rankings, places=ballots.places), _is_ordered),
        "irv": Method(lambda ballots: irv(ballots.keys, ballots.rankings), _is_ordered, steps=True),
        "condorcet": Method(lambda ballots: condorcet_winner(ballots.table), _is_ordered),
        "smith": Method(lambda ballots: smith_set(ballots.table), _is_ordered, "group"),
        "schulze": Method(lambda ballots: schulze(ballots.table, patience=ballots.patience), _is_ordered),
        "schulze-margins": Method(
            lambda ballots: schulze(ballots.table, strength="margins", patience=ballots.patience),
            _is_ordered,
            variant_of="schulze",
        ),
        "minimax": Method(lambda ballots: minimax(ballots.table), _is_ordered),
        "minimax-margins": Method(
            lambda ballots: minimax(ballots.table, strength="margins"), _is_ordered, variant_of="minimax"
        ),
        "copeland": Method(lambda ballots: copeland(ballots.table), _is_ordered),
        "stv": Method(
            lambda ballots: scottish_stv(ballots.keys, ballots.rankings, ballots.seats),
            _is_ordered,
            "several",
            steps=True,
        ),
        "approval": Method(
            lambda ballots: approval(ballots.keys, ballots.approvals), lambda profile: isinstance(profile, Approved)
        ),
        "cumulative": Method(
            lambda ballots: cumulative(ballots.keys, ballots.scores),
            lambda profile: isinstance(profile, Pointed) or _has_numbers(profile),
        ),
        "star": Method(_score_and_run_off, _has_numbers, steps=True),
        "median": Method(lambda ballots: median(ballots.keys, ballots.grades, least=0, most=ballots.top), _is_graded),
        "majority-judgment": Method(
            lambda ballots: majority_judgment(ballots.keys, ballots.grades, least=0, most=ballots.top), _is_graded
        ),
        "greedy": Method(lambda ballots: funding.by_votes(ballots.profile), funding.buys, "several"),
        "equal-shares": Method(
            lambda ballots: funding.by_shares(ballots.profile, patience=ballots.patience), funding.buys, "several"
        ),
        "equal-shares-completed": Method(
            lambda ballots: funding.by_shares(ballots.profile, completion=True, patience=ballots.patience),
            funding.buys,
            "several",
        ),
        "equal-shares-once": Method(
            lambda ballots: funding.by_shares(ballots.profile, add_one=False, patience=ballots.patience),
            funding.buys,
            "several",
        ),
    }
)
"""Every rule, in the order that results are listed in."""


def fitting(profile: PlainProfile, seats: int = 1) -> list[str]:
    """The rules that can count these ballots; the transferable vote only where several are to be chosen."""
    return [name for name, method in METHODS.items() if method.fits(profile) and (name != "stv" or seats > 1)]


def worth_telling(outcomes: Sequence[tuple[str, Outcome]]) -> list[tuple[str, Outcome]]:
    """The outcomes without those of variants that find the same as the rule they are of."""
    winners = {name: outcome.winners for name, outcome in outcomes}
    return [(name, outcome) for name, outcome in outcomes if winners.get(METHODS[name].variant_of) != outcome.winners]


def differ(outcomes: Sequence[tuple[str, Outcome]], finds: Finds) -> bool:
    """Whether rules that look for the same do not all find the same.

    Of those that look for one, those that know none are left out; that nothing is chosen is something chosen otherwise.
    """
    found = {frozenset(outcome.winners) for name, outcome in outcomes if METHODS[name].finds == finds}
    return len(found if finds == "several" else found - {frozenset()}) > 1
