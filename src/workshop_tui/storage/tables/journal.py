"""What happened, first to last, in a chain of hashes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from workshop_tui.domain.events import JournalEvent
from workshop_tui.domain.journal import event_from
from workshop_tui.domain.wire import wire_name
from workshop_tui.messages import Verbatim, tr
from workshop_tui.room.ports import SessionInfo
from workshop_tui.storage.chain import JournalRow, broken_at
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import DamagedTable, Reader, Table, reading
from workshop_tui.storage.tables import journal_content


def write(connection: Connection, rows: Sequence[JournalRow]) -> None:
    """New rows at the end of the journal."""
    connection.executemany(
        "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)",
        [msgspec.structs.astuple(row) for row in rows],
    )


def count(connection: Connection) -> int:
    """How many rows there are."""
    return Reader(connection).one("journal", "count(*)", tuple[int])[0]


def read(
    connection: Connection, info: SessionInfo
) -> tuple[list[JournalRow], dict[int, journal_content.Beside], tuple[JournalEvent, ...]]:
    """The journal as rows, with what stands beside them, and as events.

    Raises:
        DamagedTable: the chain is broken or an event is not understood.
    """
    rows = Reader(connection).all("journal", "*", JournalRow, "ORDER BY seq")
    broken = broken_at(info, rows)
    if broken is not None:
        raise DamagedTable(
            tr("row {row} of the journal was changed, or one before it is missing", row=Verbatim(str(broken)))
        )
    events: list[JournalEvent] = []
    contents = journal_content.read(connection)
    for row in rows:
        with reading(tr("row {row} of the journal", row=Verbatim(str(row.seq)))):
            event = event_from(row.body, *contents.get(row.seq, (None, None)))
        if (wire_name(type(event)), event.at, event.who) != (row.verb, row.at, row.actor):
            raise DamagedTable(tr("row {row} of the journal contradicts itself", row=Verbatim(str(row.seq))))
        events.append(event)
    return rows, contents, tuple(events)


TABLE = Table(
    name="journal",
    create="""CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        verb TEXT NOT NULL,
        body TEXT NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL
    ) STRICT""",
    words="What happened, first to last; never a vote, a key or a word that anybody typed. Each row's hash covers the "
    "hash of the row before.",
    columns={
        "seq": "1 for the first row; no number is missing.",
        "at": "When; of what a phone did only the minute.",
        "actor": "Who asked for it: facilitator, co_lead, helper, phone, or the room itself.",
        "verb": "What happened.",
        "body": "The event, JSON; for words and counts a digest, and what it is of in journal_content or in another "
        "table.",
        "prev": "The hash of the row before; for the first row SHA-256 of the session's id, a space and agenda_sha256.",
        "hash": "SHA-256 of prev followed by the JSON list [seq, at, actor, verb, body] without spaces.",
    },
)
