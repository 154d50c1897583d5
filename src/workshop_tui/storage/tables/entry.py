"""In which registers notes are, and what is said of them there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.registers import EntryRow, Fields
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Reader, Table


def _write(connection: Connection, run: Sequence[ev.EntrySorted]) -> None:
    for event in run:
        connection.execute("DELETE FROM entry WHERE note = ?", (event.note,))
        if event.entry is not None:
            fields = msgspec.json.encode(event.entry.fields).decode()
            connection.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?)", (event.note, event.entry.register, fields, event.salt)
            )


def _made(row: Row) -> ev.EntrySorted:
    note, register, fields, salt = msgspec.convert(row, tuple[str, str, str, bytes])
    said = {"register": register, "fields": msgspec.json.decode(fields, type=Fields)}
    return ev.EntrySorted(note, msgspec.convert(said, EntryRow), salt)


def _read(reader: Reader) -> dict[str, Any]:
    rows = reader.made("entry", "note, register, fields, salt", _made, "ORDER BY note")
    return {"entries": {each.note: each for each in rows}}


TABLE = Table(
    name="entry",
    since=9,
    create="""CREATE TABLE entry (
        note TEXT PRIMARY KEY,
        register TEXT NOT NULL,
        fields TEXT NOT NULL,
        salt BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="In which registers notes are. One that is not here is in the register of its kind, or to be sorted.",
    columns={
        "note": "The note.",
        "register": "point, concern, action, promise, question and so on.",
        "fields": "What is said of it there, as JSON: by the names of the register's fields.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and the JSON list of register and fields.",
    },
    writes={ev.EntrySorted: _write},
    read=_read,
)
