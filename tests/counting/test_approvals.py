"""Adding up choices and points."""

from workshop_tui.counting.approvals import choosers, left_without, sums_of, supporters

KEYS = ("a", "b", "c")
CHOSEN = {("a",): 3, ("a", "b"): 2, (): 4}
POINTS = {(("a", 5), ("b", 1)): 2, (("a", 1), ("b", 0)): 3}


def test_everybody_is_counted_for_all_that_they_chose() -> None:
    assert choosers(KEYS, CHOSEN) == {"a": 5, "b": 2, "c": 0}
    assert choosers(KEYS, {}) == {"a": 0, "b": 0, "c": 0}


def test_who_chose_none_of_the_winners_is_left_without() -> None:
    assert left_without(CHOSEN, ("b",)) == 7
    assert left_without(CHOSEN, ("a", "c")) == 4
    assert left_without(CHOSEN, ()) == 9


def test_points_are_summed_and_their_givers_counted() -> None:
    assert sums_of(KEYS, POINTS) == {"a": 13, "b": 2, "c": 0}
    assert supporters(KEYS, POINTS) == {"a": 5, "b": 2, "c": 0}
