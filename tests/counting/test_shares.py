"""Spending a budget."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.profiles import FOUR, approvals
from workshop_tui.counting.profiles import Approvals
from workshop_tui.counting.shares import CHEAPER_FIRST, Money, NeverSpent, equal_shares, greedy

COSTS = {"a": 60, "b": 40, "c": 30, "d": 30}


def test_most_votes_first_and_what_does_not_fit_is_passed_over() -> None:
    outcome = greedy(FOUR, COSTS, 100, approvals={("a",): 3, ("b",): 2, ("c",): 4, ("d",): 1})

    assert outcome.winners == ("a", "c")
    assert outcome.figures == (("a", 3), ("b", 2), ("c", 4), ("d", 1))
    assert str(outcome.notes[0]) == "Bought for 90 in all."


def test_of_equal_votes_the_cheaper_comes_first_and_what_is_alike_is_tied() -> None:
    assert greedy(FOUR, COSTS, 60, approvals={("a", "b"): 2}).winners == ("b",)

    tied = greedy(FOUR, COSTS, 70, approvals={("b",): 3, ("c", "d"): 2})

    assert tied.winners == ("b",)
    assert tied.tied == ("c", "d")
    assert "nothing was picked" in str(tied.notes[1])


def test_what_nobody_chose_is_not_bought() -> None:
    assert greedy(FOUR, COSTS, 1000, approvals={("a",): 1}).winners == ("a",)
    assert equal_shares(FOUR, COSTS, 1000, approvals={("a",): 1, (): 1}).winners == ("a",)
    assert equal_shares(FOUR, COSTS, 1000, approvals={}).winners == ()


def test_a_third_of_the_people_gets_its_share_where_greedy_gives_it_nothing() -> None:
    # Two in three want the three parks, one in three the school; every project costs a third of the budget.
    costs = {"p": 300, "q": 300, "r": 300, "s": 300}
    votes: Approvals = {("p", "q", "r"): 6, ("s",): 3}

    assert greedy(tuple("pqrs"), costs, 900, approvals=votes).winners == ("p", "q", "r")
    shared = equal_shares(tuple("pqrs"), costs, 900, approvals=votes, add_one=False)
    assert "s" in shared.winners
    assert shared.tied == ("p", "q", "r")  # two of these three, and nothing says which


def test_the_price_is_what_the_poorer_cannot_pay_shared_by_the_others() -> None:
    # Two people with 50 each. b costs 40, wanted by both: 20 each. Then a (60) is wanted by one with 30 left: never.
    votes: Approvals = {("a", "b"): 1, ("b",): 1}
    assert equal_shares(("a", "b"), COSTS, 100, approvals=votes, add_one=False).winners == ("b",)
    # With shares of 80, a can be paid by one alone, but both together cost 100.
    assert equal_shares(("a", "b"), COSTS, 100, approvals=votes).winners == ("a", "b")
    assert equal_shares(("a", "b"), COSTS, 99, approvals=votes).winners == ("b",)


def test_completion_spends_the_rest_by_votes() -> None:
    votes: Approvals = {("a",): 1, ("b",): 1, ("c",): 1}

    assert equal_shares(FOUR, COSTS, 75, approvals=votes, add_one=False).winners == ()
    raised = equal_shares(FOUR, COSTS, 75, approvals=votes)
    assert raised.winners == ("b", "c")
    completed = equal_shares(FOUR, COSTS, 75, approvals=votes, add_one=False, greedy_completion=True)
    assert completed.winners == ("b", "c")
    assert str(completed.rule) == "Equal shares, the rest by most votes"


def test_points_are_what_a_project_is_worth_to_each() -> None:
    # One person with 100: a gives 9 points for 60, b 1 point for 40 and c 8 for 30, which is the lowest price a point.
    outcome = equal_shares(("a", "b", "c"), COSTS, 95, points={(("a", 9), ("b", 1), ("c", 8)): 1}, add_one=False)

    assert outcome.winners == ("a", "c")
    assert equal_shares(("a", "b"), COSTS, 60, points={(("a", 1), ("b", 9)): 1}, add_one=False).winners == ("b",)


def test_worth_one_prefers_what_is_cheap_for_each_and_worth_cost_what_many_want() -> None:
    # Per head a costs 60 / 3 = 20 and c 30 / 2 = 15; per pound a head, a needs a third and c a half.
    votes: Approvals = {("a", "c"): 2, ("a",): 1}

    assert equal_shares(("a", "c"), COSTS, 60, approvals=votes, add_one=False).winners == ("a",)
    assert equal_shares(("a", "c"), COSTS, 60, approvals=votes, add_one=False, worth="one").winners == ("c",)


def test_who_has_paid_all_they_have_owes_nothing_later() -> None:
    # The first pays 40 for a and then the 10 that are left for b, which costs 50; the other pays 40 and has 10 for c.
    points = {(("a", 1000), ("b", 100), ("c", 1)): 1, (("b", 100), ("c", 1)): 1}

    outcome = equal_shares(("a", "b", "c"), {"a": 40, "b": 50, "c": 10}, 100, points=points, add_one=False)

    assert outcome.winners == ("a", "b", "c")


def test_where_one_way_still_fits_and_another_does_not_both_ends_are_kept() -> None:
    # At shares of 27 the tie of c and d ends in b, d and e for 55 or in c, d and e for 75, and the budget is 57.
    votes: Approvals = {("c", "d", "e"): 1, ("c", "e"): 1, ("b", "d"): 1}
    costs = {"a": 10, "b": 10, "c": 30, "d": 30, "e": 15}

    outcome = equal_shares(tuple("abcde"), costs, 57, approvals=votes)

    assert outcome.winners == ("b", "e")
    assert outcome.tied == ("c", "d")


def test_a_way_that_no_longer_fits_ends_with_what_was_bought_before() -> None:
    # As soon as anything can be paid, it is b alone, or a and c, which cost too much: then nothing was bought before.
    votes: Approvals = {("b", "c"): 1, ("a", "b"): 1, ("a",): 1, ("c",): 1}

    outcome = equal_shares(("a", "b", "c"), {"a": 20, "b": 20, "c": 20}, 36, approvals=votes)

    assert outcome.winners == ()
    assert outcome.tied == ("b",)


def test_a_bigger_step_is_named_and_too_many_steps_are_refused() -> None:
    votes: Approvals = {("a",): 2, ("b",): 1}
    assert "raised by 7" in str(equal_shares(FOUR, COSTS, 100, approvals=votes, step=7).rule)

    with pytest.raises(NeverSpent):
        equal_shares(("a", "b"), {"a": 10**9, "b": 1}, 10**9, approvals={("a",): 1, ("b",): 999})


@settings(max_examples=60)
@given(approvals(), st.lists(st.integers(1, 30), min_size=4, max_size=4), st.integers(10, 70))
def test_nothing_ever_costs_more_than_the_budget_and_ties_are_never_sure(
    votes: Approvals, costs: list[int], budget: int
) -> None:
    priced = dict(zip(FOUR, costs, strict=True))
    for outcome in (
        greedy(FOUR, priced, budget, approvals=votes),
        equal_shares(FOUR, priced, budget, approvals=votes, add_one=False),
        equal_shares(FOUR, priced, budget, approvals=votes),
        equal_shares(FOUR, priced, budget, approvals=votes, greedy_completion=True),
    ):
        assert sum(priced[key] for key in outcome.winners) <= budget
        assert not set(outcome.winners) & set(outcome.tied)
        if outcome.tied:
            assert sum(priced[key] for key in (*outcome.winners, *outcome.tied)) > budget or "Equal" in str(
                outcome.rule
            )


def test_amounts_are_spent_to_the_smallest_coin() -> None:
    """Together they cost half a penny too much; rounded down both would fit."""
    costs = {"a": 70025, "b": 29980}
    cents = Money("£", 2)

    bought = greedy(("a", "b"), costs, 100000, approvals={("a", "b"): 3}, money=cents)
    shared = equal_shares(("a", "b"), costs, 100004, approvals={("a", "b"): 3}, money=cents)

    assert bought.winners == ("b",)
    assert list(map(str, bought.notes)) == ["Bought for £299.80 in all.", str(CHEAPER_FIRST)]
    assert shared.winners == ("b",)
    assert equal_shares(("a", "b"), costs, 100005, approvals={("a", "b"): 3}, money=cents).winners == ("a", "b")


def test_shares_in_cents_are_raised_by_whole_units_as_without_them() -> None:
    votes = {("b", "c"): 3, ("d",): 2, ("a",): 1}
    pounds = [equal_shares(FOUR, COSTS, money, approvals=votes) for money in range(40, 140, 7)]
    cents = {key: cost * 100 for key, cost in COSTS.items()}

    pence = [equal_shares(FOUR, cents, money * 100, approvals=votes, money=Money("", 2)) for money in range(40, 140, 7)]

    assert [(one.winners, one.tied) for one in pounds] == [(one.winners, one.tied) for one in pence]


def test_only_what_has_more_than_no_points_is_bought() -> None:
    points = {(("a", -4), ("b", 3), ("c", 0)): 1, (("a", 2), ("b", -3)): 2}

    outcome = greedy(("a", "b", "c"), {"a": 10, "b": 10, "c": 10}, 30, points=points)

    assert outcome.figures == (("a", 0), ("b", -3), ("c", 0))
    assert outcome.winners == ()


def test_what_costs_nothing_is_bought_where_it_is_wanted() -> None:
    votes = {("a", "b"): 2, ("b",): 1}
    costs = {"a": 0, "b": 40, "c": 0}

    for outcome in (
        greedy(("a", "b", "c"), costs, 40, approvals=votes),
        equal_shares(("a", "b", "c"), costs, 40, approvals=votes),
        equal_shares(("a", "b", "c"), costs, 40, approvals=votes, add_one=False, greedy_completion=True),
    ):
        assert outcome.winners == ("a", "b")


def test_it_is_said_where_the_price_decided_between_equal_votes() -> None:
    votes = {("a", "b"): 2, ("c",): 1}

    decided = greedy(("a", "b", "c"), {"a": 30, "b": 20, "c": 5}, 45, approvals=votes)
    all_fit = greedy(("a", "b", "c"), {"a": 30, "b": 20, "c": 5}, 50, approvals=votes)

    assert CHEAPER_FIRST in decided.notes
    assert CHEAPER_FIRST not in all_fit.notes
