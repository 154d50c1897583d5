"""Recovery slips: 128 random bits as people write them down and type them again, with a check for slips of the pen.

The letters are Crockford's base 32 (crockford.com/base32.html): no I, L, O and U, so that nothing on paper can be taken
for something else; typed all the same, I and L are read as 1, and O as 0.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD: Final = str.maketrans("ILO", "110")

SECRET_BYTES: Final = 16
CHECK_BITS: Final = 12
"""One wrong letter in 4,096 is not noticed; that slip then simply opens nothing."""

LENGTH: Final = (8 * SECRET_BYTES + CHECK_BITS) // 5
GROUP: Final = 4


def new_slip() -> str:
    """A new one, in groups of four letters."""
    return _written(secrets.token_bytes(SECRET_BYTES))


def read_slip(typed: str) -> str | None:
    """The slip that somebody typed, as it was written; None where it is none, or a letter of it is wrong."""
    letters = "".join(each for each in typed.upper().translate(MISREAD) if each in LETTERS)
    if len(letters) != LENGTH:
        return None
    number = 0
    for each in letters:
        number = number << 5 | LETTERS.index(each)
    written = _written((number >> CHECK_BITS).to_bytes(SECRET_BYTES))
    return written if written.replace("-", "") == letters else None


def _written(secret: bytes) -> str:
    check = int.from_bytes(hashlib.sha256(secret).digest()) >> (256 - CHECK_BITS)
    number = int.from_bytes(secret) << CHECK_BITS | check
    letters = "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))
