"""Criteria: exact totals, weights that were fixed before, and what would change the first place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from tests.kinds.said import english, said
from tests.sessions import Desk, an_agenda, item, options, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Earlier
from workshop_tui.domain.blocks import Bars, GradeEach, Matrix, Option, Statement
from workshop_tui.errors import BallotRejected, CommandRefused
from workshop_tui.kinds.criteria.config import CriteriaConfig
from workshop_tui.kinds.criteria.criteria import Criteria, ScoresByCriterion
from workshop_tui.kinds.criteria.totals import tenths
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import Figure

OPTIONS = (Option("a", "Stay"), Option("b", "Move"))
CONFIG = CriteriaConfig(options=OPTIONS, criteria=("Time", "Cost"), weights=(70, 30))
POLL = Criteria()


def marks(**scores: int) -> ScoresByCriterion:
    """One person's scores by "a1": the option, then the number of the criterion."""
    return ScoresByCriterion(tuple(sorted((name[1], name[0], score) for name, score in scores.items())))


STAYER = marks(a1=4, a2=1, b1=1, b2=5)
MOVER = marks(a1=2, a2=3, b1=5, b2=2)


def sentences(profile: dict[ScoresByCriterion, int], config: CriteriaConfig = CONFIG) -> list[str]:
    blocks = POLL.show(config, POLL.tally(config, profile))
    return [each.text for each in english(blocks) if isinstance(each, Statement)]


def chart(profile: dict[ScoresByCriterion, int]) -> Bars | Matrix:
    block = english(POLL.show(CONFIG, POLL.tally(CONFIG, profile))[0])
    assert isinstance(block, Bars | Matrix)
    return block


def test_the_form_asks_criterion_by_criterion_and_says_what_each_counts() -> None:
    _, time, cost = english(POLL.ask(CONFIG))

    assert isinstance(time, GradeEach)
    assert isinstance(cost, GradeEach)
    assert (time.name, time.label) == ("c1", "Time (counts 70 of 100)")
    assert (cost.name, cost.label) == ("c2", "Cost (counts 30 of 100)")
    assert [step.words for step in time.scale] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("people", [1, 5, 9, 29, 30, 100])
def test_totals_are_weighted_averages_out_of_a_hundred(people: int) -> None:
    # Stay: 70 of 4 in 5 and 30 of 1 in 5; Move: 70 of 1 in 5 and 30 of 5 in 5.
    found = sentences({STAYER: people})
    who = "1 person" if people == 1 else f"{people} people"

    assert found[0] == f"“Stay” comes first: 62 of 100, from {who}. Next: “Move”, with 44 (18 behind)."
    assert any("publishing this tells" in text for text in found) == (people < 10)
    assert "%" not in " ".join(found)


def test_nobody_has_no_total() -> None:
    assert sentences({})[0] == "Nobody has answered."
    assert POLL.details(CONFIG, {}) == ()
    assert POLL.places(CONFIG, {}) == ()


def test_a_tie_is_exact_and_nothing_else_is_one() -> None:
    mirror = marks(a1=1, a2=5, b1=4, b2=1)

    assert (
        sentences({STAYER: 3, mirror: 3})[0]
        == "“Stay” and “Move” tie for first place: each has 53 of 100, from 6 people."
    )
    near = sentences({STAYER: 2000, mirror: 1999})[0]
    assert near == "“Stay” comes first: 53 of 100, from 3,999 people. Next: “Move”, with 53 (less than 0.1 behind)."
    block = chart({STAYER: 2000, mirror: 1999})
    assert isinstance(block, Bars)
    assert [(bar.label, bar.leads, bar.said) for bar in block.bars] == [("Stay", True, "53"), ("Move", False, "53")]


def test_what_was_left_out_is_not_a_zero() -> None:
    both = POLL.tally(CONFIG, {STAYER: 1, marks(a1=4): 5})

    assert both.order == (("a",), ("b",))
    assert sentences({STAYER: 1, marks(a1=4): 5})[0].startswith("“Stay” comes first: 62 of 100, from 1 to 6 people.")


