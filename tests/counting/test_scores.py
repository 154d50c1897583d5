"""Rules on scores and grades, and sums of choices and points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counting.profiles import strict
from workshop_tui.counting.approvals import approval, cumulative, supporters
from workshop_tui.counting.grades import histograms, majority_judgment, median, quantile
from workshop_tui.counting.profiles import Scores
from workshop_tui.counting.star import star


def sheets(*lines: tuple[int, dict[str, int]]) -> Scores:
    """How many gave each sheet of scores."""
    return {tuple(sorted(given.items())): people for people, given in lines}


def from_grades(**grades: str) -> Scores:
    """One person for each column: a="5421" is four grades for a."""
    people: dict[tuple[tuple[str, int], ...], int] = {}
    for number in range(max(map(len, grades.values()))):
        sheet = tuple(
            (key, int(row[number])) for key, row in sorted(grades.items()) if row[number : number + 1].strip()
        )
        people[sheet] = people.get(sheet, 0) + 1
    return people


def test_choices_and_points_are_added_up_with_an_exact_margin() -> None:
    assert approval(("a", "b", "c"), {("a", "b"): 3, ("b",): 2, (): 1}).figures == (("a", 3), ("b", 5), ("c", 0))
    assert approval(("a", "b", "c"), {("a", "b"): 3, ("b",): 2}).margin == 2

    points = sheets((2, {"a": 3, "b": 1}), (1, {"b": 4}))
    assert cumulative(("a", "b"), points).winners == ("a", "b")
    assert supporters(("a", "b"), points) == {"a": 2, "b": 3}
    assert approval(("a",), {(): 3}).winners == ()


def test_nashville_wins_tennessee_by_score_then_run_off() -> None:
    # The encyclopedias' example of STAR: scores by distance, Nashville and Chattanooga in the run-off.
    scores = sheets(
        (42, {"m": 5, "n": 2, "c": 1, "k": 0}),
        (26, {"m": 0, "n": 5, "c": 2, "k": 2}),
        (15, {"m": 0, "n": 3, "c": 5, "k": 4}),
        (17, {"m": 0, "n": 2, "c": 4, "k": 5}),
    )

    outcome = star(("m", "n", "c", "k"), scores, most=5)

    assert outcome.figures == (("m", 210), ("n", 293), ("c", 237), ("k", 197))
    assert outcome.rounds[1].figures == (("n", 68), ("c", 32))
    assert outcome.winners == ("n",)
    assert outcome.margin == 36


def test_a_tie_for_the_run_off_is_narrowed_by_comparisons_or_followed_every_way() -> None:
    # a is first; b and c have the same sum, but two people put c above b and one b above c.
    scores = sheets((1, {"a": 5, "b": 4, "c": 0}), (1, {"a": 4, "b": 0, "c": 2}), (1, {"a": 3, "b": 1, "c": 3}))
    assert dict(star(("a", "b", "c"), scores, most=5).figures) == {"a": 12, "b": 5, "c": 5}

    assert dict(star(("a", "b", "c"), scores, most=5).rounds[1].figures).keys() == {"a", "c"}
    every = star(("a", "b", "c"), scores, most=5, ties="all")
    assert [dict(one.figures).keys() for one in every.rounds[1:]] == [{"a", "b"}, {"a", "c"}]
    assert every.margin is None


def test_a_tie_in_the_run_off_goes_to_the_sum_then_to_the_highest_scores_and_else_stays() -> None:
    by_sum = sheets((1, {"a": 5, "b": 3}), (1, {"a": 0, "b": 1}))
    assert star(("a", "b"), by_sum, most=5).winners == ("a",)
    assert star(("a", "b"), by_sum, most=5, ties="all").winners == ("a", "b")

    by_fives = sheets((1, {"a": 5, "b": 2}), (1, {"a": 1, "b": 4}))
    assert star(("b", "a"), by_fives, most=5).winners == ("a",)

    assert star(("a", "b"), sheets((1, {"a": 4, "b": 2}), (1, {"a": 2, "b": 4})), most=5).winners == ("a", "b")
    assert star(("a", "b"), sheets((1, {"a": 0})), most=5).winners == ()


def test_with_an_even_number_of_grades_both_middle_ones_are_there() -> None:
    scores = from_grades(a="1144", b="3333")

    assert quantile((0, 2, 0, 0, 2, 0), 1, 2) == (1, 4)
    assert median(("a", "b"), scores, least=0, most=5).figures == (("a", 1), ("b", 3))


def test_blank_is_no_grade_unless_the_rule_says_it_is_the_lowest() -> None:
    scores = from_grades(a="5    ", b="33333")

    assert median(("a", "b"), scores, least=0, most=5).winners == ("a",)
    assert median(("a", "b"), scores, least=0, most=5, blank="lowest").winners == ("b",)
    assert histograms(("a", "b"), scores, least=0, most=5, blank="lowest")["a"] == (4, 0, 0, 0, 0, 1)
    assert majority_judgment(("a", "b", "c"), scores, least=0, most=5).places[-1] == ("c",)


def test_the_next_grades_from_the_middle_break_a_tie_of_medians() -> None:
    # Medians 3 and 3; without them 2 and 2; without those 3 and 4.
    scores = from_grades(a="12335", b="12344")
    assert median(("a", "b"), scores, least=0, most=5).winners == ("a", "b")

    outcome = majority_judgment(("a", "b"), scores, least=0, most=5)

    assert outcome.places == (("b",), ("a",))


def test_with_unequal_numbers_each_grade_counts_as_often_as_makes_them_equal() -> None:
    assert majority_judgment(("a", "b"), from_grades(a="2  ", b="122"), least=0, most=5).winners == ("a",)
    assert majority_judgment(("a", "b"), from_grades(a="13  ", b="1133"), least=0, most=5).winners == ("a", "b")


def test_alike_to_the_end_is_tied() -> None:
    assert majority_judgment(("a", "b"), from_grades(a="123", b="321"), least=0, most=5).winners == ("a", "b")


def naive(grades: list[int]) -> list[int]:
    """The majority value as Balinski and Laraki define it: take the lower median away until nothing is left."""
    left, taken = sorted(grades), []
    while left:
        taken.append(left.pop((len(left) - 1) // 2))
    return taken


@given(st.integers(1, 9).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 2)))
def test_the_short_way_to_the_majority_value_is_the_long_way(both: tuple[list[int], list[int]]) -> None:
    one, other = both
    scores = from_grades(a="".join(map(str, one)), b="".join(map(str, other)))
    expected = ("a", "b") if naive(one) == naive(other) else ("a",) if naive(one) > naive(other) else ("b",)

    assert majority_judgment(("a", "b"), scores, least=0, most=3).winners == expected


def test_a_grade_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="not between 0 and 5"):
        median(("a",), sheets((1, {"a": 6})), least=0, most=5)


def test_a_ranking_reads_as_written() -> None:
    assert strict("2 ab 1 b") == {(("a",), ("b",)): 2, (("b",),): 1}
