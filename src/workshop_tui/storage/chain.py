"""The journal's hash chain: each row carries the hash of the row before it, so that a gap or a change shows.

Against the owner of the file it proves something only if the last hash was written down elsewhere, on the closing
sheet for example.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from workshop_tui.domain.events import JournalEvent
from workshop_tui.domain.journal import body_of
from workshop_tui.domain.wire import wire_name
from workshop_tui.room.ports import SessionInfo


class JournalRow(Struct, frozen=True, array_like=True):
    """One row of the journal, as it is in the file."""

    seq: int
    """1 for the first."""
    at: int
    actor: str
    verb: str
    body: str
    """What the chain holds of the event, as JSON."""
    prev: bytes
    hash: bytes


def first_link(info: SessionInfo) -> bytes:
    """What stands for the row before the first: it ties the chain to one session and one agenda."""
    return hashlib.sha256(f"{info.id} {info.agenda_sha256}".encode()).digest()


def link(prev: bytes, seq: int, at: int, actor: str, verb: str, body: str) -> bytes:
    """The hash of a row: SHA-256 over the hash before it and the row's fields as a JSON list."""
    return hashlib.sha256(prev + msgspec.json.encode([seq, at, actor, verb, body])).digest()


def chained(info: SessionInfo, before: Sequence[JournalRow], events: Iterable[JournalEvent]) -> list[JournalRow]:
    """The rows that these events make, after those that are there."""
    rows: list[JournalRow] = []
    seq, prev = (before[-1].seq, before[-1].hash) if before else (0, first_link(info))
    for event in events:
        seq, verb, body = seq + 1, wire_name(type(event)), body_of(event)
        hash_ = link(prev, seq, event.at, event.who, verb, body)
        rows.append(JournalRow(seq, event.at, event.who, verb, body, prev, hash_))
        prev = hash_
    return rows


def broken_at(info: SessionInfo, rows: list[JournalRow]) -> int | None:
    """The number of the first row that does not follow from the one before it; None for a whole chain."""
    prev = first_link(info)
    for expected, row in enumerate(rows, start=1):
        hash_ = link(prev, row.seq, row.at, row.actor, row.verb, row.body)
        if (row.seq, row.prev, row.hash) != (expected, prev, hash_):
            return expected
        prev = hash_
    return None
