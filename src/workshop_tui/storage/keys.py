"""The key of a locked session file."""

from __future__ import annotations

from typing import Final

KEY_BYTES: Final = 32


class FileKey:
    """What a locked file is encrypted with. No text about it has a byte of it: it may stand in logs and tracebacks.

    Args:
        raw: 32 random bytes; never a passphrase.
    """

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError(f"the key of a file has {KEY_BYTES} bytes")
        self._raw = raw

    def __repr__(self) -> str:
        return "FileKey(…)"

    def hex(self) -> str:
        """The bytes as SQLCipher takes them. Hand it to nothing else."""
        return self._raw.hex()
