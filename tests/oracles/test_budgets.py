"""Equal shares and greedy beside pabutools (S. Rey and others) and abcvoting (M. Lackner and others)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from tests.oracles.environments import ask, python_of
from tests.oracles.made import Choices, choices, prices
from workshop_tui.counting.approvals import approval
from workshop_tui.counting.equal import Group, wanted, ways_to_spend
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.shares import equal_shares, greedy

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]


def one_of_ours(ours: Outcome, theirs: list[str]) -> bool:
    """Whether what another program bought is what ours buys, whatever is picked in a tie."""
    return set(ours.winners) <= set(theirs) <= {*ours.winners, *ours.tied}


def test_two_thousand_budgets_are_spent_alike(environments: Path) -> None:
    chance = Random(5)
    profiles = []
    for _ in range(2000):
        keys, made = choices(chance)
        profiles.append((keys, made, *prices(chance, keys, sum(made.values()))))
    questions = [{"costs": c, "budget": b, "ballots": list(made.items())} for _, made, c, b in profiles]

    answers = ask(python_of("pabutools", environments), "pabutools_answers.py", questions)

    compared: Counter[str] = Counter()
    for (keys, made, costs, budget), theirs in zip(profiles, answers, strict=True):
        points: dict[tuple[tuple[str, int], ...], int] = {}
        for chosen, people in made.items():
            sheet = tuple((key, len(chosen) - at) for at, key in enumerate(chosen))
            points[sheet] = points.get(sheet, 0) + people
        ours = {
            "equal shares, cost": equal_shares(keys, costs, budget, approvals=made, add_one=False),
            "equal shares, one": equal_shares(keys, costs, budget, approvals=made, add_one=False, worth="one"),
            "equal shares, points": equal_shares(keys, costs, budget, points=points, add_one=False),
            "greedy": greedy(keys, costs, budget, approvals=made),
        }
        for rule, outcome in ours.items():
            compared[rule] += 1
            bought = [key for key in theirs[rule] if dict(outcome.figures)[key]]
            if rule == "greedy":
                # pabutools also buys what nobody chose, when it fits.
                compared["greedy, bought what nobody chose"] += len(bought) < len(theirs[rule])
            assert one_of_ours(outcome, bought), (rule, keys, made, costs, budget)

        for rule, votes in {
            "equal shares, add one": {"approvals": made},
            "equal shares, points, add one": {"points": points},
        }.items():
            compared[rule] += 1
            if not one_of_ours(equal_shares(keys, costs, budget, **votes), theirs[rule]):  # type: ignore[arg-type]
                # pabutools stops raising as soon as nothing more would fit; ours goes on while what is bought fits.
                compared[f"{rule}, stopped early"] += 1
                assert stopped_early(keys, made, votes, costs, budget, theirs[rule]), (rule, made, costs, budget)
    print(dict(compared))


def stopped_early(
    keys: tuple[str, ...],
    made: Choices,
    votes: dict[str, object],
    costs: dict[str, int],
    budget: int,
    bought: list[str],
) -> bool:
    """Whether this is bought at some height of the shares, and nothing more that anybody chose would fit then."""
    chosen = {key for keys_of_one in made for key in keys_of_one}
    left = budget - sum(costs[key] for key in bought)
    people = sum(made.values())
    return all(costs[key] > left for key in chosen if key not in bought) and any(
        one_of_ours(equal_shares(keys, costs, share * people, add_one=False, **votes), bought)  # type: ignore[arg-type]
        for share in range(budget // people, sum(costs.values()) + 1)
    )


def test_two_thousand_committees_are_among_those_of_abcvoting(environments: Path) -> None:
    chance = Random(6)
    profiles = []
    for _ in range(2000):
        keys, made = choices(chance)
        profiles.append((keys, made, chance.randint(1, len(keys) - 1)))
    questions = [{"keys": keys, "seats": seats, "ballots": list(made.items())} for keys, made, seats in profiles]

    answers = ask(python_of("abcvoting", environments), "abcvoting_answers.py", questions)

    compared: Counter[str] = Counter()
    for (keys, made, seats), theirs in zip(profiles, answers, strict=True):
        groups = [Group(people, dict.fromkeys(chosen, 1)) for chosen, people in made.items()]
        votes = {key: sum(people for chosen, people in made.items() if key in chosen) for key in keys}
        projects = wanted(keys, dict.fromkeys(keys, 1), groups, votes)
        ways = ways_to_spend(projects, len(groups), Fraction(seats, sum(made.values())))
        committees = {frozenset(each) for each in theirs["equal shares"]}
        compared["equal shares"] += 1
        # Of those with the same price we take who has more votes first; abcvoting follows all of them.
        assert ways.bought <= committees, (keys, made, seats)
        compared["equal shares, fewer by more votes first"] += ways.bought < committees
        assert {frozenset([key]) for key in approval(keys, made).winners} == {frozenset(w) for w in theirs["approval"]}
        compared["approval"] += 1
    print(dict(compared))
