"""Runs in pref-voting's environment: from the ballots to the winners, rule by rule."""

import json
import sys

from clock import timed
from pref_voting.grade_methods import star
from pref_voting.grade_profiles import GradeProfile
from pref_voting.iterative_methods import instant_runoff_put
from pref_voting.margin_based_methods import beat_path, minimax
from pref_voting.profiles import Profile
from pref_voting.scoring_methods import borda, plurality

asked = json.load(sys.stdin)
keys, rounds = asked["keys"], asked["rounds"]
number = {key: at for at, key in enumerate(keys)}
orders = [[number[key] for key in order] for order in asked["orders"]]
sheets = [dict(sheet) for sheet in asked["scores"]]


def counted(rule):
    return lambda: [keys[at] for at in rule(Profile(orders))]


def graded():
    return star(GradeProfile(sheets, [0, 1, 2, 3, 4, 5], candidates=keys))


found = {
    "plurality": timed(counted(plurality), rounds),
    "Borda": timed(counted(borda), rounds),
    "Schulze": timed(counted(beat_path), rounds),
    "minimax": timed(counted(minimax), rounds),
    "IRV": timed(counted(instant_runoff_put), rounds),
    "STAR": timed(graded, rounds),
}
print(json.dumps(found))
