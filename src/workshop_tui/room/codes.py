"""Join codes: what people read off the wall and type."""

from __future__ import annotations

import secrets
from typing import Final

CODE_LETTERS: Final = "ACDEFHJKMNPRTUVWXY"
"""Letters that are hard to misread."""

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
