"""A point carries nobody's own words, says what it rests on, and outlives a story that was taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain import points
from workshop_tui.domain.points import Standing, Tie

STORY = "I rang the surgery nine times before anybody answered, and then they had no appointment left."

WORDS = st.lists(st.sampled_from(["nobody", "rang", "Nine", "times", "før", "ਸਵੇਰ", "1", "ok"]), max_size=14)
BETWEEN = st.sampled_from([" ", "  ", ", ", "; ", ". ", "\n", " — ", "… "])


def spoken(words: list[str], between: list[str]) -> str:
    return "".join(word + gap for word, gap in zip(words, between, strict=False))


def runs_of(words: list[str]) -> set[tuple[str, ...]]:
    folded = [word.casefold() for word in words]
    return {tuple(folded[at : at + points.ROW]) for at in range(len(folded) - points.ROW + 1)}


@pytest.mark.parametrize(
    "words",
    [
        "People say: rang the surgery nine times before.",
        "RANG THE SURGERY NINE TIMES BEFORE",
        "rang… the, surgery; nine – times\nbefore",
        "they rang  the surgery nine times before it worked",
    ],
)
def test_six_words_in_a_row_are_found_whatever_stands_between_them(words: str) -> None:
    found = points.shared(words, STORY)

    assert found is not None
    start, end = found
    assert words[start:end].casefold().startswith("rang")
    assert words[start:end].casefold().endswith("before")


def test_five_words_in_a_row_are_nobodys() -> None:
    assert points.shared("People rang the surgery nine times, it is said.", STORY) is None
    assert points.shared("The surgery is rung nine times before anybody picks up.", STORY) is None


def test_apostrophes_hide_nothing() -> None:
    said = "They don't know who\u2019s calling now, ever"

    assert points.shared("they don\u2019t know who's answering them", said) is None
    assert points.shared("they dont know whos calling now", said) == (0, 31)


def test_scripts_without_spaces_count_two_letters_to_a_word() -> None:
    said = "我打了九次电话才有人接听然后没有号了"

    assert points.shared("大家说我打了九次电话才有人接听", said) == (3, 15)
    assert points.shared("大家说打了九次电话", said) is None


@given(mine=WORDS, theirs=WORDS, gaps=st.lists(BETWEEN, min_size=14, max_size=14))
def test_words_are_refused_exactly_where_six_in_a_row_are_the_same(
    mine: list[str], theirs: list[str], gaps: list[str]
) -> None:
    found = points.shared(spoken(mine, gaps), " ".join(theirs).upper())

    assert (found is not None) == bool(runs_of(mine) & runs_of(theirs))


@given(mine=WORDS, theirs=WORDS, gaps=st.lists(BETWEEN, min_size=14, max_size=14))
def test_what_is_left_of_a_point_repeats_nothing(mine: list[str], theirs: list[str], gaps: list[str]) -> None:
    words, said = spoken(mine, gaps), " ".join(theirs)

    left = points.without(words, [said])

    assert points.shared(left, said) is None
    assert left == words or points.shared(words, said) is not None


def resting_on(*standings: Standing) -> list[tuple[Tie, Standing]]:
    return [(Tie("n", "contribution", str(at)), each) for at, each in enumerate(standings)]


def test_a_point_whose_only_story_was_taken_back_says_so() -> None:
    assert points.read_again(resting_on("taken_back")) == points.TAKEN_BACK
    assert points.read_again(resting_on("taken_back", "missing")) == points.TAKEN_BACK
    assert points.read_again(resting_on("missing")) == points.ALL_GONE


def test_a_point_stands_on_what_is_left_and_on_what_was_only_for_the_day() -> None:
    assert points.read_again(resting_on("taken_back", "there")) is None
    assert points.read_again(resting_on("taken_back", "day_over")) is None
    assert points.read_again([]) is None


def test_only_what_is_there_is_counted() -> None:
    standings = [*resting_on("there", "held", "taken_back", "there"), (Tie("n", "result", "i01.1"), "there")]

    assert points.counted(standings) == {"contribution": 2, "result": 1}
