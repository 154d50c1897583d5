"""What holds of every rule: order tells nothing, names tell nothing, rooms add up, and what is taken back is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.profiles import FOUR, approvals, rankings, scores
from workshop_tui.counting.approvals import approval, cumulative
from workshop_tui.counting.grades import majority_judgment, median
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import condorcet_winner, copeland, minimax, pairwise, schulze, smith_set
from workshop_tui.counting.profiles import Approvals, Candidates, Key, Rankings, Scores
from workshop_tui.counting.ranks import borda, plurality
from workshop_tui.counting.runoff import irv
from workshop_tui.counting.shares import equal_shares, greedy
from workshop_tui.counting.star import star
from workshop_tui.counting.stv import scottish_stv

COSTS = {"a": 5, "b": 4, "c": 3, "d": 3}

ON_RANKINGS: dict[str, Callable[[Candidates, Rankings], Outcome]] = {
    "plurality": plurality,
    "borda": borda,
    "borda, average": lambda keys, profile: borda(keys, profile, unranked="average"),
    "condorcet": lambda keys, profile: condorcet_winner(pairwise(keys, profile)),
    "smith": lambda keys, profile: smith_set(pairwise(keys, profile)),
    "copeland": lambda keys, profile: copeland(pairwise(keys, profile)),
    "minimax": lambda keys, profile: minimax(pairwise(keys, profile)),
    "minimax, margins": lambda keys, profile: minimax(pairwise(keys, profile), strength="margins"),
    "schulze": lambda keys, profile: schulze(pairwise(keys, profile)),
    "schulze, margins": lambda keys, profile: schulze(pairwise(keys, profile), strength="margins"),
    "irv": irv,
    "irv, split": lambda keys, profile: irv(keys, profile, equal="split"),
    "irv, stop": lambda keys, profile: irv(keys, profile, equal="stop"),
    "irv, next": lambda keys, profile: irv(keys, profile, equal="next"),
    "irv, together": lambda keys, profile: irv(keys, profile, ties="together"),
    "stv": lambda keys, profile: scottish_stv(keys, profile, 2),
}
ON_SCORES: dict[str, Callable[[Candidates, Scores], Outcome]] = {
    "cumulative": cumulative,
    "star": lambda keys, profile: star(keys, profile, most=5),
    "star, all": lambda keys, profile: star(keys, profile, most=5, ties="all"),
    "median": lambda keys, profile: median(keys, profile, least=0, most=5),
    "majority": lambda keys, profile: majority_judgment(keys, profile, least=0, most=5),
    "shares": lambda keys, profile: equal_shares(keys, COSTS_OF(keys), 9, points=profile),
}
ON_APPROVALS: dict[str, Callable[[Candidates, Approvals], Outcome]] = {
    "approval": approval,
    "greedy": lambda keys, profile: greedy(keys, COSTS_OF(keys), 9, approvals=profile),
    "shares": lambda keys, profile: equal_shares(keys, COSTS_OF(keys), 9, approvals=profile, greedy_completion=True),
}


def COSTS_OF(keys: Candidates) -> dict[Key, int]:  # noqa: N802 - reads as the constant it gives
    """A price that goes with the key, whatever it was renamed to."""
    return {key: COSTS[key.lower()] for key in keys}


def renamed(profile: Mapping[object, int]) -> dict[object, int]:
    """The same answers about A, B, C and D."""

    def up(part: object) -> object:
        return part.upper() if isinstance(part, str) else tuple(map(up, part)) if isinstance(part, tuple) else part

    return {up(answer): people for answer, people in profile.items()}


def the_same_for_all(count: Callable[[Candidates, object], Outcome], profile: Mapping[object, int]) -> None:
    """Order of answers, order of candidates and names change nothing but the order of a tie."""
    outcome = count(FOUR, profile)
    assert count(FOUR, dict(reversed(profile.items()))) == outcome

    turned = count(FOUR[::-1], profile)
    assert turned.winners == outcome.winners[::-1]
    assert turned.tied == outcome.tied[::-1]
    assert [set(place) for place in turned.places] == [set(place) for place in outcome.places]
    assert dict(turned.figures) == dict(outcome.figures)
    assert turned.margin == outcome.margin

    capitals = count(tuple("CADB"), renamed(profile))
    assert {key.lower() for key in capitals.winners} == set(outcome.winners)
    assert {key.lower() for key in capitals.tied} == set(outcome.tied)

    assert sorted(key for place in outcome.places for key in place) == sorted(FOUR)
    assert set(outcome.winners) <= set(FOUR)


@pytest.mark.parametrize("name", ON_RANKINGS)
@settings(max_examples=25)
@given(profile=rankings())
def test_order_and_names_tell_a_rule_on_rankings_nothing(name: str, profile: Rankings) -> None:
    the_same_for_all(ON_RANKINGS[name], profile)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ON_SCORES)
@settings(max_examples=25)
@given(profile=scores())
def test_order_and_names_tell_a_rule_on_scores_nothing(name: str, profile: Scores) -> None:
    the_same_for_all(ON_SCORES[name], profile)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ON_APPROVALS)
@settings(max_examples=25)
@given(profile=approvals())
def test_order_and_names_tell_a_rule_on_choices_nothing(name: str, profile: Approvals) -> None:
    the_same_for_all(ON_APPROVALS[name], profile)  # type: ignore[arg-type]


@settings(max_examples=30)
@given(rankings(), rankings(), st.integers(0, 7))
def test_two_rooms_together_are_one_room_and_what_is_taken_back_is_gone(
    one: Rankings, other: Rankings, times: int
) -> None:
    together = Counter(one) + Counter(other)

    tables = [pairwise(FOUR, profile).beats for profile in (one, other, together)]
    assert all(tables[0][pair] + tables[1][pair] == tables[2][pair] for pair in tables[2])
    sums = [dict(borda(FOUR, profile).figures) for profile in (one, other, together)]
    assert all(sums[0][key] + sums[1][key] == sums[2][key] for key in FOUR)
    for count in ON_RANKINGS.values():
        assert count(FOUR, together - Counter(other)) == count(FOUR, one)


@settings(max_examples=30)
@given(rankings(), st.integers(2, 9))
def test_a_room_many_times_over_decides_the_same(profile: Rankings, times: int) -> None:
    many = {answer: people * times for answer, people in profile.items()}

    for name, count in ON_RANKINGS.items():
        if name != "stv":  # its quota and its five decimals do not grow with the room
            assert count(FOUR, many).winners == count(FOUR, profile).winners, name


@settings(max_examples=80)
@given(rankings())
def test_a_winner_over_every_other_one_wins_by_every_rule_that_promises_it(profile: Rankings) -> None:
    table = pairwise(FOUR, profile)
    winner = condorcet_winner(table).winners

    if winner:
        for rule in (smith_set, schulze, minimax, copeland):
            assert rule(table).winners == winner
    assert set(schulze(table).winners) <= set(smith_set(table).winners)
    assert set(copeland(table).winners) <= set(smith_set(table).winners)


@settings(max_examples=30)
@given(rankings(equal=False))
def test_leaving_together_finds_one_of_those_who_can_win(profile: Rankings) -> None:
    every = irv(FOUR, profile)

    if every.winners and not every.notes:
        assert irv(FOUR, profile, ties="together").winners == every.winners
        one_seat = scottish_stv(FOUR, profile, 1)  # where two are left with equal votes, it looks at earlier stages
        assert {*one_seat.winners, *one_seat.tied} <= set(every.winners)
