"""Who wants to know which question from the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, gone_with_contribution


def _write(connection: Connection, run: Sequence[ev.Upvoted]) -> None:
    for event in run:
        change = "INSERT OR IGNORE INTO upvote (contribution, upvoter) VALUES (?, ?)"
        if not event.on:
            change = "DELETE FROM upvote WHERE contribution = ? AND upvoter = ?"
        connection.execute(change, (event.contribution, event.upvoter))


def _read(reader: Reader) -> dict[str, Any]:
    return {"upvotes": frozenset(reader.all("upvote", "contribution, upvoter", tuple[str, bytes]))}


TABLE = Table(
    name="upvote",
    create="""CREATE TABLE upvote (
        contribution TEXT NOT NULL REFERENCES contribution (contribution),
        upvoter BLOB NOT NULL,
        PRIMARY KEY (contribution, upvoter)
    ) STRICT, WITHOUT ROWID""",
    words="Who wants to know which question from the room: one row for each phone and question, in no order and "
    "without a time.",
    columns={
        "contribution": "The question.",
        "upvoter": "HMAC-SHA-256, under the story key, of the phone's name and the question's: a phone has another "
        "name at each question. Once that key is destroyed nobody can tell whose any of them was.",
    },
    writes={ev.Upvoted: _write, ev.ContributionEmptied: gone_with_contribution("upvote")},
    read=_read,
)
