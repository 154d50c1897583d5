"""Each opening of a vote. All but the key follows from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from workshop_tui.domain import events as ev
from workshop_tui.domain.state import Round, SessionState
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Projection, Reader, Table


def read_counted(reader: Reader) -> dict[str, bool]:
    """Whether each round is counted for good, by round."""
    # One whose key is kept for a second count is counted too.
    return dict(reader.all("round", "round, key_destroyed OR status = 'sealed'", tuple[str, bool]))


def _read(reader: Reader) -> dict[str, Any]:
    return {"round_keys": dict(reader.all("round", "round, key", tuple[str, bytes], "WHERE key NOTNULL"))}


def _make_keys(connection: Connection, run: Sequence[ev.RoundKeyMade]) -> None:
    connection.executemany("UPDATE round SET key = ? WHERE round = ?", [(each.key, each.round) for each in run])


def _destroy_keys(connection: Connection, run: Sequence[ev.RoundKeyDestroyed]) -> None:
    connection.executemany(
        "UPDATE round SET key = NULL, key_destroyed = 1 WHERE round = ?", [(each.round,) for each in run]
    )


def _redact(connection: Connection) -> None:
    connection.execute("UPDATE round SET key = NULL")


def _rows(state: SessionState) -> dict[str, Row]:
    return {each.key: _row(each) for each in state.rounds}


def _row(each: Round) -> Row:
    return (
        each.key, each.item, each.number, each.kind, each.question, msgspec.json.encode(each.config).decode(),
        each.status, each.opened_at, each.closed_at, each.sealed_at, each.revealed_at, int(each.shown), each.reason,
        each.present, each.joined, each.again, each.kept_for, _json(each.compared), _json(each.tie),
    )  # fmt: skip


def _json(value: Struct | None) -> str:
    return "" if value is None else msgspec.json.encode(value).decode()


_FROM_THE_JOURNAL: Final = {
    "round": "The round's name: the item's name, a dot, the number.",
    "item": "The item it belongs to.",
    "number": "1 for the first round of its item.",
    "kind": "The kind of vote.",
    "question": "The question as it was asked.",
    "config": "The vote's settings and options as they were asked, JSON.",
    "status": "open, closed, sealed (counted for good) or void (does not count).",
    "opened_at": "When phones could start to vote.",
    "closed_at": "When votes were no longer taken.",
    "sealed_at": "When it was counted for good.",
    "revealed_at": "When the room first saw the result.",
    "shown": "1 while the room may see the result.",
    "reason": "Why it is void.",
    "present": "People in the room when it closed, as counted by the facilitator.",
    "joined": "Phones that had joined when it closed, without those that only look on.",
    "again": "The earlier round whose question was asked again in this one; empty for none.",
    "kept_for": "The item that will ask the same again: the key is kept until that is counted. Empty for every other "
    "round, and once the key is destroyed.",
    "compared": "How many answered both times and how many of them gave another answer, JSON; empty where nothing was "
    "compared. Never who.",
    "tie": "What the facilitator named out of a tied first place, and why, JSON; empty for none.",
}

TABLE = Table(
    name="round",
    create="""CREATE TABLE round (
        round TEXT PRIMARY KEY,
        item TEXT NOT NULL REFERENCES item,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        question TEXT NOT NULL,
        config TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'sealed', 'void')),
        opened_at INTEGER NOT NULL,
        closed_at INTEGER,
        sealed_at INTEGER,
        revealed_at INTEGER,
        shown INTEGER NOT NULL,
        reason TEXT NOT NULL,
        present INTEGER,
        joined INTEGER NOT NULL,
        again TEXT NOT NULL,
        kept_for TEXT NOT NULL,
        compared TEXT NOT NULL,
        tie TEXT NOT NULL,
        key BLOB,
        key_destroyed INTEGER NOT NULL DEFAULT 0,
        UNIQUE (item, number)
    ) STRICT, WITHOUT ROWID""",
    words="Each opening of a vote.",
    columns={
        **_FROM_THE_JOURNAL,
        "key": "The key that ties ballots to phones; empty once destroyed, and in every copy. It outlives the counting "
        "only where kept_for says so.",
        "key_destroyed": "1 once the key was destroyed: nobody can link a ballot to a phone any more.",
    },
    writes={ev.RoundKeyMade: _make_keys, ev.RoundKeyDestroyed: _destroy_keys},
    projection=Projection(tuple(_FROM_THE_JOURNAL), _rows),
    read=_read,
    redact=_redact,
)
