"""How reasons, answers and notes were dealt with; contributions have that in their own rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop_tui.domain import events as ev
from workshop_tui.domain.commands import Handling
from workshop_tui.domain.texts import answer_key
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, gone_with


def _write(connection: Connection, run: Sequence[ev.TextHandled]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO handling VALUES (?, ?)", [(each.text, each.handling) for each in run]
    )


def _read(reader: Reader) -> dict[str, Any]:
    return {"handlings": dict(reader.all("handling", "text, handling", tuple[str, Handling], "ORDER BY text"))}


TABLE = Table(
    name="handling",
    since=7,
    create="""CREATE TABLE handling (
        text TEXT PRIMARY KEY,
        handling TEXT NOT NULL CHECK (handling IN ('new', 'read', 'approved', 'on_hold'))
    ) STRICT, WITHOUT ROWID""",
    words="How reasons, answers and notes were dealt with. A reason that is not here was read by nobody; an answer or "
    "a note that is not here is approved.",
    columns={
        "text": "The reason, the note, or “answer.” and the question.",
        "handling": "new, read, approved, or on_hold: held back, and left out everywhere.",
    },
    writes={
        ev.TextHandled: _write,
        ev.ReasonsGiven: gone_with("handling", lambda event: event.gone),
        ev.ReasonGone: gone_with("handling", lambda event: (event.key,)),
        ev.ContributionEmptied: gone_with("handling", lambda event: (answer_key(event.key),)),
    },
    read=_read,
)
