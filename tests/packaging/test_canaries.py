"""Words that tests look for can be made by nothing else on a page: no clock, port, count or random name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

MADE_BY_CHANCE = re.compile(r"\d{1,5}|[0-9a-f]{1,4}|\d{1,2}:\d{2}")
"""What the minute, a port, a count of people, or two letters of a random name can be."""


def _looked_for(source: str) -> Iterator[tuple[int, str]]:
    """Every literal that a test says is not in a page, file or answer as a whole."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left=ast.Constant(value=str(text)), ops=[ast.NotIn()], comparators=[where]):
                if _is_whole_text(where):
                    yield node.lineno, text


def _is_whole_text(where: ast.expr) -> bool:
    """Whether something is a page or a file, by what tests call it, and not a set or a list of names."""
    said = ast.unparse(where)
    return bool(re.search(r"\.(text|stdout|stderr|out|err|content)\b|\b(page|html|body|report|file)s?$", said))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("assert '49' not in answer.text", True), ("assert 'xyxyxy' not in answer.text", True),
        ("assert '49' in answer.text", False), ("assert 'a' not in names", False),
    ],
)  # fmt: skip
def test_what_a_test_looks_for_in_vain_is_found(source: str, found: bool) -> None:
    assert bool(list(_looked_for(source))) is found


def test_no_test_looks_in_vain_for_what_a_clock_a_port_or_a_name_can_make() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line} {text!r}"
        for path in sorted(TESTS.rglob("test_*.py"))
        if path != Path(__file__)
        for line, text in _looked_for(path.read_text("utf-8"))
        if MADE_BY_CHANCE.fullmatch(text)
    ]

    assert found == []
