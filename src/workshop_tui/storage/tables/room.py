"""What the running program notes about itself: one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from workshop_tui.domain import events as ev
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table

KEYS: Final = 1
WORDS: Final = 2
"""What was destroyed here and may still be in the log and in copies; 0 where nothing is left. Words are more."""


class RoomRow(Struct, frozen=True, array_like=True):
    """What the one row says."""

    alive_ms: int
    """When the file was written to last, UTC milliseconds."""
    stopped_in_order: bool
    """Whether the last room closed the file in order."""
    writes: int
    """How many commits the file has seen."""
    owed: int
    """What was destroyed and may still be in the log and in copies: 0, `KEYS` or `WORDS`."""


def write(connection: Connection, *, alive_ms: int = 0, writes: int = 0) -> None:
    """The one row, in a new file."""
    connection.execute("INSERT INTO room (one, alive_ms, writes) VALUES (1, ?, ?)", (alive_ms, writes))


def note_start(connection: Connection) -> None:
    """A room starts with the file: until it says otherwise it was not closed in order."""
    connection.execute("UPDATE room SET stopped_in_order = 0, starts = starts + 1")


def note_stop(connection: Connection) -> None:
    """The file was closed in order, or is a copy that nobody has open."""
    connection.execute("UPDATE room SET stopped_in_order = 1")


def note_commit(connection: Connection, alive_ms: int) -> None:
    """One more commit, and when."""
    connection.execute("UPDATE room SET alive_ms = ?, writes = writes + 1", (alive_ms,))


def probe(connection: Connection) -> None:
    """Try out whether the file can be written again."""
    connection.execute("UPDATE room SET probes = probes + 1")


def note_settled(connection: Connection) -> None:
    """Nothing of what was destroyed is left anywhere that the program knows of."""
    connection.execute("UPDATE room SET owed = 0")


def _owe_keys(connection: Connection, _run: Sequence[ev.RoundKeyDestroyed]) -> None:
    connection.execute("UPDATE room SET owed = max(owed, ?)", (KEYS,))


def _owe_words(
    connection: Connection,
    _run: Sequence[ev.ContributionEmptied | ev.ReasonGone | ev.WordsWiped | ev.StoryKeyDestroyed],
) -> None:
    connection.execute("UPDATE room SET owed = ?", (WORDS,))


def read(connection: Connection) -> RoomRow:
    """What is noted.

    Raises:
        DamagedTable: there is no such row.
    """
    return Reader(connection).one("room", ", ".join(RoomRow.__struct_fields__), RoomRow)


def _read(reader: Reader) -> dict[str, Any]:
    alive_ms, clean = reader.one("room", "alive_ms, stopped_in_order", tuple[int, bool])
    return {"alive_ms": alive_ms, "clean": clean}


TABLE = Table(
    name="room",
    create="""CREATE TABLE room (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        alive_ms INTEGER NOT NULL DEFAULT 0,
        stopped_in_order INTEGER NOT NULL DEFAULT 1,
        starts INTEGER NOT NULL DEFAULT 0,
        writes INTEGER NOT NULL DEFAULT 0,
        probes INTEGER NOT NULL DEFAULT 0,
        owed INTEGER NOT NULL DEFAULT 0 CHECK (owed IN (0, 1, 2))
    ) STRICT""",
    words="What the running program notes about itself; one row.",
    columns={
        "one": "Always 1.",
        "alive_ms": "When the program last wrote to this file.",
        "stopped_in_order": "1 when the program that last had this file closed it properly.",
        "starts": "How often the file was opened to run.",
        "writes": "How many commits were made.",
        "probes": "How often writing was tried out after a fault.",
        "owed": "1 while destroyed keys, 2 while destroyed words may still be in the log or in copies: whatever opens "
        "the file to write next removes them first. 0 when nothing is left.",
    },
    writes={
        ev.RoundKeyDestroyed: _owe_keys,
        ev.ContributionEmptied: _owe_words,
        ev.ReasonGone: _owe_words,
        ev.WordsWiped: _owe_words,
        ev.StoryKeyDestroyed: _owe_words,
    },
    read=_read,
    redact=note_stop,
)
