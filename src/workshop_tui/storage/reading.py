"""From rows to values, with every type checked: a file is somebody's input like any other."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.events import JournalEvent, NoteWritten
from workshop_tui.domain.rows import AnswerRow, BallotRow, ContributionRow
from workshop_tui.domain.state import SessionState
from workshop_tui.domain.wire import wire_name
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.storage.chain import JournalRow, broken_at
from workshop_tui.storage.db import Connection
from workshop_tui.storage.projection import ITEM_COLUMNS, ROUND_COLUMNS, item_rows, round_rows

T = TypeVar("T")

_journal_decoder = msgspec.json.Decoder(JournalEvent)


class Unreadable(Exception):
    """The file's pages are sound, what stands in them is not; says which table."""


class Ballots(msgspec.Struct, frozen=True):
    """The votes of one round and what was counted when its key was destroyed."""

    rows: dict[bytes, BallotRow]
    sealed: dict[str | None, int] | None
    """How often each choice was counted, None for a skip; None as long as the round is not counted for good."""


def read_info(connection: Connection) -> SessionInfo:
    """What the session is.

    Raises:
        Unreadable: there is no such row or its agenda is not understood.
    """
    with _reading("session"):
        row = connection.execute(
            "SELECT id, code, agenda, agenda_name, agenda_sha256, created_at, scheduled_start, address, port "
            "FROM session"
        ).fetchone()
        values = msgspec.convert(row, tuple[str, str, str, str, str, int, int | None, str, int])
        id_, code, agenda, name, sha256, created_at, scheduled_start, address, port = values
        return SessionInfo(
            id=id_,
            code=code,
            agenda=msgspec.json.decode(agenda, type=Agenda),
            agenda_name=name,
            agenda_sha256=sha256,
            created_at=created_at,
            scheduled_start=scheduled_start,
            address=address,
            port=port,
        )


def read_journal(connection: Connection, info: SessionInfo) -> tuple[list[JournalRow], tuple[JournalEvent, ...]]:
    """The journal as rows and as events.

    Raises:
        Unreadable: the chain is broken or an event is not understood.
    """
    rows = _all(connection, "journal", "SELECT * FROM journal ORDER BY seq", JournalRow)
    broken = broken_at(info, rows)
    if broken is not None:
        raise Unreadable(f"row {broken} of the journal was changed, or one before it is missing")
    events: list[JournalEvent] = []
    for row in rows:
        with _reading(f"row {row.seq} of the journal"):
            event = _journal_decoder.decode(row.body)
        if (wire_name(type(event)), event.at) != (row.verb, row.at):
            raise Unreadable(f"row {row.seq} of the journal contradicts itself")
        events.append(event)
    return rows, tuple(events)


def disagreement(connection: Connection, state: SessionState) -> str:
    """The table in which the file says something else than its journal; empty when they agree."""
    for table, columns, expected in (
        ("item", ITEM_COLUMNS, item_rows(state)),
        ("round", ROUND_COLUMNS, round_rows(state)),
    ):
        found = connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608
        if {str(row[0]): tuple(row) for row in found} != expected:
            return table
    return ""


def read_ballots(connection: Connection) -> dict[str, Ballots]:
    """The votes of every round, by round."""
    # One whose key is kept for a second count is counted too.
    rounds = _all(connection, "round", "SELECT round, key_destroyed OR status = 'sealed' FROM round", tuple[str, bool])
    found = {round_: Ballots({}, {} if counted else None) for round_, counted in rounds}
    casts = _all(
        connection,
        "ballot",
        "SELECT round, voter, choice, revision, mark, segment FROM ballot",
        tuple[str, bytes, str | None, int, bytes, str],
    )
    counts = _all(
        connection, "sealed_count", "SELECT round, choice, count FROM sealed_count", tuple[str, str | None, int]
    )
    with _reading("ballot"):
        for round_, voter, choice, revision, mark, segment in casts:
            found[round_].rows[voter] = BallotRow(choice, revision, mark, segment)
    with _reading("sealed_count"):
        for round_, choice, count in counts:
            sealed = found[round_].sealed
            if sealed is None:
                raise Unreadable("there is a count of a round that was not sealed")
            sealed[choice] = count
    return found


