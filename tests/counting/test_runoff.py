"""Instant run-off."""

from fractions import Fraction

import pytest
from hypothesis import given, settings

from tests.counting.profiles import FOUR, rankings, strict
from workshop_tui.counting.profiles import Ranking, Rankings
from workshop_tui.counting.runoff import Equal, irv


def test_knoxville_wins_when_those_with_the_fewest_leave_one_by_one() -> None:
    outcome = irv(("m", "n", "c", "k"), strict("42 mnck 26 nckm 15 cknm 17 kcnm"))

    assert outcome.winners == ("k",)
    assert [one.gone for one in outcome.rounds] == [("c",), ("n",), ("m",)]
    assert outcome.rounds[-1].figures == (("m", 42), ("k", 58))
    assert outcome.margin == 16
    assert outcome.places == (("k",), ("m",), ("n",), ("c",))


def test_a_ballot_without_anybody_left_is_exhausted_and_counted_as_that() -> None:
    outcome = irv(("a", "b", "c"), strict("4 a 3 b 2 c"))

    assert [one.exhausted for one in outcome.rounds] == [0, 2]
    assert outcome.winners == ("a",)


def test_every_order_of_leaving_is_followed_and_all_who_can_win_are_named() -> None:
    # If b goes, c wins over a; if c goes, b does.
    outcome = irv(("a", "b", "c"), strict("4 a 3 bc 3 cb"))

    assert outcome.winners == ("b", "c")
    assert outcome.margin == 0
    assert any("Every order of leaving" in str(note) for note in outcome.notes)


def test_a_tie_of_three_is_followed_to_those_two_who_can_win() -> None:
    assert irv(("a", "b", "c"), strict("2 ab 2 ba 2 ca")).winners == ("a", "b")


def test_those_who_could_reach_the_next_one_together_do_not_leave_together() -> None:
    # If d goes first, c has as many as b; then b can go, and c wins with b's votes.
    assert irv(tuple("abcd"), strict("3 a 2 bc 1 c 1 dc")).winners == ("a", "c")


def test_leaving_together_is_a_rule_of_its_own() -> None:
    assert irv(("a", "b", "c"), strict("4 a 3 bc 3 cb"), ties="together").winners == ("a",)
    assert irv(("a", "b"), strict("2 a 2 b"), ties="together").winners == ("a", "b")


def test_those_who_cannot_matter_leave_together_without_parting_the_ways() -> None:
    outcome = irv(tuple("abcdef"), strict("5 ab 3 b 1 cb"))

    assert outcome.rounds[0].gone == ("d", "e", "f")
    assert outcome.notes == ()
    assert outcome.winners == ("a",)


def test_the_last_two_meet_even_where_all_others_have_few_votes() -> None:
    """Whoever is left of the others has their votes by then; more than half of the first choices is no last round."""
    outcome = irv(("a", "b", "c", "d"), strict("9 a 3 bcd 3 cdb"))

    assert outcome.winners == ("a",)
    assert outcome.last_rounds == ((("a", 9), ("b", 6)), (("a", 9), ("c", 6)))
    assert outcome.margin == 3
    assert outcome.rounds[-1].figures == (("a", 9), ("c", 6))


def test_a_lead_that_depends_on_the_order_of_leaving_is_not_told() -> None:
    # If b goes, c has its votes; if c goes, they are gone.
    outcome = irv(("a", "b", "c"), strict("7 a 3 bc 3 c"))

    assert outcome.winners == ("a",)
    assert outcome.last_rounds == ((("a", 7), ("b", 3)), (("a", 7), ("c", 6)))
    assert outcome.margin is None


def test_twenty_options_that_nobody_chose_do_not_take_for_ever() -> None:
    many = tuple(f"o{number:02}" for number in range(26))

    assert irv(many, {((many[0],),): 2, ((many[1],),): 2}).winners == many[:2]


def test_a_tie_of_all_is_followed_to_a_limit_and_said() -> None:
    many = tuple(f"o{number:02}" for number in range(16))

    outcome = irv(many, {tuple((key,) for key in (*many[at:], *many[:at])): 1 for at in range(16)})

    assert outcome.winners == many
    assert any("too many orders" in str(note) for note in outcome.notes)


def test_an_equal_rank_waits_stops_is_passed_over_or_is_split() -> None:
    keys = ("a", "b", "c")
    # c has the fewest first choices and leaves; then the two people at {b, c} have only b left.
    profile = {(("a",),): 6, (("b",),): 5, (("c",), ("a",)): 1, (("b", "c"), ("a",)): 2}

    waiting = irv(keys, profile)
    assert waiting.rounds[0].figures == (("a", 6), ("b", 5), ("c", 1))
    assert waiting.rounds[0].exhausted == 2
    assert waiting.rounds[1].figures == (("a", 7), ("b", 7))
    assert waiting.winners == ("a", "b")

    assert irv(keys, profile, equal="stop").rounds[1].figures == (("a", 7), ("b", 5))
    assert irv(keys, profile, equal="next").rounds[0].figures == (("a", 8), ("b", 5), ("c", 1))
    assert irv(keys, profile, equal="split").rounds[0].figures == (("a", 6), ("b", 6), ("c", 2))


def test_where_nothing_was_said_nobody_wins() -> None:
    assert irv(("a", "b"), {(): 3}).winners == ()
    assert irv(("a", "b"), {}).rounds == ()
    assert irv(("a",), strict("1 a")).winners == ("a",)


def votes_of(ranking: Ranking, left: frozenset[str], equal: Equal) -> dict[str, Fraction]:
    """Whom one ballot counts for when these are left, read from its first rank."""
    for group in ranking:
        named = [key for key in group if key in left]
        if len(named) == 1 or (named and equal == "split"):
            return {key: Fraction(1, len(named)) for key in named}
        if named and equal == "wait":
            break
    return {}


def every_order(left: frozenset[str], profile: Rankings, equal: Equal) -> set[str]:
    """All who win in some order of leaving: one by one, counted anew each time."""
    if len(left) == 1:
        return set(left)
    votes = dict.fromkeys(left, Fraction())
    for ranking, people in profile.items():
        for key, part in votes_of(ranking, left, equal).items():
            votes[key] += part * people
    fewest = min(votes.values())
    return set().union(*(every_order(left - {key}, profile, equal) for key in left if votes[key] == fewest))


@pytest.mark.parametrize("equal", ["wait", "next", "split"])
@settings(max_examples=60)
@given(profile=rankings((*FOUR, "e")))
def test_the_short_way_through_all_orders_finds_whom_the_long_way_finds(equal: Equal, profile: Rankings) -> None:
    keys = (*FOUR, "e")

    if any(profile):
        assert set(irv(keys, profile, equal=equal).winners) == every_order(frozenset(keys), profile, equal)
