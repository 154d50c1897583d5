"""Statements: what divides and what is disagreed with comes first, and nothing is hidden."""

from __future__ import annotations

import pytest

from tests.kinds.said import block, sentences
from workshop_tui.domain.blocks import Distribution, Option
from workshop_tui.kinds.grades import Graded, Grading
from workshop_tui.kinds.statements import Statements, StatementsConfig, is_divided, is_often_passed

POLL = Statements()
ONE = StatementsConfig(options=(Option("a", "It is clear."),))
FOUR = StatementsConfig(options=tuple(Option(key, key * 3) for key in "abcd"))
YES, NO, PASS = (Grading((Graded("a", step),)) for step in ("agree", "disagree", "pass"))


@pytest.mark.parametrize(
    ("profile", "plain", "note"),
    [
        ({}, ["Nobody has answered."], ""),
        ({YES: 1}, ["More agree than disagree with “It is clear”."], "1 of 1 agree"),
        ({YES: 2, PASS: 3}, ["More agree than disagree with “It is clear”.",
                             "At least half passed on “It is clear”: perhaps not their experience."],
         "2 of 2 agree; often passed"),
        ({YES: 2, NO: 7}, ["More disagree than agree with “It is clear”."], "2 of 9 agree"),
        ({YES: 20, NO: 9}, ["The room is divided on “It is clear”."], "20 of 29 agree; divided"),
        ({YES: 15, NO: 15}, ["The room is divided on “It is clear”."], "15 of 30 agree; divided"),
        ({YES: 71, NO: 29}, ["More agree than disagree with “It is clear”."], "71 of 100 agree"),
        ({PASS: 9}, ["Nobody took a side on “It is clear”.",
                     "At least half passed on “It is clear”: perhaps not their experience."], "often passed"),
    ],
    ids=["0", "1", "5", "9", "29", "30-tie", "100", "all pass"],
)  # fmt: skip
def test_what_the_room_thinks_is_said_with_its_base(profile: dict[Grading, int], plain: list[str], note: str) -> None:
    assert sentences(POLL, ONE, profile) == plain
    assert block(Distribution, POLL.show(ONE, POLL.tally(ONE, profile))).lines[0].note == note


@pytest.mark.parametrize(("against", "for_", "divided"), [(3, 7, True), (29, 71, False), (7, 3, True), (0, 0, False)])
def test_a_room_is_divided_from_three_in_ten_on_each_side(against: int, for_: int, *, divided: bool) -> None:
    assert is_divided((against, for_, 50)) is divided


def test_a_pass_is_flagged_from_half_of_the_answers() -> None:
    assert is_often_passed((1, 1, 2))
    assert not is_often_passed((2, 1, 2))
    assert not is_often_passed((0, 0, 0))


def test_what_divides_and_what_is_disagreed_with_stands_first_and_nothing_is_left_out() -> None:
    said = Grading((Graded("a", "agree"), Graded("b", "disagree"), Graded("c", "agree"), Graded("d", "pass")))
    other = Grading((Graded("a", "agree"), Graded("b", "disagree"), Graded("c", "disagree"), Graded("d", "pass")))
    chart = block(Distribution, POLL.show(FOUR, POLL.tally(FOUR, {said: 6, other: 4})))

    assert [line.letter for line in chart.lines] == ["C", "B", "A", "D"]
    assert chart.aside == 1


def test_sentences_may_come_from_the_room_and_one_is_enough() -> None:
    assert POLL.problem(ONE) == ""
    assert POLL.problem(StatementsConfig(options_from="ideas")) == ""
