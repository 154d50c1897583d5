"""Of the codes with which people take their words back: a MAC of each, and never the code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop_tui.domain import events as ev
from workshop_tui.domain.private_codes import CodeRow
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, gone_with


def _give(connection: Connection, run: Sequence[ev.CodeGiven]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO private_code (text, key, mac) VALUES (?, ?, ?)",
        [(each.row.text, each.row.key, each.row.mac) for each in run],
    )


def _read(reader: Reader) -> dict[str, Any]:
    rows = reader.all("private_code", "text, key, mac", tuple[str, bytes, bytes], "ORDER BY text")
    return {"codes": tuple(CodeRow(*row) for row in rows)}


def _redact(connection: Connection) -> None:
    connection.execute("DELETE FROM private_code")


TABLE = Table(
    name="private_code",
    since=8,
    create="""CREATE TABLE private_code (
        text TEXT PRIMARY KEY,
        key BLOB NOT NULL,
        mac BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="Of the private codes with which people take their words back; the codes themselves are nowhere.",
    columns={
        "text": "The words that it belongs to.",
        "key": "Random; another for each.",
        "mac": "HMAC-SHA-256 of the code under that key.",
    },
    writes={
        ev.CodeGiven: _give,
        ev.ContributionEmptied: gone_with("private_code", lambda event: (event.key,)),
        ev.WordsWiped: gone_with("private_code", lambda event: event.contributions),
    },
    read=_read,
    redact=_redact,
)
