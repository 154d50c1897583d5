"""One choice: what the room is told."""

from __future__ import annotations

import pytest

from tests.kinds.said import english, said
from workshop_tui.domain.blocks import Bar, Bars, Option, Statement
from workshop_tui.kinds.single import OneChoice, Single, SingleConfig

HEARD = SingleConfig(options=(Option("a", "I was heard"), Option("b", "Mostly"), Option("c", "Not really")))
POLL = Single()


def test_a_tie_is_shown_on_every_bar_and_said() -> None:
    profile = {OneChoice("a"): 12, OneChoice("c"): 12, OneChoice("b"): 7}

    blocks = english(POLL.show(HEARD, POLL.tally(HEARD, profile)))

    assert blocks == (
        Bars(
            unit="people",
            bars=(
                Bar(label="I was heard", value=12, letter="A", notes=("39%",), leads=True),
                Bar(label="Not really", value=12, letter="C", notes=("39%",), leads=True),
                Bar(label="Mostly", value=7, letter="B", notes=("23%",)),
            ),
            people=31,
        ),
        Statement(
            "“I was heard” and “Not really” tie for the most: each has 12 of 31 people (some, 39%). "
            "Next is “Mostly”, with 7."
        ),
        Statement("The percentages are rounded, so they do not add up to exactly 100."),
    )


def test_below_thirty_answers_no_bar_has_a_percentage() -> None:
    bars, _ = POLL.show(HEARD, POLL.tally(HEARD, {OneChoice("a"): 28, OneChoice("b"): 1}))

    assert isinstance(bars, Bars)
    assert [bar.notes for bar in bars.bars] == [(), (), ()]


def test_a_small_group_of_one_mind_gets_a_caution() -> None:
    blocks = POLL.show(HEARD, POLL.tally(HEARD, {OneChoice("a"): 5}))

    assert [block for block in blocks if isinstance(block, Statement)][-1].weight == "private"


def test_something_else_counts_like_any_other_answer() -> None:
    config = SingleConfig(options=(*HEARD.options, Option("d", "Something else", other=True)))

    assert dict(POLL.tally(config, {OneChoice("d"): 3}).counts) == {"a": 0, "b": 0, "c": 0, "d": 3}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "There are no options"),
        ((Option("a", "Yes"),), "only one option, “Yes”"),
        ((Option("a", "Yes"), Option("b", " yes ")), "“yes” is there twice"),
        ((Option("a", "Yes"), Option("a", "No")), "same key"),
        ((Option("a", "Yes"), Option("b", "\u200b")), "Option B has no words"),
        (tuple(Option(f"k{number}", f"Option {number}") for number in range(27)), "letters for 26"),
    ],
)
def test_options_that_cannot_be_asked_are_named(options: tuple[Option, ...], words: str) -> None:
    assert words in str(POLL.problem(SingleConfig(options=options)))


def test_the_facilitator_is_told_when_most_chose_something_else_than_the_first() -> None:
    split = {OneChoice("a"): 12, OneChoice("b"): 10, OneChoice("c"): 8}

    assert said(POLL.details(HEARD, split))[0].startswith("18 of 30 people (most, 60%) chose something else")
    assert POLL.details(HEARD, {OneChoice("a"): 16, OneChoice("b"): 10, OneChoice("c"): 4}) == ()
    assert POLL.details(SingleConfig(options=HEARD.options[:2]), {OneChoice("a"): 1, OneChoice("b"): 1}) == ()


@pytest.mark.parametrize(
    ("counts", "against"),
    [
        ((4, 4, 1), "1 of 9 people chose something else than what ties for the most."),
        ((6, 6, 6), ""),
        ((11, 11, 0), ""),
        ((5, 3, 3), "6 of 11 people (most) chose something else than what has the most."),
    ],
)
def test_who_chose_one_of_those_that_tie_chose_nothing_else(counts: tuple[int, int, int], against: str) -> None:
    profile = {OneChoice(key): people for key, people in zip("abc", counts, strict=True) if people}

    details = said(POLL.details(HEARD, profile))

    assert details[0].startswith(against) if against else details == []


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ((11, 11, 11), "The percentages are rounded, so they do not add up to exactly 100."),
        ((15, 15, 10), "The percentages are rounded, so they do not add up to exactly 100."),
        ((350, 1, 2), "The percentages are rounded, so they do not add up to exactly 100."),
        ((20, 10, 10), ""),
        ((3, 3, 1), ""),
    ],
)
def test_percentages_that_do_not_add_up_are_said_not_to(counts: tuple[int, int, int], note: str) -> None:
    profile = {OneChoice(key): people for key, people in zip("abc", counts, strict=True)}

    assert said(POLL.show(HEARD, POLL.tally(HEARD, profile)))[1:2] == ([note] if note else [])
