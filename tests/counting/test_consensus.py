"""How far a room agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.counting.grades import consensus, quantile


def test_all_of_one_mind_agree_and_half_at_each_end_do_not() -> None:
    assert consensus([0, 9, 0, 0]) == 1
    assert consensus([5, 0, 0, 5]) == pytest.approx(0)


def test_the_published_value_for_an_even_spread() -> None:
    # Tastle and Wierman's five grades, one person each: 1 + 2/5 log2(1/2) + 2/5 log2(3/4) = 0.434.
    assert consensus([1, 1, 1, 1, 1]) == pytest.approx(0.43398, abs=1e-5)


def test_nobody_has_no_measure() -> None:
    assert consensus([0, 0, 0]) is None
    assert quantile([0, 0, 0], 1, 2) is None


def test_the_median_and_the_quartiles_of_a_show_of_fists() -> None:
    fists = [1, 0, 2, 3, 3, 1]

    assert quantile(fists, 1, 2) == (3, 3)
    assert (quantile(fists, 1, 4), quantile(fists, 3, 4)) == ((2, 2), (4, 4))


@given(st.lists(st.integers(0, 9), min_size=3, max_size=9).filter(any))
def test_consensus_stays_in_its_range_and_does_not_mind_which_end_is_which(counts: list[int]) -> None:
    value = consensus(counts)

    assert value is not None
    assert -1e-9 <= value <= 1
    assert consensus(counts[::-1]) == pytest.approx(value)
    assert consensus([count * 7 for count in counts]) == pytest.approx(value)
