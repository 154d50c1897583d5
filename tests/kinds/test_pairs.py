"""Two at a time: wins, draws and circles, and no option favoured by its place."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.kinds.said import block, said, sentences
from workshop_tui.domain.blocks import ChooseOne, Matrix, Option
from workshop_tui.kinds.pairs.pairs import Pairs, PairsConfig, Preferred, pairs_in_turn

OPTIONS = (Option("a", "Sooner"), Option("b", "Nearer"), Option("c", "Longer"))
THREE = PairsConfig(options=OPTIONS)
POLL = Pairs()
ABC = Preferred((("a", "b"), ("a", "c"), ("b", "c")))
BCA = Preferred((("b", "a"), ("b", "c"), ("c", "a")))
CAB = Preferred((("a", "b"), ("c", "a"), ("c", "b")))


def wins(profile: dict[Preferred, int]) -> list[tuple[str, tuple[object, ...]]]:
    return [(row.letter, row.cells) for row in block(Matrix, POLL.show(THREE, POLL.tally(THREE, profile))).rows]


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        ({}, "Nobody has answered."),
        ({ABC: 1}, "“Sooner” wins against 2 of 2 others, by the answers of 1 person. Next: “Nearer”, with 1 win. "
         "Its closest pair is with “Nearer”: 1 to 0 people (1 fewer)."),
        ({ABC: 3, BCA: 2}, "“Sooner” wins against 2 of 2 others, by the answers of 5 people. Next: “Nearer”, with "
         "1 win. Its closest pair is with “Nearer”: 3 to 2 people (1 fewer)."),
        ({ABC: 3, BCA: 3, CAB: 3}, "“Sooner”, “Nearer” and “Longer” tie: each wins against 1 of 2 others, "
         "by the answers of 9 people."),
        ({ABC: 15, BCA: 14}, "“Sooner” wins against 2 of 2 others, by the answers of 29 people. Next: “Nearer”, "
         "with 1 win. Its closest pair is with “Nearer”: 15 to 14 people (1 fewer)."),
        ({ABC: 15, BCA: 15}, "“Nearer” comes first: of 2 others it wins against 1 and draws with 1, by the answers of "
         "30 people. Next: “Sooner”, with 2 draws. It draws with “Sooner”: 15 people chose each."),
        ({ABC: 60, CAB: 40}, "“Sooner” wins against 2 of 2 others, by the answers of 100 people. Next: “Nearer”, "
         "with 1 win. Its closest pair is with “Longer”: 60 to 40 people (20 fewer)."),
    ],
    ids=["0", "1", "5", "9", "29", "30", "100"],
)  # fmt: skip
def test_who_wins_against_most_others_leads_and_a_circle_is_a_tie(profile: dict[Preferred, int], sentence: str) -> None:
    assert sentences(POLL, THREE, profile) == [sentence]


TWO = PairsConfig(options=OPTIONS[:2])
A, B = Preferred((("a", "b"),)), Preferred((("b", "a"),))


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        ({A: 1, B: 1}, "“Sooner” and “Nearer” tie: 1 person chose each."),
        ({A: 6, B: 6}, "“Sooner” and “Nearer” tie: 6 people chose each."),
        ({A: 1, B: 4}, "“Nearer” wins against “Sooner”, 4 to 1 (3 fewer), by the answers of 5 people."),
    ],
)
def test_of_two_options_there_are_no_others(profile: dict[Preferred, int], sentence: str) -> None:
    assert sentences(POLL, TWO, profile) == [sentence]


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({B: 3}, "“Nearer” comes first: of 2 others it wins against 1 and draws with 1, by the answers of 3 people. "
         "Next: “Longer”, with 2 draws. Nobody chose between it and “Longer”."),
        ({Preferred((("a", "b"), ("c", "a"))): 2, Preferred((("b", "c"),)): 2}, "“Sooner”, “Nearer” and “Longer” tie: "
         "each wins against 1 of 2 others, by the answers of 4 people."),
        ({ABC: 2, BCA: 1, CAB: 1}, "“Sooner” comes first: of 2 others it wins against 1 and draws with 1, by the "
         "answers of 4 people. Next: “Nearer”, with 1 win. It draws with “Longer”: 2 people chose each."),
    ],
)  # fmt: skip
def test_draws_and_pairs_that_nobody_chose_in_are_said_as_that(profile: dict[Preferred, int], expected: str) -> None:
    assert sentences(POLL, THREE, profile) == [expected]


def test_who_comes_first_and_loses_once_is_said_to_lose() -> None:
    four = PairsConfig(options=(*OPTIONS, Option("d", "Cheaper")))
    profile = {Preferred((("a", "b"), ("a", "c"), ("b", "d"), ("d", "a"))): 4, Preferred((("a", "d"),)): 1}

    assert sentences(POLL, four, profile) == [
        "“Sooner” wins against 2 of 3 others, by the answers of 5 people. Next: “Nearer” and “Cheaper”, with 1 win and "
        "1 draw. It loses against “Cheaper”: 1 to 4 people (3 fewer)."
    ]


def test_draws_count_half_and_the_table_names_them() -> None:
    assert wins({ABC: 15, BCA: 15}) == [
        ("B", (1, 1, 0, "45 of 60")),
        ("A", (0, 2, 0, "30 of 60")),
        ("C", (0, 1, 1, "15 of 60")),
    ]
    assert POLL.places(THREE, {ABC: 15, BCA: 15}) == (("b",), ("a",), ("c",))


def test_a_pair_that_somebody_left_out_counts_for_neither() -> None:
    assert wins({Preferred((("b", "a"),)): 2})[0] == ("B", (1, 1, 0, "2 of 2"))


def test_the_facilitator_sees_every_pair_and_that_nothing_wins_against_all_others_in_a_circle() -> None:
    details = POLL.details(THREE, {ABC: 3, BCA: 2, CAB: 2})
    pairs, rules = block(Matrix, details), block(Matrix, details, 1)

    assert [row.cells for row in pairs.rows] == [("", "5–2", "3–4"), ("2–5", "", "5–2"), ("4–3", "2–5", "")]
    assert [(row.label, row.cells[0]) for row in rules.rows][:2] == [
        ("Wins against others (Copeland)", "A Sooner, B Nearer and C Longer (tie)"),
        ("Wins against each other one (Condorcet)", "nobody"),
    ]
    assert "at the top, by some of them in a tie" in said(details)[0]


@pytest.mark.parametrize("options", [2, 3, 4, 5, 6])
def test_every_pair_is_asked_once_and_no_option_is_always_first(options: int) -> None:
    keys = list("abcdef"[:options])
    pairs = pairs_in_turn(keys)
    firsts = Counter(one for one, _ in pairs)

    assert sorted(tuple(sorted(pair)) for pair in pairs) == [
        (one, other) for at, one in enumerate(keys) for other in keys[at + 1 :]
    ]
    assert max(firsts.values()) <= (options - 1 + 2) // 2 + (options == 3)


def test_six_options_make_fifteen_short_questions_and_seven_are_too_many() -> None:
    six = PairsConfig(options=tuple(Option(key, key * 3) for key in "abcdef"))
    seven = PairsConfig(options=tuple(Option(key, key * 3) for key in "abcdefg"))
    forms = [each for each in POLL.ask(six) if isinstance(each, ChooseOne)]

    assert [str(form.label) for form in forms][::14] == ["Pair 1 of 15", "Pair 15 of 15"]
    assert POLL.problem(six) == ""
    assert "make 21 pairs" in str(POLL.problem(seven))
