"""What notes rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.points import Tie
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, as_struct


def _change(connection: Connection, run: Sequence[ev.TiesChanged]) -> None:
    for event in run:
        statement = (
            "INSERT OR IGNORE INTO tie VALUES (?, ?, ?)"
            if event.tied
            else "DELETE FROM tie WHERE note = ? AND kind = ? AND ref = ?"
        )
        connection.executemany(statement, [msgspec.structs.astuple(each) for each in event.ties])


def _read(reader: Reader) -> dict[str, Any]:
    ties = reader.made("tie", "note, kind, ref", lambda row: as_struct(Tie, row), "ORDER BY note, kind, ref")
    return {"ties": tuple(ties)}


TABLE = Table(
    name="tie",
    since=9,
    create="""CREATE TABLE tie (
        note TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('result', 'contribution', 'reason', 'answer', 'note', 'received')),
        ref TEXT NOT NULL,
        PRIMARY KEY (note, kind, ref)
    ) STRICT, WITHOUT ROWID""",
    words="What notes rest on. A tie to words that are gone stays: it tells that there was something, and not what.",
    columns={
        "note": "The note.",
        "kind": "result, contribution, reason, answer, note or received: a point that was handed to the session.",
        "ref": "The round, the text, or the id of that point.",
    },
    writes={ev.TiesChanged: _change},
    read=_read,
)
