"""Order: points, ties, and the sentence for when another way of counting says otherwise."""

from __future__ import annotations

import pytest

from workshop_tui.activities.rank import Rank, RankConfig, Ranked
from workshop_tui.domain.blocks import Option, Place, PutInOrder, Ranking, Statement
from workshop_tui.errors import BallotRejected

OPTIONS = (Option("a", "Tell it once"), Option("b", "One person"), Option("c", "At school"), Option("d", "Letters"))
TOP_THREE = RankConfig(options=OPTIONS, pick=3, shuffle=True)
POLL = Rank()


def ranking(blocks: tuple[object, ...]) -> Ranking:
    return next(block for block in blocks if isinstance(block, Ranking))


def test_the_first_of_three_places_gives_three_points() -> None:
    result = POLL.tally(TOP_THREE, {Ranked(("a", "b", "c")): 2, Ranked(("b",)): 1})

    assert result.lines == (("a", 6, 2, 2), ("b", 7, 1, 3), ("c", 2, 0, 2), ("d", 0, 0, 0))


def test_places_are_shared_by_equal_points_and_the_next_number_is_left_out() -> None:
    profile = {Ranked(("a", "b")): 1, Ranked(("b", "a")): 1, Ranked(("c",)): 1}

    shown = ranking(POLL.show(TOP_THREE, POLL.tally(TOP_THREE, profile)))

    assert shown.columns == ("points", "first choices", "in any place")
    assert shown.places == (
        Place(place=1, label="Tell it once", letter="A", amounts=(5, 1, 2)),
        Place(place=1, label="One person", letter="B", amounts=(5, 1, 2)),
        Place(place=3, label="At school", letter="C", amounts=(3, 1, 1)),
        Place(place=4, label="Letters", letter="D", amounts=(0, 0, 0)),
    )


def test_a_tie_is_said_with_points_people_and_rule() -> None:
    profile = {Ranked(("a", "b")): 1, Ranked(("b", "a")): 1}

    blocks = POLL.show(TOP_THREE, POLL.tally(TOP_THREE, profile))

    assert blocks[1:] == (
        Statement(
            "“Tell it once” and “One person” tie for the most: each has 5 of 10 points from 2 people. "
            "Nobody chose anything else."
        ),
        Statement(
            "Points: place 1 gives 3, place 2 gives 2, place 3 gives 1; an answer left out gives none "
            "(the Borda count).",
            weight="rule",
        ),
    )


def test_it_is_said_when_first_choices_put_another_on_top() -> None:
    profile = {Ranked(("a", "b", "c")): 3, Ranked(("b", "c", "d")): 2, Ranked(("c", "b", "d")): 1}

    blocks = POLL.show(TOP_THREE, POLL.tally(TOP_THREE, profile))

    said = [block.text for block in blocks if isinstance(block, Statement)]
    assert said[0].startswith("“One person” has the most: 14 of 36 points from 6 people.")
    assert said[1] == "Counted by first choices alone, “Tell it once” is at the top."
    assert said[2] == "Counted by choices in any place alone, “One person” and “At school” are at the top."


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
    assert words in POLL.problem(config)
    assert POLL.problem(RankConfig(pick=3, options_from="ideas")) == ""
