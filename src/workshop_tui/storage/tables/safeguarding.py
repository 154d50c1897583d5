"""Matters of somebody's safety that were handed on; never what was said, nor from which text it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.safeguarding import SafeguardingRow
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Reader, Table, as_struct

_COLUMNS: Final = (
    "matter", "at", "concern", "spoke_privately", "agreed", "handed_to", "handed_at", "reference", "closed_at",
)  # fmt: skip
"""As the fields of `SafeguardingRow`."""


def _write(connection: Connection, run: Sequence[ev.SafeguardingNoted]) -> None:
    names, marks = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
    sets = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
    statement = f"INSERT INTO safeguarding ({names}) VALUES ({marks}) ON CONFLICT (matter) DO UPDATE SET {sets}"  # noqa: S608 - names of ours
    connection.executemany(statement, [msgspec.structs.astuple(each.row) for each in run])


def _read(reader: Reader) -> dict[str, Any]:
    return {"safeguarding": tuple(reader.made("safeguarding", ", ".join(_COLUMNS), _row, "ORDER BY number"))}


def _row(row: Row) -> SafeguardingRow:
    return as_struct(SafeguardingRow, (*row[:3], bool(row[3]), *row[4:]))


def _redact(connection: Connection) -> None:
    connection.execute("DELETE FROM safeguarding")


TABLE = Table(
    name="safeguarding",
    since=8,
    create="""CREATE TABLE safeguarding (
        number INTEGER PRIMARY KEY,
        matter TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        concern TEXT NOT NULL CHECK (concern IN ('adult', 'child', 'staff_conduct', 'self_harm_risk', 'other')),
        spoke_privately INTEGER NOT NULL CHECK (spoke_privately IN (0, 1)),
        agreed TEXT NOT NULL CHECK (agreed IN ('yes', 'no', 'unable')),
        handed_to TEXT NOT NULL,
        handed_at INTEGER,
        reference TEXT NOT NULL,
        closed_at INTEGER
    ) STRICT""",
    words="Matters of somebody's safety that were handed on; never what was said. In no copy that is sent out.",
    columns={
        "number": "The order in which they were noted.",
        "matter": "A random name.",
        "at": "When it was noted, UTC milliseconds; this and the other times.",
        "concern": "adult, child, staff_conduct, self_harm_risk or other.",
        "spoke_privately": "1 where somebody spoke with the person in private.",
        "agreed": "Whether the person agreed: yes, no, or unable to be asked.",
        "handed_to": "The role that has it now; nobody where none has.",
        "handed_at": "When it was handed on.",
        "reference": "Under which the other system has it; empty where it gave none.",
        "closed_at": "When it was closed.",
    },
    writes={ev.SafeguardingNoted: _write},
    read=_read,
    redact=_redact,
)
