"""What people gave as reasons for their answers, apart from the ballots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import ReasonRow
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, insert_into

_COLUMNS: Final = ("reason", "round", "voter", "body", "salt")
"""As the fields of `ReasonRow`."""


def _give(connection: Connection, run: Sequence[ev.ReasonsGiven]) -> None:
    # One by one: of two changes by one person in a batch the second takes the place of the first.
    for event in run:
        if event.gone:
            connection.executemany("DELETE FROM reason WHERE reason = ?", [(key,) for key in event.gone])
        if event.reasons:
            rows = [msgspec.structs.astuple(row) for row in event.reasons]
            connection.executemany(insert_into("reason", _COLUMNS), rows)


def _delete(connection: Connection, run: Sequence[ev.ReasonGone]) -> None:
    connection.executemany("DELETE FROM reason WHERE reason = ?", [(event.key,) for event in run])


def _seal(connection: Connection, run: Sequence[ev.BallotsSealed]) -> None:
    connection.executemany(
        "UPDATE reason SET salt = ? WHERE reason = ?", [(salt, key) for event in run for key, salt in event.reasons]
    )


def _unlink(connection: Connection, run: Sequence[ev.RoundKeyDestroyed]) -> None:
    connection.executemany("UPDATE reason SET voter = x'' WHERE round = ?", [(event.round,) for event in run])


def _read(reader: Reader) -> dict[str, Any]:
    rows = reader.all("reason", ", ".join(_COLUMNS), tuple[str, str, bytes, str, bytes], "ORDER BY reason")
    return {"reasons": tuple(ReasonRow(*row) for row in rows)}


def _redact(connection: Connection) -> None:
    """A copy has no keys, so nobody can change a vote there: nothing has to be found again."""
    connection.execute("UPDATE reason SET voter = x''")


TABLE = Table(
    name="reason",
    create="""CREATE TABLE reason (
        reason TEXT PRIMARY KEY,
        round TEXT NOT NULL REFERENCES round,
        voter BLOB NOT NULL,
        body TEXT NOT NULL,
        salt BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="What people gave as reasons for their answers, one row for each, in no order and without a time.",
    columns={
        "reason": "A random name.",
        "round": "The round.",
        "voter": "As in “ballot”. Emptied when the round's key is destroyed, and in every copy: nobody can tell then "
        "which reasons are of one person, or what else they answered.",
        "body": "The one answer that it explains, and the words, JSON.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and the body. Empty until the round is "
        "sealed.",
    },
    writes={
        ev.ReasonsGiven: _give,
        ev.ReasonGone: _delete,
        ev.BallotsSealed: _seal,
        ev.RoundKeyDestroyed: _unlink,
    },
    read=_read,
    redact=_redact,
)
