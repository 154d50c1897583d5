"""The names under which the session file keeps what a phone sent: nobody can tell whose they are without the key."""

from __future__ import annotations

import hashlib
import hmac


def keyed(key: bytes, text: str) -> bytes:
    """The name under which a phone's vote or words are kept: HMAC-SHA-256, 32 bytes.

    With the key destroyed nobody can tell whose it was, not even by trying every phone.
    """
    return hmac.digest(key, text.encode(), hashlib.sha256)


def upvoter(key: bytes, person: str, contribution: str) -> bytes:
    """The name under which a phone wants to know one question: another at each, so that nobody sees which are one's."""
    return keyed(key, f"{person} {contribution}")
