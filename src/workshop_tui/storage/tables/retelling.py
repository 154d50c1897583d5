"""What stories are about, in the facilitator's words: all that stays of those that may not be told in their owner's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Table, all_rows


def _write(connection: Connection, run: Sequence[ev.RetellingWritten]) -> None:
    for event in run:
        connection.execute("DELETE FROM retelling WHERE contribution = ?", (event.contribution,))
        if event.words:
            row = (event.contribution, event.words, event.salt)
            connection.execute("INSERT INTO retelling (contribution, words, salt) VALUES (?, ?, ?)", row)


def _empty(connection: Connection, run: Sequence[ev.ContributionEmptied]) -> None:
    connection.executemany("DELETE FROM retelling WHERE contribution = ?", [(each.key,) for each in run])


def _read(connection: Connection) -> dict[str, Any]:
    sql = "SELECT contribution, words, salt FROM retelling"
    rows = all_rows(connection, "retelling", sql, tuple[str, str, bytes])
    return {"retellings": {row[0]: ev.RetellingWritten(*row) for row in rows}}


TABLE = Table(
    name="retelling",
    create="""CREATE TABLE retelling (
        contribution TEXT PRIMARY KEY REFERENCES contribution (contribution),
        words TEXT NOT NULL,
        salt BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="What stories are about in the facilitator's words, where their owners allow that and no more.",
    columns={
        "contribution": "The story.",
        "words": "What was written.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and the words.",
    },
    writes={ev.RetellingWritten: _write, ev.ContributionEmptied: _empty},
    read=_read,
)
