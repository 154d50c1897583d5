"""Reading a form that grades each of several things."""

from __future__ import annotations

import pytest

from workshop_tui.activities.grades import Graded, count_grades, grade_columns, read_grades, reasons
from workshop_tui.domain.blocks import GradeEach, Option
from workshop_tui.errors import BallotRejected

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
        ({"g.a": ["0"], "g.a.why": ["\u3164"]}, "g.a.why"),
        ({"g.a": ["1"], "g.a.why": ["x" * 11]}, "g.a.why"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(fields: dict[str, list[str]], field: str) -> None:
    with pytest.raises(BallotRejected) as refusal:
        read_grades(FORM, fields, reasoned={"0"})

    assert refusal.value.field == field


def test_a_reason_is_refused_where_none_is_asked() -> None:
    with pytest.raises(BallotRejected):
        read_grades(NO_WHY, {"g.a": ["1"], "g.a.why": ["because"]})


def test_every_step_of_every_row_is_counted_and_every_row_has_its_columns() -> None:
    bus, both = (Graded("b", "1", "quick"),), (Graded("a", "0", "wet"), Graded("b", "1"))

    assert count_grades(ROWS, SCALE, [(bus, 2), (both, 1)]) == (("b", (0, 3)), ("a", (1, 0)))
    assert grade_columns(FORM, bus) == {"g.b": "Yes", "g.b.why": "quick", "g.a": "", "g.a.why": ""}
    assert grade_columns(NO_WHY, both) == {"g.b": "Yes", "g.a": "No"}


def test_reasons_are_those_of_the_steps_asked_for_and_sorted() -> None:
    profile = {(Graded("a", "0", "wet"),): 2, (Graded("a", "0", "Cold"),): 1, (Graded("a", "1", "fit"),): 1}

    assert reasons(profile, "a", {"0"}) == ("Cold", "wet", "wet")
