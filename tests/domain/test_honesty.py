"""Numbers are said as they are: golden sentences at the bases where the rules change."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.honesty import (
    FIXED_LINE,
    Turnout,
    base_sentence,
    cautions,
    coarse,
    leading_sentence,
    listed,
    percent,
    proportion_words,
    response_caution,
    rounded,
    share,
    standings,
    sum_note,
    unanimous_caution,
)
from workshop_tui.messages import ENGLISH

LINES = st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.integers(0, 50)), unique_by=lambda line: line[0])


@pytest.mark.parametrize(
    ("turnout", "sentence"),
    [
        (Turnout(answered=0), "0 of 0 people answered."),
        (Turnout(answered=0, joined=9), "0 of 9 people answered."),
        (Turnout(answered=0, skipped=2, joined=9), "0 of 9 people answered; 2 skipped."),
        (Turnout(answered=1, joined=1), "1 of 1 person answered."),
        (Turnout(answered=5, joined=9), "5 of 9 people answered."),
        (Turnout(answered=31, skipped=2, joined=40, present=42), "31 of 42 people answered; 2 skipped."),
        (Turnout(answered=100, joined=100), "100 of 100 people answered."),
        (
            Turnout(answered=30, skipped=1, joined=31, present=25),
            "30 people answered and 1 skipped, though 25 people were counted in the room.",
        ),
    ],
)
def test_the_base_is_always_said(turnout: Turnout, sentence: str) -> None:
    assert str(base_sentence(turnout)) == sentence


@pytest.mark.parametrize(
    ("answered", "present", "warned"),
    [(0, 0, False), (0, 5, True), (1, 1, False), (5, 9, True), (6, 10, False), (59, 100, True), (60, 100, False)],
)
def test_a_response_below_six_in_ten_is_warned_of(answered: int, present: int, warned: bool) -> None:
    warning = response_caution(Turnout(answered=answered, joined=present))

    assert bool(warning) is warned


def test_the_warning_says_how_many_did_not_answer() -> None:
    assert str(response_caution(Turnout(answered=5, skipped=1, joined=9))) == "Many did not answer: 4 of 9."


def test_more_answers_than_people_in_the_room_are_said_and_not_smoothed_over() -> None:
    said = cautions(Turnout(answered=26, skipped=1, joined=30, present=25))

    assert tuple(map(str, said[:2])) == (
        "26 people answered and 1 skipped, though 25 people were counted in the room.",
        "That is more than the 25 counted in the room. Some may have answered twice.",
    )
    assert len(cautions(Turnout(answered=24, skipped=1, joined=30, present=25))) == 2
    assert len(cautions(Turnout(answered=30, joined=30))) == 2


def test_a_result_of_nobody_says_its_base_and_claims_no_views() -> None:
    assert tuple(map(str, cautions(Turnout(answered=0, joined=9)))) == ("0 of 9 people answered.",)


@pytest.mark.parametrize("answered", [1, 5, 9, 29, 30, 100])
def test_every_result_carries_its_base_and_whose_views_these_are(answered: int) -> None:
    said = cautions(Turnout(answered=answered, joined=100))

    assert said[0] == base_sentence(Turnout(answered=answered, joined=100))
    assert said[-1] == FIXED_LINE
    assert len(said) == (2 if answered >= 60 else 3)


@pytest.mark.parametrize(
    ("count", "base", "said"),
    [
        (0, 0, "0 of 0 people"),
        (1, 1, "1 of 1 person"),
        (3, 5, "3 of 5 people (most)"),
        (0, 9, "0 of 9 people"),
        (1, 9, "1 of 9 people"),
        (9, 9, "9 of 9 people (all who answered)"),
        (15, 29, "15 of 29 people (most)"),
        (15, 30, "15 of 30 people (half, 50%)"),
        (0, 30, "0 of 30 people (0%)"),
        (30, 30, "30 of 30 people (all who answered, 100%)"),
        (29, 100, "29 of 100 people (some, 29%)"),
        (1, 300, "1 of 300 people (less than 1%)"),
        (2, 300, "2 of 300 people (a few, 1%)"),
        (299, 300, "299 of 300 people (nearly all, more than 99%)"),
        (1, 200, "1 of 200 people (1%)"),
    ],
)
def test_percentages_begin_at_thirty_answers_and_are_whole(count: int, base: int, said: str) -> None:
    assert str(share(count, base)) == said


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (0, 0, "nobody"),
        (0, 100, "nobody"),
        (1, 1, "one person"),
        (1, 2, "one person"),
        (1, 100, "one person"),
        (2, 2, "all who answered"),
        (2, 4, "half"),
        (2, 5, "some"),
        (2, 9, "some"),
        (4, 5, "nearly all"),
        (5, 5, "all who answered"),
        (4, 9, "some"),
        (5, 9, "most"),
        (7, 9, "most"),
        (8, 9, "nearly all"),
        (5, 29, "a few"),
        (6, 29, "some"),
        (14, 29, "some"),
        (15, 29, "most"),
        (5, 30, "a few"),
        (6, 30, "some"),
        (14, 30, "some"),
        (15, 30, "half"),
        (16, 30, "most"),
        (23, 30, "most"),
        (24, 30, "nearly all"),
        (29, 30, "nearly all"),
        (19, 100, "a few"),
        (20, 100, "some"),
        (49, 100, "some"),
        (50, 100, "half"),
        (51, 100, "most"),
        (79, 100, "most"),
        (80, 100, "nearly all"),
        (99, 100, "nearly all"),
        (100, 100, "all who answered"),
        # The rounded percentages of these are 20%, 50%, 50% and 80%.
        (47, 240, "a few"),
        (119, 240, "some"),
        (121, 240, "most"),
        (191, 240, "most"),
    ],
)
def test_words_for_how_many_change_where_the_counts_do(count: int, base: int, words: str) -> None:
    assert str(proportion_words(count, base)) == words


@given(st.integers(0, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_a_word_for_how_many_is_never_more_than_is_true(pair: tuple[int, int]) -> None:
    count, base = pair
    told = Fraction(count, base) if base else Fraction(0)
    true_of = {
        "nobody": count == 0,
        "one person": count == 1,
        "a few": told < Fraction(20, 100),
        "some": Fraction(20, 100) <= told < Fraction(50, 100),
        "half": told == Fraction(50, 100),
        "most": Fraction(50, 100) < told < Fraction(80, 100),
        "nearly all": Fraction(80, 100) <= told < 1,
        "all who answered": told == 1,
    }

    assert true_of[str(proportion_words(count, base))]


@given(st.integers(2, 5000).flatmap(lambda base: st.tuples(st.integers(2, base), st.just(base))))
def test_of_the_same_people_more_have_never_a_smaller_word(pair: tuple[int, int]) -> None:
    count, base = pair
    scale = ["one person", "a few", "some", "half", "most", "nearly all", "all who answered"]

    assert scale.index(str(proportion_words(count, base))) >= scale.index(str(proportion_words(count - 1, base)))


@given(st.integers(0, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_count_and_base_stand_before_every_word_for_how_many(pair: tuple[int, int]) -> None:
    count, base = pair

    said = str(share(count, base))

    assert said.startswith(f"{ENGLISH.number(count)} of {ENGLISH.number(base)} p")
    assert (str(proportion_words(count, base)) in said) is (count > 1)


def test_all_of_a_narrower_base_are_not_all_who_answered() -> None:
    assert str(share(6, 6, narrower=True)) == "6 of 6 people (all of them)"
    assert str(share(3, 6, narrower=True)) == str(share(3, 6)) == "3 of 6 people (half)"
    assert str(share(1, 1, narrower=True)) == "1 of 1 person"


@given(st.integers(30, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_a_percentage_is_never_nobody_or_everybody_when_it_is_not(pair: tuple[int, int]) -> None:
    count, base = pair

    said = ENGLISH.text(percent(count, base))

    assert (said == "0%") is (count == 0)
    assert (said == "100%") is (count == base)
    assert "." not in said


@pytest.mark.parametrize(
    ("most_alike", "answered", "warned"),
    [(0, 0, False), (1, 1, True), (5, 5, True), (4, 5, False), (9, 9, True), (10, 10, False), (100, 100, False)],
)
def test_a_small_group_of_one_mind_is_warned_of(most_alike: int, answered: int, warned: bool) -> None:
    assert bool(unanimous_caution(most_alike, answered)) is warned


@pytest.mark.parametrize(
    ("lines", "total", "sentence"),
    [
        ([], 0, "Nobody has answered."),
        ([("A", 0), ("B", 0)], 0, "Nobody has answered."),
        ([("A", 1), ("B", 0)], 1, "“A” has the most: 1 of 1 person. Nobody chose anything else."),
        ([("A", 1)], 1, "“A” has the most: 1 of 1 person. There was nothing else to choose."),
        ([("A", 2), ("B", 3)], 5, "“B” has the most: 3 of 5 people (most). Next is “A”, with 2 (1 fewer)."),
        ([("A", 3), ("B", 3), ("C", 3)], 9, "“A”, “B” and “C” tie for the most: each has 3 of 9 people (some)."),
        ([("A", 10), ("B", 10), ("C", 9)], 29, "“A” and “B” tie for the most: each has 10 of 29 people (some). "
         "Next is “C”, with 9."),
        ([("A", 12), ("B", 9), ("C", 9)], 30, "“A” has the most: 12 of 30 people (some, 40%). "
         "Next, tied: “B” and “C”, with 9 each (3 fewer)."),
        ([("A", 50), ("B", 50)], 100, "“A” and “B” tie for the most: each has 50 of 100 people (half, 50%)."),
    ],
)  # fmt: skip
def test_a_winner_is_never_named_without_base_runner_up_and_margin(
    lines: list[tuple[str, int]], total: int, sentence: str
) -> None:
    assert ENGLISH.text(leading_sentence(lines, total)) == sentence


def test_where_dots_are_counted_the_people_behind_them_are_said_too() -> None:
    sentence = ENGLISH.text(leading_sentence([("A", 30), ("B", 20)], 50, "dots", 17))

    assert sentence == "“A” has the most: 30 of 50 dots from 17 people. Next is “B”, with 20 (10 fewer)."


def test_ties_share_a_place_and_the_next_number_is_left_out() -> None:
    places = standings([("A", 3), ("B", 5), ("C", 3), ("D", 0)])

    assert [(each.place, each.value, each.labels) for each in places] == [
        (1, 5, ("B",)),
        (2, 3, ("A", "C")),
        (4, 0, ("D",)),
    ]


@given(LINES)
def test_every_line_has_one_place_and_equal_lines_the_same(lines: list[tuple[str, int]]) -> None:
    places = standings(lines)

    assert sorted(label for each in places for label in each.labels) == sorted(label for label, _ in lines)
    assert [each.value for each in places] == sorted({value for _, value in lines}, reverse=True)
    assert all(each.place == 1 + sum(value > each.value for _, value in lines) for each in places)


@given(LINES)
def test_all_that_lead_are_named(lines: list[tuple[str, int]]) -> None:
    most = max((value for _, value in lines), default=0)
    sentence = ENGLISH.text(leading_sentence(lines, sum(value for _, value in lines))).split(":")[0]

    assert all(f"“{label}”" in sentence for label, value in lines if value == most > 0)


def test_labels_are_listed_as_words_of_a_sentence() -> None:
    assert ENGLISH.text(listed(["A"])) == "“A”"
    assert ENGLISH.text(listed(["A", "B", "C"])) == "“A”, “B” and “C”"


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0"), (1, "*"), (5, "*"), (7, "*"), (8, "10"), (9, "10"), (12, "10"), (13, "15"), (29, "30"), (30, "30"),
     (100, "100")],
)  # fmt: skip
def test_a_rounded_number_is_never_small_and_nobody_stays_nobody(count: int, shown: str) -> None:
    assert ENGLISH.text(rounded(count)) == shown


@pytest.mark.parametrize(
    ("turnout", "said"),
    [
        (Turnout(answered=0, joined=9), "0 of about 10 people answered."),
        (Turnout(answered=1, joined=1), "Fewer than 8 people answered."),
        (Turnout(answered=5, skipped=2, joined=9), "Fewer than 8 of about 10 people answered."),
        (Turnout(answered=9, joined=9), "About 10 of about 10 people answered."),
        (Turnout(answered=29, skipped=1, joined=40, present=42), "About 30 of about 40 people answered."),
        (Turnout(answered=100, joined=100), "About 100 of about 100 people answered."),
    ],
)
def test_a_rounded_base_tells_neither_a_small_number_nor_who_skipped(turnout: Turnout, said: str) -> None:
    told = coarse(turnout)

    assert str(base_sentence(told)) == said
    assert told.skipped == 0
    cautioned = " ".join(map(str, cautions(told)))
    assert "42" not in re.findall(r"\d+", cautioned)
    assert "skipped" not in cautioned


@pytest.mark.parametrize(
    ("lines", "total", "unit", "said"),
    [
        ([("A", 1)], 1, "dots", "“A” has the most: 1 of 1 dot from 1 person. There was nothing else to choose."),
        ([("A", 1), ("B", 1)], 2, "points", "“A” and “B” tie for the most: each has 1 of 2 points from 1 person."),
    ],
)
def test_nouns_have_the_form_of_their_number(
    lines: list[tuple[str, int]], total: int, unit: Literal["dots", "points"], said: str
) -> None:
    assert ENGLISH.text(leading_sentence(lines, total, unit, 1)) == said


def test_a_low_response_is_judged_before_numbers_are_rounded() -> None:
    """The word tells no number, and it is there for every turnout that is low and for no other."""
    for present in range(1, 101):
        for answered in range(present + 1):
            turnout = Turnout(answered=answered, joined=present)

            warned = response_caution(coarse(turnout)) != ""

            assert warned is (answered * 5 < present * 3), (answered, present)


def test_a_rounded_low_response_has_no_number_in_it() -> None:
    assert str(response_caution(coarse(Turnout(answered=11, joined=40)))) == "Many did not answer."


def test_percentages_of_people_who_each_chose_one_are_said_to_be_rounded_though_several_were_allowed() -> None:
    note = sum_note([11, 11, 11], 33, several=True)

    assert "rounded" in ENGLISH.text(note)
    assert "several" in ENGLISH.text(sum_note([22, 22, 11], 33, several=True))
