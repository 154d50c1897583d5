"""On a whole day, in the pseudo-locale, nothing that anybody reads is a bare word or glued together of messages.

The words of people and of the agenda are Greek on that day (`greek_day`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.messages import console_panes, pseudo
from tests.messages.greek_day import Looks, played
from workshop_tui.exports.outputs import OUTPUTS

PAGES = (
    "phone", "phone, answers", "screen", "host",
    *(f"{each.name}.html" for each in OUTPUTS if "html" in each.formats),
)  # fmt: skip
TEXTS = (
    "console", "console, queue", "errors", "answers to a desk",
    *(f"{each.name}.{ending}" for each in OUTPUTS for ending in ("md", "txt") if ending in each.formats),
)  # fmt: skip
SURFACES = [*PAGES, *TEXTS]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Looks:
    return played(tmp_path_factory.mktemp("greek"))


def faults(day: Looks, surface: str) -> list[str]:
    """What is bare or glued there, each once."""
    return sorted(set(_faults(day, surface)))


def _faults(day: Looks, surface: str) -> Iterator[str]:
    for html in day.pages[surface].values():
        yield from pseudo.bare_words(html)
        yield from (f"glued, {found}" for found in pseudo.glued(html))
    for text in day.texts[surface].values():
        if surface.startswith("console"):
            yield from pseudo.bare_in_a_terminal(text)
            continue
        for line in text.splitlines():
            yield from (f"{line} ({word})" for word in pseudo.bare(line))


def test_every_surface_was_looked_at(day: Looks) -> None:
    assert {*day.pages, *day.texts} == {*SURFACES}


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_says_nothing_but_messages(day: Looks, surface: str) -> None:
    assert faults(day, surface) == []


def test_every_act_of_a_desk_is_called_explained_and_asked_about_in_messages() -> None:
    with pseudo.spoken() as translator:
        told = list(console_panes.acts(translator))

    assert len(told) > 100
    assert [line for text in told for line in pseudo.bare_in_a_terminal(text)] == []
