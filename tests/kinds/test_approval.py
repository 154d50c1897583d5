"""Several choices: people behind each, ties, the limit, and what was chosen together."""

from __future__ import annotations

import pytest

from tests.kinds.said import block, english, said, sentences
from workshop_tui.domain.blocks import Bars, ChooseSome, Matrix, Option
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.approval import Approval, ApprovalConfig, Choices

OPTIONS = (Option("a", "Mornings"), Option("b", "Evenings"), Option("c", "Saturdays"))
ANY = ApprovalConfig(options=OPTIONS)
TWO = ApprovalConfig(options=OPTIONS, max=2, shuffle=True)
POLL = Approval()
AB, BC, C = Choices(("a", "b")), Choices(("b", "c")), Choices(("c",))


@pytest.mark.parametrize(
    ("profile", "sentence", "notes"),
    [
        ({}, "Nobody has answered.", [(), (), ()]),
        ({C: 1}, "“Saturdays” has the most: 1 of 1 person. Nobody chose anything else.", [(), (), ()]),
        ({AB: 3, C: 2}, "“Mornings” and “Evenings” tie for the most: each has 3 of 5 people (most). "
         "Next is “Saturdays”, with 2.", [(), (), ()]),
        ({AB: 4, BC: 3, C: 2}, "“Evenings” has the most: 7 of 9 people (most). Next is “Saturdays”, with 5 (2 fewer).",
         [(), (), ()]),
        ({AB: 20, C: 9}, "“Mornings” and “Evenings” tie for the most: each has 20 of 29 people (most). "
         "Next is “Saturdays”, with 9.", [(), (), ()]),
        ({AB: 20, C: 10}, "“Mornings” and “Evenings” tie for the most: each has 20 of 30 people (most, 67%). "
         "Next is “Saturdays”, with 10.", [("67%",), ("67%",), ("33%",)]),
        ({AB: 40, BC: 60}, "“Evenings” has the most: 100 of 100 people (all who answered, 100%). "
         "Next is “Saturdays”, with 60 (40 fewer).",
         [("100%",), ("60%",), ("40%",)]),
    ],
    ids=["0", "1", "5", "9", "29", "30", "100"],
)  # fmt: skip
def test_people_are_counted_for_every_option_they_chose(
    profile: dict[Choices, int], sentence: str, notes: list[tuple[str, ...]]
) -> None:
    blocks = POLL.show(ANY, POLL.tally(ANY, profile))

    assert sentences(POLL, ANY, profile) == [sentence]
    assert [english(bar.notes) for bar in block(Bars, blocks).bars] == notes


def test_the_limit_stands_in_the_rule_and_on_the_form() -> None:
    (form,) = POLL.ask(TWO)

    assert form == ChooseSome(name="choices", options=OPTIONS, most=2, shuffled=True)
    assert "up to 2 answers" in sentences(POLL, TWO, {}, "rule")[0]
    assert "as many answers as they liked" in sentences(POLL, ANY, {}, "rule")[0]
    with pytest.raises(BallotRejected, match="2 at most: you chose 3"):
        POLL.read(TWO, {"choices": ["a", "b", "c"]})


def test_a_small_group_that_chose_alike_gets_a_caution() -> None:
    assert sentences(POLL, ANY, {AB: 5}, "private")
    assert not sentences(POLL, ANY, {AB: 4, BC: 1}, "private")


def test_the_facilitator_sees_what_was_chosen_together_and_alone() -> None:
    details = POLL.details(ANY, {AB: 4, BC: 3, C: 2})
    sizes, together = block(Matrix, details), block(Matrix, details, 1)

    assert [(row.label, row.cells) for row in sizes.rows] == [(1, (2,)), (2, (7,))]
    assert [row.cells for row in together.rows] == [
        (0, "", 4, 0),
        (0, 4, "", 3),
        (2, 0, 3, ""),
    ]
    assert not said(details)


def test_places_are_by_people_and_ties_share_one() -> None:
    assert POLL.places(ANY, {AB: 3, C: 2}) == (("a", "b"), ("c",))
    assert POLL.places(ANY, {}) == ()


@pytest.mark.parametrize(("most", "words"), [(-1, "max is -1"), (1, 'kind = "single"'), (4, "only 3 options")])
def test_a_limit_that_cannot_be_meant_is_named(most: int, words: str) -> None:
    assert words in str(POLL.problem(ApprovalConfig(options=OPTIONS, max=most)))


def test_where_everybody_chose_one_the_numbers_are_not_said_to_add_up_to_more_than_the_people() -> None:
    (rule,) = sentences(POLL, TWO, {}, "rule")

    assert "can add up to more" in rule
