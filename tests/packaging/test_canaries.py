"""Words that tests look for can be made by nothing else on a page: no clock, port, count or random name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

MADE_BY_CHANCE = re.compile(r"\d{1,5}|[0-9a-f]{1,4}|\d{1,2}:\d{2}", re.ASCII)
"""What the minute, a port, a count of people, or two letters of a random name can be."""


FINDING = ("count", "find", "index")
PATTERNS = ("search", "findall", "finditer")

WHOLE = re.compile(r"\.(text|stdout|stderr|out|err|content)\b|\b(page|html|body|report|file|text|line|screen)s?$")


def _looked_for(source: str) -> Iterator[tuple[int, str]]:
    """Every literal that a test says is, or is not, somewhere in a page, file or answer, or how often it is.

    Found by chance, what is looked for in vain fails a test, and what is to be there passes one that it should not. To
    say that a whole is the same as another (`==`) looks for nothing: there a clock shows at once, in every run.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left=ast.Constant(value=str(text)), ops=[ast.NotIn() | ast.In()], comparators=[where]):
                if _is_whole_text(where):
                    yield node.lineno, text
            case ast.Call(func=ast.Attribute(attr=name, value=where), args=[ast.Constant(value=str(text)), *_]):
                if any(map(_is_whole_text, node.args[1:] if name in PATTERNS else [where] if name in FINDING else [])):
                    yield node.lineno, text


def _is_whole_text(where: ast.expr) -> bool:
    """Whether something is a page or a file, or a line of one, by what tests call it; no set or list of names."""
    said = ast.unparse(where)
    return bool(WHOLE.search(said))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("assert '49' not in answer.text", True), ("assert 'xyxyxy' not in answer.text", True),
        ("assert 'a' not in names", False), ("assert '49' in answer.text", True),
        ("assert page.count('49') == 1", True), ("assert answer.text.find('49') == -1", True),
        ("assert not re.search('49', page)", True), ("assert '49' not in html + text", True),
        ("assert not any('49' in line for line in lines)", True), ("assert said.text == '49'", False),
        ("assert [1, 2].count('49') == 0", False),
    ],
)  # fmt: skip
def test_what_a_test_looks_for_is_found(source: str, found: bool) -> None:
    assert bool(list(_looked_for(source))) is found


def test_no_test_looks_for_what_a_clock_a_port_or_a_name_can_make() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line} {text!r}"
        for path in sorted(TESTS.rglob("test_*.py"))
        if path != Path(__file__)
        for line, text in _looked_for(path.read_text("utf-8"))
        if MADE_BY_CHANCE.fullmatch(text)
    ]

    assert found == []
