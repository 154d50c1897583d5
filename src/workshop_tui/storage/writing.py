"""Writes what happened to the tables that it changes. Runs inside the store's transaction and never ends it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from workshop_tui.domain.events import TableEvent
from workshop_tui.domain.state import SessionState
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Projection, Table, Write, insert_into
from workshop_tui.storage.tables import TABLES


def collected(tables: Iterable[Table]) -> dict[type[Any], tuple[Write, ...]]:
    """What each type of table event changes, table by table in their order."""
    found: dict[type[Any], tuple[Write, ...]] = {}
    for table in tables:
        for type_, write in table.writes.items():
            found[type_] = (*found.get(type_, ()), write)
    return found


def _upsert(table: str, projection: Projection) -> str:
    key, *rest = projection.columns
    sets = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f"{insert_into(table, projection.columns)} ON CONFLICT ({key}) DO UPDATE SET {sets}"


WRITES: Final = collected(TABLES)

_PROJECTED: Final = [
    (_upsert(each.name, each.projection), each.projection.rows) for each in TABLES if each.projection is not None
]


def write_rows(connection: Connection, events: Sequence[TableEvent]) -> None:
    """The rows that table events change, in order; a run of ballots goes in one prepared statement."""
    for type_, run in itertools.groupby(events, type):
        same = list(run)
        for write in WRITES[type_]:
            write(connection, same)


def write_state(connection: Connection, before: SessionState | None, after: SessionState) -> None:
    """The rows that follow from the journal and are not as they were; all of them where `before` is None."""
    for upsert, rows in _PROJECTED:
        connection.executemany(upsert, _changed(rows(before) if before else {}, rows(after)))


def _changed(old: Mapping[str, Row], new: Mapping[str, Row]) -> list[Row]:
    return [row for key, row in new.items() if old.get(key) != row]


def redact(connection: Connection) -> None:
    """Empty what no second file may hold: keys, what ties rows to phones, and what can be taken back."""
    for table in TABLES:
        if table.redact:
            table.redact(connection)
