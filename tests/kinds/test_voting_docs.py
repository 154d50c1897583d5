"""docs/voting.md is true: each example is an agenda, and its result is what the program counts."""

from __future__ import annotations

import re

import pytest

from tests.kinds.voting_docs import VOTING, Worked, worked_examples
from workshop_tui.domain.activity import Poll
from workshop_tui.kinds.registry import KINDS

WORKED = worked_examples(VOTING.read_text("utf-8"))


@pytest.mark.parametrize("worked", WORKED, ids=[each.kind for each in WORKED])
def test_the_result_of_each_worked_example_is_what_the_program_counts(worked: Worked) -> None:
    assert worked.result == worked.counted()


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if isinstance(kind, Poll)])
def test_a_kind_says_what_it_is_good_for_what_it_can_hide_and_how_long_it_takes(kind: str) -> None:
    page = VOTING.read_text("utf-8")
    choice, section = page.split("\n## ", 1)[0], page.split(f"(`{kind}`)\n", 1)[1].split("\n## ", 1)[0]

    assert f"[`{kind}`](#" in choice
    for heading in ("**Good for.**", "**What it can hide.**", "**With 30 people.**", "```toml", "```text"):
        assert heading in section


def test_the_examples_of_most_kinds_are_counted_again() -> None:
    """Those of three kinds give their answers in words."""
    assert {name for name, kind in KINDS.items() if isinstance(kind, Poll)} - {each.kind for each in WORKED} <= {
        "budget", "criteria", "panel",
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_small_picture_that_its_section_shows_and_tells(kind: str) -> None:
    drawn = VOTING.parent / "pictures" / f"kind-{kind}.png"
    section = next(part for part in VOTING.read_text("utf-8").split("\n## ") if f"(pictures/{drawn.name})" in part)
    told = re.search(rf"^!\[([^\]]+)\]\(pictures/{drawn.name}\)$", section, re.MULTILINE)

    assert f"`{kind}`" in section.partition("\n")[0]
    assert told
    assert re.match(r"A phone: .+\. The big screen: .+", told[1])
    assert drawn.read_bytes().startswith(b"\x89PNG")
    assert drawn.stat().st_size < 60_000
