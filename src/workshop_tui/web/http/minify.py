"""Our own script and style sheets without what only their readers need, for the phones' first load."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"^\s*/\*.*?\*/\s*?$", re.DOTALL | re.MULTILINE)


def slim(source: str) -> str:
    """`source` without indentation, empty lines, and comments that stand on lines of their own.

    Only for our own files: a comment sign or an indented line inside a string of several lines would be lost, so
    they have none. Everything else stays letter for letter, line breaks too, so nothing can change its meaning.
    """
    lines = (line.strip() for line in _BLOCK.sub("", source).split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
