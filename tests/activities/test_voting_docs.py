"""docs/voting.md counts its worked examples as the product does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from workshop_tui.activities.budget import Picks
from workshop_tui.activities.criteria import Marks
from workshop_tui.activities.panel import Verdict
from workshop_tui.activities.registry import KINDS
from workshop_tui.domain.activity import Poll
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.asking import config_of
from workshop_tui.domain.state import new_state
from workshop_tui.drawing.text import draw_text

DOCS = (Path(__file__).parents[2] / "docs" / "voting.md").read_text("utf-8")
HEAD = 'title = "A day"\nstage = "plan"\n[[item]]\ntitle = "One"\nminutes = 5\nquestion = "What?"\n'


def marks(*lines: str) -> Marks:
    """Scores by criterion, one digit for each option."""
    return Marks(
        tuple((str(n), key, int(s)) for n, line in enumerate(lines, 1) for key, s in zip("abc", line, strict=True))
    )


def verdict(name: str, *scores: int) -> Verdict:
    return Verdict(name, tuple((key, score, "Why.") for key, score in zip("abc", scores, strict=True)))


BALLOTS: dict[str, dict[Any, int]] = {
    "budget": {Picks(("a", "c", "d")): 12, Picks(("a", "c")): 6, Picks(("b", "d")): 8, Picks(("b",)): 4},
    "criteria": {marks("345", "431", "514"): 5, marks("234", "432", "502"): 4, marks("443", "552", "503"): 3},
    "panel": {verdict("e1", 4, 2, 3): 1, verdict("e2", 4, 5, 3): 1, verdict("e3", 4, 1, 2): 1},
}
"""The answers that the page describes in words."""


def section(kind: str) -> str:
    return re.split(r"^## ", DOCS.split(f"(`{kind}`)\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def fenced(kind: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", section(kind), re.DOTALL)


@pytest.mark.parametrize("kind", BALLOTS)
def test_the_worked_example_gives_the_result_that_the_page_shows(kind: str) -> None:
    poll = KINDS[kind]
    assert isinstance(poll, Poll)
    agenda = parse_agenda(HEAD + fenced(kind, "toml")[0], KINDS, file="voting.md")
    config = config_of(new_state(agenda).items[0], poll)
    shown = "\n".join(draw_text(poll.show(config, poll.tally(config, BALLOTS[kind])), 80))

    assert fenced(kind, "text")[0].strip() == shown


@pytest.mark.parametrize("kind", BALLOTS)
def test_each_way_of_deciding_says_what_it_is_good_for_what_it_can_hide_and_how_long_it_takes(kind: str) -> None:
    for words in ("**Good for.**", "**What it can hide.**", "**With 30 people.**"):
        assert words in section(kind)
