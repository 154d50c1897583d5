"""What stories are about, in the facilitator's words: all that stays of those that may not be told in their owner's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, gone_with_contribution


def _write(connection: Connection, run: Sequence[ev.RetellingWritten]) -> None:
    for event in run:
        connection.execute("DELETE FROM retelling WHERE contribution = ?", (event.contribution,))
        if event.words:
            row = (event.contribution, event.words, event.salt)
            connection.execute("INSERT INTO retelling (contribution, words, salt) VALUES (?, ?, ?)", row)


def _read(reader: Reader) -> dict[str, Any]:
    rows = reader.all("retelling", "contribution, words, salt", tuple[str, str, bytes])
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
    writes={ev.RetellingWritten: _write, ev.ContributionEmptied: gone_with_contribution("retelling")},
    read=_read,
)
