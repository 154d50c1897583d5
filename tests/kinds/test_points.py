"""Points: all of them, sums and middles side by side, and who gave none."""

from __future__ import annotations

import pytest

from tests.kinds.said import block, said, sentences
from workshop_tui.domain.blocks import Matrix, Option, ShareOut
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.points import Points, PointsConfig, SharePoints

OPTIONS = (Option("a", "Waits"), Option("b", "Visits"), Option("c", "Letters"))
SUM = PointsConfig(options=OPTIONS)
MEDIAN = PointsConfig(options=OPTIONS, rule="median", step=10)
POLL = SharePoints()
WAITS, VISITS = Points((("a", 100),)), Points((("b", 100),))
BOTH, MIXED = Points((("a", 50), ("b", 50))), Points((("a", 20), ("b", 30), ("c", 50)))


@pytest.mark.parametrize(
    ("profile", "sentence", "cells"),
    [
        ({}, "Nobody has answered.", [("", "", 0, 0)] * 3),
        ({BOTH: 1}, "“Waits” and “Visits” tie for the most: each has 50 of 100 points from 1 person. "
         "Nobody chose anything else.", [(50, "", 0, 50), (50, "", 0, 50), (0, "", 1, 0)]),
        ({WAITS: 2, MIXED: 3}, "“Waits” has the most: 260 of 500 points from 5 people. "
         "Next is “Letters”, with 150 (110 fewer).",
         [(20, "20 to 100", 0, 260), (50, "0 to 50", 2, 150), (30, "0 to 30", 2, 90)]),
        ({WAITS: 4, MIXED: 5}, "“Waits” has the most: 500 of 900 points from 9 people. "
         "Next is “Letters”, with 250 (250 fewer).",
         [(20, "20 to 100", 0, 500), (50, "0 to 50", 4, 250), (30, "0 to 30", 4, 150)]),
        ({BOTH: 29}, "“Waits” and “Visits” tie for the most: each has 1,450 of 2,900 points from 29 people. "
         "Nobody chose anything else.", [(50, 50, 0, 1450), (50, 50, 0, 1450), (0, 0, 29, 0)]),
        ({WAITS: 15, VISITS: 15}, "“Waits” and “Visits” tie for the most: each has 1,500 of 3,000 points from 30 "
         "people. Nobody chose anything else.",
         [("0 to 100", "0 to 100", 15, 1500), ("0 to 100", "0 to 100", 15, 1500), (0, 0, 30, 0)]),
        ({WAITS: 60, VISITS: 40}, "“Waits” has the most: 6,000 of 10,000 points from 100 people. "
         "Next is “Visits”, with 4,000 (2,000 fewer).",
         [(100, "0 to 100", 40, 6000), (0, "0 to 100", 60, 4000), (0, 0, 100, 0)]),
    ],
    ids=["0", "1", "5", "9", "29", "30", "100"],
)  # fmt: skip
def test_middles_quartiles_those_who_gave_none_and_sums_stand_side_by_side(
    profile: dict[Points, int], sentence: str, cells: list[tuple[object, ...]]
) -> None:
    table = block(Matrix, POLL.show(SUM, POLL.tally(SUM, profile)))

    assert sentences(POLL, SUM, profile) == [sentence]
    assert table.columns == ("middle", "half gave", "gave none", "in all")
    assert [row.cells for row in table.rows] == cells


def test_by_the_median_a_few_who_give_everything_do_not_lead() -> None:
    profile = {WAITS: 2, Points((("b", 70), ("c", 30))): 3}

    assert POLL.places(SUM, profile) == (("b",), ("a",), ("c",))
    assert POLL.places(MEDIAN, profile) == (("b",), ("c",), ("a",))
    assert sentences(POLL, MEDIAN, profile) == [
        "“Visits” has the highest middle answer: 70 points, from 5 people. Next: “Letters”, 30 (40 fewer)."
    ]
    assert sentences(POLL, MEDIAN, {BOTH: 4, MIXED: 1}) == [
        "“Waits” and “Visits” tie for the highest middle answer: 50 points, from 5 people. "
        "Next: “Letters”, 0 (50 fewer)."
    ]
    assert "in steps of 10" in sentences(POLL, MEDIAN, profile, "rule")[0]


def test_the_facilitator_sees_that_the_winner_depends_on_the_rule() -> None:
    details = POLL.details(SUM, {WAITS: 2, Points((("b", 35), ("c", 65))): 3})

    assert said(details)[0].startswith("The winner depends on the rule")
    assert [row.cells for row in block(Matrix, details).rows] == [
        ("A Waits", 5),
        ("C Letters", ""),
        ("B Visits and C Letters (tie)", 0),
    ]
    assert [row.cells for row in block(Matrix, details, 1).rows] == [(2, 100), (3, 35), (3, 65)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "share out your 100 points"),
        ({"points.a": ["90"]}, "gave 90 of 100 points. Please give the other 10 too"),
        ({"points.a": ["90"], "points.b": ["20"]}, "take 10 away"),
        ({"points.a": ["95"], "points.b": ["5"]}, "steps of 10"),
    ],
)
def test_all_points_have_to_be_used_in_whole_steps(fields: dict[str, list[str]], words: str) -> None:
    with pytest.raises(BallotRejected, match=words):
        POLL.read(MEDIAN, fields)


@pytest.mark.parametrize(
    ("total", "step", "pressed"), [(100, 1, 5), (100, 10, 10), (20, 1, 1), (7, 1, 1), (97, 1, 1), (1000, 5, 50)]
)
def test_a_button_gives_about_a_twentieth_so_that_all_can_be_used(total: int, step: int, pressed: int) -> None:
    (form,) = POLL.ask(PointsConfig(options=OPTIONS, total=total, step=step))

    assert isinstance(form, ShareOut)
    assert (form.step, form.exact, form.total % form.step) == (pressed, True, 0)


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (PointsConfig(options=OPTIONS, total=0), "total is 0"),
        (PointsConfig(options=OPTIONS, total=1001), "1 to 1,000"),
        (PointsConfig(options=OPTIONS, step=0), "step is 0"),
        (PointsConfig(options=OPTIONS, step=30), "steps of 30"),
    ],
)
def test_a_number_that_cannot_be_meant_is_named(config: PointsConfig, words: str) -> None:
    assert words in str(POLL.problem(config))