def read_contributions(connection: Connection) -> tuple[ContributionRow, ...]:
    """Everything people said, in the order it came."""
    with _reading("contribution"):
        rows = connection.execute(
            "SELECT contribution, item, kind, body, consent, author, handling, minute, sid, sha256 "
            "FROM contribution ORDER BY number"
        ).fetchall()
        names = ContributionRow.__struct_fields__
        plain = [dict(zip(names, row, strict=True)) for row in rows]
        return tuple(msgspec.convert(plain, list[ContributionRow]))


def read_supporters(connection: Connection) -> frozenset[tuple[str, bytes]]:
    """Who wants to know which question, as (contribution, supporter)."""
    rows = _all(connection, "support", "SELECT contribution, supporter FROM support", tuple[str, bytes])
    return frozenset(rows)


def read_answers(connection: Connection) -> dict[str, AnswerRow]:
    """What became of questions, by contribution."""
    rows = _all(connection, "answer", "SELECT contribution, words, owner FROM answer", tuple[str, str, str])
    return {contribution: AnswerRow(words, owner) for contribution, words, owner in rows}


def read_notes(connection: Connection) -> tuple[tuple[NoteWritten, ...], frozenset[str]]:
    """Every note in the order written, and the names of those taken back."""
    with _reading("note"):
        rows = connection.execute(
            "SELECT note, kind, item, text, owner, due, at, dropped FROM note ORDER BY number"
        ).fetchall()
        names = NoteWritten.__struct_fields__
        plain = [dict(zip(names, row[:-1], strict=True)) for row in rows]
        notes = tuple(msgspec.convert(plain, list[NoteWritten]))
        return notes, frozenset(note.key for note, row in zip(notes, rows, strict=True) if row[-1])


def read_clean(connection: Connection) -> bool:
    """Whether the last room closed the file in order."""
    return _one(connection, "room", "SELECT stopped_in_order FROM room", tuple[bool])[0]


def read_writes(connection: Connection) -> int:
    """How many commits the file has seen."""
    return _one(connection, "room", "SELECT writes FROM room", tuple[int])[0]


def read_stored(
    connection: Connection,
    info: SessionInfo,
    journal: tuple[JournalEvent, ...],
    ballots: Mapping[str, Ballots],
    *,
    clean: bool,
) -> StoredSession:
    """Everything a room starts from.

    Raises:
        Unreadable: a table holds what it cannot hold.
    """
    people = _all(connection, "person", "SELECT person, token_hash, role FROM person", tuple[str, bytes, str])
    keys = _all(connection, "round", "SELECT round, key FROM round WHERE key NOTNULL", tuple[str, bytes])
    (story_key,) = _one(connection, "session", "SELECT story_key FROM session", tuple[bytes | None])
    held = _all(connection, "held_author", "SELECT author FROM held_author", tuple[bytes])
    (alive_ms,) = _one(connection, "room", "SELECT alive_ms FROM room", tuple[int])
    notes, dropped = read_notes(connection)
    return StoredSession(
        info=info,
        journal=journal,
        people={person: token for person, token, _ in people},
        roles={person: role for person, _, role in people if role},
        round_keys=dict(keys),
        story_key=story_key,
        ballots={round_: each.rows for round_, each in ballots.items()},
        contributions=read_contributions(connection),
        supporters=read_supporters(connection),
        answers=read_answers(connection),
        held_authors=frozenset(author for (author,) in held),
        notes=notes,
        dropped_notes=dropped,
        alive_ms=alive_ms,
        clean=clean,
    )


def _all(connection: Connection, place: str, sql: str, type_: type[T]) -> list[T]:
    with _reading(place):
        return msgspec.convert(connection.execute(sql).fetchall(), list[type_], strict=False)  # type: ignore[valid-type]  # a value to msgspec


def _one(connection: Connection, place: str, sql: str, type_: type[T]) -> T:
    with _reading(place):
        return msgspec.convert(connection.execute(sql).fetchone(), type_, strict=False)


@contextlib.contextmanager
def _reading(place: str) -> Iterator[None]:
    """Name the table in which something is not as it must be, and never its contents."""
    try:
        yield
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError, TypeError) as problem:
        raise Unreadable(f"“{place}” cannot be understood ({type(problem).__name__})") from problem
