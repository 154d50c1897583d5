"""What is in a session file: read with every type checked, for a file is somebody's input like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from msgspec import Struct

from workshop_tui.domain.events import JournalEvent
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.state import SessionState, new_state
from workshop_tui.errors import DamagedSessionFile
from workshop_tui.messages import Verbatim, tr
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.storage import db, schema, words
from workshop_tui.storage.chain import JournalRow
from workshop_tui.storage.db import Connection
from workshop_tui.storage.peeking import check_version
from workshop_tui.storage.table import DamagedTable, Reader
from workshop_tui.storage.tables import TABLES, journal, journal_content, room, session


class Claims(Struct, frozen=True):
    """What a file says of itself, before anything in it is checked."""

    session: str
    """The session's id."""
    agenda_name: str
    alive_ms: int
    """When it was made or, where a room had it since, last written to."""
    writes: int
    journal: int
    """How many rows its journal has."""

    @classmethod
    def of(cls, info: SessionInfo, alive_ms: int, writes: int, journal: int) -> Self:
        """What a file says that is, or says it is, of this session."""
        return cls(info.id, info.agenda_name, max(alive_ms, info.created_at), writes, journal)


class Contents(Struct, frozen=True):
    """Everything in a sound file."""

    stored: StoredSession
    rows: list[JournalRow]
    beside: dict[int, journal_content.Beside]
    """Words and counts that rows of the journal are about, by the row's number."""
    agenda_file: bytes
    state: SessionState
    """The journal through `domain.evolve`."""
    writes: int
    """How many commits the file has seen."""
    owed: bool = False
    """Whether what was destroyed may still be in the log and in copies."""

    @property
    def info(self) -> SessionInfo:
        """What the session is."""
        return self.stored.info

    @property
    def claims(self) -> Claims:
        """The little that can be compared with other files."""
        return Claims.of(self.info, self.stored.alive_ms, self.writes, len(self.rows))


def read_contents(connection: Connection, path: Path, *, locked: bool) -> Contents:
    """The checks of an open file, one after the other, and what it says about itself.

    Raises:
        SessionFileError: a check failed; `path` is named.
        DBError: it cannot be read.
    """
    if db.number(connection, "application_id") != db.APPLICATION_ID:
        raise words.not_ours(path)
    check_version(path, db.number(connection, "user_version"))
    if db.check(connection, thorough=False):
        raise words.damaged(path, tr("its pages do not fit together"), locked=locked)
    if how := schema.difference(connection):
        raise DamagedSessionFile(
            tr(
                "“{name}” was changed by another program: {how}. It was not changed now and will not be written to.",
                name=Verbatim(path.name),
                how=how,
            ),
            advice=tr("If there is a copy of it from before, use the copy."),
        )
    try:
        noted = room.read(connection)
        if not noted.stopped_in_order and db.check(connection, thorough=True):
            raise words.damaged(path, tr("its pages do not fit together"), locked=locked)
        info = session.read_info(connection)
        rows, beside, events = journal.read(connection, info)
        agenda_file = session.read_agenda_file(connection)
        state = evolve_all(new_state(info.agenda), events)
        table = disagreement(connection, state)
        if table:
            raise words.damaged(
                path, tr("its table “{table}” does not agree with its journal", table=Verbatim(table)), locked=locked
            )
        stored = read_stored(connection, info, events)
    except DamagedTable as problem:
        raise words.damaged(path, problem.words, locked=locked) from problem
    return Contents(stored, rows, beside, agenda_file, state, noted.writes, owed=noted.owed > 0)


def read_stored(connection: Connection, info: SessionInfo, journal: tuple[JournalEvent, ...]) -> StoredSession:
    """Everything a room starts from; single rows that cannot be read are passed over and named.

    Raises:
        DamagedTable: a table holds what it cannot hold, and something else rests on it.
    """
    reader = Reader(connection, passing_over=True)
    tables = schema.tables_of(db.number(connection, "user_version"))
    fields = {name: value for table in tables for name, value in table.read(reader).items()}
    return StoredSession(info=info, journal=journal, damage=tuple(reader.damage), **fields)


def disagreement(connection: Connection, state: SessionState) -> str:
    """The table in which the file says something else than its journal; empty when they agree."""
    for table in TABLES:
        if table.projection is None:
            continue
        columns = ", ".join(table.projection.columns)
        found = connection.execute(f"SELECT {columns} FROM {table.name}").fetchall()  # noqa: S608
        if {str(row[0]): tuple(row) for row in found} != table.projection.rows(state):
            return table.name
    return ""
