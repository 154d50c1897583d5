"""Where all that a block says is not translated, the block says so, and not each sentence in it.

A page that runs leftwards would set English sentences that share a line from right to left, and what the script writes
in place of such a sentence would have no direction of its own.
"""

from __future__ import annotations

import html
import re
from typing import Final

from markupsafe import Markup
from msgspec import Struct, field

_MARK: Final = ' lang="en" dir="ltr"'
_PIECE: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^>]*)>|<[^>]*>|[^<]+")
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta"})

# Not "div", "ul", "tr": their direction is that of the page, with all that is arranged in them.
_HOLDERS: Final = frozenset(
    {"a", "b", "button", "caption", "dd", "dt", "h1", "h2", "h3", "label", "legend", "li", "p", "span", "strong"}
    | {"td", "th"}
)


class _Element(Struct):
    at: int
    name: str
    rest: str
    marked: list[int] = field(default_factory=list)
    """Where the children stand that are marked as English."""
    other: bool = False
    """Whether it also holds anything else than such children and punctuation."""


def marked_by_block(page: str) -> Markup:
    """Our own HTML, with the mark of an untranslated sentence on the outermost element that holds nothing else."""
    if _MARK not in page:
        return Markup(page)  # noqa: S704 - HTML before and after
    pieces: list[str] = []
    open_: list[_Element] = [_Element(-1, "", "")]
    for at, found in enumerate(_PIECE.finditer(page)):
        pieces.append(found[0])
        name, rest = found["name"], found["rest"] or ""
        if name is None:
            open_[-1].other |= found[0][0] != "<" and any(each.isalnum() for each in html.unescape(found[0]))
        elif name in _VOID or rest.endswith("/"):
            open_[-1].other |= name != "br"
        elif not found["end"]:
            open_.append(_Element(at, name, rest))
        elif open_[-1].name == name:
            _close(open_.pop(), open_[-1], pieces)
    return Markup("".join(pieces))  # noqa: S704 - HTML before and after


def _close(element: _Element, parent: _Element, pieces: list[str]) -> None:
    bare = not re.search(r"\b(lang|dir)=", element.rest)
    if bare and element.name in _HOLDERS and element.marked and not element.other:
        for at in element.marked:
            pieces[at] = pieces[at].replace(_MARK, "")
        pieces[element.at] = f"{pieces[element.at][:-1]}{_MARK}>"
        parent.marked.append(element.at)
    elif _MARK in element.rest:
        parent.marked.append(element.at)
    else:
        parent.other |= element.other or bool(element.marked)