def test_an_option_that_nobody_scored_on_something_has_no_total_and_that_is_said() -> None:
    profile = {marks(a1=3, a2=3, b1=5): 4}

    assert "“Move” has no total: nobody scored it on “Cost”." in sentences(profile)
    assert POLL.places(CONFIG, profile) == (("a",),)
    assert sentences({marks(b1=5): 4})[0] == "No answer was scored on every part, so there is no total to compare."
    block = chart(profile)
    assert isinstance(block, Bars)
    assert [bar.said for bar in block.bars] == ["60", "no total"]


def test_nothing_but_zeros_has_no_bars_and_ties() -> None:
    zeros = {marks(a1=0, a2=0, b1=0, b2=0): 2}

    assert chart(zeros) == Matrix(
        "Totals by weight",
        "Answer",
        ("points out of 100",),
        chart(zeros).rows,  # type: ignore[union-attr]
    )
    assert "tie for first place" in sentences(zeros)[0]


def test_other_weights_that_change_the_first_place_are_said_in_words() -> None:
    profile = {STAYER: 8, MOVER: 2}
    tables = {each.title: each for each in english(POLL.details(CONFIG, profile)) if isinstance(each, Matrix)}

    assert said(POLL.details(CONFIG, profile)) == [
        "All parts count the same: “Move” comes first instead of “Stay”.",
        "Without “Time”: “Move” comes first instead of “Stay”.",
    ]
    assert [(row.label, *row.cells) for row in tables["With other weights"].rows] == [
        ("The declared weights", "A Stay", "7.2"),
        ("All parts count the same", "B Move", "12"),
        ("Without “Time”", "B Move", "60"),
        ("Without “Cost”", "A Stay", "36"),
    ]
    own = tables["Which answer comes first for each person, by their own scores and the declared weights"]
    assert [row.cells for row in own.rows] == [("8 of 10 people (nearly all)",), ("2 of 10 people (some)",)]
    firm = [
        each.text
        for each in english(POLL.details(CONFIG, {marks(a1=5, a2=5, b1=0, b2=0): 3}))
        if isinstance(each, Statement)
    ]
    assert firm == ["The first place is the same with each of these weights."]


def points(config: dict[str, object], ballots: dict[str, int]) -> Earlier:
    """An earlier item with points, and what people gave there, as JSON."""
    poll = KINDS["points"]
    profile = {msgspec.json.decode(ballot, type=poll.ballot_type): n for ballot, n in ballots.items()}
    return Earlier("Weighing", poll, msgspec.convert(config, poll.config_type), profile)  # type: ignore[arg-type]


WEIGHED = points(
    {"options": [*options("Time", "Cost"), {"key": "c", "text": "Something else", "other": True}]},
    {'{"given":[["a",80],["b",20]]}': 3, '{"given":[["a",10],["b",60],["c",30]]}': 5},
)


def test_weights_come_from_the_points_of_an_earlier_item_and_each_persons_own_are_tried() -> None:
    planned = CriteriaConfig(options=OPTIONS, weights_from="Weighing")

    assert POLL.problem(planned) == ""
    assert POLL.earlier(planned) == "Weighing"
    assert POLL.misfit(planned, WEIGHED) == ""
    filled = POLL.fill(planned, WEIGHED)
    assert (filled.criteria, filled.weights) == (("Time", "Cost"), (290, 360))
    assert POLL.problem(filled) == ""
    titles = {
        each.title: each
        for each in english(POLL.details_with(filled, {STAYER: 1}, (), WEIGHED))
        if isinstance(each, Matrix)
    }
    own = titles["Which answer comes first for each person, by their own points in “Weighing” as weights"]
    assert [row.cells for row in own.rows] == [("3 of 8 people (some)",), ("5 of 8 people (most)",)]


def test_an_item_that_can_give_no_weights_is_refused() -> None:
    planned = CriteriaConfig(options=OPTIONS, weights_from="Weighing")
    single = Earlier("Warm-up", KINDS["single"], KINDS["single"].examples().config, {})  # type: ignore[arg-type]
    nobody = points({"options": options("Time", "Cost")}, {})

    assert "shares out no points" in str(POLL.misfit(planned, single))
    named = CriteriaConfig(options=OPTIONS, criteria=("Time", "Noise"), weights_from="Weighing")
    assert "“Noise” is not among the options" in str(POLL.misfit(named, WEIGHED))
    both = CriteriaConfig(options=OPTIONS, criteria=("Time", "Cost"), weights=(1, 1), weights_from="Weighing")
    assert "exclude each other" in str(POLL.misfit(both, WEIGHED))
    with pytest.raises(CommandRefused, match="there are no weights"):
        POLL.fill(planned, nobody)


