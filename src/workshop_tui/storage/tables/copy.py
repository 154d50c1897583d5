"""Copies of the session that the program made itself: what goes from the file has to go from them too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table

CopyKind = Literal["snapshot", "rescue", "export", "newer", "original"]
"""One beside the session for the worst case, one saved when the file was lost, one that a report is made from, one that
holds more than the file that was opened, which stays, and the file in whose place this one is gone on with."""


def write(connection: Connection, path: Path, kind: CopyKind) -> None:
    """One more copy, or what one that is listed is from now on."""
    connection.execute(
        "INSERT INTO copy (path, kind, at) SELECT ?, ?, alive_ms FROM room WHERE true "
        "ON CONFLICT (path) DO UPDATE SET kind = excluded.kind",
        (str(path), kind),
    )


def forget(connection: Connection, paths: Iterable[Path]) -> None:
    """These are gone."""
    connection.executemany("DELETE FROM copy WHERE path = ?", [(str(path),) for path in paths])


def read(connection: Connection) -> dict[Path, CopyKind]:
    """What each listed copy is, by its path.

    Raises:
        DamagedTable: the table holds what it cannot hold.
    """
    rows = Reader(connection).all("copy", "path, kind", tuple[str, CopyKind])
    return {Path(path): kind for path, kind in rows}


TABLE = Table(
    name="copy",
    create="""CREATE TABLE copy (
        path TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('snapshot', 'rescue', 'export', 'newer', 'original')),
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="Copies of this session that the program made: they go when words or keys go. Those that people made are "
    "not in it.",
    columns={
        "path": "Where it lies; listed before it is written. Meanwhile it has the same name with a dot before it and "
        ".part behind.",
        "kind": "snapshot, rescue (saved when this file was lost), export (for making a report), newer (one that "
        "held more than this file when it was opened: it stays) or original (the file in whose place this one is "
        "gone on with: it goes when the write-up is finished).",
        "at": "When the program had last written to this file before.",
    },
)
