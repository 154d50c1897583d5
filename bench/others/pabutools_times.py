"""Runs in pabutools' environment: from the ballots to what is bought, rule by rule."""

import json
import sys

from clock import timed
from pabutools.election import ApprovalBallot, ApprovalMultiProfile, ApprovalProfile, Cost_Sat, Instance, Project
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule

asked = json.load(sys.stdin)
rounds, votes = asked["rounds"], asked["votes"]
projects = {key: Project(key, cost) for key, cost in asked["costs"].items()}
instance = Instance(projects.values(), budget_limit=asked["budget"])
cheaper = TieBreakingRule(lambda instance, profile, project: (project.cost, -votes[project.name], project.name))


def profile():
    ballots = [ApprovalBallot({projects[key] for key in chosen}) for chosen in asked["approvals"]]
    # Equal ballots together: the fastest form it has.
    return ApprovalMultiProfile(profile=ApprovalProfile(ballots, instance=instance))


def names(bought):
    return [project.name for project in bought]


def greedy():
    return names(greedy_utilitarian_welfare(instance, profile(), sat_class=Cost_Sat, tie_breaking=cheaper))


def shares():
    return names(method_of_equal_shares(instance, profile(), sat_class=Cost_Sat, tie_breaking=cheaper))


print(json.dumps({"greedy by votes": timed(greedy, rounds), "equal shares": timed(shares, rounds)}))
