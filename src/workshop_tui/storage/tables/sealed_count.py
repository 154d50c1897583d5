"""What was counted of a round for good, to hold a recount against."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table


def _write(connection: Connection, run: Sequence[ev.BallotsSealed]) -> None:
    connection.executemany(
        "INSERT INTO sealed_count (round, choice, count) VALUES (?, ?, ?)",
        [(event.round, choice, people) for event in run for choice, people in event.counts],
    )


def read(reader: Reader) -> dict[str, list[tuple[str | None, int]]]:
    """What was counted, by round, as (choice, people); sorted, skips first."""
    found: dict[str, list[tuple[str | None, int]]] = {}
    order = "ORDER BY round, choice NOTNULL, choice"
    for round_, choice, people in reader.all(
        "sealed_count", "round, choice, count", tuple[str, str | None, int], order
    ):
        found.setdefault(round_, []).append((choice, people))
    return found


TABLE = Table(
    name="sealed_count",
    create="""CREATE TABLE sealed_count (
        round TEXT NOT NULL REFERENCES round,
        choice TEXT,
        count INTEGER NOT NULL,
        UNIQUE (round, choice)
    ) STRICT""",
    words="What was counted of a round for good, to hold a recount against.",
    columns={
        "round": "The round.",
        "choice": "The choice, JSON; empty for a skip.",
        "count": "How many made it.",
    },
    writes={ev.BallotsSealed: _write},
)