def test_weights_stay_as_they_were_when_the_vote_opened() -> None:
    agenda = an_agenda(
        item(1, "Weighing", kind="points", options=options("Time", "Cost"), total=10),
        item(2, "Scoring", kind="criteria", options=options("Stay", "Move"), weights_from="weighing"),
    )
    desk = Desk(agenda)
    desk.join("p1", "p2")
    for person, given, n in (("p1", '{"given":[["a",10]]}', 1), ("p2", '{"given":[["b",10]]}', 2)):
        desk.open("i01", vote="close")
        round_ = desk.open_vote()
        assert round_ == f"i01.{n}"
        desk.give(cmd.Cast(person=person, round=round_, choice=given, submission_id=sid()))
        desk.give(cmd.Reveal())
        desk.open("i02")
        if n == 1:
            scoring = desk.open_vote()
            desk.give(cmd.Cast(person="p1", round=scoring, choice='{"scores":[["1","a",5]]}', submission_id=sid()))

    assert desk.state.round(scoring).config["weights"] == [10, 0]
    desk.open_vote()
    assert desk.state.last_round.config["weights"] == [0, 10]
    assert desk.state.round(scoring).config["weights"] == [10, 0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"criteria": ("Time",)}, "not two criteria"),
        ({"criteria": ("Time", " ")}, "no words"),
        ({"criteria": ("Time", "TIME")}, "there twice"),
        ({"weights": (1,)}, "2 criteria and 1 weights"),
        ({"weights": (0, 0)}, "more than 0"),
        ({"weights": (-1, 2)}, "from 0"),
        ({"most": 11}, "1 to 10"),
        ({"options": tuple(Option(k, k) for k in "abcdefghijklmnopqrstuv")}, "are 264 buttons"),
    ],
)
def test_criteria_and_weights_that_cannot_be_meant_are_named(changes: dict[str, object], words: str) -> None:
    fields = {"options": OPTIONS, "criteria": ("Time", "Cost"), "weights": (1, 2), **changes}

    assert words in str(POLL.problem(CriteriaConfig(**fields)))


def test_a_score_that_is_not_on_the_scale_points_at_its_row() -> None:
    with pytest.raises(BallotRejected, match="not in the list") as refusal:
        POLL.read(CONFIG, {"c2.b": ["9"]})

    assert refusal.value.field == "c2.b"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (67, "67"),
        (Fraction(337, 5), "67.4"),
        (Fraction(1, 20), "0.1"),
        (Fraction(199, 20), "10"),
        (100, "100"),
    ],
)
def test_a_total_is_said_with_one_decimal_and_halves_up(number: int | Fraction, words: str) -> None:
    assert tenths(number) == Figure(words)


def test_weights_with_decimals_count_as_they_were_written() -> None:
    """0.1, 0.2 and 0.7 are exactly one, and as 1, 2 and 7."""
    parts = CriteriaConfig(
        options=OPTIONS,
        criteria=("Time", "Cost", "Noise"),
        weights=(Decimal("0.1"), Decimal("0.20"), Decimal("0.7")),
    )
    whole = msgspec.structs.replace(parts, weights=(1, 2, 7))
    profile = {marks(a1=5, a2=1, a3=2, b1=1, b2=4, b3=2): 3, marks(a1=2, a2=2, a3=3, b1=3, b2=3, b3=3): 2}

    assert POLL.tally(parts, profile) == POLL.tally(whole, profile)
    assert "“Time” 0.1, “Cost” 0.2 and “Noise” 0.7" in english(POLL.show(parts, POLL.tally(parts, profile)))[-1].text
    assert str(english(POLL.ask(parts))[1].label) == "Time (counts 0.1 of 1)"


@pytest.mark.parametrize("weight", ["0.00001", "NaN", "-0.5", "1000000.5"])
def test_what_is_no_weight_is_refused(weight: str) -> None:
    config = CriteriaConfig(options=OPTIONS, criteria=("Time", "Cost"), weights=(Decimal(weight), 1))

    assert "at most 4 decimals" in str(POLL.problem(config))
