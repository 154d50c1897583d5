"""Runs with votelib: from the ballots to the winners, rule by rule."""

import json
import sys

import votelib.convert
from clock import timed
from votelib.evaluate.condorcet import MinimaxCondorcet, Schulze
from votelib.evaluate.core import Plurality
from votelib.evaluate.sequential import TransferableVoteSelector

asked = json.load(sys.stdin)
rounds = asked["rounds"]
orders = [tuple(order) for order in asked["orders"]]


def counts():
    found = {}
    for order in orders:
        found[order] = found.get(order, 0) + 1
    return found


def flat(winners):
    # A tie is a set of its own among the winners.
    return [key for winner in winners for key in (winner if isinstance(winner, frozenset | set) else [winner])]


def plurality():
    return flat(Plurality().evaluate(votelib.convert.RankedToFirstPreference().convert(counts()), 1))


def pairwise(rule):
    return lambda: flat(rule.evaluate(votelib.convert.RankedToCondorcetVotes().convert(counts()), 1))


def runoff():
    return flat(TransferableVoteSelector(quota_function=None).evaluate(counts(), 1))


found = {}
for name, call in {
    "plurality": plurality,
    "Schulze": pairwise(Schulze()),
    "minimax": pairwise(MinimaxCondorcet()),
    "IRV": runoff,
}.items():
    try:
        found[name] = timed(call, rounds)
    except NotImplementedError as why:
        found[name] = {"seconds": None, "winners": [], "why": str(why)}
print(json.dumps(found))
