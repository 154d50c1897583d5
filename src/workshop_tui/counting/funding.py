"""What a declared rule buys, for plain ballots about a budget."""

from __future__ import annotations

import re
from typing import Final

from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.patience import ENDLESS, Patience
from workshop_tui.counting.profiles import Approvals, Key, Scores
from workshop_tui.counting.shares import Money, equal_shares, greedy
from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, counts_of, place_points

_RAISED: Final = re.compile(r"equalshares/add([1-9][0-9]{0,9})")

MOST_WORK: Final = 2_000_000
"""Most raises of the shares times groups of people; beyond it the shares are raised in bigger steps, which is said."""


def buys(profile: PlainProfile) -> bool:
    """Whether the ballots are about a budget, in a form that its rules take; orders count as points for places."""
    if isinstance(profile, Ordered):
        return profile.budget > 0 and all(len(group) == 1 for _, order in profile.lines for group in order)
    return profile.budget > 0


def by_votes(profile: PlainProfile) -> Outcome:
    """Most votes, or points, first; the ballots are about a budget (`buys`)."""
    keys, costs, approvals, points = _parts(profile)
    return greedy(keys, costs, profile.budget, approvals=approvals, points=points, money=_money(profile))


def by_shares(
    profile: PlainProfile,
    *,
    add_one: bool = True,
    completion: bool = False,
    step: int = 0,
    patience: Patience = ENDLESS,
) -> Outcome:
    """Equal shares, raised by a step: as declared, or else by one unit, or more where that would take too long.

    Raises:
        NeverSpent: the shares would have to be raised too many times.
        TooLong: it costs more than there is patience for.
    """
    keys, costs, approvals, points = _parts(profile)
    return equal_shares(
        keys,
        costs,
        profile.budget,
        approvals=approvals,
        points=points,
        add_one=add_one,
        step=step or declared_step(profile) or _step(profile),
        money=_money(profile),
        greedy_completion=completion,
        patience=patience,
    )


def by_declared(profile: PlainProfile) -> Outcome | None:
    """The outcome of the rule that was declared before the vote, by its Pabulib name; None where none is known."""
    if not buys(profile):
        return None
    if profile.rule == "greedy":
        return by_votes(profile)
    if profile.rule == "equalshares":
        return by_shares(profile, add_one=False)
    return by_shares(profile) if declared_step(profile) else None


def knows(rule: str) -> bool:
    """Whether a rule that a file declares, by its Pabulib name, can be counted here."""
    return rule in ("greedy", "equalshares") or bool(_RAISED.fullmatch(rule))


def declared_step(profile: PlainProfile) -> int:
    """By how much the declared rule raises shares; 0 where it is not equal shares raised step by step."""
    match = _RAISED.fullmatch(profile.rule)
    return int(match[1]) if match else 0


def _step(profile: PlainProfile) -> int:
    """One unit, or a power of ten where raising by one would take too many steps."""
    people = sum(count for count, _ in profile.lines)
    raises = sum(each.cost for each in profile.candidates) // 10**profile.decimals // max(people, 1)
    step = 1
    while raises // step * len(profile.lines) > MOST_WORK:
        step *= 10
    return step


def _parts(profile: PlainProfile) -> tuple[list[Key], dict[Key, int], Approvals | None, Scores | None]:
    costs = {each.key: each.cost for each in profile.candidates}
    if isinstance(profile, Approved):
        return list(costs), costs, counts_of(profile.lines), None
    if isinstance(profile, Ordered):
        return list(costs), costs, None, {ballot: count for count, ballot in place_points(profile)}
    return list(costs), costs, None, counts_of(profile.lines)


def _money(profile: PlainProfile) -> Money:
    return Money(profile.currency, profile.decimals)
