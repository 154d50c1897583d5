"""A form: small numbers are never told, and what one person answered is a line of nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds.said import block, english, sentences
from workshop_tui.domain.blocks import Matrix
from workshop_tui.domain.honesty import ROUNDED_LINE, rounded_parts
from workshop_tui.kinds.form import Form, FormAnswers, FormConfig, FormQuestion

POLL = Form()
AGE = FormQuestion(label="How old are you?", options=("Under 25", "Older"))
CARE = FormQuestion(label="Do you care for somebody?", options=("Yes", "No"))
ASKED = FormConfig(fields=(AGE, CARE))
YOUNG, OLD = FormAnswers((("q1", "a"),)), FormAnswers((("q1", "b"), ("q2", "a")))


def cells(profile: dict[FormAnswers, int], number: int = 0) -> list[str]:
    """The numbers of one question: of each answer, then of all."""
    rows = block(Matrix, POLL.show(ASKED, POLL.tally(ASKED, profile)), number).rows
    return [str(each) for row in rows for each in row.cells]


@pytest.mark.parametrize(
    ("young", "old", "shown"),
    [
        (1, 0, ["*", "*", "*"]),
        (9, 0, ["10", "*", "10"]),
        (2, 3, ["*", "*", "*"]),
        (7, 2, ["*", "*", "10"]),
        (8, 21, ["10", "20", "30"]),
        (15, 15, ["15", "15", "30"]),
        (12, 88, ["10", "90", "100"]),
    ],
    ids=["1", "one-mind", "5", "9", "29", "30-tie", "100"],
)
def test_numbers_are_rounded_and_small_ones_not_told(young: int, old: int, shown: list[str]) -> None:
    assert cells({ballot: people for ballot, people in ((YOUNG, young), (OLD, old)) if people}) == shown


def test_every_question_has_its_own_base() -> None:
    assert cells({YOUNG: 20, OLD: 10}, 1) == ["10", "*", "10"]
    assert sentences(POLL, ASKED, {YOUNG: 20}) == [str(ROUNDED_LINE)]


def test_the_numbers_stand_once_in_a_table_for_each_question() -> None:
    age, care, line = english(POLL.show(ASKED, POLL.tally(ASKED, {YOUNG: 20, OLD: 3})))

    assert (age.title, [row.cells for row in age.rows]) == ("How old are you?", [(20,), ("*",), (25,)])
    assert (care.title, [row.label for row in care.rows]) == (
        "Do you care for somebody?", ["Yes", "No", "all who answered"],
    )  # fmt: skip
    assert line.text == str(ROUNDED_LINE)
    assert POLL.details(ASKED, {YOUNG: 20, OLD: 3}) == ()
    assert sentences(POLL, ASKED, {}) == ["Nobody has answered."]


@given(st.lists(st.integers(0, 30), min_size=2, max_size=5))
def test_nobodys_answer_follows_from_who_is_told_to_be_nobody(counts: list[int]) -> None:
    """Where 0 stands, those who answered are in at least two answers whose numbers are told."""
    told = [str(each) for each in english(rounded_parts(counts))]
    nobody = [at for at, each in enumerate(told) if each == "0"]

    assert all(counts[at] == 0 for at in nobody)
    assert not nobody or not any(counts) or sum(each not in ("0", "*") for each in told) >= 2


def test_of_a_few_people_of_one_mind_nothing_tells_what_they_said() -> None:
    for yes, no, rather_not in ((3, 0, 0), (0, 3, 0), (2, 1, 0), (0, 0, 1), (1, 1, 1)):
        assert set(english(rounded_parts((yes, no, rather_not)))) == {"*"}


def test_that_nobody_gave_an_answer_is_told_where_it_tells_of_no_one() -> None:
    assert rounded_parts((14, 0, 22)) == (15, 0, 20)


def test_a_ballot_is_a_line_of_no_table_and_of_no_rule() -> None:
    assert POLL.rows(ASKED, OLD) == {}
    assert POLL.plain_profile(ASKED, {OLD: 1}) is None
    assert POLL.is_apart
    assert not POLL.has_groups


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (FormConfig(), "0 questions"),
        (FormConfig(fields=(AGE,) * 11), "11 questions"),
        (FormConfig(fields=(AGE, AGE)), "there twice"),
        (FormConfig(fields=(FormQuestion(label=" ", options=("A", "B")),)), "no words"),
        (FormConfig(fields=(FormQuestion(label="Age", options=("A",)),)), "it has 1."),
        (FormConfig(fields=(FormQuestion(label="Age", options=("A", "a")),)), "there twice"),
        (FormConfig(fields=(FormQuestion(label="Age", options=("A", "\u3164")),)), "no words"),
    ],
)
def test_a_form_that_cannot_be_is_named(config: FormConfig, words: str) -> None:
    assert words in str(POLL.problem(config))


BALLOTS = st.builds(
    lambda given: FormAnswers(tuple(sorted(given.items()))),
    st.dictionaries(st.sampled_from(["q1", "q2"]), st.sampled_from("ab"), min_size=1),
)


@given(profile=st.dictionaries(BALLOTS, st.integers(1, 30), max_size=6))
def test_set_apart_there_are_as_many_ballots_with_the_same_sums(profile: dict[FormAnswers, int]) -> None:
    apart = POLL.set_apart(profile)

    assert POLL.tally(ASKED, apart) == POLL.tally(ASKED, profile)
    assert POLL.set_apart(apart) == apart


def test_set_apart_ballots_say_nothing_that_the_sums_do_not() -> None:
    one = {FormAnswers((("q1", "a"), ("q2", "b"))): 3, FormAnswers((("q1", "b"), ("q2", "a"))): 4}
    other = {FormAnswers((("q1", "a"), ("q2", "a"))): 3, FormAnswers((("q1", "b"), ("q2", "b"))): 3}
    other |= {FormAnswers((("q1", "b"), ("q2", "a"))): 1}

    assert POLL.set_apart(one) == POLL.set_apart(other)
