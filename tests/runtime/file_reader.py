"""Reads a session file with Python's own SQLite, and nothing of the product: an independent witness."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from msgspec import Struct

RECEIPT_BYTES = 32


class Kept(Struct, frozen=True):
    """What is in a session file."""

    stories: list[tuple[str, str, str]]
    """(submission id, body, consent), in the order they came."""
    ballots: dict[str, dict[bytes, tuple[str | None, int, bytes]]]
    """By round and voter: choice, revision and the receipt of the sending that made it."""
    keys: dict[str, bytes | None]
    """The key of each round."""
    people: dict[bytes, str]
    """By the hash of the phone's token."""
    changes: int
    """How often somebody changed a vote: of sealed rounds as it was counted then."""
    alive_ms: int
    in_order: bool
    """Whether the room that had the file last closed it."""

    def ballot(self, round_: str, token: str) -> tuple[str | None, int, bytes] | None:
        """The ballot of the phone with this token."""
        key = self.keys[round_]
        assert key is not None, "the round is sealed"
        person = self.people[hashlib.sha256(token.encode()).digest()]
        return self.ballots.get(round_, {}).get(hmac.digest(key, person.encode(), "sha256"))

    def receipt(self, round_: str, sid: str, choice: str) -> bytes:
        """How a sending is kept beside a ballot."""
        key = self.keys[round_]
        assert key is not None, "the round is sealed"
        return hmac.digest(key, f"{sid} {choice}".encode(), "sha256")

    def counts(self, round_: str) -> Counter[str | None]:
        """The round counted again, by option."""
        chosen = (choice for choice, _, _ in self.ballots.get(round_, {}).values())
        return Counter(None if choice is None else str(json.loads(choice)["option"]) for choice in chosen)


def read_file(session: Path, scratch: Path) -> Kept:
    """Read a stopped or killed room's file from a copy, after checking its pages and its journal's chain."""
    scratch.mkdir(exist_ok=True)
    copy = scratch / "copy.db"
    for ending in ("", "-wal"):
        beside = session.with_name(session.name + ending)
        target = scratch / f"copy.db{ending}"
        target.unlink(missing_ok=True)
        if beside.exists():
            shutil.copyfile(beside, target)
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        _check_chain(db)
        ballots: dict[str, dict[bytes, tuple[str | None, int, bytes]]] = {}
        for round_, voter, choice, revision, receipt in db.execute(
            "SELECT round, voter, choice, revision, receipt FROM ballot"
        ):
            # Receipts of the last few sendings may follow; the newest one stands first.
            ballots.setdefault(round_, {})[voter] = (choice, revision, receipt[:RECEIPT_BYTES])
        sealed = dict(db.execute("SELECT round, changes FROM sealing").fetchall())
        changes = (
            sealed.get(round_, sum(revision - 1 for _, revision, _ in rows.values()))
            for round_, rows in ballots.items()
        )
        alive_ms, in_order = db.execute("SELECT alive_ms, stopped_in_order FROM room").fetchone()
        return Kept(
            stories=db.execute("SELECT submission_id, body, consent FROM contribution ORDER BY number").fetchall(),
            ballots=ballots,
            keys=dict(db.execute("SELECT round, key FROM round").fetchall()),
            people=dict(db.execute("SELECT token_hash, person FROM person").fetchall()),
            changes=sum(changes),
            alive_ms=alive_ms,
            in_order=bool(in_order),
        )


def _check_chain(db: sqlite3.Connection) -> None:
    """The rule of the `about` table, worked out once more."""
    session, agenda = db.execute("SELECT id, agenda_sha256 FROM session").fetchone()
    before = hashlib.sha256(f"{session} {agenda}".encode()).digest()
    rows = db.execute("SELECT seq, at, actor, verb, body, prev, hash FROM journal ORDER BY seq").fetchall()
    for place, (seq, at, actor, verb, body, prev, hash_) in enumerate(rows, start=1):
        fields = json.dumps([seq, at, actor, verb, body], separators=(",", ":"), ensure_ascii=False)
        assert (seq, prev) == (place, before), f"row {place} of the journal does not follow the one before"
        before = hashlib.sha256(prev + fields.encode()).digest()
        assert hash_ == before, f"row {place} of the journal was changed"
