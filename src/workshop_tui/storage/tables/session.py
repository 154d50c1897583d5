"""What the session is: one row, fixed when the file is made, but for the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Agenda
from workshop_tui.room.ports import SessionInfo
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Table, one_row, reading


def write(connection: Connection, info: SessionInfo, agenda_file: bytes, story_key: bytes | None) -> None:
    """The one row, in a new file."""
    agenda = msgspec.json.encode(info.agenda).decode()
    connection.execute(
        "INSERT INTO session VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            info.id, info.code, info.created_at, info.scheduled_start, info.write_up_by, info.write_up_until,
            info.address, info.port, story_key,
            info.agenda_name, info.agenda_sha256, agenda, agenda_file,
        ),
    )  # fmt: skip


def read_info(connection: Connection) -> SessionInfo:
    """What the session is.

    Raises:
        DamagedTable: there is no such row or its agenda is not understood.
    """
    with reading("session"):
        row = connection.execute(
            "SELECT id, code, agenda, agenda_name, agenda_sha256, created_at, scheduled_start, write_up_by, "
            "write_up_until, address, port "
            "FROM session"
        ).fetchone()
        values = msgspec.convert(row, tuple[str, str, str, str, str, int, int | None, str, int | None, str, int])
        id_, code, agenda, name, sha256, created_at, scheduled_start, by, until, address, port = values
        return SessionInfo(
            id=id_,
            code=code,
            agenda=msgspec.json.decode(agenda, type=Agenda),
            agenda_name=name,
            agenda_sha256=sha256,
            created_at=created_at,
            scheduled_start=scheduled_start,
            write_up_by=by,
            write_up_until=until,
            address=address,
            port=port,
        )


def read_agenda_file(connection: Connection) -> bytes:
    """The agenda file, byte for byte.

    Raises:
        DamagedTable: there is none.
    """
    return one_row(connection, "session", "SELECT agenda_file FROM session", tuple[bytes])[0]


def _read(connection: Connection) -> dict[str, Any]:
    (story_key,) = one_row(connection, "session", "SELECT story_key FROM session", tuple[bytes | None])
    return {"story_key": story_key}


def _forget_key(connection: Connection, _run: Sequence[ev.StoryKeyDestroyed] = ()) -> None:
    connection.execute("UPDATE session SET story_key = NULL")


TABLE = Table(
    name="session",
    create="""CREATE TABLE session (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        scheduled_start INTEGER,
        write_up_by TEXT NOT NULL,
        write_up_until INTEGER,
        address TEXT NOT NULL,
        port INTEGER NOT NULL,
        story_key BLOB,
        agenda_name TEXT NOT NULL,
        agenda_sha256 TEXT NOT NULL,
        agenda TEXT NOT NULL,
        agenda_file BLOB NOT NULL
    ) STRICT""",
    words="What this session is; one row, fixed when the file was made. Times here and everywhere: milliseconds since "
    "1970-01-01 00:00 UTC, unless a column says minutes.",
    columns={
        "one": "Always 1.",
        "id": "A random name, 16 hexadecimal digits.",
        "code": "The code people typed to join.",
        "created_at": "When the file was made.",
        "scheduled_start": "When the agenda wanted to start; empty when it does not say.",
        "write_up_by": "The last day on which the write-up can be finished by hand, as YYYY-MM-DD; empty for no end.",
        "write_up_until": "When that day ends: then it is finished by itself. Empty for no end.",
        "address": "The address printed in the QR code.",
        "port": "The port printed in the QR code.",
        "story_key": "The key that ties words to phones; destroyed when the write-up is finished.",
        "agenda_name": "The file name of the agenda.",
        "agenda_sha256": "SHA-256 of the agenda file.",
        "agenda": "The agenda as it was understood, JSON.",
        "agenda_file": "The agenda file itself, byte for byte.",
    },
    writes={ev.StoryKeyDestroyed: _forget_key},
    read=_read,
    redact=_forget_key,
)
