"""Weighing by several criteria."""

from fractions import Fraction

from workshop_tui.counting.criteria import complete, first_by_marks, first_by_weights, sensitivity, weighted

OPTIONS = ("bus", "bike")
MARKS = {("bus", "cost"): 2, ("bus", "reach"): 5, ("bike", "cost"): 5, ("bike", "reach"): 3}


def test_the_weighted_average_is_exact() -> None:
    outcome = weighted(OPTIONS, {"cost": 1, "reach": 2}, MARKS)

    assert outcome.figures == (("bus", 4), ("bike", Fraction(11, 3)))
    assert outcome.winners == ("bus",)
    assert outcome.margin == Fraction(1, 3)


def test_sensitivity_says_which_other_weights_change_the_first_place() -> None:
    found = sensitivity(OPTIONS, {"cost": 1, "reach": 2}, MARKS)

    assert found.base.winners == ("bus",)
    assert [(dict(case.weights), case.outcome.winners, case.holds) for case in found.cases] == [
        ({"cost": 1, "reach": 1}, ("bike",), False),
        ({"reach": 2}, ("bus",), True),
        ({"cost": 1}, ("bike",), False),
    ]


def test_the_only_criterion_is_never_left_out() -> None:
    found = sensitivity(("x", "y"), {"c": 3}, {("x", "c"): 2, ("y", "c"): 1})

    assert [(dict(case.weights), case.holds) for case in found.cases] == [({"c": 1}, True)]


def test_people_with_their_own_weights_are_counted_by_whom_they_put_first() -> None:
    sets = {(("cost", 1), ("reach", 2)): 4, (("cost", 5), ("reach", 1)): 3, (("cost", 2), ("reach", 3)): 1}

    assert first_by_weights(OPTIONS, sets, MARKS) == {"bus": 5, "bike": 4}  # the last one has a tie


def test_people_with_their_own_marks_count_only_where_they_left_out_nothing_that_counts() -> None:
    bus, bike = ("bus", "cost"), ("bike", "cost")
    given = [({bus: 5, bike: 1}, 4), ({bus: 2, bike: 2}, 2), ({bus: 5}, 9), ({bike: 5, ("bus", "reach"): 1}, 9)]

    assert first_by_marks(OPTIONS, {"cost": 3, "reach": 0}, given) == ({"bus": 6, "bike": 2}, 6)
    assert first_by_marks(OPTIONS, {"cost": 0}, given) == ({"bus": 0, "bike": 0}, 0)


def test_only_what_has_a_mark_on_everything_that_counts_can_be_compared() -> None:
    marks = {("bus", "cost"): 2, ("bike", "cost"): 0, ("bike", "reach"): 1}

    assert complete(OPTIONS, {"cost": 1, "reach": 1}, marks) == ("bike",)
    assert complete(OPTIONS, {"cost": 1, "reach": 0}, marks) == OPTIONS
    assert complete(OPTIONS, {"cost": 0}, marks) == ()


def test_without_weights_or_marks_nobody_wins() -> None:
    assert weighted(OPTIONS, {"cost": 0}, MARKS).winners == ()
    assert weighted(OPTIONS, {"cost": 1}, {}).winners == ()
