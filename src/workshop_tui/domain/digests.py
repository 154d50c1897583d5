"""Salted digests: what the journal says of words and counts that must be able to go.

A digest shows later that something was changed. Once the salt is gone with the words, nothing can be guessed from it:
not even words of which somebody has a list.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import msgspec

SALT: Final = 16
"""Bytes of a salt."""


def salt_for(secret: bytes, what: str) -> bytes:
    """The salt of one row, from the random bytes of the command that brings it: another for each row.

    Args:
        secret: The command's own salt.
        what: The row, by a name that is unique within the command.
    """
    return hmac.digest(secret, what.encode(), hashlib.sha256)[:SALT]


def digest_of(salt: bytes, value: object) -> bytes:
    """SHA-256 of a salt and a value as JSON, 32 bytes; text stands for itself."""
    text = value.encode() if isinstance(value, str) else msgspec.json.encode(value)
    return hashlib.sha256(salt + text).digest()
