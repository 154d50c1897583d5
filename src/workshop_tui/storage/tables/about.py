"""What every table and column holds, in words, for people who read the file."""

from __future__ import annotations

from collections.abc import Iterable

from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Table


def write(connection: Connection, tables: Iterable[Table]) -> None:
    """Say what these tables and their columns hold."""
    places = {each.name: each.words for each in tables}
    places |= {f"{each.name}.{column}": words for each in tables for column, words in each.columns.items()}
    connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(places.items()))


TABLE = Table(
    name="about",
    create="""CREATE TABLE about (
        place TEXT PRIMARY KEY,
        words TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="This table: what every table and column holds.",
    columns={
        "place": "The name of a table, or of a column as table.column.",
        "words": "What it holds.",
    },
)
