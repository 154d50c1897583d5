"""Runs in pref-voting's environment: reads profiles as JSON, prints winners by rule as JSON."""

import json
import random
import sys

from pref_voting.c1_methods import condorcet, copeland, smith_set
from pref_voting.grade_methods import majority_judgement, score_voting, star
from pref_voting.grade_profiles import GradeProfile
from pref_voting.iterative_methods import instant_runoff, instant_runoff_put, split_irv_put
from pref_voting.margin_based_methods import beat_path, minimax
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_scottish
from pref_voting.scoring_methods import borda_for_profile_with_ties, plurality


def on_rankings(question: dict) -> dict:
    keys = question["keys"]
    number = {key: at for at, key in enumerate(keys)}
    orders = [{number[key]: rank for rank, group in enumerate(ranking, 1) for key in group}
              for ranking, _ in question["ballots"]]  # fmt: skip
    profile = ProfileWithTies(
        orders, rcounts=[people for _, people in question["ballots"]], candidates=range(len(keys))
    )
    profile.use_extended_strict_preference()
    found = {
        f"stv, {seats}": stv_scottish(profile, num_seats=seats, rng=random.Random(0)) for seats in question["seats"]
    }
    if len(keys) > 5:
        return {rule: [keys[at] for at in winners] for rule, winners in found.items()}
    found |= {
        "condorcet": condorcet(profile) if profile.condorcet_winner() is not None else [],
        "smith": smith_set(profile),
        "copeland": copeland(profile),
        "minimax, margins": minimax(profile),
        "minimax, winning votes": minimax(profile, strength_function=profile.support),
        "schulze, margins": beat_path(profile),
        "schulze, winning votes": beat_path(profile, strength_function=profile.support),
        "borda, average": borda_for_profile_with_ties(profile),
        "irv, split": split_irv_put(profile),
    }
    if question["strict"]:
        found["plurality"] = plurality(profile)
        found["irv, all"] = instant_runoff_put(profile)
        found["irv, together"] = instant_runoff(profile)
    return {rule: [keys[at] for at in winners] for rule, winners in found.items()}


def on_scores(question: dict) -> dict:
    keys = question["keys"]
    sheets = [dict(given) for given, _ in question["ballots"]]
    profile = GradeProfile(sheets, [0, 1, 2, 3, 4, 5], gcounts=[n for _, n in question["ballots"]], candidates=keys)
    found = {
        "median": score_voting(profile, evaluation_method="median"),
        "sum": score_voting(profile),
    }
    if all(len(sheet) == len(keys) for sheet in sheets):  # it cannot compare a grade that was not given
        found["majority judgment"] = majority_judgement(profile)
    if (
        len({profile.sum(key) for key in keys if profile.has_grade(key)}) > 1
    ):  # with one sum for all it looks for a second that is not there
        found["star"] = star(profile)
    return {rule: list(winners) for rule, winners in found.items()}


answers = [on_rankings(each) if "strict" in each else on_scores(each) for each in json.load(sys.stdin)]
print(json.dumps(answers))
