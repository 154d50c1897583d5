"""One vote out of a file, counted by several rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.methods import METHODS, Ballots, Method, fitting, worth_telling
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import Pairwise
from workshop_tui.counting.patience import TooLong
from workshop_tui.counting.shares import STEPS, NeverSpent
from workshop_tui.domain.plain_profiles import Ordered
from workshop_tui.errors import InputError
from workshop_tui.limits import COUNTING_STEPS
from workshop_tui.messages import Message, Verbatim, tr, trn

QUICK_STEPS: Final = 20_000_000
"""Most work of a rule that nobody asked for by its name, in steps of `Patience`: about four seconds."""


class Tally(Struct, frozen=True, kw_only=True):
    """What several rules found."""

    file: BallotFile
    outcomes: tuple[tuple[str, Outcome], ...]
    """(name of the rule, what it found), in the order of `METHODS`."""
    left_out: tuple[tuple[str, Message], ...] = ()
    """(name of a rule that was to be counted, that it was not and why)."""
    table: Pairwise | None = None
    """None where it was not asked for, or the ballots are no orders."""


def tally(file: BallotFile, names: Sequence[str] = (), seats: int = 1, *, with_table: bool = False) -> Tally:
    """Count one vote by the rules named, or by all that fit its ballots; several choose as many as there are seats.

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
    ballots = Ballots(profile, seats, steps=0 if names else QUICK_STEPS)
    wanted = names or fitting(profile, seats)
    outcomes: list[tuple[str, Outcome]] = []
    left_out: list[tuple[str, Message]] = []
    for name, method in METHODS.items():
        if name not in wanted:
            continue
        counted = _counted(Verbatim(name), method, ballots)
        if isinstance(counted, Message):
            left_out.append((name, counted))
        else:
            outcomes.append((name, counted))
    return Tally(
        file=file,
        outcomes=tuple(outcomes if names else worth_telling(outcomes)),
        left_out=tuple(left_out),
        table=ballots.table if with_table and isinstance(profile, Ordered) else None,
    )


def _counted(rule: Verbatim, method: Method, ballots: Ballots) -> Outcome | Message:
    """What one rule found, or why it was not counted."""
    if not method.fits(ballots.profile):
        return tr("{rule}: not counted, because it cannot count ballots of this form.", rule=rule)
    try:
        return method.count(ballots)
    except TooLong:
        return tr("{rule}: not counted to its end, because it takes long; --method {rule} does so.", rule=rule)
    except NeverSpent:
        return tr(
            "{rule}: not counted, because its shares were raised {steps} times and the budget is not spent.",
            rule=rule,
            steps=STEPS,
        )
