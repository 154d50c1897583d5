"""Shorter names for what a script of ours declares: an eighth of what a phone loads.

Only for our own files. A name is changed wherever it stands, whatever its scope, so it may not be the name of anything
global too, nor stand in a regular expression.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, product
from string import ascii_lowercase, ascii_uppercase
from typing import Final

STRING: Final = re.compile(r"""("[^"]*"|'[^']*')""")
_KEY: Final = re.compile(r"((?:(?<=[{,])|(?<=[{,]\n))\w+(?=:))")
_NAME: Final = re.compile(r"(?<![.\w$\\])[A-Za-z_]\w*")
_FUNCTION: Final = re.compile(r"\bfunction (\w+)")
_TAKEN: Final = re.compile(r"\(([\w,]+)\)=>|(\w+)=>|\bfunction \w*\(([\w,]+)\)|\bcatch\((\w+)\)")
_VARIABLES: Final = re.compile(r"\bvar ([^;]*)")


def short_names(script: str) -> str:
    """The script with a letter for each longer name that it declares; properties and strings stay.

    Args:
        script: A script of ours, without comments and without spaces beside signs.
    """
    parts = STRING.split(script)
    code = '""'.join(parts[::2])
    taken = set(re.findall(r"\w+", code))
    ours = {name for name in declared(code) if len(name) > 1}
    uses = Counter(name for name in _NAME.findall(code) if name in ours)
    letters = chain(ascii_lowercase, ascii_uppercase, map("".join, product(ascii_lowercase, repeat=2)))
    free = (each for each in letters if each not in taken)
    short = dict(zip((name for name, _ in uses.most_common()), free, strict=False))
    parts[::2] = [
        "".join(
            piece if at % 2 else _NAME.sub(lambda name: short.get(name[0], name[0]), piece)
            for at, piece in enumerate(_KEY.split(part))
        )
        for part in parts[::2]
    ]
    return "".join(parts)


def declared(code: str) -> set[str]:
    """The names that a script declares: variables, functions and what these take."""
    names = {*_FUNCTION.findall(code), *(name for each in _TAKEN.findall(code) for name in ",".join(each).split(","))}
    for variables in _VARIABLES.findall(code):
        names.update(re.match(r"\w*", each)[0] for each in _apart(variables))  # type: ignore[index]  # always matches
    return names - {""}


def _apart(variables: str) -> Iterator[str]:
    """Declarations between commas that stand in no bracket."""
    depth, begin = 0, 0
    for at, sign in enumerate(variables):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and not depth:
            yield variables[begin:at]
            begin = at + 1
    yield variables[begin:]
