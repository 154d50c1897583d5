"""What the session is: one row, fixed when the file is made, but for the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.messages import Verbatim
from workshop_tui.room.ports import SessionInfo
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, insert_into, reading

_INFO: Final = SessionInfo.__struct_fields__
"""Columns that are called as its fields are."""


def write(connection: Connection, info: SessionInfo, agenda_file: bytes, story_key: bytes | None) -> None:
    """The one row, in a new file."""
    agenda = msgspec.json.encode(info.agenda).decode()
    row = {**msgspec.structs.asdict(info), "agenda": agenda, "agenda_file": agenda_file, "story_key": story_key}
    connection.execute(insert_into("session", row), tuple(row.values()))


def read_id(connection: Connection) -> str:
    """The session's id as the file says it, be it damaged; empty where it says none."""
    row = connection.execute("SELECT id FROM session").fetchone()
    return str(row[0]) if row else ""


def read_info(connection: Connection) -> SessionInfo:
    """What the session is.

    Raises:
        DamagedTable: there is no such row or its agenda is not understood.
    """
    row = Reader(connection).one("session", ", ".join(_INFO), tuple[Any, ...])
    with reading(Verbatim("session")):
        fields = dict(zip(_INFO, row, strict=True))
        return msgspec.convert({**fields, "agenda": msgspec.json.decode(fields["agenda"])}, SessionInfo)


def read_agenda_file(connection: Connection) -> bytes:
    """The agenda file, byte for byte.

    Raises:
        DamagedTable: there is none.
    """
    return Reader(connection).one("session", "agenda_file", tuple[bytes])[0]


def _read(reader: Reader) -> dict[str, Any]:
    return {"story_key": reader.one("session", "story_key", tuple[bytes | None])[0]}


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
