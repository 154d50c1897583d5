"""Runs in pabutools' environment: reads profiles as JSON, prints what is bought by rule as JSON."""

import json
import sys

from pabutools.election import (
    Additive_Cardinal_Sat,
    ApprovalBallot,
    ApprovalProfile,
    CardinalBallot,
    Cardinality_Sat,
    CardinalProfile,
    Cost_Sat,
    Instance,
    Project,
)
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule


def spent(question: dict) -> dict:
    projects = {key: Project(key, cost) for key, cost in question["costs"].items()}
    instance = Instance(projects.values(), budget_limit=question["budget"])
    votes = {key: sum(people for chosen, people in question["ballots"] if key in chosen) for key in projects}
    given = dict.fromkeys(projects, 0)
    for chosen, people in question["ballots"]:
        for at, key in enumerate(chosen):
            given[key] += people * (len(chosen) - at)
    cheaper_by_points = TieBreakingRule(
        lambda instance, profile, project: (project.cost, -given[project.name], project.name)
    )
    cheaper = TieBreakingRule(lambda instance, profile, project: (project.cost, -votes[project.name], project.name))
    approval = ApprovalProfile(
        [ApprovalBallot({projects[key] for key in chosen})
         for chosen, people in question["ballots"] for _ in range(people)],
        instance=instance,
    )  # fmt: skip
    points = CardinalProfile(
        [CardinalBallot({projects[key]: len(chosen) - at for at, key in enumerate(chosen)})
         for chosen, people in question["ballots"] for _ in range(people)],
        instance=instance,
    )  # fmt: skip
    rules = {
        "greedy": greedy_utilitarian_welfare(instance, approval, sat_class=Cost_Sat, tie_breaking=cheaper),
        "equal shares, cost": method_of_equal_shares(instance, approval, sat_class=Cost_Sat, tie_breaking=cheaper),
        "equal shares, one": method_of_equal_shares(
            instance, approval, sat_class=Cardinality_Sat, tie_breaking=cheaper
        ),
        "equal shares, points": method_of_equal_shares(
            instance, points, sat_class=Additive_Cardinal_Sat, tie_breaking=cheaper_by_points
        ),
        "equal shares, points, add one": method_of_equal_shares(
            instance,
            points,
            sat_class=Additive_Cardinal_Sat,
            tie_breaking=cheaper_by_points,
            voter_budget_increment=1,
        ),
        "equal shares, add one": method_of_equal_shares(
            instance, approval, sat_class=Cost_Sat, tie_breaking=cheaper, voter_budget_increment=1
        ),
    }
    return {rule: sorted(project.name for project in bought) for rule, bought in rules.items()}


answers = [spent(each) for each in json.load(sys.stdin)]
print(json.dumps(answers))
