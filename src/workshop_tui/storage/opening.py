"""How a session file is examined and taken. Examining never changes a byte of it."""

from __future__ import annotations

import contextlib
import errno
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from workshop_tui.errors import SessionFileError, WorkshopError
from workshop_tui.storage import db, disk, schema, tidying, words
from workshop_tui.storage.contents import Claims, Contents, read_contents
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.peeking import peek
from workshop_tui.storage.table import DamagedTable
from workshop_tui.storage.tables import journal, room, session

SPACE_TO_GO_ON: Final = 256 << 10
"""Bytes that must be free before a file is written again after a fault: some tens of long stories.

Letting go of a file on a full disk frees its log, so a mere probe would succeed, and the next words would fail again.
"""

_NO_SPACE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def examine(path: Path, key: FileKey | None) -> Contents:
    """Read a file that nobody has open and make sure that it is a whole session of ours.

    Call it only while holding the file's lock.

    Raises:
        SessionFileError: it is not, or not whole.
        StoreUnavailable: another program holds it, or it cannot be read.
    """
    locked = key is not None
    try:
        peek(path, key)
        with look_at(path, key) as connection:
            return read_contents(connection, path, locked=locked)
    except DBError as problem:
        raise words.refused(path, problem, locked=locked) from problem


@contextlib.contextmanager
def look_at(path: Path, key: FileKey | None) -> Iterator[Connection]:
    """A connection that reads and cannot write. The caller holds the lock, so nobody of ours writes meanwhile."""
    if disk.bytes_in(disk.beside(path, "journal")):
        # A rollback that a crash left to do has to be done before anything can be read.
        query = "mode=rw"
    elif disk.bytes_in(disk.beside(path, "wal")):
        query = "mode=ro"
    else:
        query = "mode=ro&immutable=1"
    with contextlib.closing(db.connect(path, key, query=query)) as connection:
        yield connection


def claims_of(path: Path, key: FileKey | None) -> Claims | None:
    """What a file that nobody has open says of itself; None where it cannot be read."""
    try:
        peek(path, key)
        with look_at(path, key) as connection:
            info = session.read_info(connection)
            noted = room.read(connection)
            return Claims.of(info, noted.alive_ms, noted.writes, journal.count(connection))
    except (WorkshopError, DBError, DamagedTable):
        return None


def take(path: Path, key: FileKey | None, *, start: bool) -> Connection:
    """Open an examined file for this process alone.

    Args:
        path: The file.
        key: What it is locked with.
        start: Whether a room starts with it; then it is noted as not closed in order, which also proves that
            it can be written.

    Raises:
        StoreUnavailable: another program holds it, or it cannot be written.
    """
    connection: Connection | None = None
    try:
        connection = db.connect(path, key)
        db.claim(connection)
        schema.upgrade(connection)
        if start:
            room.note_start(connection)
        else:
            room.probe(connection)
        # What a killed room or a fault left in the log may be older than the destruction of a key.
        tidying.fold_away(connection, path)
    except (DBError, OSError) as problem:
        if connection is not None:
            with contextlib.suppress(DBError):
                connection.close()
        raise words.unavailable(path, problem) from problem
    # Looking at a file with a log leaves this behind. Nobody can be using it now: we hold the file exclusively.
    with contextlib.suppress(OSError):
        disk.beside(path, "shm").unlink()
    return connection


def reopen(path: Path, key: FileKey | None, session_id: str, writes: int) -> tuple[Connection, int]:
    """Open a file again after a fault, and prove that it can be written.

    Args:
        path: The file.
        key: What it is locked with.
        session_id: The id of the session that must be in it.
        writes: How many commits it must have seen at least.

    Returns:
        The connection, and how many commits the file has seen.

    Raises:
        FileLost: it is gone, is another one, no longer passes its checks, or lacks something. It was not changed.
        StoreUnavailable: it still cannot be written for long.
    """
    if not path.is_file():
        raise words.lost(path, "elsewhere")
    _find_space(path)
    try:
        found = examine(path, key)
    except SessionFileError as problem:
        raise words.lost(path, "unsound", why=problem.message) from problem
    if found.info.id != session_id:
        raise words.lost(path, "elsewhere")
    if found.writes < writes:
        raise words.lost(path, "behind")
    return take(path, key, start=False), found.writes


def _find_space(path: Path) -> None:
    """Write what is thrown away at once: quotas and reserves are in no other answer about a disk."""
    try:
        with tempfile.TemporaryFile(dir=path.parent, buffering=0) as scratch:
            written = scratch.write(bytes(SPACE_TO_GO_ON))
    except OSError as problem:
        if problem.errno in _NO_SPACE:
            raise words.cramped(path) from problem
        # Whatever else is wrong shows at the file itself.
        return
    if written < SPACE_TO_GO_ON:
        raise words.cramped(path)
