"""Consensus: objections first and with their reasons, every step in its order, no average."""

from __future__ import annotations

import pytest

from tests.kinds.said import apart, block, english, said, sentences
from workshop_tui.domain.activity import Explained
from workshop_tui.domain.blocks import ChooseOne, Distribution, Matrix, Option, Quotes, WriteText
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.consensus.consensus import Consensus, ConsensusConfig
from workshop_tui.kinds.consensus.scales import SCALES, ScaleName
from workshop_tui.kinds.grades import Graded, Grading

POLL = Consensus()
FIST = ConsensusConfig()
KANER = ConsensusConfig(scale="gradients")
CONSENT = ConsensusConfig(scale="consent", options=(Option("a", "Try it"),))


def at(step: str, why: str = "", row: str = "") -> Grading:
    return Grading((Graded(row, step, why),))


@pytest.mark.parametrize(
    ("profile", "plain"),
    [
        ({}, "Nobody has answered."),
        ({at("0", "No"): 1}, "1 of 1 person shows 0, 1 or 2 for this. 0 of 1 person can live with it."),
        ({at("3"): 5}, "Nobody shows 0, 1 or 2 for this. 5 of 5 people (all who answered) can live with it."),
        (
            {at("2", "x"): 4, at("3"): 5},
            "4 of 9 people (some) show 0, 1 or 2 for this. 5 of 9 people (most) can live with it.",
        ),
        (
            {at("1", "x"): 1, at("4"): 28},
            "1 of 29 people shows 0, 1 or 2 for this. 28 of 29 people (nearly all) can live with it.",
        ),
        (
            {at("0", "x"): 15, at("5"): 15},
            "15 of 30 people (half, 50%) show 0, 1 or 2 for this. 15 of 30 people (half, 50%) can live with it.",
        ),
        (
            {at("2", "x"): 1, at("5"): 99},
            "1 of 100 people (1%) shows 0, 1 or 2 for this. 99 of 100 people (nearly all, 99%) can live with it.",
        ),
    ],
    ids=["0", "1", "5", "9", "29", "30-tie", "100"],
)
def test_objections_are_said_before_agreement(profile: dict[Grading, int], plain: str) -> None:
    assert sentences(POLL, FIST, profile) == [plain]


@pytest.mark.parametrize("name", SCALES)
def test_whoever_objects_is_asked_why_and_may_say_it_aloud(name: ScaleName) -> None:
    scale, config = SCALES[name], ConsensusConfig(scale=name)

    assert "say it aloud" in str(scale.why)
    for step in scale.steps:
        for nothing in ({}, {"view.why": [" \u200b"]}):
            assert POLL.read(config, {"view": [step.key], **nothing}) == at(step.key)
    assert POLL.read(ConsensusConfig(scale=name, why=False), {"view": [scale.objects[0]]}) == at(scale.objects[0])


@pytest.mark.parametrize("fields", [{}, {"view": ["9"]}, {"view": ["3", "4"]}, {"view.why": ["x"]}, {"view.a": ["3"]}])
def test_about_the_question_itself_junk_is_refused_at_its_field(fields: dict[str, list[str]]) -> None:
    with pytest.raises(BallotRejected) as refusal:
        POLL.read(FIST, fields)

    assert refusal.value.field == "view"
    assert "itself" not in str(refusal.value)
    assert "“" not in str(refusal.value).replace("“Skip this question”", "")


def test_about_the_question_itself_the_form_is_one_scale_and_one_box() -> None:
    steps, why = POLL.ask(FIST)

    assert isinstance(steps, ChooseOne)
    assert isinstance(why, WriteText)
    assert (steps.name, why.name) == ("view", "view.why")
    assert POLL.rows(FIST, at("1")) == {"view": "1 I have big worries"}
    (reason,) = POLL.reasons(at("1", "Far"))
    assert english(POLL.explained(FIST, reason)) == Explained(option="", answer="1 I have big worries", words="Far")
    assert POLL.plain_profile(FIST, {at("0", "x"): 2}).lines == ((2, (("a", 1),)),)


def test_the_objecting_end_comes_first_on_every_scale_and_no_step_is_lost() -> None:
    chart = english(block(Distribution, POLL.show(KANER, POLL.tally(KANER, {at("veto", "x"): 2, at("endorse"): 3}))))

    assert chart.scale[0] == "I say no: a veto"
    assert chart.lines[0].counts == (2, 0, 0, 0, 0, 0, 0, 3)
    assert POLL.plain_profile(KANER, {at("endorse"): 1}).lines == ((1, (("a", 8),)),)


def test_no_opinion_and_more_talk_are_neither_agreement_nor_objection() -> None:
    (sentence,) = sentences(POLL, KANER, {at("abstain"): 2, at("discuss"): 1, at("dislike"): 1})

    assert sentence == "Nobody disagrees or says no to this. 1 of 4 people can live with it."


def test_behind_the_result_are_objections_word_by_word_then_measures() -> None:
    agree = at("consent", "", "a")
    ballots = [at("object", "Too soon", "a"), at("concern", "Who pays?", "a"), agree, agree]
    first, second, table, *_ = english(POLL.details(CONSENT, *apart(POLL, ballots)))

    assert isinstance(first, Quotes)
    assert isinstance(second, Quotes)
    assert isinstance(table, Matrix)
    assert (first.title, first.quotes[0].parts) == ("Why people object to “Try it”:", (("I object", "Too soon"),))
    assert second.quotes[0].parts == (("I agree, and I have a worry", "Who pays?"),)
    assert table.rows[0].cells[:2] == (3, 1)


def test_consensus_is_one_where_all_agree_and_none_where_half_is_at_each_end() -> None:
    def measured(profile: dict[Grading, int]) -> str:
        return english(block(Matrix, POLL.details(FIST, profile)).rows[0].cells[3])

    assert measured({at("3"): 4}) == "1.00"
    assert measured({at("0", "x"): 4, at("5"): 4}) == "0.00"
    assert POLL.details(FIST, {}) == ()


def test_how_alike_answers_are_is_explained_where_it_stands() -> None:
    details = POLL.details(FIST, {at("3"): 4})

    assert block(Matrix, details).columns[3] == "How alike, 0 to 1"
    assert "1.00 where all say the same" in said(details, "rule")[0]
