"""A scale: the middle answer, lower and upper where it lies between two, and never an average."""

from __future__ import annotations

import pytest

from tests.kinds.said import block, sentences
from workshop_tui.domain.blocks import ChooseOne, Distribution
from workshop_tui.kinds.scale import Scale, ScaleConfig, Step

HOW = ScaleConfig(labels=("Hard", "Neither", "Easy"))
POLL = Scale()
HARD, NEITHER, EASY = Step(1), Step(2), Step(3)


@pytest.mark.parametrize(
    ("profile", "plain"),
    [
        ({}, ["Nobody has answered."]),
        ({EASY: 1}, ["The middle answer is “Easy”.",
                     "“Easy” has the most: 1 of 1 person. Nobody chose anything else."]),
        ({HARD: 1, NEITHER: 2, EASY: 2}, [
            "The middle answer is “Neither”. At least half of the people are from “Neither” to “Easy”.",
            "“Neither” and “Easy” tie for the most: each has 2 of 5 people (some). Next is “Hard”, with 1.",
        ]),
        ({HARD: 7, NEITHER: 1, EASY: 1}, [
            "The middle answer is “Hard”: at least half of the people said this.",
            "“Hard” has the most: 7 of 9 people (most). Next, tied: “Neither” and “Easy”, with 1 each (6 fewer).",
        ]),
        ({HARD: 14, EASY: 15}, [
            "The middle answer is “Easy”. At least half of the people are from “Hard” to “Easy”.",
            "“Easy” has the most: 15 of 29 people (most). Next is “Hard”, with 14 (1 fewer).",
        ]),
        ({HARD: 15, EASY: 15}, [
            "The middle lies between “Hard” and “Easy”. At least half of the people are from “Hard” to “Easy”.",
            "“Hard” and “Easy” tie for the most: each has 15 of 30 people (half, 50%). Nobody chose anything else.",
        ]),
        ({HARD: 20, NEITHER: 30, EASY: 50}, [
            "The middle lies between “Neither” and “Easy”. At least half of the people are from “Neither” to “Easy”.",
            "“Easy” has the most: 50 of 100 people (half, 50%). Next is “Neither”, with 30 (20 fewer).",
        ]),
    ],
    ids=["0", "1", "5", "9", "29", "30", "100"],
)  # fmt: skip
def test_the_middle_and_the_most_frequent_answer_are_said(profile: dict[Step, int], plain: list[str]) -> None:
    assert sentences(POLL, HOW, profile) == plain


def test_every_step_stays_visible_in_the_order_of_the_scale() -> None:
    chart = block(Distribution, POLL.show(HOW, POLL.tally(HOW, {EASY: 3, HARD: 1})))

    assert chart.scale == ("Hard", "Neither", "Easy")
    assert [line.counts for line in chart.lines] == [(1, 0, 3)]


def test_no_result_speaks_of_an_average_but_to_say_that_there_is_none() -> None:
    (rule,) = sentences(POLL, HOW, {EASY: 3}, "rule")

    assert "No average is made" in rule


def test_the_steps_stand_side_by_side_in_their_order() -> None:
    (form,) = POLL.ask(HOW)

    assert isinstance(form, ChooseOne)
    assert form.scale
    assert [(option.key, option.words) for option in form.options] == [("1", "Hard"), ("2", "Neither"), ("3", "Easy")]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ((), "There are no labels"),
        (("Good",), "2 to 11 steps"),
        (tuple("abcdefghijkl"), "2 to 11 steps"),
        (("Good", " "), "no words"),
        (("Good", "good"), "are the same"),
        (("Good", "x" * 61), "longer than 60 letters"),
    ],
)
def test_labels_that_make_no_scale_are_named(labels: tuple[str, ...], words: str) -> None:
    assert words in str(POLL.problem(ScaleConfig(labels=labels)))


def test_a_scale_puts_nothing_in_order() -> None:
    assert POLL.places(HOW, {EASY: 3}) == ()
