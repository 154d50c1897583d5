"""Codes that people read and type: the one that lets them join, and the private one of their words."""

from __future__ import annotations

import secrets
from typing import Final

from workshop_tui.domain.private_codes import CODE_LETTERS, PRIVATE

SHORT: Final = 4
LONG: Final = 6
"""Where somebody tries codes out: 34 million instead of 105,000."""

_UNKIND: Final = (
    "ACNE",
    "CRAP",
    "CUNT",
    "DAMN",
    "DEAD",
    "DUCK",
    "FART",
    "FUCK",
    "HATE",
    "MUCK",
    "NUMP",
    "PRAT",
    "TRAP",
)
"""Words that must not stand on a wall; those that the letters above can spell."""


def new_code(letters: int = SHORT) -> str:
    """A join code: letters that are hard to misread and spell nothing unkind."""
    while any(word in (code := "".join(secrets.choice(CODE_LETTERS) for _ in range(letters))) for word in _UNKIND):
        pass
    return code


def new_private_code() -> str:
    """A code for somebody's own words, as `domain.private_codes` has them."""
    return new_code(PRIVATE)
