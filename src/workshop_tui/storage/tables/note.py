"""Notes, concerns, actions and promises the facilitator wrote down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, as_struct, insert_into

_COLUMNS: Final = ("note", "kind", "item", "text", "owner", "due", "at", "salt")
"""As the fields of `NoteWritten`."""


def _write(connection: Connection, run: Sequence[ev.NoteWritten]) -> None:
    connection.executemany(insert_into("note", _COLUMNS), [msgspec.structs.astuple(each) for each in run])


def _rewrite(connection: Connection, run: Sequence[ev.NoteRewritten]) -> None:
    connection.executemany(
        "UPDATE note SET text = ?, salt = ?, owner = coalesce(?, owner) WHERE note = ?",
        [(each.text, each.salt, each.owner, each.key) for each in run],
    )


def _mark(connection: Connection, run: Sequence[ev.NoteMarked]) -> None:
    connection.executemany(
        "UPDATE note SET dropped = ? WHERE note = ?", [(int(each.dropped), each.key) for each in run]
    )


def _read(reader: Reader) -> dict[str, Any]:
    columns = ", ".join((*_COLUMNS, "dropped"))
    notes = reader.made(
        "note", columns, lambda row: (as_struct(ev.NoteWritten, row[:-1]), bool(row[-1])), "ORDER BY number"
    )
    dropped = frozenset(note.key for note, is_dropped in notes if is_dropped)
    return {"notes": tuple(note for note, _ in notes), "dropped_notes": dropped}


TABLE = Table(
    name="note",
    create="""CREATE TABLE note (
        number INTEGER PRIMARY KEY,
        note TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('note', 'concern', 'action', 'promise')),
        item TEXT NOT NULL,
        text TEXT NOT NULL,
        owner TEXT NOT NULL,
        due TEXT NOT NULL,
        at INTEGER NOT NULL,
        salt BLOB NOT NULL,
        dropped INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    words="Notes, concerns, actions and promises the facilitator wrote down.",
    columns={
        "number": "The order in which they came.",
        "note": "A random name.",
        "kind": "note, concern, action or promise.",
        "item": "The item that was open; empty before the start.",
        "text": "The words.",
        "owner": "Who will do it; empty when not said.",
        "due": "The date it is due, as YYYY-MM-DD; empty when not said.",
        "at": "When it was written.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and of the JSON list of text, owner and "
        "due.",
        "dropped": "1 when it was taken back.",
    },
    writes={ev.NoteWritten: _write, ev.NoteRewritten: _rewrite, ev.NoteMarked: _mark},
    read=_read,
)
