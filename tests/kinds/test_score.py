"""Scores: the declared rule decides, blank is not 0, and draws and ties are told."""

from __future__ import annotations

import pytest

from tests.kinds.said import block, said, sentences
from workshop_tui.domain.blocks import Distribution, GradeEach, Matrix, Option
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.score.config import ScoreConfig
from workshop_tui.kinds.score.score import GivenScores, Score

OPTIONS = (Option("a", "Letter"), Option("b", "Call"), Option("c", "Text"))
STAR = ScoreConfig(options=OPTIONS, shuffle=True)
MEDIAN = ScoreConfig(options=OPTIONS, least=1, rule="median")
MAJORITY = ScoreConfig(options=OPTIONS, rule="majority")
POLL = Score()


def given(**scores: int) -> GivenScores:
    return GivenScores(tuple(sorted(scores.items())))


LETTER, CALL, CALLS = given(a=5, b=3, c=1), given(a=2, b=5), given(a=4, b=5, c=1)


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        ({}, "Nobody has answered."),
        ({given(a=0, b=0): 1}, "Nobody gave any answer more than 0."),
        ({LETTER: 1}, "“Letter” wins the run-off: 1 of 1 person scored it above “Call”, and 0 below (1 fewer)."),
        ({LETTER: 3, CALL: 2}, "“Letter” wins the run-off: 3 of 5 people (most) scored it above “Call”, and 2 below "
         "(1 fewer)."),
        ({LETTER: 3, CALLS: 5, given(c=5): 1}, "“Call” wins the run-off: 5 of 9 people (most) scored it above "
         "“Letter”, and 3 below (2 fewer)."),
        ({LETTER: 14, CALLS: 15}, "“Call” wins the run-off: 15 of 29 people (most) scored it above “Letter”, and "
         "14 below (1 fewer)."),
        ({LETTER: 15, CALLS: 15}, "“Letter” wins the run-off: 15 of 30 people (half, 50%) scored it above “Call”, and "
         "15 below: a draw, decided by the higher sum."),
        ({given(a=5, b=3): 50, given(a=3, b=5): 50}, "“Letter” and “Call” tie: each is scored above the "
         "other by 50 of 100 people (half, 50%). The rule does not tell them apart."),
    ],
    ids=["0", "only 0", "1", "5", "9", "29", "30", "100"],
)  # fmt: skip
def test_star_names_the_run_off_and_how_a_draw_was_decided(profile: dict[GivenScores, int], sentence: str) -> None:
    assert sentences(POLL, STAR, profile) == [sentence]


@pytest.mark.parametrize(
    ("config", "profile", "sentence"),
    [
        (MEDIAN, {}, "Nobody has answered."),
        (MEDIAN, {LETTER: 1}, "“Letter” has the highest middle answer: 5, from 1 person. Next: “Call”, 3 (2 fewer)."),
        (MEDIAN, {LETTER: 4, CALLS: 5}, "“Call” has the highest middle answer: 5, from 9 people. "
         "Next: “Letter”, 4 (1 fewer)."),
        (MEDIAN, {given(a=4, b=4): 30}, "“Letter” and “Call” tie for the highest middle answer: 4, from 30 people."),
        (MEDIAN, {given(a=2): 3, given(a=5, b=1): 8, given(b=1): 2}, "“Letter” has the highest middle answer: 5, from "
         "11 people. Next: “Call”, 1 (4 fewer)."),
        (MEDIAN, {given(a=3): 4, given(b=3): 1}, "“Letter” and “Call” tie for the highest middle answer: 3, from 4 "
         "people and 1 person."),
        (MAJORITY, {given(a=3): 6, given(b=1): 3}, "“Letter” has the highest middle answer: 3, from 6 people. "
         "Next: “Call”, 1 (2 fewer)."),
        (MAJORITY, {}, "Nobody has answered."),
        (MAJORITY, {given(a=4, b=4): 20, given(a=5, b=3): 9}, "“Letter” has the highest middle answer: 4, "
         "from 29 people. Next: “Call”, 4 (the same; the scores next to the middle decide)."),
        (MAJORITY, {given(a=4, b=4, c=2): 100}, "“Letter” and “Call” tie for the highest middle answer: 4, "
         "from 100 people. Next: “Text”, 2 (2 fewer)."),
    ],
)  # fmt: skip
def test_by_medians_the_next_one_and_ties_are_named(
    config: ScoreConfig, profile: dict[GivenScores, int], sentence: str
) -> None:
    assert sentences(POLL, config, profile) == [sentence]


