"""Two at a time."""

from collections import Counter

import pytest

from tests.counting.profiles import strict
from workshop_tui.counting.pairwise import (
    condorcet_winner,
    copeland,
    minimax,
    pairwise,
    schulze,
    smith_set,
)

# M. Schulze, "A new monotonic ... single-winner election method" (2011), the 45 voters of his standard example.
FIVE = tuple("abcde")
SCHULZE_45 = strict("5 acbed 5 adecb 8 bedac 3 cabed 7 caebd 2 cbade 7 dceba 8 ebadc")


def test_schulzes_45_voters_elect_e_by_the_paths_he_prints() -> None:
    table = pairwise(FIVE, SCHULZE_45)

    assert table.beats["a", "b"] == 20
    assert table.beats["b", "a"] == 25
    assert table.beats["b", "d"] == 33
    outcome = schulze(table)
    assert outcome.winners == ("e",)
    assert outcome.places == (("e",), ("a",), ("c",), ("b",), ("d",))


def test_without_a_winner_over_all_the_group_that_beats_the_rest_is_named() -> None:
    ring = strict("3 abcd 2 bcad 2 cabd")
    table = pairwise(tuple("abcd"), ring)

    assert condorcet_winner(table).winners == ()
    assert list(map(str, condorcet_winner(table).notes)) == ["Nobody wins against every other one."]
    assert smith_set(table).winners == ("a", "b", "c")
    assert copeland(table).winners == ("a", "b", "c")
    assert schulze(table).winners == ("a",)
    assert minimax(table).winners == ("a",)


def test_the_margin_over_all_is_the_smallest_lead() -> None:
    outcome = condorcet_winner(pairwise(("m", "n", "c", "k"), strict("42 mnck 26 nckm 15 cknm 17 kcnm")))

    assert outcome.winners == ("n",)
    assert outcome.margin == 16  # 58 to 42 over Memphis


def test_who_is_left_out_is_below_all_who_are_ranked_and_equal_to_others_left_out() -> None:
    table = pairwise(("a", "b", "c"), {(("a",),): 2, (("b", "c"),): 1})

    assert table.beats["a", "b"] == 2
    assert table.beats["b", "a"] == 1
    assert table.beats["b", "c"] == table.beats["c", "b"] == 0


def test_winning_votes_and_margins_differ_where_people_leave_others_out() -> None:
    profile = {
        (("a",), ("b",), ("c",)): 2,
        (("a",), ("b", "c")): 1,
        (("b",), ("c",), ("a",)): 2,
        (("c",), ("a",), ("b",)): 2,
    }
    table = pairwise(("a", "b", "c"), profile)
    assert (table.beats["a", "b"], table.beats["b", "a"]) == (5, 2)
    assert (table.beats["b", "c"], table.beats["c", "b"]) == (4, 2)
    assert (table.beats["c", "a"], table.beats["a", "c"]) == (4, 3)

    assert schulze(table, strength="margins").winners == ("a",)
    assert schulze(table).winners == ("a", "c")  # both paths between them are as strong as 4 votes


@pytest.mark.parametrize("people", [1, 255, 256, 65_536])
def test_no_count_runs_over_into_its_neighbour(people: int) -> None:
    table = pairwise(FIVE, {tuple((key,) for key in order): people for order in ("abcde", "bcdea")})

    assert table.beats["b", "c"] == 2 * people
    assert table.beats["a", "b"] == people
    assert table.beats["c", "b"] == 0


def test_tables_of_two_rooms_add_up_to_the_table_of_both() -> None:
    one, other = strict("3 abcde 1 b"), strict("2 edcba 4 b")

    first, second, both = pairwise(FIVE, one), pairwise(FIVE, other), pairwise(FIVE, Counter(one) + Counter(other))
    assert {pair: count + second.beats[pair] for pair, count in first.beats.items()} == both.beats
    assert first.ballots + second.ballots == both.ballots


def test_where_nothing_was_said_nobody_wins_and_one_alone_needs_a_ballot() -> None:
    for rule in (condorcet_winner, smith_set, schulze, minimax, copeland):
        assert rule(pairwise(FIVE, {(): 3})).winners == ()
        assert rule(pairwise(("a",), {(("a",),): 1})).winners == ("a",)
        assert rule(pairwise(("a",), {})).winners == ()
