"""From rows to values, with every type checked: a file is somebody's input like any other."""

from __future__ import annotations

from workshop_tui.domain.events import JournalEvent
from workshop_tui.domain.state import SessionState
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import passing_over
from workshop_tui.storage.tables import TABLES


def read_stored(connection: Connection, info: SessionInfo, journal: tuple[JournalEvent, ...]) -> StoredSession:
    """Everything a room starts from; single rows that cannot be read are passed over and named.

    Raises:
        DamagedTable: a table holds what it cannot hold, and something else rests on it.
    """
    with passing_over() as damage:
        fields = {name: value for table in TABLES for name, value in table.read(connection).items()}
    return StoredSession(info=info, journal=journal, damage=tuple(damage), **fields)


def disagreement(connection: Connection, state: SessionState) -> str:
    """The table in which the file says something else than its journal; empty when they agree."""
    for table in TABLES:
        if table.projection is None:
            continue
        columns = ", ".join(table.projection.columns)
        found = connection.execute(f"SELECT {columns} FROM {table.name}").fetchall()  # noqa: S608
        if {str(row[0]): tuple(row) for row in found} != table.projection.rows(state):
            return table.name
    return ""
