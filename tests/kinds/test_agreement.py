"""Agreement by a rule fixed before the first round, and what phones are reminded of in the second."""

from __future__ import annotations

import pytest

from tests.kinds.said import said
from workshop_tui.domain.blocks import Option
from workshop_tui.kinds.agreement import agreement_problem, agreement_rule, agreement_sentence
from workshop_tui.kinds.scale import Scale, ScaleConfig, Step
from workshop_tui.kinds.score.config import ScoreConfig
from workshop_tui.kinds.score.score import GivenScores, Score
from workshop_tui.messages import ENGLISH

NINE = tuple(str(step) for step in range(1, 10))


@pytest.mark.parametrize(
    ("histogram", "words"),
    [
        # 70 of 100 in 7 to 9 and 14 in 1 to 3: just in.
        (
            (14, 0, 0, 8, 8, 0, 0, 0, 70),
            "Agreed in: 70 of 100 people (most, 70%) chose the highest 3 steps, 14 (a few, 14%) the lowest.",
        ),
        (
            (15, 0, 0, 7, 8, 0, 0, 0, 70),
            "Not agreed: 70 of 100 people (most, 70%) chose the highest 3 steps, 15 (a few, 15%) the lowest.",
        ),
        (
            (14, 0, 0, 8, 9, 0, 0, 0, 69),
            "Not agreed: 69 of 100 people (most, 69%) chose the highest 3 steps, 14 (a few, 14%) the lowest.",
        ),
        (
            (70, 0, 0, 8, 8, 0, 14, 0, 0),
            "Agreed out: 14 of 100 people (a few, 14%) chose the highest 3 steps, 70 (most, 70%) the lowest.",
        ),
        ((0,) * 9, ""),
        ((0, 0, 10), "Agreed in: 10 of 10 people (all who answered) chose the highest step, 0 the lowest."),
        ((1, 9), "Agreed in: 9 of 10 people (nearly all) chose the highest step, 1 the lowest."),
        # Five steps have no thirds: one step at each end.
        ((0, 0, 0, 8, 2), "Not agreed: 2 of 10 people (some) chose the highest step, 0 the lowest."),
    ],
)
def test_agreement_is_decided_by_whole_counts_at_its_very_edge(histogram: tuple[int, ...], words: str) -> None:
    assert str(agreement_sentence(histogram, 70)) == words


def test_all_who_did_not_leave_it_out_are_not_all_who_answered() -> None:
    assert str(agreement_sentence((0, 0, 8), 70, answered=9)) == (
        "Agreed in: 8 of 8 people (all of them) chose the highest step, 0 the lowest."
    )


def test_without_a_rule_nothing_is_said() -> None:
    assert agreement_sentence((0, 10), 0) == agreement_rule(9, 0) == ""


@pytest.mark.parametrize(("agree_at", "fine"), [(0, True), (51, True), (100, True), (50, False), (101, False)])
def test_less_than_most_is_no_agreement(agree_at: int, fine: bool) -> None:
    assert (agreement_problem(agree_at) == "") is fine
    assert (Scale().problem(ScaleConfig(labels=("a", "b"), agree_at=agree_at)) == "") is fine


def test_a_scale_says_rule_and_outcome_with_its_result() -> None:
    config = ScaleConfig(labels=NINE, agree_at=70)
    blocks = Scale().show(config, Scale().tally(config, {Step(8): 9, Step(5): 1}))
    texts = said(blocks) + said(blocks, "rule")

    assert "Agreed in: 9 of 10 people (nearly all) chose the highest 3 steps, 0 the lowest." in texts
    assert any(text.startswith("Set before the first round: agreed in, when at least 70%") for text in texts)


def test_scores_say_it_for_each_option() -> None:
    config = ScoreConfig(options=(Option("a", "Named person"), Option("b", "Leaflet")), most=9, agree_at=70)
    profile = {GivenScores((("a", 9), ("b", 0))): 8, GivenScores((("a", 1), ("b", 9))): 1}
    texts = said(Score().show(config, Score().tally(config, profile)))

    assert "“Named person”. Agreed in: 8 of 9 people (nearly all) chose the highest 3 steps, 1 the lowest." in texts
    assert "“Leaflet”. Agreed out: 1 of 9 people chose the highest 3 steps, 8 (nearly all) the lowest." in texts


def test_a_scale_recalls_ones_own_step_and_the_middle_of_the_group() -> None:
    config = ScaleConfig(labels=("Hard", "So so", "Easy"))
    everybody = {Step(1): 5, Step(3): 1}

    recalled = ENGLISH.text(Scale().recall(config, Step(3), everybody))
    assert recalled.startswith("The first time you chose “Easy”. The middle answer is “Hard”")
    assert ENGLISH.text(Scale().recall(config, Step(3), {})) == "The first time you chose “Easy”."
    assert not Scale().recall(config, None, {})


def test_scores_recall_each_option() -> None:
    config = ScoreConfig(options=(Option("a", "Letter"), Option("b", "Call")))
    everybody = {GivenScores((("a", 2), ("b", 5))): 3}

    assert ENGLISH.text(Score().recall(config, GivenScores((("a", 4),)), everybody)) == (
        "The first time. A: you 4, the middle of the group 2. B: the middle of the group 5."
    )
    assert ENGLISH.text(Score().recall(config, GivenScores((("a", 4),)), {})) == "The first time. A: you 4."
    assert not Score().recall(config, None, {})
