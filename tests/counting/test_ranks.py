"""First choices, and points for places."""

from fractions import Fraction

from tests.counting.profiles import strict
from workshop_tui.counting.pairwise import condorcet_winner, pairwise
from workshop_tui.counting.ranks import borda, plurality

# Tennessee chooses a capital: Memphis, Nashville, Chattanooga, Knoxville (the example of most encyclopedias).
CITIES = ("m", "n", "c", "k")
TENNESSEE = strict("42 mnck 26 nckm 15 cknm 17 kcnm")


def test_memphis_has_most_first_choices_and_nashville_most_points() -> None:
    assert plurality(CITIES, TENNESSEE).winners == ("m",)
    assert plurality(CITIES, TENNESSEE).margin == 16

    points = borda(CITIES, TENNESSEE)

    assert points.figures == (("m", 226), ("n", 294), ("c", 273), ("k", 207))
    assert points.places == (("n",), ("c",), ("m",), ("k",))
    assert condorcet_winner(pairwise(CITIES, TENNESSEE)).winners == ("n",)


def test_who_is_left_out_gets_nothing_or_the_average_of_what_is_left() -> None:
    alone = strict("1 a")

    assert borda(("m", "x", "y"), strict("1 m")).figures == (("m", 3), ("x", 0), ("y", 0))
    averaged = borda(("a", "x", "y"), alone, unranked="average")
    assert averaged.figures == (("a", 3), ("x", Fraction(3, 2)), ("y", Fraction(3, 2)))


def test_an_equal_rank_shares_the_points_of_its_places() -> None:
    outcome = borda(("a", "b", "c", "d"), {(("a",), ("b", "c"), ("d",)): 2})

    assert outcome.figures == (("a", 8), ("b", 5), ("c", 5), ("d", 2))


def test_five_places_give_five_to_one_point_and_nothing_beyond() -> None:
    outcome = borda(tuple("abcdefg"), strict("1 abcdefg"), places=5)

    assert [figure for _, figure in outcome.figures] == [5, 4, 3, 2, 1, 0, 0]


def test_an_equal_first_rank_is_nobodys_first_choice_and_is_said() -> None:
    outcome = plurality(("a", "b"), {(("a", "b"),): 3, (("b",),): 1})

    assert outcome.figures == (("a", 0), ("b", 1))
    assert "3 put several in the first place" in str(outcome.notes[0])


def test_where_nothing_was_said_nobody_wins() -> None:
    for profile in ({}, {(): 4}):
        assert plurality(CITIES, profile).winners == ()
        assert borda(CITIES, profile).winners == ()
        assert plurality(CITIES, profile).margin is None


def test_a_tie_is_all_of_them_in_the_order_of_the_agenda() -> None:
    outcome = plurality(("b", "a", "c"), strict("2 a 2 b 1 c"))

    assert outcome.winners == ("b", "a")
    assert outcome.places == (("b", "a"), ("c",))
    assert outcome.margin == 0
