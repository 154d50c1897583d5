"""Plain and locked session files, so that the same tests go through both doors.

The locked run hands the key to every door of the product as its default; what lies behind the doors is told the key
by them or does without. `tests/storage/test_locked.py` gives the key by hand.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop_tui.storage import db, deleting
from workshop_tui.storage.db import Connection
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import create, open_existing

RAW = bytes(range(100, 132))
KEY = FileKey(RAW)
"""What locked files are locked with here."""

WAYS = {"plain": None, "locked": KEY}

_DOORS = (create, open_existing, read_record, deleting.find)


def use(key: FileKey | None) -> None:
    """From now on every door is used with this key, unless another is given."""
    for door in _DOORS:
        door.__kwdefaults__["key"] = key


def in_use() -> FileKey | None:
    """The key that doors are used with."""
    return open_existing.__kwdefaults__["key"]  # type: ignore[no-any-return]


def way() -> str:
    """The name of the way that doors are used now."""
    return "locked" if in_use() else "plain"


def there_too() -> str:
    """The first line of a program that is to use the same key."""
    return f"from tests.storage import doors; doors.use(doors.WAYS[{way()!r}]); "


def by_hand(path: Path) -> Connection:
    """What somebody does who opens the file with a tool; each statement is on disk at once."""
    return db.connect(path, in_use())


def run_both_ways(metafunc: pytest.Metafunc) -> None:
    """For `pytest_generate_tests`: each test once for each way, but for those that say why not."""
    plain, locked = (pytest.param(key, id=way) for way, key in WAYS.items())
    if metafunc.definition.get_closest_marker("long_when_locked"):
        locked = pytest.param(KEY, id="locked", marks=pytest.mark.long)
    ways = [plain] if metafunc.definition.get_closest_marker("plain_only") else [plain, locked]
    metafunc.parametrize("key", ways, indirect=True, scope="module")


def used_for_a_test(key: FileKey | None) -> Iterator[FileKey | None]:
    """For a fixture `key`."""
    use(key)
    yield key
    use(None)


# What somebody could read who has the key and every byte of the disk. --------------------------------


def readable(path: Path) -> bytes:
    """Every byte of a file, deciphered where files are locked."""
    return deciphered(path.name, path.read_bytes())


def deciphered(name: str, content: bytes) -> bytes:
    """Every page of a session file or its log, free pages and old frames too; as it is where files are plain."""
    if in_use() is None:
        return content
    is_log = name.endswith("-wal")
    size, before = db.PAGE_BYTES, 24 if is_log else 0
    found = []
    for at in range(32 if is_log else 0, len(content), size + before):
        page = content[at + before : at + before + size]
        number = int.from_bytes(content[at : at + 4], "big") if is_log else at // size + 1
        if len(page) == size and any(page):
            found.append(_page(page, first=number == 1))
    return b"".join(found)


def _page(page: bytes, *, first: bool) -> bytes:
    """One page: the file's salt where it is the first, the words, the random start of the cipher, the signature."""
    secret, start = page[16 if first else 0 : -80], page[-80:-64]
    crypto = _crypto()
    context = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new())
    out, length = ctypes.create_string_buffer(len(secret) + 16), ctypes.c_int()
    cipher = ctypes.c_void_p(crypto.EVP_aes_256_cbc())
    assert crypto.EVP_DecryptInit_ex(context, cipher, None, RAW, start) == 1
    crypto.EVP_CIPHER_CTX_set_padding(context, 0)
    assert crypto.EVP_DecryptUpdate(context, out, ctypes.byref(length), secret, len(secret)) == 1
    crypto.EVP_CIPHER_CTX_free(context)
    return out.raw[: length.value]


@functools.cache
def _crypto() -> ctypes.CDLL:
    """The library behind Python's own ssl module."""
    for name in (getattr(ssl._ssl, "__file__", None), ctypes.util.find_library("crypto")):  # type: ignore[attr-defined]
        if name:
            library = ctypes.CDLL(name)
            if hasattr(library, "EVP_DecryptInit_ex"):
                library.EVP_CIPHER_CTX_new.restype = library.EVP_aes_256_cbc.restype = ctypes.c_void_p
                return library
    pytest.skip("no libcrypto to decipher pages with")
