"""The tables of a session file: how they are made, and whether a file has these and nothing else.

A file of version 6, 7 or 8 gets the tables that it lacks when a room opens it; who only reads it takes them for empty.
Files from before are refused. sqlite-utils is imported when tables are made, not before: it takes half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workshop_tui.messages import Text, Verbatim, tr
from workshop_tui.storage.db import APPLICATION_ID, Connection, number
from workshop_tui.storage.table import Table
from workshop_tui.storage.tables import TABLES, about

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION: Final = 9
"""Kept in the file as its user_version. Since 7 there are tables of how reasons, answers and notes were dealt with;
since 8 those that keep a story its teller's, and the journal may have lines about how the session is kept.
Since 9 notes can be in registers and rest on evidence."""

OLDEST: Final = 6
"""The programs that wrote 1 to 5 wrote other tables."""

_MIGRATIONS: Final = Table(
    name="_sqlite_migrations",
    create="",
    words="Which versions of these tables were made when; used by the program.",
    columns={},
)
"""What sqlite-utils makes for itself, in its own words."""

_STATISTICS: Final = ("sqlite_stat1", "sqlite_stat4")
"""What SQLite notes for its planner when another program asks it to; it changes nothing."""


def make(connection: Connection) -> None:
    """Make every table of a new file.

    Raises:
        DBError: it could not be written.
    """
    _migrate(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def upgrade(connection: Connection) -> None:
    """Make the tables that an examined file of an earlier version lacks; the file was claimed for this process.

    Raises:
        DBError: it could not be written; the file is as it was.
    """
    if number(connection, "user_version") < VERSION:
        _migrate(connection)


def _migrate(connection: Connection) -> None:
    from sqlite_utils import Database, Migrations

    migrations = Migrations("workshop-tui")
    migrations(name="first_tables")(_first_tables)
    migrations(name="texts_dealt_with")(_texts_dealt_with)
    migrations(name="stories_of_their_tellers")(_stories_of_their_tellers)
    migrations(name="points_and_registers")(_points_and_registers)
    # Plugins of other programs have no business in a session file.
    database = Database(connection, execute_plugins=False)  # type: ignore[arg-type]  # the driver is DB-API alike
    migrations.apply(database)


def _first_tables(db: Database) -> None:
    _add(db, since=OLDEST)
    about.write(db.conn, (_MIGRATIONS,))  # type: ignore[arg-type]  # the driver is DB-API alike


def _texts_dealt_with(db: Database) -> None:
    _add(db, since=7)


def _stories_of_their_tellers(db: Database) -> None:
    _add(db, since=8)


def _points_and_registers(db: Database) -> None:
    _add(db, since=9)


def _add(db: Database, *, since: int) -> None:
    tables = [table for table in TABLES if table.since == since]
    for table in tables:
        db.conn.execute(table.create)
    about.write(db.conn, tables)  # type: ignore[arg-type]  # the driver is DB-API alike
    # In the same transaction: a file always has the tables of its version.
    db.conn.execute(f"PRAGMA user_version = {since}")


def tables_of(version: int) -> tuple[Table, ...]:
    """The tables that a file of this version has."""
    return tuple(table for table in TABLES if table.since <= version)


def difference(connection: Connection) -> Text:
    """What a file has that this program did not make, or lacks, as the end of a sentence; empty for nothing.

    A trigger or a changed rule would act on whatever is written, so nothing but reading may come before this.

    Raises:
        DBError: the list of its tables cannot be read.
    """
    expected = {("table", each.name): each.create for each in tables_of(number(connection, "user_version"))}
    for kind, name, owner, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall():
        if sql is None or _not_ours_to_judge(str(kind), str(name), str(owner)):
            continue
        statement = expected.pop((str(kind), str(name)), None)
        if statement is None:
            return tr("it has “{name}” ({kind}), which this program did not make", name=_shown(name), kind=_shown(kind))
        if statement != sql:
            return tr("its table “{name}” is not as this program made it", name=_shown(name))
    return next((tr("its table “{name}” is missing", name=_shown(name)) for _, name in expected), "")


def _not_ours_to_judge(kind: str, name: str, owner: str) -> bool:
    return kind in ("table", "index") and (owner == _MIGRATIONS.name or (kind == "table" and name in _STATISTICS))


def _shown(name: object) -> Verbatim:
    """A name out of somebody's file, fit for a terminal."""
    return Verbatim("".join(letter if letter.isprintable() else "�" for letter in str(name)[:60]))
