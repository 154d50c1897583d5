"""What each event changes in the tables. Runs inside the store's transaction and never ends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.roles import may_part
from workshop_tui.domain.state import SessionState
from workshop_tui.room.ports import SessionInfo
from workshop_tui.storage.chain import JournalRow
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.projection import ITEM_COLUMNS, ROUND_COLUMNS, item_rows, round_rows

_CAST = """INSERT INTO ballot (round, voter, choice, revision, mark, segment) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (round, voter) DO UPDATE
    SET choice = excluded.choice, revision = excluded.revision, mark = excluded.mark"""

_KEEP = """INSERT INTO contribution
    (contribution, item, kind, body, consent, author, handling, minute, sid, sha256)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def _upsert(table: str, columns: Sequence[str]) -> str:
    key, *rest = columns
    sets = ", ".join(f"{name} = excluded.{name}" for name in rest)
    marks = ", ".join("?" * len(columns))
    # The names are this package's own constants.
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {sets}"
    )


_ITEM = _upsert("item", ITEM_COLUMNS)
_ROUND = _upsert("round", ROUND_COLUMNS)


def write_session(connection: Connection, info: SessionInfo, agenda_file: bytes, story_key: bytes) -> None:
    """The one row that says what the session is."""
    agenda = msgspec.json.encode(info.agenda).decode()
    connection.execute(
        "INSERT INTO session VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            info.id, info.code, info.created_at, info.scheduled_start, info.address, info.port, story_key,
            info.agenda_name, info.agenda_sha256, agenda, agenda_file,
        ),
    )  # fmt: skip


def write_journal(connection: Connection, rows: Sequence[JournalRow]) -> None:
    """New rows at the end of the journal."""
    connection.executemany(
        "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(row.seq, row.at, row.actor, row.verb, row.body, row.prev, row.hash) for row in rows],
    )


def write_state(connection: Connection, before: SessionState | None, after: SessionState) -> None:
    """The rows of `item` and `round` that are not as they were; all of them where `before` is None."""
    old_items = item_rows(before) if before else {}
    old_rounds = round_rows(before) if before else {}
    connection.executemany(_ITEM, _changed(old_items, item_rows(after)))
    connection.executemany(_ROUND, _changed(old_rounds, round_rows(after)))


def _changed(old: Mapping[str, Row], new: Mapping[str, Row]) -> list[Row]:
    return [row for key, row in new.items() if old.get(key) != row]


def write_rows(connection: Connection, events: Sequence[ev.TableEvent]) -> None:
    """The rows that table events change, in order; a run of ballots goes in one prepared statement."""
    casts: list[Row] = []
    for event in events:
        if isinstance(event, ev.BallotCast):
            casts.append((event.round, event.voter, event.new, event.revision, event.receipt, event.segment))
            continue
        if casts:
            connection.executemany(_CAST, casts)
            casts = []
        _write_row(connection, event)
    if casts:
        connection.executemany(_CAST, casts)


