"""The live ballot of each voter in each round, in no order and without a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import BallotRow
from workshop_tui.messages import Verbatim
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, insert_into, reading
from workshop_tui.storage.tables.round import read_counted

_COLUMNS: Final = ("round", "voter", "choice", "revision", "receipt", "segment")

_CAST: Final = " ".join((
    insert_into("ballot", _COLUMNS),
    "ON CONFLICT (round, voter) DO UPDATE",
    "SET choice = excluded.choice, revision = excluded.revision, receipt = excluded.receipt",
))  # fmt: skip


def _cast(connection: Connection, run: Sequence[ev.BallotCast]) -> None:
    rows = [(each.round, each.voter, each.new, each.revision, each.receipt, each.segment) for each in run]
    connection.executemany(_CAST, rows)


def _seal(connection: Connection, run: Sequence[ev.BallotsSealed]) -> None:
    for event in run:
        connection.executemany(
            "UPDATE ballot SET choice = ? WHERE round = ? AND voter = ?",
            [(choice, event.round, voter) for voter, choice in event.instead],
        )
        which = "choice IS NULL AND " if event.groups == "kept" else ""
        connection.execute(f"UPDATE ballot SET segment = '' WHERE {which}round = ? AND segment <> ''", (event.round,))  # noqa: S608


def _forget_phones(connection: Connection, run: Sequence[ev.RoundKeyDestroyed]) -> None:
    connection.executemany(
        "UPDATE ballot SET receipt = x'', revision = 1 WHERE round = ?", [(each.round,) for each in run]
    )


def _read(reader: Reader) -> dict[str, Any]:
    casts = reader.each("ballot", ", ".join(_COLUMNS), tuple[str, bytes, str | None, int, bytes, str])
    found: dict[str, dict[bytes, BallotRow]] = {round_: {} for round_ in read_counted(reader)}
    # Equal answers, and equal rows once nothing of a phone is in them, are one value: of a large session most are.
    choices: dict[str | None, str | None] = {}
    rows: dict[BallotRow, BallotRow] = {}
    with reading(Verbatim("ballot")):
        for round_, voter, choice, revision, receipt, segment in casts:
            row = BallotRow(choices.setdefault(choice, choice), revision, receipt, segment)
            found[round_][voter] = row if receipt else rows.setdefault(row, row)
    return {"ballots": found}


def _redact(connection: Connection) -> None:
    """Empty the groups of every round that is not counted for good, and every receipt: they would outlive the keys."""
    connection.execute("UPDATE ballot SET receipt = x''")
    connection.execute(
        "UPDATE ballot SET segment = '' WHERE round IN "
        "(SELECT round FROM round WHERE key_destroyed = 0 AND status <> 'sealed')"
    )


TABLE = Table(
    name="ballot",
    create="""CREATE TABLE ballot (
        round TEXT NOT NULL REFERENCES round,
        voter BLOB NOT NULL,
        choice TEXT,
        revision INTEGER NOT NULL,
        receipt BLOB NOT NULL,
        segment TEXT NOT NULL,
        PRIMARY KEY (round, voter)
    ) STRICT, WITHOUT ROWID""",
    words="The live ballot of each voter in each round, in no order and without a time.",
    columns={
        "round": "The round.",
        "voter": "HMAC-SHA-256 of the phone's name under the round's key.",
        "choice": "What was chosen, JSON; empty for a skip.",
        "revision": "1 for the first, one more for each change; 1 again once the round's key is destroyed.",
        "receipt": "HMAC-SHA-256, 32 bytes each, of the last sendings under the round's key, newest first: a resend "
        "counts once. Empty once the key is destroyed.",
        "segment": "public or staff, where people were asked who they are here as. Emptied when the round is "
        "counted unless 10 of each group answered, and always where a question was skipped.",
    },
    writes={ev.BallotCast: _cast, ev.BallotsSealed: _seal, ev.RoundKeyDestroyed: _forget_phones},
    read=_read,
    redact=_redact,
)
