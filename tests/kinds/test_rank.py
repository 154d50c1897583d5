"""Order: points, ties, and the sentence for when another way of counting says otherwise."""

from __future__ import annotations

import pytest

from tests.kinds.said import block, english, said, sentences
from workshop_tui.domain.blocks import Matrix, Option, PutInOrder, Ranking, RankingRow, Statement, ViewBlock
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.rank.config import RankConfig
from workshop_tui.kinds.rank.rank import Rank, Ranked

OPTIONS = (Option("a", "Tell it once"), Option("b", "One person"), Option("c", "At school"), Option("d", "Letters"))
TOP_THREE = RankConfig(options=OPTIONS, pick=3, shuffle=True)
POLL = Rank()


def ranking(blocks: tuple[ViewBlock, ...]) -> Ranking:
    return block(Ranking, blocks)


def test_the_first_of_three_places_gives_three_points() -> None:
    result = POLL.tally(TOP_THREE, {Ranked(("a", "b", "c")): 2, Ranked(("b",)): 1})

    assert result.lines == (("a", 6, 2, 2), ("b", 7, 1, 3), ("c", 2, 0, 2), ("d", 0, 0, 0))


def test_places_are_shared_by_equal_points_and_the_next_number_is_left_out() -> None:
    profile = {Ranked(("a", "b")): 1, Ranked(("b", "a")): 1, Ranked(("c",)): 1}

    shown = ranking(POLL.show(TOP_THREE, POLL.tally(TOP_THREE, profile)))

    assert [column.name for column in shown.columns] == ["points", "first choices", "in any place"]
    assert shown.places == (
        RankingRow(place=1, label="Tell it once", letter="A", amounts=(5, 1, 2)),
        RankingRow(place=1, label="One person", letter="B", amounts=(5, 1, 2)),
        RankingRow(place=3, label="At school", letter="C", amounts=(3, 1, 1)),
        RankingRow(place=4, label="Letters", letter="D", amounts=(0, 0, 0)),
    )


def test_a_tie_is_said_with_points_people_and_rule() -> None:
    profile = {Ranked(("a", "b")): 1, Ranked(("b", "a")): 1}

    blocks = POLL.show(TOP_THREE, POLL.tally(TOP_THREE, profile))

    assert english(blocks[1:]) == (
        Statement(
            "“Tell it once” and “One person” tie for the most: each has 5 of 10 points from 2 people. "
            "Nobody chose anything else."
        ),
        Statement(
            "Points: place 1 gives 3, place 2 gives 2, place 3 gives 1. An answer left out gives none.",
            weight="rule",
        ),
    )


def test_it_is_said_when_first_choices_put_another_on_top() -> None:
    profile = {Ranked(("a", "b", "c")): 3, Ranked(("b", "c", "d")): 2, Ranked(("c", "b", "d")): 1}

    blocks = POLL.show(TOP_THREE, POLL.tally(TOP_THREE, profile))

    told = said(blocks)
    assert told[0].startswith("“One person” has the most: 14 of 36 points from 6 people.")
    assert told[1] == "Counted by first choices alone, “Tell it once” is at the top."
    assert told[2] == "Counted by choices in any place alone, “One person” and “At school” are at the top."


@pytest.mark.parametrize(
    ("config", "places"),
    [(RankConfig(options=OPTIONS), 4), (TOP_THREE, 3), (RankConfig(options=OPTIONS[:2], pick=3), 2), (RankConfig(), 0)],
)
def test_there_are_never_more_places_than_options(config: RankConfig, places: int) -> None:
    (block,) = POLL.ask(config)

    assert isinstance(block, PutInOrder)
    assert block.places == places


def test_empty_places_are_closed_up_and_other_fields_of_the_form_do_not_matter() -> None:
    fields = {"order": ["", "c", "", "a"], "order.rest": ["b", "d"], "order.by": ["lists"]}

    assert POLL.read(TOP_THREE, fields) == Ranked(("c", "a"))


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ([], "at least one"),
        (["", ""], "at least one"),
        (["a", "b", "a"], "“Tell it once” is there twice"),
        (["a", "z"], "not in the list"),
        (["a", "b", "c", "d"], "choose 3 at most: you chose 4"),
    ],
)
def test_an_order_that_does_not_fit_is_refused(order: list[str], words: str) -> None:
    with pytest.raises(BallotRejected, match=words) as refusal:
        POLL.read(TOP_THREE, {"order": order})

    assert refusal.value.field == "order"


def test_a_place_that_was_not_filled_is_empty_in_the_table() -> None:
    assert POLL.rows(TOP_THREE, Ranked(("c",))) == {"place_1": "c", "place_2": "", "place_3": ""}


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (RankConfig(options=OPTIONS, pick=-1), "pick is -1"),
        (RankConfig(options=OPTIONS, pick=5), "only 4 options"),
        (RankConfig(pick=3), "There are no options"),
    ],
)
def test_a_number_that_cannot_be_meant_is_named(config: RankConfig, words: str) -> None:
    assert words in str(POLL.problem(config))
    assert POLL.problem(RankConfig(pick=3, options_from="ideas")) == ""


# Other rules than points. ----------------------------------------------------------------------------

THREE = OPTIONS[:3]
ABC, BCA, CAB, C = Ranked(("a", "b", "c")), Ranked(("b", "c", "a")), Ranked(("c", "a", "b")), Ranked(("c",))


