"""Copies of a running session: consistent, without keys and private words, whole or absent."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from workshop_tui.storage import db, words, writing
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.keys import FileKey


def copy(source: Connection, target: Path, key: FileKey | None, *, private: bool) -> None:
    """Write a copy of an open session file to `target`, replacing what is there.

    The keys that tie votes and words to phones are taken out in memory, so that they never reach a second file; so is
    who of a vote that still runs is staff.

    Args:
        source: The open file.
        target: Where the copy goes.
        key: What the source is locked with; the copy is locked with the same. None for a plain one.
        private: Whether private words are in it too; no reader of a copy needs them.

    Raises:
        StoreUnavailable: it could not be written; `target` is as it was.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        _write_part(source, part, key, private=private)
        db.sync_file(part)
        part.replace(target)
        db.sync_folder(target.parent)
    except (DBError, OSError) as problem:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise words.not_copied(target, problem) from problem


def wipe_private(copy_: Path, key: FileKey | None) -> None:
    """Empty the private words of a copy that was made with them.

    Raises:
        DBError: it could not be written.
    """
    connection = db.connect(copy_, key)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        writing.wipe(connection)
    finally:
        connection.close()


def _write_part(source: Connection, part: Path, key: FileKey | None, *, private: bool) -> None:
    memory = db.connect(None, key)
    try:
        source.backup(memory)
        writing.redact(memory)
        if not private:
            writing.wipe(memory)
        # SQLite takes over an empty file, which keeps the permissions it was made with, and writes it with the key.
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        memory.execute("VACUUM INTO ?", (os.fspath(part.absolute()),))
    finally:
        memory.close()
