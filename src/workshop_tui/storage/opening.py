"""How a session file is made, examined and taken. Examining never changes a byte of it (safety.md 1.2 a and l)."""

from __future__ import annotations

import contextlib
import errno
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.state import SessionState, new_state
from workshop_tui.errors import SessionFileError, WorkshopError
from workshop_tui.messages import Verbatim, tr
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.storage import db, listed, reading, schema, tidying, words, writing
from workshop_tui.storage.chain import JournalRow, first_link
from workshop_tui.storage.copy_names import part_of
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.peeking import check_version, peek
from workshop_tui.storage.table import DamagedTable
from workshop_tui.storage.tables import journal, journal_content, room, session

SPACE_TO_GO_ON: Final = 256 << 10
"""Bytes that must be free before a file is written again after a fault: some tens of long stories.

Letting go of a file on a full disk frees its log, so a mere probe would succeed, and the next words would fail again.
"""

_NO_SPACE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Claims(Struct, frozen=True):
    """What a file says of itself, before anything in it is checked."""

    session: str
    """The session's id."""
    agenda_name: str
    alive_ms: int
    """When it was made or, where a room had it since, last written to."""
    writes: int
    journal: int
    """How many rows its journal has."""


class Contents(Struct, frozen=True):
    """Everything in a sound file."""

    stored: StoredSession
    rows: list[JournalRow]
    beside: dict[int, journal_content.Beside]
    """Words and counts that rows of the journal are about, by the row's number."""
    agenda_file: bytes
    state: SessionState
    """The journal through `domain.evolve`."""
    writes: int
    """How many commits the file has seen."""
    owed: bool = False
    """Whether what was destroyed may still be in the log and in copies."""

    @property
    def info(self) -> SessionInfo:
        """What the session is."""
        return self.stored.info

    @property
    def claims(self) -> Claims:
        """The little that can be compared with other files."""
        stored = self.stored
        return _claims(stored.info, stored.alive_ms, self.writes, len(self.rows))

    @property
    def end(self) -> tuple[int, bytes]:
        """The number and the hash that the journal's next row follows."""
        return (self.rows[-1].seq, self.rows[-1].hash) if self.rows else (0, first_link(self.info))


def make(path: Path, info: SessionInfo, agenda_file: bytes, story_key: bytes, key: FileKey | None) -> None:
    """Write a new session file. Whole or absent: it gets its name when it is finished and on disk.

    Raises:
        SessionFileError: there is a file of that name.
        StoreUnavailable: the disk is full or fails.
    """

    def fill(connection: Connection) -> None:
        session.write(connection, info, agenda_file, story_key)
        room.write(connection)
        writing.write_state(connection, None, new_state(info.agenda))

    write(path, key, fill)


def write(path: Path, key: FileKey | None, fill: Callable[[Connection], None]) -> None:
    """Write a session file whose rows come from `fill`, in one transaction; whole or absent.

    Raises:
        SessionFileError: there is a file of that name.
        StoreUnavailable: the disk is full or fails.
    """
    if path.exists():
        raise words.taken(path)
    part = part_of(path)
    try:
        with db.whole_or_absent(part, path), contextlib.closing(db.connect(part, key)) as connection:
            db.claim(connection)
            schema.make(connection)
            connection.execute("BEGIN IMMEDIATE")
            fill(connection)
            connection.execute("COMMIT")
            db.fold(connection, "TRUNCATE")
    except FileExistsError as problem:
        raise words.taken(path) from problem
    except (DBError, OSError) as problem:
        raise words.not_made(path, problem, left=part if listed.is_there(part) else None) from problem


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
    if db.bytes_in(db.beside(path, "journal")):
        # A rollback that a crash left to do has to be done before anything can be read.
        query = "mode=rw"
    elif db.bytes_in(db.beside(path, "wal")):
        query = "mode=ro"
    else:
        query = "mode=ro&immutable=1"
    connection = db.connect(path, key, query=query)
    try:
        yield connection
    finally:
        connection.close()


def _claims(info: SessionInfo, alive_ms: int, writes: int, lines: int) -> Claims:
    return Claims(info.id, info.agenda_name, max(alive_ms, info.created_at), writes, lines)


def claims_of(path: Path, key: FileKey | None) -> Claims | None:
    """What a file that nobody has open says of itself; None where it cannot be read."""
    try:
        peek(path, key)
        with look_at(path, key) as connection:
            info = session.read_info(connection)
            alive_ms, writes = room.read_last(connection)
            return _claims(info, alive_ms, writes, journal.count(connection))
    except (WorkshopError, DBError, DamagedTable):
        return None


def read_contents(connection: Connection, path: Path, *, locked: bool) -> Contents:
    """The checks of an open file, in the order of safety.md 1.2 a, and what it says about itself.

    Raises:
        SessionFileError: a check failed; `path` is named.
        DBError: it cannot be read.
    """
    if db.number(connection, "application_id") != db.APPLICATION_ID:
        raise words.not_ours(path)
    check_version(path, db.number(connection, "user_version"))
    if db.check(connection, thorough=False):
        raise words.damaged(path, tr("its pages do not fit together"), locked=locked)
    if how := schema.difference(connection):
        raise words.altered(path, how)
    try:
        if not room.read_clean(connection) and db.check(connection, thorough=True):
            raise words.damaged(path, tr("its pages do not fit together"), locked=locked)
        info = session.read_info(connection)
        rows, beside, events = journal.read(connection, info)
        agenda_file = session.read_agenda_file(connection)
        state = evolve_all(new_state(info.agenda), events)
        table = reading.disagreement(connection, state)
        if table:
            raise words.damaged(
                path, tr("its table “{table}” does not agree with its journal", table=Verbatim(table)), locked=locked
            )
        stored = reading.read_stored(connection, info, events)
        writes, owed = room.read_writes(connection), room.read_owed(connection)
    except DamagedTable as problem:
        raise words.damaged(path, problem.words, locked=locked) from problem
    return Contents(stored, rows, beside, agenda_file, state, writes, owed=bool(owed))


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
        db.beside(path, "shm").unlink()
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
        contents = examine(path, key)
    except SessionFileError as problem:
        raise words.lost(path, tr("is not as the room left it"), why=problem.message) from problem
    if contents.info.id != session_id:
        raise words.lost(path, "elsewhere")
    if contents.writes < writes:
        raise words.lost(path, "behind")
    return take(path, key, start=False), contents.writes


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
