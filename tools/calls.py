"""The calls that make messages, as they stand in the source and in the templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from jinja2 import Environment, nodes

TEXTS: Final = {"tr": 1, "trn": 2, "trc": 2, "counted": 2}
"""How many literals each begins with."""


class Call(NamedTuple):
    """One of them."""

    place: str
    """Such as "web/phone/join.py:12"."""
    name: str
    texts: tuple[str | None, ...]
    """What it begins with; None for what is not a literal."""
    filled: frozenset[str] | None
    """The places it fills; None where that is not to be seen here."""

    @property
    def context(self) -> str | None:
        """What it gives for a context; None for none."""
        return self.texts[0] if self.name == "trc" else None

    @property
    def said(self) -> list[str]:
        """Its English, singular and plural where it counts; only the literals."""
        return [text for text in self.texts[self.name == "trc" :] if text is not None]


def calls(file: Path, shown: str) -> Iterator[Call]:
    """Those of one file."""
    source = file.read_text(encoding="utf-8")
    yield from _python(source, shown) if file.suffix == ".py" else _template(source, shown)


def _python(source: str, shown: str) -> Iterator[Call]:
    tree = list(ast.walk(ast.parse(source)))
    imports = [node for node in tree if isinstance(node, ast.ImportFrom) and node.module == "workshop_tui.messages"]
    ours = {alias.name for node in imports for alias in node.names} & TEXTS.keys()
    for node in tree:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours:
            texts: list[object] = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
            keywords = [each.arg for each in node.keywords]
            yield _call(f"{shown}:{node.lineno}", node.func.id, texts, keywords)


def _template(source: str, shown: str) -> Iterator[Call]:
    for node in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name in TEXTS:
            texts = [each.value if isinstance(each, nodes.Const) else None for each in node.args]
            keywords: list[str | None] = [each.key for each in node.kwargs]
            yield _call(f"{shown}:{node.lineno}", node.node.name, texts, keywords + [None] * bool(node.dyn_kwargs))


def _call(place: str, name: str, texts: list[object], keywords: list[str | None]) -> Call:
    wanted = TEXTS[name]
    literal = tuple(text if isinstance(text, str) and text else None for text in [*texts, None, None][:wanted])
    known = frozenset(keyword for keyword in keywords if keyword is not None)
    return Call(place, name, literal, None if None in keywords or name == "counted" else known)
