"""Rounds that are counted for good: what is known of each beside its counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import SealedRow
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table
from workshop_tui.storage.tables import sealed_count


def _write(connection: Connection, run: Sequence[ev.BallotsSealed]) -> None:
    connection.executemany(
        "INSERT INTO sealing (round, changes, salt) VALUES (?, ?, ?)",
        [(each.round, each.changes, each.salt) for each in run],
    )


def _read(reader: Reader) -> dict[str, Any]:
    rows = reader.all("sealing", "round, changes, salt", tuple[str, int, bytes])
    counts = sealed_count.read(reader)
    return {
        "sealed": {round_: SealedRow(tuple(counts.get(round_, ())), changes, salt) for round_, changes, salt in rows}
    }


TABLE = Table(
    name="sealing",
    create="""CREATE TABLE sealing (
        round TEXT PRIMARY KEY REFERENCES round,
        changes INTEGER NOT NULL,
        salt BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="Rounds that are counted for good.",
    columns={
        "round": "The round.",
        "changes": "How often somebody changed a vote.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and of the JSON list of the counts (lists "
        "of choice and people) and the changes.",
    },
    writes={ev.BallotsSealed: _write},
    read=_read,
)
