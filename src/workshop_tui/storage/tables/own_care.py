"""Requests to be contacted about somebody's own care; never whose they are, nor what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.own_care import OwnCareRow
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Reader, Table, as_struct

_COLUMNS: Final = ("request", "asked_at", "routed_to", "reference", "contacted_at")
"""As the fields of `OwnCareRow`."""


def _write(connection: Connection, run: Sequence[ev.OwnCareNoted]) -> None:
    names, marks = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
    sets = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
    statement = f"INSERT INTO own_care ({names}) VALUES ({marks}) ON CONFLICT (request) DO UPDATE SET {sets}"  # noqa: S608 - names of ours
    connection.executemany(statement, [msgspec.structs.astuple(each.row) for each in run])


def _go(connection: Connection, run: Sequence[ev.OwnCareGone]) -> None:
    connection.executemany("DELETE FROM own_care WHERE request = ?", [(key,) for each in run for key in each.requests])


def _read(reader: Reader) -> dict[str, Any]:
    return {"own_care": tuple(reader.made("own_care", ", ".join(_COLUMNS), _row, "ORDER BY number"))}


def _row(row: Row) -> OwnCareRow:
    return as_struct(OwnCareRow, row)


def _redact(connection: Connection) -> None:
    connection.execute("DELETE FROM own_care")


TABLE = Table(
    name="own_care",
    since=9,
    create="""CREATE TABLE own_care (
        number INTEGER PRIMARY KEY,
        request TEXT NOT NULL UNIQUE,
        asked_at INTEGER NOT NULL,
        routed_to TEXT NOT NULL,
        reference TEXT NOT NULL,
        contacted_at INTEGER
    ) STRICT""",
    words="Requests to be contacted about somebody's own care; never whose or what. In no copy that is sent out.",
    columns={
        "number": "The order in which they came.",
        "request": "A random name; its first four letters are the code that was shown to whoever asked.",
        "asked_at": "When it was asked for, UTC milliseconds, whole minutes; this and the other time.",
        "routed_to": "Who sees to it; nobody where that is not said yet.",
        "reference": "Under which the other system has it; empty where it gave none.",
        "contacted_at": "When somebody was contacted; empty as long as nobody was.",
    },
    writes={ev.OwnCareNoted: _write, ev.OwnCareGone: _go},
    read=_read,
    redact=_redact,
)
