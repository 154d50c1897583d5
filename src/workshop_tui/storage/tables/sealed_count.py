"""What was counted when a round's key was destroyed, to hold a recount against."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Table, Unreadable, all_rows, reading
from workshop_tui.storage.tables.round import read_counted

Counts = dict[str | None, int]
"""How often each choice was counted, as canonical JSON; None for a skip."""


def is_counted(connection: Connection, round_: str) -> bool:
    """Whether what a round's ballots say is kept already."""
    return connection.execute("SELECT 1 FROM sealed_count WHERE round = ?", (round_,)).fetchone() is not None


def read(connection: Connection) -> dict[str, Counts | None]:
    """What was counted, by round; None as long as a round is not counted for good.

    Raises:
        Unreadable: the table holds what it cannot hold.
    """
    found: dict[str, Counts | None] = {
        round_: {} if counted else None for round_, counted in read_counted(connection).items()
    }
    sql = "SELECT round, choice, count FROM sealed_count"
    counts = all_rows(connection, "sealed_count", sql, tuple[str, str | None, int])
    with reading("sealed_count"):
        for round_, choice, count in counts:
            sealed = found[round_]
            if sealed is None:
                raise Unreadable("there is a count of a round that was not sealed")
            sealed[choice] = count
    return found


def _count(connection: Connection, run: Sequence[ev.RoundCounted | ev.RoundKeyDestroyed]) -> None:
    """Count the ballots, once: a count made while the key was kept stands, and that of a round that becomes void."""
    for event in run:
        if not is_counted(connection, event.round):
            connection.execute(
                "INSERT INTO sealed_count (round, choice, count) "
                "SELECT round, choice, count(*) FROM ballot WHERE round = ? GROUP BY choice ORDER BY choice",
                (event.round,),
            )


TABLE = Table(
    name="sealed_count",
    create="""CREATE TABLE sealed_count (
        round TEXT NOT NULL REFERENCES round,
        choice TEXT,
        count INTEGER NOT NULL,
        UNIQUE (round, choice)
    ) STRICT""",
    words="What was counted when a round's key was destroyed, to hold a recount against.",
    columns={
        "round": "The round.",
        "choice": "The choice, JSON; empty for a skip.",
        "count": "How many made it.",
    },
    writes={ev.RoundCounted: _count, ev.RoundKeyDestroyed: _count},
)
