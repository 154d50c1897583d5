"""docs/voting.md is true: each example is an agenda, and its result is what the program counts."""

from __future__ import annotations

import pytest

from tests.activities.voting_docs import VOTING, Worked, worked_examples

WORKED = worked_examples(VOTING.read_text("utf-8"))


@pytest.mark.parametrize("worked", WORKED, ids=[each.kind for each in WORKED])
def test_the_result_of_each_worked_example_is_what_the_program_counts(worked: Worked) -> None:
    assert worked.result == worked.counted()


@pytest.mark.parametrize(
    "kind",
    [
        "single",
        "approval",
        "scale",
        "dots",
        "points",
        "rank",
        "score",
        "pairs",
        "impact",
        "consensus",
        "statements",
        "form",
    ],
)
def test_a_kind_says_what_it_is_good_for_what_it_can_hide_and_how_long_it_takes(kind: str) -> None:
    section = VOTING.read_text("utf-8").split(f"(`{kind}`)\n", 1)[1].split("\n## ", 1)[0]

    assert kind in {each.kind for each in WORKED}
    for heading in ("**Good for.**", "**What it can hide.**", "**With 30 people.**"):
        assert heading in section
