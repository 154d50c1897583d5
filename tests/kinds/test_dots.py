"""Dots: strict numbers, limits, and the people behind the dots."""

from __future__ import annotations

import pytest

from tests.kinds.said import block, english, said
from workshop_tui.domain.blocks import Bar, Bars, Matrix, Option, ShareOut, Statement
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.dots import Dots, DotsConfig, DotVote, dots_per_person

OPTIONS = tuple(Option(key, f"Stop {key.upper()}") for key in "abcdef")
THREE = DotsConfig(options=OPTIONS, dots=3, max_per_item=2)
POLL = DotVote()


@pytest.mark.parametrize(("options", "dots"), [(0, 1), (1, 1), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3), (26, 9)])
def test_without_a_number_there_are_a_third_as_many_dots_as_options(options: int, dots: int) -> None:
    assert dots_per_person(options) == dots


@pytest.mark.parametrize(
    ("config", "total", "most_each"),
    [
        (DotsConfig(options=OPTIONS), 2, 2),
        (DotsConfig(options=OPTIONS, dots=5), 5, 5),
        (THREE, 3, 2),
        (DotsConfig(options=OPTIONS, max_per_item=9), 2, 2),
    ],
)
def test_the_form_says_how_many_dots_there_are(config: DotsConfig, total: int, most_each: int) -> None:
    assert POLL.ask(config) == (ShareOut(name="dots", options=OPTIONS, total=total, most_each=most_each),)


def test_equal_answers_are_equal_whatever_the_order_of_the_fields() -> None:
    first = POLL.read(THREE, {"dots.c": ["1"], "dots.a": ["02"], "dots.b": ["0"]})
    second = POLL.read(THREE, {"dots.a": ["2"], "dots.b": [""], "dots.c": ["1"]})

    assert first == second == Dots((("a", 2), ("c", 1)))


@pytest.mark.parametrize(
    "junk",
    [
        "-5",
        "-0",
        "+1",
        "1e9",
        "NaN",
        "inf",
        "1.5",
        "true",
        " 3",
        "1 ",
        "3\n",
        "\uff13",
        "\u0663",
        "²",
        "1_0",
        "0x1",
        "[]",
    ],
)
def test_only_plain_digits_are_a_number(junk: str) -> None:
    with pytest.raises(BallotRejected, match="whole numbers") as refusal:
        POLL.read(THREE, {"dots.a": [junk]})

    assert refusal.value.field == "dots.a"


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({"dots.a": ["3"]}, "One answer can have 2 at most", "dots.a"),
        ({"dots.a": ["2"], "dots.b": ["2"]}, "You placed 4 dots, but there are 3. Please take 1 away", "dots"),
        ({"dots.a": ["0"]}, "at least one dot", "dots"),
        ({"dots.a": ["1"], "dots.g": ["1"]}, "not in the list", "dots"),
        ({"dots.a": ["1", "1"]}, "whole numbers", "dots.a"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_do(fields: dict[str, list[str]], words: str, field: str) -> None:
    with pytest.raises(BallotRejected, match=words) as refusal:
        POLL.read(THREE, fields)

    assert refusal.value.field == field


def test_dots_and_people_are_counted_apart_and_a_tie_is_a_tie() -> None:
    config = DotsConfig(options=OPTIONS[:3], dots=3)
    profile = {Dots((("a", 3),)): 1, Dots((("b", 1),)): 3, Dots((("c", 1),)): 1}

    blocks = english(POLL.show(config, POLL.tally(config, profile)))

    assert blocks == (
        Bars(
            unit="dots",
            bars=(
                Bar(label="Stop A", value=3, letter="A", notes=("1 person",), leads=True),
                Bar(label="Stop B", value=3, letter="B", notes=("3 people",), leads=True),
                Bar(label="Stop C", value=1, letter="C", notes=("1 person",)),
            ),
        ),
        Statement(
            "“Stop A” and “Stop B” tie for the most: each has 3 of 7 dots from 5 people. Next is “Stop C”, with 1."
        ),
        Statement("Each person had 3 dots to place.", weight="rule"),
    )


def test_one_dot_of_one_person_is_said_as_one() -> None:
    one = DotsConfig(options=OPTIONS[:2], dots=1)
    blocks = POLL.show(one, POLL.tally(one, {Dots((("a", 1),)): 1}))

    assert said(blocks) == ["“Stop A” has the most: 1 of 1 dot from 1 person. Nobody chose anything else."]
    assert said(blocks, "rule") == ["Each person had 1 dot to place."]


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (DotsConfig(options=OPTIONS, dots=-1), "dots is -1"),
        (DotsConfig(options=OPTIONS, dots=101), "dots is 101"),
        (DotsConfig(options=OPTIONS, max_per_item=-1), "max_per_item is -1"),
        (DotsConfig(options=OPTIONS, dots=3, max_per_item=4), "only 3 dots"),
        (DotsConfig(options=OPTIONS[:2], dots=5, max_per_item=2), "room for only 4"),
        (DotsConfig(dots=3), "There are no options"),
    ],
)
def test_numbers_that_cannot_be_meant_are_named(config: DotsConfig, words: str) -> None:
    assert words in str(POLL.problem(config))


def test_the_facilitator_sees_whether_the_people_behind_the_dots_have_another_first() -> None:
    details = POLL.details(
        DotsConfig(options=OPTIONS[:3], dots=3), {Dots((("a", 3),)): 2, Dots((("b", 1), ("c", 1))): 3}
    )

    assert said(details)[0].startswith("The winner depends on the rule")
    assert [row.cells for row in block(Matrix, details, 1).rows] == [(2, 3), (3, 1), (3, 1)]