def _write_row(connection: Connection, event: ev.TableEvent) -> None:
    match event:
        case ev.PersonJoined():
            connection.execute(
                "INSERT INTO person (person, token_hash, minute) VALUES (?, ?, ?)", msgspec.structs.astuple(event)
            )
        case ev.RoleTold():
            connection.execute("UPDATE person SET role = ? WHERE person = ?", (event.role, event.person))
        case ev.RoundKeyMade():
            connection.execute("UPDATE round SET key = ? WHERE round = ?", (event.key, event.round))
        case ev.RoundCounted():
            _count(connection, event.round)
        case ev.RoundKeyDestroyed():
            _destroy_key(connection, event.round, event.instead)
        case ev.ContributionKept():
            connection.execute(_KEEP, msgspec.structs.astuple(event.row))
        case ev.ContributionHandled():
            connection.execute(
                "UPDATE contribution SET handling = ? WHERE contribution = ?", (event.handling, event.key)
            )
        case ev.Supported():
            change = "INSERT OR IGNORE INTO support (contribution, supporter) VALUES (?, ?)"
            if not event.on:
                change = "DELETE FROM support WHERE contribution = ? AND supporter = ?"
            connection.execute(change, (event.contribution, event.supporter))
        case ev.AnswerWritten():
            connection.execute("DELETE FROM answer WHERE contribution = ?", (event.contribution,))
            if event.answer is not None:
                row = (event.contribution, *msgspec.structs.astuple(event.answer))
                connection.execute("INSERT INTO answer (contribution, words, owner) VALUES (?, ?, ?)", row)
        case ev.AuthorHeld():
            change = "INSERT OR IGNORE INTO held_author VALUES (?)"
            connection.execute(change if event.hold else "DELETE FROM held_author WHERE author = ?", (event.author,))
        case ev.NoteWritten():
            connection.execute(
                "INSERT INTO note (note, kind, item, text, owner, due, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                msgspec.structs.astuple(event),
            )
        case ev.NoteMarked():
            connection.execute("UPDATE note SET dropped = ? WHERE note = ?", (int(event.dropped), event.key))
        case ev.PrivateWiped():
            wipe_private(connection)
            # Without its key an author's name still tells which words are of one phone.
            connection.execute("UPDATE contribution SET author = x''")
            connection.execute("DELETE FROM held_author")
            connection.execute("UPDATE session SET story_key = NULL")
        case ev.BallotCast():
            raise AssertionError("ballots are written in runs")
        case _:
            assert_never(event)


def wipe_private(connection: Connection) -> None:
    """Empty what only the facilitator may read. The hash goes too: a few words could be guessed from it."""
    connection.execute("UPDATE contribution SET body = '', sha256 = x'' WHERE kind = 'private'")


def _destroy_key(connection: Connection, round_: str, instead: Sequence[tuple[str, int]]) -> None:
    """Count the ballots and destroy the key, once: a sealed round that becomes void keeps its count."""
    if instead:
        voters = connection.execute(
            "SELECT voter FROM ballot WHERE round = ? AND choice IS NOT NULL ORDER BY voter", (round_,)
        ).fetchall()
        choices = (choice for choice, count in instead for _ in range(count))
        connection.executemany(
            "UPDATE ballot SET choice = ? WHERE round = ? AND voter = ?",
            [(choice, round_, voter) for (voter,), choice in zip(voters, choices, strict=True)],
        )
    destroyed = connection.execute(
        "UPDATE round SET key = NULL, key_destroyed = 1 WHERE round = ? AND key_destroyed = 0", (round_,)
    )
    if destroyed.rowcount:
        _count(connection, round_)


def _count(connection: Connection, round_: str) -> None:
    """Keep what the ballots say beside them, once: one that was counted while its key was kept is not counted again."""
    if connection.execute("SELECT 1 FROM sealed_count WHERE round = ?", (round_,)).fetchone():
        return
    _forget_segments(connection, round_)
    connection.execute(
        "INSERT INTO sealed_count (round, choice, count) "
        "SELECT round, choice, count(*) FROM ballot WHERE round = ? GROUP BY choice ORDER BY choice",
        (round_,),
    )


def _forget_segments(connection: Connection, round_: str) -> None:
    """Empty which group a ballot is of: of every skip, and of all where a group is too small to be told apart."""
    counts = connection.execute(
        "SELECT segment, count(choice) FROM ballot WHERE round = ? GROUP BY segment", (round_,)
    ).fetchall()
    keeps = may_part({str(segment): int(str(count)) for segment, count in counts})
    which = "choice IS NULL AND " if keeps else ""
    connection.execute(f"UPDATE ballot SET segment = '' WHERE {which}round = ? AND segment <> ''", (round_,))  # noqa: S608


def forget_open_segments(connection: Connection) -> None:
    """Empty the groups of every round that is not counted for good: in a copy they would outlive its key."""
    connection.execute(
        "UPDATE ballot SET segment = '' WHERE round IN "
        "(SELECT round FROM round WHERE key_destroyed = 0 AND status <> 'sealed')"
    )
