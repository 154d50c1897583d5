"""No English of the product stands bare in the source: there a bare string is somebody's own words.

The pseudo-locale finds it on the pages that its tests draw. This looks at every line and at every branch of a template.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from tools.calls import calls
from tools.messages import SOURCE

from tests.messages import pseudo

_ENGLISH: Final = re.compile(r"\W?[A-Z][a-z']*\W? \W?[a-z]")
"""How a sentence or a heading of two words or more begins."""

_OF_JINJA: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)

NOT_SPOKEN: Final = {
    "rehearsal/": "what simulated people say, and what developers read of it",
    "storage/schema.py": "what stands in the session file for whoever opens it",
    "storage/tables/": "the same",
    "storage/key_file.py The key": "the same in the key file",
    "counting/formats/preflib_categories.py": "what PrefLib calls its categories",
    "kinds/grades.py The question": "the one candidate of a PrefLib file",
    "views/items.py Something else": "an option of the agenda that the facilitator makes",
    "web/http/assets.py There is no such file.": "an answer to programs: no page leads there",
}
"""Files and strings that are not the product's own speech, and why."""


def bare(source: str, said: set[str]) -> Iterator[str]:
    """English in a module that is no message, docstring, log line, fault for developers or example."""
    left_out: set[ast.AST] = set()
    for node in ast.walk(ast.parse(source)):
        if node in left_out or _is_for_nobody(node):
            left_out.update(ast.iter_child_nodes(node))
        elif isinstance(node, ast.Constant) and _ENGLISH.match(str(node.value)) and node.value not in said:
            yield str(node.value)


def _is_for_nobody(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.FunctionDef(name="examples"):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "re"))):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return hasattr(builtins, name)
    return False


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = 'Send it'", True), ("x = f'It closes in {n}.'", True), ("x = tr(first)\ny = 'A word, said.'", True),
        ("x = said(again='“Open” it')", True), ("raise CommandRefused('Not now.')", True),
        ("'Send it'", False), ("log.info('It goes on')", False), ("raise ValueError(f'No such {x}')", False),
        ("re.compile('Expected it')", False),
        ("x = tr('A message')", False), ("x = 'left out'", False), ("x = 'SELECT id FROM person'", False),
        ("def examples(self): return Example(say='My own words')", False),
    ],
)  # fmt: skip
def test_a_bare_sentence_is_found_and_what_people_never_read_is_not(source: str, found: bool) -> None:
    assert any(bare(source, {"A message"})) is found


def test_every_english_sentence_of_the_source_is_a_message() -> None:
    found = []
    for file in sorted(SOURCE.rglob("*.py")):
        shown = file.relative_to(SOURCE).as_posix()
        said = {text for call in calls(file, shown) for text in call.texts if text}
        found += [f"{shown} {text}" for text in bare(file.read_text(encoding="utf-8"), said)]

    assert [each for each in found if not each.startswith(tuple(NOT_SPOKEN))] == []
    assert [each for each in NOT_SPOKEN if not any(one.startswith(each) for one in found)] == []


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("templates/**/*.html")), ids=lambda file: file.stem)
def test_every_word_in_every_branch_of_a_template_is_a_message(file: Path) -> None:
    # What is left of attributes outside of their element has no capital letters.
    words = pseudo.bare_words(_OF_JINJA.sub("", file.read_text(encoding="utf-8")))
    assert [each for each in words if re.search("[A-Z]", each)] == []
