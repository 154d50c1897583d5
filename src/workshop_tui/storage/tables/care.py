"""How contributions are to be treated, beside what their owners allowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Reader, Table, gone_with


def _write(connection: Connection, run: Sequence[ev.CareTaken]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO care (text, withheld, warnings) VALUES (?, ?, ?)",
        [(each.key, int(each.withheld), msgspec.json.encode(each.warnings).decode()) for each in run],
    )


def _row(row: Row) -> ev.CareTaken:
    key, withheld, warnings = row
    return ev.CareTaken(str(key), bool(withheld), msgspec.json.decode(str(warnings), type=tuple[str, ...]))


def _read(reader: Reader) -> dict[str, Any]:
    rows = reader.made("care", "text, withheld, warnings", _row, "ORDER BY text")
    return {"care": {each.key: each for each in rows}}


TABLE = Table(
    name="care",
    since=8,
    create="""CREATE TABLE care (
        text TEXT PRIMARY KEY,
        withheld INTEGER NOT NULL CHECK (withheld IN (0, 1)),
        warnings TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="How contributions are to be treated, beside what their owners allowed.",
    columns={
        "text": "The contribution.",
        "withheld": "1 for one that is for nobody, whatever its owner allowed.",
        "warnings": "What it speaks of, as a desk said: a JSON list of names.",
    },
    writes={
        ev.CareTaken: _write,
        ev.ContributionEmptied: gone_with("care", lambda event: (event.key,)),
        ev.WordsWiped: gone_with("care", lambda event: event.contributions),
    },
    read=_read,
)
