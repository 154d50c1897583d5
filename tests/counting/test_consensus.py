"""How far a room agrees."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.counting.consensus import agreement, consensus, measures


def test_all_of_one_mind_agree_and_half_at_each_end_do_not() -> None:
    assert consensus([0, 9, 0, 0]) == 1
    assert agreement([0, 9, 0, 0]) == 1
    assert consensus([5, 0, 0, 5]) == pytest.approx(0)
    assert agreement([5, 0, 0, 5]) == -1


def test_the_published_value_for_an_even_spread() -> None:
    # Tastle and Wierman's five grades, one person each: 1 + 2/5 log2(1/2) + 2/5 log2(3/4) = 0.434.
    assert consensus([1, 1, 1, 1, 1]) == pytest.approx(0.43398, abs=1e-5)
    assert agreement([3, 3, 3, 3, 3]) == 0


def test_layers_are_weighted_by_people() -> None:
    # Van der Eijk: 20 of two neighbours (U = 1, 1 - 1/4) and 10 more of one of them (1): (3/4 * 20 + 10) / 30.
    assert agreement([0, 20, 10, 0, 0]) == (Fraction(3, 4) * 20 + 10) / 30


def test_a_scale_of_two_has_no_agreement_and_nobody_has_no_measure() -> None:
    assert agreement([1, 2]) is None
    nothing = measures([0, 0, 0], accept=(1, 2))
    assert (nothing.median, nothing.quartiles, nothing.consensus, nothing.agreement, nothing.share) == (None,) * 5


def test_measures_of_a_show_of_fists() -> None:
    found = measures([1, 0, 2, 3, 3, 1], accept=(3, 4, 5), object_=(0, 1, 2))

    assert found.people == 10
    assert found.median == (3, 3)
    assert found.quartiles == ((2, 2), (4, 4))
    assert (found.accept, found.object) == (7, 3)
    assert found.share == Fraction(7, 10)


@given(st.lists(st.integers(0, 9), min_size=3, max_size=9).filter(any))
def test_measures_stay_in_their_range_and_do_not_mind_which_end_is_which(counts: list[int]) -> None:
    value, other = consensus(counts), agreement(counts)

    assert value is not None
    assert other is not None
    assert -1e-9 <= value <= 1
    assert -1 <= other <= 1
    assert agreement(counts[::-1]) == other
    assert consensus(counts[::-1]) == pytest.approx(value)
    assert agreement([count * 7 for count in counts]) == other
