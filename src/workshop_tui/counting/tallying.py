"""One vote out of a file, counted by several rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.methods import METHODS, Ballots, fitting
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import Pairwise
from workshop_tui.counting.shares import STEPS, NeverSpent
from workshop_tui.domain.plain_profiles import Ordered
from workshop_tui.errors import InputError
from workshop_tui.limits import COUNTING_STEPS
from workshop_tui.messages import Message, Verbatim, tr, trn

QUICK_STEPS: Final = 30_000_000
"""Most work, as distinct ballots times the square of the candidates, for which slow rules are counted unasked."""


class Tally(Struct, frozen=True, kw_only=True):
    """What several rules found."""

    file: BallotFile
    outcomes: tuple[tuple[str, Outcome], ...]
    """(name of the rule, what it found), in the order of `METHODS`."""
    left_out: tuple[tuple[str, Message], ...] = ()
    """(name of a rule that was to be counted, that it was not and why)."""
    table: Pairwise | None = None
    """The comparisons two at a time; None where they were not asked for, or the ballots are no orders."""


def tally(file: BallotFile, names: Sequence[str] = (), seats: int = 1, *, with_table: bool = False) -> Tally:
    """Count one vote.

    Args:
        file: The vote.
        names: Rules by name; none for all that fit the ballots.
        seats: How many the rules choose that choose several.
        with_table: Whether the comparisons two at a time are wanted.

    Raises:
        InputError: the vote is too large to be counted here.
    """
    profile = file.profile
    steps = len(profile.lines) * len(profile.candidates) ** 2
    if isinstance(profile, Ordered) and steps > COUNTING_STEPS:
        raise InputError(
            trn(
                "There is {n} ballot with {candidates} candidates: to count it here would take too long.",
                "There are {n} different ballots with {candidates} candidates: to count them here would take too long.",
                len(profile.lines),
                candidates=len(profile.candidates),
            ),
            advice=tr("Nothing was counted."),
        )
    ballots = Ballots(profile, seats)
    outcomes: list[tuple[str, Outcome]] = []
    left_out: list[tuple[str, Message]] = []
    for name in names or fitting(profile, seats):
        rule = Verbatim(name)
        if not METHODS[name].fits(profile):
            why = tr("{rule}: not counted, because it cannot count ballots of this form.", rule=rule)
            left_out.append((name, why))
            continue
        if METHODS[name].slow and not names and steps > QUICK_STEPS:
            why = tr(
                "{rule}: not counted, because it would take long here; --method {rule} counts it all the same.",
                rule=rule,
            )
            left_out.append((name, why))
            continue
        try:
            outcomes.append((name, METHODS[name].count(ballots)))
        except NeverSpent:
            why = tr(
                "{rule}: not counted, because its shares were raised {steps} times and the budget is not spent.",
                rule=rule,
                steps=STEPS,
            )
            left_out.append((name, why))
    order = list(METHODS)
    return Tally(
        file=file,
        outcomes=tuple(sorted(outcomes, key=lambda each: order.index(each[0]))),
        left_out=tuple(left_out),
        table=ballots.table if with_table and isinstance(profile, Ordered) else None,
    )
