"""Reading a form that grades each of several things."""

from __future__ import annotations

import msgspec
import pytest

from tests.kinds.said import english
from workshop_tui.domain.activity import Explained
from workshop_tui.domain.blocks import GradeEach, Option
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.consensus.consensus import Consensus
from workshop_tui.kinds.grades import (
    Graded,
    Grading,
    bare_grades,
    explained,
    grade_columns,
    like_minded,
    read_grades,
    reason_quotes,
    reasons_in,
    tally_grades,
    too_many,
)
from workshop_tui.kinds.impact import Impact

ROWS = (Option("b", "Bus"), Option("a", "Bike"))
SCALE = (Option("0", "No"), Option("1", "Yes"))
FORM = GradeEach(name="g", rows=ROWS, scale=SCALE, why="Why?", most=10)
NO_WHY = GradeEach(name="g", rows=ROWS, scale=SCALE)


def test_answers_are_sorted_by_row_and_reasons_cleaned() -> None:
    fields = {"g.b": ["1"], "g.b.why": [" quick\u200b "], "g.a": ["0", "0"], "g.a.why": [""]}

    assert read_grades(FORM, fields) == (Graded("a", "0"), Graded("b", "1", "quick"))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "g"),
        ({"g.a": [""]}, "g"),
        ({"g.z": ["1"], "g.a": ["1"]}, "g"),
        ({"g.a": ["2"]}, "g.a"),
        ({"g.a": ["0", "1"]}, "g.a"),
        ({"g.a.why": ["because"]}, "g.a"),
        ({"g.a": ["1"], "g.a.why": ["x" * 11]}, "g.a.why"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(fields: dict[str, list[str]], field: str) -> None:
    with pytest.raises(BallotRejected) as refusal:
        read_grades(FORM, fields)

    assert refusal.value.field == field


def test_a_reason_is_refused_where_none_is_asked() -> None:
    with pytest.raises(BallotRejected):
        read_grades(NO_WHY, {"g.a": ["1"], "g.a.why": ["because"]})


def test_every_step_of_every_row_is_counted_and_every_row_has_its_columns() -> None:
    bus, both = Grading((Graded("b", "1", "quick"),)), Grading((Graded("a", "0", "wet"), Graded("b", "1")))

    assert tally_grades(ROWS, SCALE, {bus: 2, both: 1}).counts == (("b", (0, 3)), ("a", (1, 0)))
    assert grade_columns(FORM, bus) == {"g.b": "Yes", "g.a": ""}
    assert grade_columns(NO_WHY, both) == {"g.b": "Yes", "g.a": "No"}


REASONS = [("a", "1", "Fit"), ("a", "0", "wet"), ("a", "0", "wet"), ("a", "0", "Cold"), ("b", "0", "Far")]


def test_reasons_stand_under_what_was_chosen_in_the_order_of_the_scale() -> None:
    reasons = [Grading((Graded(row, step, why),)) for row, step, why in REASONS]

    quotes = english(reason_quotes(reasons, "a", SCALE, {"0", "1"}))

    assert [quote.parts[0] for quote in quotes] == [
        ("No", "Cold"),
        ("No", "wet"),
        ("No", "wet"),
        ("Yes", "Fit"),
    ]
    assert len(reason_quotes(reasons, "a", SCALE, {"0"})) == 3


def test_one_mind_is_cautioned_in_a_small_group_only_and_names_where() -> None:
    assert "on “Bus” said the same" in str(like_minded([("Bus", (0, 3)), ("Bike", (1, 2))], 3))
    assert like_minded([("Bus", (0, 10)), ("Bike", (1, 2))], 10) == ""
    assert like_minded([("Bus", (0, 0))], 0) == ""
    assert str(like_minded([("Bus", (0, 1))], 1)).startswith("Only one person")


def test_one_person_alone_on_something_is_no_group_of_one_mind() -> None:
    lines = [("Bus", (0, 1)), ("Bike", (1, 0)), ("Feet", (4, 0)), ("Car", (2, 2))]

    alone = like_minded(lines[:2] + lines[3:], 4)
    both = like_minded(lines, 5)

    assert str(alone) == "Only one person answered on “Bus” and “Bike”: publishing this tells what that person said."
    assert [str(each).partition(".")[0] for each in both] == [
        "All who answered on “Feet” said the same",
        "Only one person answered on “Bus” and “Bike”: publishing this tells what that person said",
    ]


def test_the_same_answer_in_other_words_is_the_same_answer() -> None:
    wet, cold = (bare_grades(Grading((Graded("a", "0", why),))) for why in ("wet", "Cold"))

    assert wet == cold == Grading((Graded("a", "0"),))


def test_each_reason_leaves_its_ballot_with_the_one_answer_it_explains() -> None:
    ballot = Grading((Graded("a", "0", "wet"), Graded("b", "1"), Graded("c", "1", "quick")))

    assert reasons_in(ballot) == (Grading((Graded("a", "0", "wet"),)), Grading((Graded("c", "1", "quick"),)))
    assert reasons_in(bare_grades(ballot)) == ()
    assert english(explained(SCALE, reasons_in(ballot)[0])) == Explained(option="a", answer="No", words="wet")
    assert explained(SCALE, bare_grades(ballot)) is None


def test_more_rows_with_reasons_than_fit_a_form_are_named() -> None:
    rows = tuple(Option(key, key) for key in "abcdefghi")

    assert too_many(rows[:8]) == ""
    assert "There are 9 options" in str(too_many(rows))
    for kind in (Impact(), Consensus()):
        config = msgspec.structs.replace(kind.examples().config, options=rows)
        assert "There are 9 options" in str(kind.problem(config))
