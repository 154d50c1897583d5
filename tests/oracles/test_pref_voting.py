"""Rules on rankings and scores beside pref-voting (W. Holliday, E. Pacuit), thousands of profiles.

All winners of a tie are compared as sets. Where the two disagree, the rule that makes them do so is the test here; each
is also in docs/counting.md.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.oracles.environments import ask, python_of
from tests.oracles.made import Sheets, crowded, rankings, sheets
from workshop_tui.counting.approvals import cumulative
from workshop_tui.counting.grades import majority_judgment, median
from workshop_tui.counting.pairwise import condorcet_winner, copeland, minimax, pairwise, schulze, smith_set
from workshop_tui.counting.ranks import borda, plurality
from workshop_tui.counting.runoff import irv
from workshop_tui.counting.star import star
from workshop_tui.counting.stv import scottish_stv

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]


def range_of_seats(keys: tuple[str, ...]) -> list[int]:
    """One, two or three seats, fewer than candidates."""
    return [seats for seats in (1, 2, 3) if seats < len(keys)]


@pytest.mark.parametrize(("seed", "equal"), [(1, False), (2, True)], ids=["strict", "equal ranks"])
def test_three_thousand_profiles_have_the_same_winners_by_every_rule(
    environments: Path, seed: int, equal: bool
) -> None:
    chance = Random(seed)
    profiles = [rankings(chance, equal=equal) for _ in range(3000)]
    questions = [
        {
            "keys": keys,
            "strict": not equal,
            "seats": [] if equal else range_of_seats(keys),
            "ballots": list(made.items()),
        }
        for keys, made in profiles
    ]

    answers = ask(python_of("pref-voting", environments), "pref_voting_answers.py", questions)

    compared: Counter[str] = Counter()
    for (keys, made), theirs in zip(profiles, answers, strict=True):
        table = pairwise(keys, made)
        ours = {
            "condorcet": condorcet_winner(table),
            "smith": smith_set(table),
            "copeland": copeland(table),
            "minimax, margins": minimax(table, strength="margins"),
            "minimax, winning votes": minimax(table),
            "schulze, margins": schulze(table, strength="margins"),
            "schulze, winning votes": schulze(table),
            "borda, average": borda(keys, made, unranked="average"),
            "irv, split": irv(keys, made, equal="split"),
            "plurality": plurality(keys, made),
            "irv, all": irv(keys, made),
            "irv, together": irv(keys, made, ties="together"),
        }
        for rule, outcome in ours.items():
            if rule not in theirs:
                continue
            compared[rule] += 1
            expected = tuple(theirs[rule])
            if any(table.beats.values()):
                assert outcome.winners == expected, (rule, keys, made)
            elif rule not in ("plurality", "borda, average", "irv, split"):
                # Nobody put anybody above anybody: ours names nobody, pref-voting everybody.
                assert (outcome.winners, set(expected)) in (((), set(keys)), ((), set())), (rule, keys, made)
        for seats in (1, 2, 3):
            if f"stv, {seats}" in theirs:
                compared[f"stv, {seats}"] += 1
                elected = set(theirs[f"stv, {seats}"])
                outcome = scottish_stv(keys, made, seats)
                assert set(outcome.winners) <= elected <= {*outcome.winners, *outcome.tied}, (seats, keys, made)
    print(dict(compared))


def test_a_thousand_counts_with_several_surpluses_elect_the_same(environments: Path) -> None:
    chance = Random(4)
    keys = tuple("abcdefgh")
    profiles = [crowded(chance, keys) for _ in range(1000)]
    questions = [
        {"keys": keys, "strict": True, "seats": [2, 3, 4, 5], "ballots": list(made.items())} for made in profiles
    ]

    answers = ask(python_of("pref-voting", environments), "pref_voting_answers.py", questions)

    compared: Counter[str] = Counter()
    for made, theirs in zip(profiles, answers, strict=True):
        for seats in (2, 3, 4, 5):
            outcome, elected = scottish_stv(keys, made, seats), set(theirs[f"stv, {seats}"])
            compared["with a lot"] += bool(outcome.tied)
            compared["two surpluses at once"] += any(len(one.elected) > 1 for one in outcome.rounds[:-1])
            assert set(outcome.winners) <= elected <= {*outcome.winners, *outcome.tied}, (seats, made)
    print(dict(compared))
    assert compared["two surpluses at once"] > 100


def without_blanks(keys: tuple[str, ...], made: Sheets) -> Sheets:
    """The same sheets with 0 for every blank."""
    filled: Counter[tuple[tuple[str, int], ...]] = Counter()
    for sheet, people in made.items():
        filled[tuple((key, dict(sheet).get(key, 0)) for key in keys)] += people
    return filled


def test_three_thousand_sheets_of_scores_have_the_same_winners(environments: Path) -> None:
    chance = Random(3)
    profiles = [sheets(chance, complete=at % 2 == 0) for at in range(3000)]
    filled = [without_blanks(keys, made) for keys, made in profiles]
    questions = [{"keys": keys, "ballots": list(made.items())} for keys, made in profiles]
    questions += [
        {"keys": keys, "ballots": list(made.items())} for (keys, _), made in zip(profiles, filled, strict=True)
    ]

    answers = ask(python_of("pref-voting", environments), "pref_voting_answers.py", questions)

    compared: Counter[str] = Counter()
    for (keys, made), whole, theirs, of_whole in zip(profiles, filled, answers[:3000], answers[3000:], strict=True):
        said = any(value for sheet in made for _, value in sheet)
        outcomes = {
            "sum": cumulative(keys, made),
            "median": median(keys, made, least=0, most=5),
            "star": star(keys, whole, most=5, ties="all"),
        }
        for rule, outcome in outcomes.items():
            expected = (of_whole if rule == "star" else theirs).get(rule)
            if expected is None:
                continue
            compared[rule] += 1
            if outcome.winners != tuple(expected):
                assert not outcome.winners, (rule, keys, made)  # ours names nobody where nothing above 0 was said
                assert not said, (rule, keys, made)
        # A blank counts as 0 in our run-off; pref-voting asks only those who scored both.
        ours = star(keys, made, most=5, ties="all")
        assert ours.winners == outcomes["star"].winners, (keys, made)
        compared["star, other with blanks"] += tuple(theirs.get("star", ours.winners)) != ours.winners

        judged = majority_judgment(keys, made, least=0, most=5).winners
        if "majority judgment" in theirs:
            # pref-voting breaks a tie of medians in one step, by the larger group away from the median.
            compared["majority judgment"] += 1
            assert set(judged) <= set(theirs["majority judgment"]), (keys, made)
            compared["majority judgment, fewer"] += judged != tuple(theirs["majority judgment"])
    print(dict(compared))
