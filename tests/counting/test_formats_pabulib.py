"""Pabulib files: real ones are read with everything odd in them told, broken ones refused with their line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import hostile_inputs
from tests.counting.published import FOLDER
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.domain.plain_profiles import Approved, Ordered, Pointed, Scored, counts_of, voters
from workshop_tui.errors import InputError

FILE = """\
META
key;value
description;Workshop budget
country;Worldwide
unit;Town
instance;2026
num_projects;3
num_votes;3
budget;1000
vote_type;approval
rule;greedy
date_begin;2026
date_end;2026
PROJECTS
project_id;cost;votes;name;selected
p1;600;2;Bus shelter;1
p2;500;1;"Racks; and more";0
p3;400;2;Paths;1
VOTES
voter_id;vote
v1;p1,p3
v2;p1,p2
v3;p3
"""
POINTS = FILE.replace("approval", "cumulative").replace("voter_id;vote\nv1;p1,p3\nv2;p1,p2\nv3;p3", (
    "voter_id;vote;points\nv1;p1,p3;5,2\nv2;p1,p2;3,1\nv3;p3;4"
))  # fmt: skip


def read(content: str | bytes) -> BallotFile:
    (file,) = read_ballots("x.pb", content.encode() if isinstance(content, str) else content)
    return file


def odd(file: BallotFile) -> list[str]:
    return [str(each) for each in file.oddities]


def test_a_file_as_the_format_wants_it_has_nothing_odd() -> None:
    file = read(FILE)

    assert odd(file) == []
    assert isinstance(file.profile, Approved)
    assert counts_of(file.profile.lines) == {("p1", "p3"): 1, ("p1", "p2"): 1, ("p3",): 1}
    assert [(each.name, each.cost) for each in file.profile.candidates] == [
        ("Bus shelter", 600), ("Racks; and more", 500), ("Paths", 400),
    ]  # fmt: skip
    assert (file.profile.budget, file.profile.rule, file.selected) == (1000, "greedy", ("p1", "p3"))


@pytest.mark.parametrize(
    ("name", "form", "ballots", "expected"),
    [
        ("France_Toulouse_2019", Pointed, 1494, ["The lines end as on Windows", "Line 23: A name has signs"]),
        ("Netherlands_Assen_2024", Approved, 84, ["The lines end as on Windows"]),
        ("Poland_Czestochowa_2020_Mirow", Pointed, 373, []),
        (
            "Worldwide_Mechanical_Turk_Ranking_value_8",
            Ordered,
            76,
            ["The lines end as on Windows", "Line 23: A list in the column category has stray spaces. 11 more lines"],
        ),
        (
            "Worldwide_Mechanical_Turk_Utilities_8",
            Pointed,
            74,
            [
                "The lines end as on Windows",
                "Line 23: A list in the column category has stray spaces. 11 more lines",
                "Line 52: A vote does not keep to min_sum_points = 100. It counts all the same. 8 more lines",
            ],
        ),
    ],
)
def test_real_votes_are_read_whole_and_what_is_odd_in_them_is_told(
    name: str, form: type, ballots: int, expected: list[str]
) -> None:
    path = FOLDER / "pabulib" / f"{name}.pb"
    if not path.is_file():
        pytest.skip(f"No real votes here: {name} is looked for in ../shared/data.")

    file = read(path.read_bytes())

    assert isinstance(file.profile, form)
    assert voters(file.profile) == ballots
    assert len(file.oddities) == len(expected)
    for said, words in zip(odd(file), expected, strict=True):
        assert said.startswith(words)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("v1;p1,p3", "v1;p1, p3"), "Line 21: A list in the column vote has stray spaces."),
        (("v1;p1,p3", "v1;p1,,p3"), "Line 21: A list in the column vote has an empty place."),
        (("v1;p1,p3", "v1;p1,p3,p1"), "Line 21: A vote names a project twice. The first time counts."),
        (("v2;p1,p2", "v1;p1,p2"), "Line 22: A voter_id is there twice. Both votes count."),
        (("v2;p1,p2", ";p1,p2"), "Line 22: A vote has no voter_id."),
        (("v2;p1,p2", "v2;"), "Line 22: A vote is empty. It is not counted."),
        (("num_votes;3", "num_votes;4"), "Line 8: num_votes is 4, but the votes are 3. The lines count."),
        (("num_projects;3", "num_projects;9"), "Line 7: num_projects is 9, but the projects are 3."),
        (("p1;600;2;", "p1;600;7;"), "Line 16: Project “p1” has “7” under votes, but the votes give 2."),
        (("country;Worldwide\n", ""), "Line 1: META does not say: country."),
        (("unit;Town", "unit;Town\nunit;City"), "Line 6: META says “unit” twice. The first one counts."),
        (("approval", "approvals"), "Line 10: vote_type is “approvals”, which is none."),
        (("approval", "cumulative"), "Line 10: vote_type is cumulative, but the votes have no points."),
        (("budget;1000", "budget;12,500"), "Line 9: A number has marks between thousands: “12,500” is read as 12500."),
        (("num_votes;3", "num_votes;3.5"), "Line 8: A number that has to be whole has decimals. They were left out."),
        (("budget;1000", "budget;1000.1234567891"), "Line 9: An amount has more than 9 decimals. The rest was left"),
        (("p3;400", "p3;0"), "Line 18: A project costs nothing."),
        (("budget;1000\n", ""), "There is no budget, so nothing is counted that needs one."),
        (("PROJECTS\n", "\nPROJECTS\n"), "Line 14: A line is empty."),
        (("v3;p3", "v3"), "Line 23: A line has fewer cells than columns. The last ones are read as empty."),
        (("v3;p3", "v3;p3;7"), "Line 23: A line has 3 cells under 2 columns. The rest was left out."),
        (("v3;p3", "v3 ;p3"), "Line 23: A cell has stray spaces."),
        (("rule;greedy", "rule;greedy\nmax_length;1"), "Line 22: A vote does not keep to max_length = 1."),
        (("project_id;cost;votes;name", "project_id;cost;votes;votes"), "two columns of one name"),
    ],
)
def test_what_is_odd_is_told_with_its_line(change: tuple[str, str], expected: str) -> None:
    content = FILE.replace(*change)

    assert content != FILE
    assert any(expected in each for each in odd(read(content))), odd(read(content))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("v1;p1,p3;5,2", "v1;p1,p3;5"), "A vote names 2 projects, and its list of points has 1."),
        (("v3;p3;4", "v3;p3;4,9"), "A vote names 1 project, and its list of points has 2."),
        (("cumulative", "approval"), "vote_type is approval, but the votes have points."),
        (("rule;greedy", "rule;greedy\nmax_sum_points;5"), "A vote does not keep to max_sum_points = 5."),
        (("rule;greedy", "rule;greedy\nmax_points;-2"), "A vote does not keep to max_points = -2."),
    ],
)
def test_points_that_do_not_fit_are_told(change: tuple[str, str], expected: str) -> None:
    assert any(expected in each for each in odd(read(POINTS.replace(*change))))


def test_of_a_project_named_twice_the_first_points_count() -> None:
    profile = read(POINTS.replace("v1;p1,p3;5,2", "v1;p1,p3,p1;5,2,9")).profile

    assert profile.lines[1] == (1, (("p1", 5), ("p3", 2)))


def test_what_was_chosen_from_other_money_was_chosen_too() -> None:
    assert read(FILE.replace("Paths;1", "Paths;3")).selected == ("p1", "p3")


def test_points_scores_and_orders_are_read_in_their_own_form() -> None:
    points = read(POINTS).profile
    scores = read(POINTS.replace("cumulative", "scoring").replace(";5,2", ";5,-2")).profile
    order = read(FILE.replace("approval", "ordinal").replace("v1;p1,p3", "v1;p3,p1")).profile
    one = read(FILE.replace("approval", "choose-1")).profile

    assert isinstance(points, Pointed)
    assert points.lines[1] == (1, (("p1", 5), ("p3", 2)))
    assert isinstance(scores, Scored)
    assert scores.scale == ((-2, "-2"), (1, "1"), (3, "3"), (4, "4"), (5, "5"))
    assert isinstance(order, Ordered)
    assert (1, (("p3",), ("p1",))) in order.lines
    assert isinstance(one, Approved)
    assert one.most == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("v3;p3", "v3;p9"), "line 23: there is no project “p9”"),
        (("p2;500", "p1;500"), "line 17: the project “p1” is there twice"),
        (("p2;500", ";500"), "line 17: a project has no project_id"),
        (("p2;500", "p2;much"), "line 17: the cost is “much”, and no number of 0 or more"),
        (("p2;500", "p2;-5"), "line 17: the cost is “-5”, and no number of 0 or more"),
        (("PROJECTS\n", "PROJECT\n"), "the section PROJECTS is missing"),
        (("VOTES\nvoter_id;vote", "VOTES\nvoter;vote"), "line 20: the section VOTES has no column voter_id"),
        (("META\n", "META\nMETA\n"), "line 2: the section META is there twice"),
        (("META\n", "Meta data\n"), "line 1: “Meta data” stands where the section META begins"),
        (("budget;1000", f"budget;{'9' * 400}"), "line 9: budget is “9999"),
        (('"Racks', f'"{"x" * 90_000}\n{"y" * 90_000}'), "field larger than field limit"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_file_and_the_line(change: tuple[str, str], expected: str) -> None:
    content = FILE.replace(*change)
    assert content != FILE

    with pytest.raises(InputError, match=re.escape(expected)) as caught:
        read(content)

    assert str(caught.value).startswith("x.pb")
    assert caught.value.exit_code == 2


def test_more_projects_than_are_counted_are_refused() -> None:
    many = "".join(f"q{n};1;0;Q;0\n" for n in range(1_200))

    with pytest.raises(InputError, match=r"there are 1,203 candidates; up to 1,000 are counted"):
        read(FILE.replace("p1;600", f"{many}p1;600"))


@pytest.mark.parametrize("payload", [pytest.param(raw[:2000], id=name) for name, raw, _ in hostile_inputs.ALL])
def test_hostile_words_come_out_clean_or_the_file_is_refused(payload: str) -> None:
    content = FILE.replace("Bus shelter", payload).replace("Workshop budget", payload).replace("v3;", f"{payload};")

    try:
        file = read(content.encode("utf-8", "surrogatepass"))
        said = [file.title, *(each.name for each in file.profile.candidates), *odd(file)]
    except InputError as problem:
        said = [str(problem)]

    assert not any(re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line) for line in said)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='p123v;,"\n -x.', max_size=60), st.integers(0, len(POINTS)))
def test_no_content_does_more_than_be_read_or_refused(piece: str, at: int) -> None:
    try:
        fine = bool(read(POINTS[:at] + piece + POINTS[at:]).profile.candidates)
    except InputError as problem:
        fine = str(problem).startswith("x.pb")

    assert fine


@pytest.mark.parametrize(
    ("budget", "costs", "amounts", "decimals"),
    [
        ("1,000", ("600", "500", "400"), (1000, 600, 500, 400), 0),
        ("2 500", ("600", "500", "400"), (2500, 600, 500, 400), 0),
        ("1\u2019234\u2019567", ("600", "500", "400"), (1234567, 600, 500, 400), 0),
        ("1,234,567", ("600", "500", "400"), (1234567, 600, 500, 400), 0),
        ("1.234.567", ("600", "5.000", "400"), (1234567, 600, 5000, 400), 0),
        ("1,200.75", ("600", "1,100", "400.5"), (120075, 60000, 110000, 40050), 2),
        ("1.200,75", ("600", "1.100", "400,5"), (120075, 60000, 110000, 40050), 2),
        ("900", ("301.25", "299.999", "2.000"), (900000, 301250, 299999, 2000), 3),
        ("900,50", ("301,25", "299,5", "2"), (90050, 30125, 29950, 200), 2),
        ("1000.00", ("600.0", "500.", "400"), (1000, 600, 500, 400), 0),
        ("0.9", ("0.3", "0.25", "0.125"), (900, 300, 250, 125), 3),
    ],
)
def test_amounts_are_read_exactly_however_they_are_written(
    budget: str, costs: tuple[str, ...], amounts: tuple[int, ...], decimals: int
) -> None:
    one, two, three = costs
    content = FILE.replace("budget;1000", f"budget;{budget}").replace("p1;600", f"p1;{one}")

    profile = read(content.replace("p2;500", f"p2;{two}").replace("p3;400", f"p3;{three}")).profile

    assert (profile.budget, *(each.cost for each in profile.candidates)) == amounts
    assert profile.decimals == decimals


@pytest.mark.parametrize(
    ("budget", "cost", "question"),
    [
        ("3.000", "600", "Line 9: budget is “3.000”, which can be 3000 or 3. Please write it without “.”"),
        ("7,250", "600,5", "Line 9: budget is “7,250”, which can be 7250 or 7.25. Please write it without “,”"),
        ("1,00,000", "600", "Line 9: budget is “1,00,000”, and no number of 0 or more"),
        ("1,2.3,4", "600", "Line 9: budget is “1,2.3,4”, and no number of 0 or more"),
        ("a lot", "600", "Line 9: budget is “a lot”, and no number of 0 or more"),
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_is_asked_about(budget: str, cost: str, question: str) -> None:
    content = FILE.replace("budget;1000", f"budget;{budget}").replace("p1;600", f"p1;{cost}")

    with pytest.raises(InputError) as refused:
        read(content)

    assert question[1:] in str(refused.value)


ORDERS = FILE.replace("approval", "ordinal\nmax_length;2").replace("v3;p3", "v3;p3,p2")


def test_the_first_of_an_order_is_worth_as_many_points_as_the_longest_that_was_allowed() -> None:
    scored = ORDERS.replace("votes;name", "votes;score;name").replace("p1;600;2;", "p1;600;2;4;")

    file = read(scored.replace("p2;500;1;", "p2;500;2;2;").replace("p3;400;2;", "p3;400;2;3;"))

    assert isinstance(file.profile, Ordered)
    assert file.profile.places == 2
    assert odd(file) == []


def test_a_longest_order_beyond_all_projects_is_as_long_as_they_are_many() -> None:
    profile = read(ORDERS.replace("max_length;2", "max_length;50")).profile

    assert isinstance(profile, Ordered)
    assert profile.places == 3


@pytest.mark.parametrize("limit", ["min_points;-1", "min_sum_points;-20"])
def test_where_points_can_be_given_against_their_limits_may_be_below_nothing(limit: str) -> None:
    file = read(POINTS.replace("rule;greedy", f"rule;greedy\n{limit}"))

    assert file.profile == read(POINTS).profile
    assert not [each for each in odd(file) if "does not keep to" in each]