def by(rule: str, **more: int) -> RankConfig:
    return RankConfig(options=THREE, rule=rule, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "profile", "sentence"),
    [
        ("condorcet", {}, "Nobody has answered."),
        ("condorcet", {ABC: 1}, "“Tell it once” wins against each other one, by the orders of 1 person. "
         "The closest: 1 to 0 people against “One person” (1 fewer). Next: “One person”."),
        ("condorcet", {ABC: 3, BCA: 2}, "“Tell it once” wins against each other one, by the orders of 5 people. "
         "The closest: 3 to 2 people against “One person” (1 fewer). Next: “One person”."),
        ("condorcet", {ABC: 3, BCA: 3, CAB: 3}, "“Tell it once”, “One person” and “At school” tie, by the orders of "
         "9 people: the rule does not tell them apart."),
        ("condorcet", {ABC: 12, BCA: 9, CAB: 8}, "Nothing wins against each other one; “Tell it once” has the "
         "strongest chains of wins, by the orders of 29 people. Next: “One person”."),
        ("irv", {}, "Nobody has answered."),
        ("irv", {ABC: 12, BCA: 10, CAB: 8}, "“Tell it once” wins the last round, 20 to 10 people against “One person” "
         "(10 fewer), by the orders of 30 people."),
        ("irv", {ABC: 3, BCA: 3}, "“Tell it once” and “One person” tie, by the orders of 6 people: the rule does not "
         "tell them apart. Next: “At school”."),
        ("irv", {ABC: 40, Ranked(("b", "a")): 30, Ranked(("c", "a")): 30}, "“Tell it once” wins the last round, 70 to "
         "30 people (40 fewer), by the orders of 100 people. It is the same whichever of “One person” and “At school” "
         "is left for it."),
        ("irv", {ABC: 9, Ranked(("b", "c")): 3, C: 3}, "“Tell it once” wins in whatever order the others leave, by the "
         "orders of 15 people. Next: “One person” and “At school”."),
        ("irv", {Ranked(("b",)): 7, Ranked(("a", "c")): 2, Ranked(("c", "a")): 3}, "“One person” wins the last round, "
         "7 to 5 people against “At school” (2 fewer), by the orders of 12 people."),
    ],
)  # fmt: skip
def test_the_declared_rule_names_leader_next_margin_and_ties(
    rule: str, profile: dict[Ranked, int], sentence: str
) -> None:
    assert sentences(POLL, by(rule), profile) == [sentence]


def test_seats_are_filled_and_who_ties_for_the_last_one_is_named() -> None:
    two = by("stv", seats=2)

    assert sentences(POLL, two, {ABC: 6, C: 4}) == [
        "“Tell it once” and “At school” are chosen for 2 seats, by the orders of 10 people. Next: “One person”."
    ]
    assert sentences(POLL, two, {Ranked(("a",)): 6, Ranked(("b",)): 2, C: 2}) == [
        "“Tell it once” is chosen for 2 seats, by the orders of 10 people. "
        "“One person” and “At school” tie for what is left."
    ]


@pytest.mark.parametrize("rule", ["condorcet", "irv", "stv"])
def test_the_order_of_the_result_is_that_of_the_declared_rule(rule: str) -> None:
    profile = {ABC: 5, BCA: 4, CAB: 2}
    config = by(rule)
    shown = ranking(POLL.show(config, POLL.tally(config, profile)))
    places: dict[int, list[str]] = {}
    for line in shown.places:
        places.setdefault(line.place, []).append(line.letter.lower())

    assert [column.name for column in shown.columns] == ["below it", "first choices", "in any place"]
    assert tuple(tuple(place) for place in places.values()) == POLL.places(config, profile)


def test_the_facilitator_sees_the_rounds_and_who_is_put_above_whom() -> None:
    details = POLL.details(by("irv"), {ABC: 5, BCA: 4, C: 2})
    rounds, rules, pairs = (block(Matrix, details, number) for number in range(3))

    assert [(row.label, row.cells) for row in rounds.rows] == [
        ("Tell it once", (5, 5)),
        ("One person", (4, "4 out")),
        ("At school", ("2 out", "")),
        ("No longer counted", (0, 2)),
    ]
    assert rules.rows[0].label == "Instant run-off"
    assert [row.cells for row in pairs.rows] == [("", "5–4", "5–6"), ("4–5", "", "9–2"), ("6–5", "2–9", "")]
    assert said(details)[0].startswith("The winner depends on the rule")


def test_each_rule_says_how_it_treats_answers_left_out_and_ties() -> None:
    for rule in ("condorcet", "irv", "stv"):
        (words,) = sentences(POLL, by(rule), {}, "rule")
        assert "tie" in words or "Where several have the fewest" in words
        assert "left out" in words or "nobody left" in words


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (by("irv", seats=2), 'with rule = "stv"'),
        (by("stv", seats=0), "seats is 0"),
        (by("stv", seats=3), "3 seats for 3 options"),
    ],
)
def test_seats_that_cannot_be_meant_are_named(config: RankConfig, words: str) -> None:
    assert words in str(POLL.problem(config))


def test_an_order_that_nobody_touched_is_sent_only_by_who_says_that_it_is_theirs() -> None:
    """A shuffled list would else count as a vote for its own chance."""
    drawn = {"order": ["c", "a", "b"], "order.rest": ["d"], "order.by": ["start"]}

    with pytest.raises(BallotRejected, match=r"Send this order as it is\?") as refused:
        POLL.read(TOP_THREE, drawn)

    assert refused.value.field == "order.sure"
    assert POLL.read(TOP_THREE, {**drawn, "order.sure": ["yes"]}) == Ranked(("c", "a", "b"))
    assert POLL.read(TOP_THREE, {**drawn, "order.by": ["moved"]}) == Ranked(("c", "a", "b"))
