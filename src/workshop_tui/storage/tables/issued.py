"""Files that were written out of the session: whoever got one can be asked when words are taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import IssuedRow
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Reader, Table


def _note(connection: Connection, run: Sequence[ev.FilesIssued]) -> None:
    connection.executemany(
        "INSERT INTO issued (at, folder, names) VALUES (?, ?, ?)",
        [(each.row.at, each.row.folder, msgspec.json.encode(each.row.names).decode()) for each in run],
    )


def _made(row: Row) -> IssuedRow:
    _, at, folder, names = row
    return msgspec.convert({"at": at, "folder": folder, "names": msgspec.json.decode(str(names))}, IssuedRow)


def _read(reader: Reader) -> dict[str, Any]:
    return {"issued": tuple(reader.made("issued", "number, at, folder, names", _made, "ORDER BY number"))}


def _redact(connection: Connection) -> None:
    connection.execute("DELETE FROM issued")


TABLE = Table(
    name="issued",
    since=8,
    create="""CREATE TABLE issued (
        number INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        folder TEXT NOT NULL,
        names TEXT NOT NULL
    ) STRICT""",
    words="Files that were written out of this session: whoever got one can be asked when words are taken back.",
    columns={
        "number": "The order in which they were written.",
        "at": "When.",
        "folder": "The folder that they were written to.",
        "names": "Their names, JSON list.",
    },
    writes={ev.FilesIssued: _note},
    read=_read,
    redact=_redact,
)
