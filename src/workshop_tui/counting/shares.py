"""Spending a budget: greedy by votes, and the method of equal shares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.counting.approvals import choosers, sums_of
from workshop_tui.counting.equal import Group, Project, Ways, wanted, ways_to_spend
from workshop_tui.counting.outcome import Outcome, in_places
from workshop_tui.counting.patience import ENDLESS, Patience
from workshop_tui.counting.profiles import Approvals, Candidates, Key, Number, Scores
from workshop_tui.messages import Amount, Message, tr

Worth = Literal["cost", "one"]
"""What a chosen project is worth to a person: its cost (a pound is a pound), or one."""

STEPS: Final = 100_000
"""Most add-one steps; a bigger step is asked for beyond."""


CHEAPER_FIRST: Final = tr("Where votes were equal, the cheaper one went first.")


class Money(Struct, frozen=True):
    """What amounts are in."""

    currency: str = ""
    decimals: int = 0
    """How many digits of an amount are decimals."""

    def amount(self, value: int) -> Amount:
        """An amount as it is said."""
        return Amount(value, self.currency, self.decimals)


WHOLE: Final = Money()
"""Whole units of no name."""


class NeverSpent(ValueError):
    """The shares were raised `STEPS` times and the budget was not spent: ask for a bigger step."""


def greedy(
    candidates: Candidates,
    costs: Mapping[Key, int],
    budget: int,
    *,
    approvals: Approvals | None = None,
    points: Scores | None = None,
    money: Money = WHOLE,
) -> Outcome:
    """The most votes (or points) first; what no longer fits is passed over (what most cities do).

    Among equal votes the cheaper comes first; those with the same votes and the same cost are all `tied` when not all
    of them fit. Only what has more than 0 votes is bought: what nobody chose is not, nor what has as many points
    against it as for it.

    Costs are whole numbers (of what `money` says), 0 for what costs nothing; support is choices, or points.
    """
    votes = _support(candidates, approvals, points)
    bought, tied = _by_votes(candidates, costs, budget, votes, ())
    name = tr("Most votes first (greedy)")
    notes: tuple[Message, ...] = (CHEAPER_FIRST,) if cheaper_first(bought, votes, costs) else ()
    notes += _too_dear(candidates, costs, budget)
    return _outcome(name, candidates, costs, votes, [bought | tied, bought] if tied else [bought], money, notes)


def cheaper_first(bought: Collection[Key], votes: Mapping[Key, int], costs: Mapping[Key, int]) -> bool:
    """Whether something was passed over that has as many votes as something cheaper that was bought."""
    out = [key for key in votes if votes[key] > 0 and key not in bought]
    return any(votes[key] == votes[paid] and costs[paid] < costs[key] for key in out for paid in bought)


def equal_shares(
    candidates: Candidates,
    costs: Mapping[Key, int],
    budget: int,
    *,
    approvals: Approvals | None = None,
    points: Scores | None = None,
    worth: Worth = "cost",
    add_one: bool = True,
    step: int = 1,
    greedy_completion: bool = False,
    money: Money = WHOLE,
    patience: Patience = ENDLESS,
) -> Outcome:
    """The method of equal shares (Peters and Skowron 2020; Peters, Pierczyński and Skowron 2021).

    Everybody gets the same share of the budget. A project is bought when those who want it can pay for it together,
    each at most the same price for what it is worth to them; the one with the lowest price goes first. At the same
    price the cheaper one, then the one with more votes (as the Pabulib checker does); what is still equal is not
    picked: every order is followed, `winners` are bought in all of them and `tied` in some.

    Costs are whole numbers (of what `money` says), and all sums are exact fractions. With approvals a project is worth
    its cost, or "one", to a person; with points its points. What costs nothing and is wanted is bought before anything
    else.

    The shares alone rarely use up the budget. With `add_one`, as long as what is bought costs no more than the budget,
    everybody's share is raised to the next whole unit and by one unit again (or by `step`, which is quicker and can buy
    less), and all is counted anew; the last that fits counts. Where costs are in cents, a unit is a hundred of them.
    `greedy_completion` spends what is left by most votes.

    Raises:
        NeverSpent: The shares would have to be raised too many times.
        TooLong: It costs more than there is patience for.
    """
    votes = _support(candidates, approvals, points)
    groups = _groups(candidates, costs, worth, approvals, points)
    people = sum(group.people for group in groups)
    free = frozenset(key for key in candidates if not costs[key] and any(key in group.worth for group in groups))
    name = _name(step if add_one else 0, completed=greedy_completion)
    if not people:
        return _outcome(name, candidates, costs, votes, [frozenset()], money, _too_dear(candidates, costs, budget))
    priced = [Group(group.people, {key: group.worth[key] for key in group.worth if costs[key]}) for group in groups]
    projects = wanted(candidates, costs, priced, votes)
    unit = 10**money.decimals

    def spend(share: Fraction) -> Ways:
        return ways_to_spend(projects, len(groups), share, patience)

    final = spend(Fraction(budget, people))
    if add_one:
        final = _raised(projects, spend, budget, budget // people // unit * unit, step * unit, final)
    notes: list[Message] = []
    if final.cut:
        notes.append(tr("There were too many orders to follow them all: whatever was open then is named as tied."))
    ends = [bought | free for bought in final.bought]
    if greedy_completion:
        completed: set[frozenset[Key]] = set()
        for bought in ends:
            more, tied = _by_votes(candidates, costs, budget, votes, tuple(bought))
            completed.add(more)
            completed.add(more | tied)
        ends = list(completed)
    return _outcome(name, candidates, costs, votes, ends, money, (*notes, *_too_dear(candidates, costs, budget)))


def _name(step: int, *, completed: bool) -> Message:
    """The rule with its variant; a step of 0 raises no shares."""
    if not step:
        return tr("Equal shares, the rest by most votes") if completed else tr("Equal shares")
    if completed:
        return tr("Equal shares, shares raised by {step}, the rest by most votes", step=step)
    return tr("Equal shares, shares raised by {step}", step=step)


def _raised(
    projects: Mapping[Key, Project], spend: Callable[[Fraction], Ways], budget: int, share: int, step: int, ways: Ways
) -> Ways:
    """Raise the shares as long as what is bought fits the budget, or all that is wanted is bought."""
    everything = {frozenset(projects)}
    current, possible, cut = set(ways.bought), set[frozenset[Key]](), ways.cut
    for _ in range(STEPS):
        if current == everything:
            break
        share += step
        ways = spend(Fraction(share))
        fits = {bought for bought in ways.bought if sum(projects[key].cost for key in bought) <= budget}
        cut = cut or ways.cut
        if len(fits) < len(ways.bought):
            possible |= current
        if not fits:
            return Ways(frozenset(possible), cut)
        current = fits
    else:
        raise NeverSpent
    return Ways(frozenset(possible | current), cut)


def _by_votes(
    candidates: Candidates, costs: Mapping[Key, int], budget: int, votes: Mapping[Key, int], bought: tuple[Key, ...]
) -> tuple[frozenset[Key], frozenset[Key]]:
    """What is surely bought, and what of equal votes and equal cost is not all affordable."""
    left = budget - sum(costs[key] for key in bought)
    sure, tied = set(bought), set[Key]()
    alike: dict[tuple[int, int], list[Key]] = {}
    for key in candidates:
        if key not in sure and votes[key] > 0:
            alike.setdefault((-votes[key], costs[key]), []).append(key)
    for (_, cost), keys in sorted(alike.items()):
        fit = min(left // cost, len(keys)) if cost else len(keys)
        left -= fit * cost
        if fit == len(keys):
            sure.update(keys)
        elif fit > 0:
            tied.update(keys)
    return frozenset(sure), frozenset(tied)


def _support(candidates: Candidates, approvals: Approvals | None, points: Scores | None) -> dict[Key, int]:
    """Votes, or points, for each project."""
    return sums_of(candidates, points or {}) if approvals is None else choosers(candidates, approvals)


def _groups(
    candidates: Candidates,
    costs: Mapping[Key, int],
    worth: Worth,
    approvals: Approvals | None,
    points: Scores | None,
) -> list[Group]:
    """People with the same answer, and what each project is worth to them."""
    groups = [
        Group(people, {key: costs[key] if worth == "cost" else 1 for key in keys})
        for keys, people in (approvals or {}).items()
    ]
    return groups + [
        Group(people, {key: value for key, value in given if value > 0}) for given, people in (points or {}).items()
    ]


def _too_dear(candidates: Candidates, costs: Mapping[Key, int], budget: int) -> tuple[Message, ...]:
    """Why nothing can be bought whatever the votes are, where that is so."""
    dear = all(costs[key] > budget for key in candidates)
    return (tr("Each one costs more than the whole budget, so nothing can be bought."),) if dear else ()


def _outcome(
    rule: Message,
    candidates: Candidates,
    costs: Mapping[Key, int],
    votes: Mapping[Key, int],
    ends: Sequence[frozenset[Key]],
    money: Money,
    notes: tuple[Message, ...] = (),
) -> Outcome:
    """The outcome from all that can be bought in the end."""
    sure = frozenset.intersection(*ends)
    some = frozenset().union(*ends) - sure
    ranks: dict[Key, Number] = {key: 2 if key in sure else 1 if key in some else 0 for key in candidates}
    return Outcome(
        rule=rule,
        winners=tuple(key for key in candidates if key in sure),
        places=in_places(candidates, ranks),
        figures=tuple((key, votes[key]) for key in candidates),
        notes=(
            tr("Bought for {sum} in all.", sum=money.amount(sum(costs[key] for key in sure))),
            *((tr("Not all of those that are alike fit the budget; nothing was picked among them."),) if some else ()),
            *notes,
        ),
        tied=tuple(key for key in candidates if key in some),
    )
