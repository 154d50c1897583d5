"""Runs in abcvoting's environment: reads profiles as JSON, prints committees by rule as JSON."""

import json
import sys

from abcvoting import abcrules
from abcvoting.preferences import Profile


def committees(question: dict) -> dict:
    keys = question["keys"]
    number = {key: at for at, key in enumerate(keys)}
    profile = Profile(len(keys))
    for chosen, people in question["ballots"]:
        for _ in range(people):
            profile.add_voter([number[key] for key in chosen])
    found = {
        "equal shares": abcrules.compute(
            "equal-shares-without-completion",
            profile,
            question["seats"],
            algorithm="standard-fractions",
            resolute=False,
        ),
        "approval": abcrules.compute("av", profile, 1, resolute=False),
    }
    return {rule: [sorted(keys[at] for at in each) for each in sets] for rule, sets in found.items()}


answers = [committees(each) for each in json.load(sys.stdin)]
print(json.dumps(answers))
