"""Phones of which everything is held back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table


def _hold(connection: Connection, run: Sequence[ev.AuthorHeld]) -> None:
    for event in run:
        change = "INSERT OR IGNORE INTO author_on_hold VALUES (?)"
        connection.execute(change if event.hold else "DELETE FROM author_on_hold WHERE author = ?", (event.author,))


def _end(connection: Connection, _run: Sequence[ev.StoryKeyDestroyed] = ()) -> None:
    connection.execute("DELETE FROM author_on_hold")


def _read(reader: Reader) -> dict[str, Any]:
    authors = reader.all("author_on_hold", "author", tuple[bytes])
    return {"held_authors": frozenset(author for (author,) in authors)}


TABLE = Table(
    name="author_on_hold",
    create="""CREATE TABLE author_on_hold (
        author BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID""",
    words="Phones of which everything is held back, as in contribution.author; none once it has ended.",
    columns={"author": "HMAC-SHA-256 of the phone's name under the story key."},
    writes={ev.AuthorHeld: _hold, ev.StoryKeyDestroyed: _end},
    read=_read,
    redact=_end,
)
