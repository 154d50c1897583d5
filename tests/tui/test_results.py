"""Results as the console draws them: bars that are told apart without colour, and no wider than they may be."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from workshop_tui.domain.blocks import Distribution, Scaled
from workshop_tui.tui.lines import Pen
from workshop_tui.tui.results import result_lines

OPINIONS = Distribution(
    unit="people",
    scale=("Agree", "Pass", "Disagree"),
    lines=(Scaled("Letters", (12, 4, 4), letter="A"), Scaled("Phones", (1, 0, 19), letter="B")),
)


def drawn(block: Distribution, width: int = 60) -> list[str]:
    return ["".join(text for text, _ in line) for line in result_lines((block,), (), Pen(width))]


def test_the_parts_of_a_bar_differ_in_their_filling_and_are_as_long_as_they_are_many() -> None:
    lines = drawn(OPINIONS)
    bars = [line.strip() for line in lines if line.strip() and set(line.strip()) <= set("█▓▒░")]

    assert "█ Agree" in " ".join(lines)
    assert "▓ Pass" in " ".join(lines)
    assert "▒ Disagree" in " ".join(lines)
    assert [(bar.count("█"), bar.count("▓"), bar.count("▒")) for bar in bars] == [(34, 11, 11), (3, 0, 53)]
    assert not any(letter.isdigit() for bar in bars for letter in bar)


def test_somebody_who_is_alone_with_an_answer_is_seen() -> None:
    many = Distribution(
        unit="people", scale=("Agree", "Pass", "Disagree"), lines=(Scaled("A", (1, 1, 998)), Scaled("B", (0, 0, 1)))
    )

    bar = next(line for line in drawn(many) if "▒▒▒" in line)

    assert "█" in bar
    assert "▓" in bar


@pytest.mark.parametrize("steps", [5, 6, 11])
def test_where_there_are_more_answers_than_fillings_each_part_begins_with_its_sign(steps: int) -> None:
    scale = tuple(str(number) for number in range(steps))
    block = Distribution(unit="people", scale=scale, lines=(Scaled("A", (3,) * steps), Scaled("B", (1,) * steps)))

    bar = max(drawn(block, 100), key=lambda line: sum(line.count(fill) for fill in "█▓▒░"))

    signs = [letter for letter in bar if letter not in " █▓▒░"]
    assert len(signs) == steps
    assert len(set(signs)) == steps


@pytest.mark.parametrize("width", [24, 80, 140])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    assert all(cell_len(line) <= width for line in drawn(OPINIONS, width))
