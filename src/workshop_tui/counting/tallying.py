"""One vote out of a file, counted by several rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.methods import METHODS, Count, fitting
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import Pairwise
from workshop_tui.domain.plain_profiles import Ordered
from workshop_tui.errors import InputError
from workshop_tui.limits import COUNTING_STEPS

QUICK_STEPS: Final = 30_000_000
"""Most work, as distinct ballots times the square of the candidates, for which slow rules are counted unasked."""


class Tally(Struct, frozen=True, kw_only=True):
    """What several rules found."""

    file: BallotFile
    outcomes: tuple[tuple[str, Outcome], ...]
    """(name of the rule, what it found), in the order of `METHODS`."""
    left_out: tuple[tuple[str, str], ...] = ()
    """(name of a rule that was to be counted, why it was not)."""
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
            f"There are {len(profile.lines):,} different ballots with {len(profile.candidates)} candidates: "
            "to count them here would take too long.",
            advice="Nothing was counted.",
        )
    count = Count(profile, seats)
    outcomes: list[tuple[str, Outcome]] = []
    left_out: list[tuple[str, str]] = []
    for name in names or fitting(profile, seats):
        if not METHODS[name].fits(profile):
            left_out.append((name, "it cannot count ballots of this form"))
            continue
        if METHODS[name].slow and not names and steps > QUICK_STEPS:
            left_out.append((name, f"it would take long here; --method {name} counts it all the same"))
            continue
        try:
            outcomes.append((name, METHODS[name].count(count)))
        except ValueError as problem:
            left_out.append((name, str(problem)))
    order = list(METHODS)
    return Tally(
        file=file,
        outcomes=tuple(sorted(outcomes, key=lambda each: order.index(each[0]))),
        left_out=tuple(left_out),
        table=count.table if with_table and isinstance(profile, Ordered) else None,
    )
