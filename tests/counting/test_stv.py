"""Several seats from rankings."""

from fractions import Fraction

from tests.counting.profiles import strict
from workshop_tui.counting.stv import scottish_stv

# Three sweets for twenty guests: the encyclopedias' example of transfers (oranges, pears, chocolate, strawberries, hard
# candies), with every ballot as far as it is used.
SWEETS = ("o", "p", "c", "s", "h")
GUESTS = strict("4 o 2 po 8 cs 4 ch 1 s 1 h")


def test_chocolate_oranges_and_strawberries_are_elected() -> None:
    outcome = scottish_stv(SWEETS, GUESTS, 3)

    assert list(map(str, outcome.notes)) == ["The quota is 6."]
    assert set(outcome.winners) == {"c", "o", "s"}
    assert outcome.tied == ()
    assert outcome.rounds[0].elected == ("c",)
    # A surplus of 6 on 12 papers: each is worth a half.
    assert outcome.rounds[1].figures == (("o", 4), ("p", 2), ("c", 6), ("s", 5), ("h", 3))


def test_transfer_values_are_cut_off_after_five_decimals() -> None:
    # The quota is 5, the surplus 2 of 7 papers: 0.28571 each, and 0.00003 is lost.
    outcome = scottish_stv(("a", "b", "c"), strict("7 ab 4 c 2 b"), 2)

    votes = dict(outcome.rounds[1].figures)
    assert votes["b"] == 2 + 7 * Fraction(28571, 100000)
    assert outcome.rounds[1].exhausted == Fraction(3, 100000)


def test_an_equal_number_is_decided_by_the_latest_stage_at_which_they_differed() -> None:
    # After d's paper goes to b, b and c have 3 each; at the first stage b had fewer, so b is excluded.
    outcome = scottish_stv(("a", "b", "c", "d"), strict("5 a 2 b 3 c 1 db"), 1)

    assert [one.gone for one in outcome.rounds][:3] == [(), ("d",), ("b",)]
    assert outcome.tied == ()


def test_it_is_the_latest_such_stage_and_not_the_first() -> None:
    # First b has 3 and c 4; after d has gone b has 5 and c 4; after e has gone both have 5.
    outcome = scottish_stv(tuple("abcde"), strict("10 a 3 b 4 c 2 db 1 ec 2 e"), 1)

    assert dict(outcome.rounds[2].figures) == {"a": 10, "b": 5, "c": 5}
    assert [one.gone for one in outcome.rounds][1:4] == [("d",), ("e",), ("c",)]


def test_the_largest_surplus_goes_on_first() -> None:
    outcome = scottish_stv(tuple("abcd"), strict("9 bc 7 ad 1 c 1 d"), 3)

    assert outcome.rounds[0].elected == ("a", "b")
    assert dict(outcome.rounds[1].figures)["b"] == 5  # the quota: its surplus of 4 is moved, and a still has 7
    assert dict(outcome.rounds[1].figures)["a"] == 7


def test_a_lot_is_never_drawn_but_every_way_is_followed() -> None:
    outcome = scottish_stv(("a", "b", "c"), strict("4 a 3 b 3 c"), 2)

    assert outcome.winners == ("a",)
    assert outcome.tied == ("b", "c")
    assert outcome.places == (("a",), ("b", "c"))
    assert any("Every way was followed" in str(note) for note in outcome.notes)


def test_a_lot_that_changes_nothing_ties_nobody() -> None:
    outcome = scottish_stv(("a", "b", "c", "d"), strict("6 a 5 b 1 ca 1 da"), 2)

    assert outcome.winners == ("a", "b")
    assert outcome.tied == ()


def test_options_that_nobody_chose_need_no_lot() -> None:
    outcome = scottish_stv(tuple("abcdefghijklm"), strict("5 ab 3 b 2 c"), 2)

    assert outcome.winners == ("a", "b")
    assert not any("Every way" in str(note) for note in outcome.notes)


def test_a_paper_without_one_first_choice_does_not_count_for_the_quota() -> None:
    outcome = scottish_stv(("a", "b"), {(("a",),): 3, (("a", "b"),): 5, (): 1}, 1)

    assert list(map(str, outcome.notes)) == ["The quota is 2.", "6 without one first choice; not counted."]
    assert outcome.winners == ("a",)


def test_a_later_equal_rank_ends_the_paper_there() -> None:
    outcome = scottish_stv(("a", "b", "c", "d"), {(("a",),): 4, (("b",),): 3, (("c",), ("b", "d")): 2}, 1)

    assert outcome.rounds[2].exhausted == 2
    assert outcome.winners == ("a",)


def test_more_seats_than_options_elect_all_and_nobody_is_elected_by_nobody() -> None:
    assert scottish_stv(("a", "b"), strict("1 a"), 3).winners == ("a", "b")
    assert scottish_stv(("a", "b"), {}, 1).winners == ()
