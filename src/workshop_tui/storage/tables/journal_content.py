"""The words and counts that journal rows are about: beside the chain, so that they can go."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table

Beside = tuple[str, bytes]
"""What a row of the journal is about, and its salt."""


def write(connection: Connection, rows: Sequence[tuple[int, str, bytes]]) -> None:
    """New rows, as (number of the journal's row, content, salt)."""
    connection.executemany("INSERT INTO journal_content (seq, content, salt) VALUES (?, ?, ?)", rows)


def read(connection: Connection) -> dict[int, Beside]:
    """Content and salt, by the number of the journal's row."""
    rows = Reader(connection).all("journal_content", "seq, content, salt", tuple[int, str, bytes])
    return {seq: (content, salt) for seq, content, salt in rows}


TABLE = Table(
    name="journal_content",
    create="""CREATE TABLE journal_content (
        seq INTEGER PRIMARY KEY REFERENCES journal,
        content TEXT NOT NULL,
        salt BLOB NOT NULL
    ) STRICT""",
    words="What rows of the journal are about: words that were typed, and counts. In the journal stands a digest in "
    "place of each.",
    columns={
        "seq": "The row of the journal.",
        "content": "What it is about, JSON.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and the content.",
    },
)
