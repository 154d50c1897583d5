"""The code with which somebody takes their words back without the phone that sent them. Pure.

Whoever has the code may read and delete the words it belongs to, and nothing else. It is shown once; the file has only
a MAC of it, under a key of its own for each, so that nothing tells which codes are of one phone.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from workshop_tui.domain.text import plain_digits

CODE_LETTERS: Final = "ACDEFHJKMNPRTUVWXY"
"""Letters that are hard to misread."""

PRIVATE: Final = 12
"""Letters of a private code: 50 bits, so that trying them out finds none."""

LONGEST: Final = 64
"""More of what was typed is not looked at."""

_GROUP: Final = 4


class CodeRow(Struct, frozen=True):
    """What is kept of one code."""

    text: str
    """The key of the words that it belongs to."""
    key: bytes
    """Random."""
    mac: bytes
    """HMAC-SHA-256 of the code under that key."""


def code_row(text: str, key: bytes, code: str) -> CodeRow:
    """What to keep of a code."""
    return CodeRow(text, key, _mac(key, code))


def text_of(code: str, rows: Iterable[CodeRow]) -> str:
    """The key of the words that a code belongs to; empty where it belongs to none.

    Every row is looked at whatever the answer is, so that the time it takes tells nothing.
    """
    found = ""
    for row in rows:
        if hmac.compare_digest(_mac(row.key, code), row.mac):
            found = row.text
    return found if is_code(code) else ""


def is_code(typed: str) -> bool:
    """Whether this can be a code at all, once `plain`."""
    return len(typed) == PRIVATE and set(typed) <= set(CODE_LETTERS)


def plain(typed: str) -> str:
    """A code as it was typed, in any case and with anything between its letters, as it was made."""
    signs = plain_digits(typed[:LONGEST]).upper()
    return "".join(each for each in signs if each.isascii() and each.isalnum())


def in_groups(code: str) -> str:
    """The same as people read it."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _mac(key: bytes, code: str) -> bytes:
    return hmac.digest(key, code.encode(), "sha256")