def test_blank_is_not_0_and_is_told_beside_each_option() -> None:
    (left_out, *_) = [line for line in chart(STAR, {given(a=0, b=5): 2, CALL: 1}).lines if line.letter == "C"]
    blank, nothing = {given(b=4): 3}, {given(a=0, b=4): 3}

    assert (left_out.counts, left_out.note) == ((0, 0, 0, 0, 0, 0), "no scores")
    assert POLL.tally(STAR, blank).counts != POLL.tally(STAR, nothing).counts
    assert POLL.rows(STAR, CALL) == {"score.a": 2, "score.b": 5, "score.c": ""}


def chart(config: ScoreConfig, profile: dict[GivenScores, int]) -> Distribution:
    return block(Distribution, POLL.show(config, POLL.tally(config, profile)))


def test_lines_stand_in_the_declared_order_with_the_number_it_rests_on() -> None:
    profile = {LETTER: 4, CALLS: 5}

    assert [(line.letter, line.note) for line in chart(STAR, profile).lines] == [
        ("B", "sum 37 from 9"), ("A", "sum 40 from 9"), ("C", "sum 9 from 9"),
    ]  # fmt: skip
    assert [(line.letter, line.note) for line in chart(MEDIAN, {LETTER: 5, CALLS: 5}).lines] == [
        ("A", "middle 4 to 5 from 10"), ("B", "middle 3 to 5 from 10"), ("C", "middle 1 from 10"),
    ]  # fmt: skip
    assert POLL.places(STAR, profile) == (("b",), ("a",), ("c",))


def test_a_leader_that_few_scored_gets_a_caution() -> None:
    profile = {given(c=5): 1, given(a=4, b=3): 8}

    assert sentences(POLL, MEDIAN, profile, "caution") == ["“Text” was scored by only 1 of 9 people."]
    assert sentences(POLL, STAR, profile, "caution") == []


def test_the_facilitator_sees_that_the_winner_depends_on_the_rule() -> None:
    profile = {given(a=5, b=4): 3, given(a=0, b=4): 2}
    details = POLL.details(STAR, profile)
    rules, pairs = block(Matrix, details), block(Matrix, details, 1)

    assert said(details)[0].startswith("The winner depends on the rule")
    assert [(row.label, row.cells[0]) for row in rules.rows] == [
        ("Score, then automatic run-off (STAR)", "A Letter"),
        ("Points (cumulative)", "B Call"),
        ("Median grade (lower)", "A Letter"),
        ("Majority judgment", "A Letter"),
        ("Wins against each other one (Condorcet)", "A Letter"),
    ]
    assert [row.cells for row in pairs.rows] == [("", "3–2", "3–0"), ("2–3", "", "5–0"), ("0–3", "0–5", "")]


def test_each_option_is_scored_on_the_same_row_of_numbers() -> None:
    _, form = POLL.ask(MEDIAN)

    assert isinstance(form, GradeEach)
    assert [(step.key, step.words) for step in form.scale] == [(str(number), number) for number in range(1, 6)]
    with pytest.raises(BallotRejected, match="at least one"):
        POLL.read(MEDIAN, {"score.a": [""]})


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (ScoreConfig(options=OPTIONS, least=5), "from 5 to 5"),
        (ScoreConfig(options=OPTIONS, least=-1), "from -1 to 5"),
        (ScoreConfig(options=OPTIONS, most=11), "between 0 and 10"),
        (ScoreConfig(options=OPTIONS, least=1), "needs least = 0"),
    ],
)
def test_a_scale_that_cannot_be_meant_is_named(config: ScoreConfig, words: str) -> None:
    assert words in str(POLL.problem(config))
