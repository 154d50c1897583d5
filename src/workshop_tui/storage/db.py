"""The only place that knows which SQLite this is: one driver, one way to open a file, one error type.

The order of the settings matters, and what can be read back is read back: a setting that silently did not take would be
found out by a power cut.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote

from workshop_tui.errors import StoreUnavailable
from workshop_tui.messages import tr
from workshop_tui.storage.keys import FileKey

try:
    from sqlcipher3 import dbapi2
except ImportError as problem:
    raise StoreUnavailable(
        tr("The part that writes session files (sqlcipher3) is not installed for this Python. Nothing was changed."),
        advice=tr("Install workshop-tui again, or run: pip install “sqlcipher3>=0.6.4”."),
    ) from problem

DBError: type[Exception] = dbapi2.Error
"""What the driver raises; it is not a subclass of `sqlite3.Error`."""

PAGE_BYTES: Final = 4096
"""The size of a page, SQLite's own default and SQLCipher's."""

MAGIC: Final = b"SQLite format 3\0"
"""How every database begins that is not encrypted."""

APPLICATION_ID: Final = 0x57535450
"""Marks a session file in its first page: the letters WSTP."""

CORRUPT: Final = 11
NOTADB: Final = 26
"""Two of SQLite's primary result codes (sqlite.org/rescode.html)."""

WAL_BYTES: Final = 4 * 1024 * 1024
"""Beyond this the write-ahead log is folded into the file when nobody waits."""

Row = tuple[object, ...]


class Cursor(Protocol):
    """What a statement gives."""

    rowcount: int

    def fetchone(self) -> Row | None:
        """The next row."""

    def fetchmany(self, size: int = ..., /) -> list[Row]:
        """The next rows, at most so many; none when there are no more."""

    def fetchall(self) -> list[Row]:
        """Every row left."""


class Connection(Protocol):
    """One open file."""

    in_transaction: bool

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[object]], /) -> Cursor:
        """Run one prepared statement over many rows."""

    def backup(self, target: Connection) -> None:
        """Copy every page to another connection."""

    def set_trace_callback(self, callback: Callable[[str], object] | None) -> None:
        """Call this with every statement."""

    def interrupt(self) -> None:
        """Stop what is going on, and what comes before the next statement."""

    def close(self) -> None:
        """Let go of the file."""


def connect(path: Path | None, key: FileKey | None, *, query: str = "mode=rw", wait_s: float = 5.0) -> Connection:
    """Open a file that exists; None gives a database in memory.

    Args:
        path: The file.
        key: What it is locked with; None for a plain one. What is copied out of a locked file into memory needs its
            key too: SQLCipher copies no page from a locked database to a plain one. A wrong key shows at the first
            read.
        query: SQLite's words after the question mark of a file address. The default never makes a file.
        wait_s: How long to wait for another program's lock, in seconds.

    Raises:
        DBError: it cannot be opened.
    """
    # The path is absolute and quoted: "?" and "#" are ordinary letters in a folder's name.
    where = ":memory:" if path is None else f"file:{quote(os.fspath(path.absolute()))}?{query}"
    connection: Connection = dbapi2.connect(
        where, uri=path is not None, isolation_level=None, check_same_thread=False, timeout=wait_s
    )
    # SQLCipher writes error lines to stderr, which would tear the console.
    connection.execute("PRAGMA cipher_log = off")
    if key is not None:
        # As bytes, so that no passphrase has to be stretched at each opening.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def number(connection: Connection, pragma: str) -> int:
    """The value of a setting that is a whole number."""
    return int(_answer(connection, pragma))


def _answer(connection: Connection, pragma: str) -> str:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return str(row[0]).lower() if row else ""


def check(connection: Connection, *, thorough: bool) -> str:
    """What is wrong with the file's pages, in SQLite's words; empty when all is well."""
    how = "integrity_check" if thorough else "quick_check"
    found = [str(row[0]) for row in connection.execute(f"PRAGMA {how}(20)").fetchall()]
    return "" if found == ["ok"] else "; ".join(found)


def opens(connection: Connection) -> bool:
    """Whether the first page of a locked file can be read with the key that was given.

    Raises:
        DBError: the disk is in the way.
    """
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except DBError as problem:
        if primary_code(problem) == NOTADB:
            return False
        # Without its log a file may well not fit together; that was read in its first page.
        if primary_code(problem) != CORRUPT:
            raise
    return True


def pages_that_fail(connection: Connection) -> int:
    """How many pages of a locked file do not belong to the key, or are damaged. Looks at the file without its log."""
    found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
    return sum(each.startswith("HMAC") for each in found)


def claim(connection: Connection) -> None:
    """Take the file for this process alone and make every commit durable.

    Raises:
        DBError: another program holds the file, or it cannot be written.
    """
    _answer(connection, "locking_mode = EXCLUSIVE")
    _answer(connection, "synchronous = FULL")
    if _answer(connection, "journal_mode = WAL") == "wal":
        durable = 2
    else:
        # Without a write-ahead log only EXTRA survives a power cut.
        _answer(connection, "journal_mode = DELETE")
        _answer(connection, "synchronous = EXTRA")
        durable = 3
    if number(connection, "synchronous") != durable:
        raise DBError("synchronous did not take")
    for pragma in (
        "fullfsync = 1",
        "checkpoint_fullfsync = 1",
        "foreign_keys = 1",
        "secure_delete = ON",
        "trusted_schema = OFF",
        "temp_store = MEMORY",
        "cell_size_check = ON",
        "wal_autocheckpoint = 0",
        f"journal_size_limit = {WAL_BYTES}",
    ):
        _answer(connection, pragma)
    if number(connection, "foreign_keys") != 1 or number(connection, "secure_delete") != 1:
        raise DBError("foreign_keys or secure_delete did not take")


def fold(connection: Connection, how: str) -> None:
    """Fold the write-ahead log into the file.

    Args:
        connection: The only connection to the file.
        how: "PASSIVE" leaves the log's bytes behind, "TRUNCATE" empties it.

    Raises:
        DBError: it could not be folded, or not wholly.
    """
    row = connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
    if row and row[0]:
        raise DBError("the write-ahead log is busy")


def let_go(connection: Connection, *, fold: bool) -> None:
    """Close a connection, whatever the disk says.

    Args:
        connection: Not to be used any more.
        fold: Whether what is only in the write-ahead log goes into the file, as always when it is closed. False leaves
            every byte as it is: for a file that is not the one any more which was opened.
    """
    if not fold:
        # SQLite looks at this at every page that it would fold, and no statement comes that would reset it.
        connection.interrupt()
    with contextlib.suppress(DBError):
        connection.close()


@contextlib.contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of a block's changes or none of them, on disk at its end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def primary_code(problem: BaseException) -> int:
    """SQLite's primary result code of an error; 0 when it has none.

    The extended code is not to be trusted: an fsync that failed comes as plain IOERR.
    """
    code = getattr(problem, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0
