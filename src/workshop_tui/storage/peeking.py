"""Looking at a file before SQLite does, which would already recover a log that belongs to somebody else."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Final

from workshop_tui.errors import LockedSessionFile, NewerSessionFile, OlderSessionFile, SessionFileError, WrongKey
from workshop_tui.messages import Verbatim, tr
from workshop_tui.storage import db, disk, schema, words
from workshop_tui.storage.keys import FileKey

_MARK: Final = db.APPLICATION_ID.to_bytes(4, "big")

_VALUES_OF_TEXT: Final = 200
"""More different bytes than this in one page are in nothing that is not encrypted or packed."""


def peek(path: Path, key: FileKey | None) -> None:
    """Refuse what is not ours to open.

    Raises:
        SessionFileError: it is no session file, a newer one, damaged, locked, or does not open with the key.
        StoreUnavailable: it cannot be read.
        DBError: it cannot be read.
    """
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            # To open a pipe would wait for whoever writes to it.
            raise words.not_ours(path)
        with path.open("rb") as file:
            head = file.read(db.PAGE_BYTES)
            file.seek(-min(len(head), db.PAGE_BYTES), os.SEEK_END)
            tail = file.read()
    except OSError as problem:
        raise words.unreadable(path, problem) from problem
    if not head:
        raise words.damaged(path, tr("it is empty"), locked=key is not None)
    if head[:16] == db.MAGIC or head[68:72] == _MARK:
        _peek_plain(path, head)
        if key is not None:
            raise SessionFileError(
                tr("“{name}” is not locked: anybody can read it. It was not changed.", name=Verbatim(path.name)),
                advice=tr("Open it without a passphrase, if this is the file you meant."),
            )
    elif not (_is_noise(head) or _is_noise(tail)):
        raise words.not_ours(path)
    elif key is None:
        raise LockedSessionFile(
            tr(
                "“{name}” is not a plain session file: it is locked with a passphrase, its beginning is damaged, or "
                "some other program made it. It was not changed.",
                name=Verbatim(path.name),
            ),
            advice=tr("Check that it is the file you meant."),
        )
    else:
        _try_key(path, key)


def _peek_plain(path: Path, head: bytes) -> None:
    whole = len(head) >= 100 and path.stat().st_size % (int.from_bytes(head[16:18], "big") or 1) == 0
    if head[68:72] != _MARK:
        raise words.not_ours(path)
    if head[:16] != db.MAGIC:
        raise words.damaged(path, tr("its beginning was overwritten"), locked=False)
    # SQLite would read the missing part as zeros. With a log there may be half a page that it will write again.
    if not whole and not disk.bytes_in(disk.beside(path, "wal")):
        raise words.damaged(path, tr("its end is missing"), locked=False)
    check_version(path, int.from_bytes(head[60:64], "big"))


def may_be_session(path: Path, key: FileKey | None) -> bool:
    """Whether a file that cannot be opened was a session file, as far as its first page tells."""
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            # To open a pipe would wait for whoever writes to it.
            raise words.not_ours(path)
        with path.open("rb") as file:
            head = file.read(db.PAGE_BYTES)
    except OSError:
        return False
    return head[68:72] == _MARK or (key is not None and _is_noise(head))


def may_be_locked(path: Path) -> bool:
    """Whether a file can be nothing that is read without a key, as far as its first page tells."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(db.PAGE_BYTES)
    except OSError:
        return False
    return head[:16] != db.MAGIC and head[68:72] != _MARK and _is_noise(head)


def check_version(path: Path, version: int) -> None:
    """Refuse what another version of this program made.

    Raises:
        SessionFileError: it is a newer or an older one.
    """
    if version > schema.VERSION:
        raise NewerSessionFile(
            tr(
                "“{name}” was made by a newer workshop-tui (file version {version}; this one knows {ours}). It was not "
                "changed.",
                name=Verbatim(path.name),
                version=version,
                ours=schema.VERSION,
            ),
            advice=tr("Update workshop-tui and try again."),
        )
    if version < schema.OLDEST:
        raise OlderSessionFile(
            tr(
                "“{name}” was made by an earlier workshop-tui, before its files were settled. It was not changed.",
                name=Verbatim(path.name),
            ),
            advice=tr("Export it with the version that made it. This version starts a new session with “--new”."),
        )


def _is_noise(page: bytes) -> bool:
    """Whether bytes may be encrypted: a page of those has nearly every value, one of text or of tables far fewer."""
    return len(set(page)) > _VALUES_OF_TEXT


def _try_key(path: Path, key: FileKey) -> None:
    """Tell a wrong key from damage, without the log: with a wrong key SQLite would still roll back or recover one.

    Each page is signed with the key and with the file's first sixteen bytes. As long as those stand and one page is
    sound, the key can be known to be right; beyond that nobody can tell.
    """
    with contextlib.closing(db.connect(path, key, query="mode=ro&immutable=1")) as connection:
        beginning = db.opens(connection)
        if not beginning and db.pages_that_fail(connection) >= disk.bytes_in(path) // db.PAGE_BYTES:
            raise WrongKey(
                tr("“{name}” does not open with this key. It was not changed.", name=Verbatim(path.name)),
                advice=tr(
                    "Try the passphrase again. If it is surely the right one, the beginning of the file is damaged or "
                    "some other program made it: whoever has no key that fits cannot tell these apart. Then use a copy."
                ),
            )
    if disk.bytes_in(disk.beside(path, "wal")) or disk.bytes_in(disk.beside(path, "journal")):
        # What is torn in the file may be whole in there.
        return
    if not beginning:
        raise words.damaged(path, tr("its beginning was overwritten"), locked=True)
    if disk.bytes_in(path) % db.PAGE_BYTES:
        raise words.damaged(path, tr("its end is missing"), locked=True)
