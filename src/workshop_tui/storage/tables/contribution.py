"""Stories, ideas and private words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Table, reading

_KEEP: Final = """INSERT INTO contribution
    (contribution, item, kind, body, consent, author, moderation, minute, submission_id, sha256)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def _keep(connection: Connection, run: Sequence[ev.ContributionKept]) -> None:
    connection.executemany(_KEEP, [msgspec.structs.astuple(each.row) for each in run])


def _moderate(connection: Connection, run: Sequence[ev.ContributionHandled]) -> None:
    connection.executemany(
        "UPDATE contribution SET moderation = ? WHERE contribution = ?", [(each.handling, each.key) for each in run]
    )


def _end(connection: Connection, _run: Sequence[ev.PrivateWiped]) -> None:
    _wipe(connection)
    # Without its key an author's name still tells which words are of one phone.
    connection.execute("UPDATE contribution SET author = x''")


def _wipe(connection: Connection) -> None:
    """Empty what only the facilitator may read. The hash goes too: a few words could be guessed from it."""
    connection.execute("UPDATE contribution SET body = '', sha256 = x'' WHERE kind = 'private'")


def _read(connection: Connection) -> dict[str, Any]:
    with reading("contribution"):
        rows = connection.execute(
            "SELECT contribution, item, kind, body, consent, author, moderation, minute, submission_id, sha256 "
            "FROM contribution ORDER BY number"
        ).fetchall()
        names = ContributionRow.__struct_fields__
        plain = [dict(zip(names, row, strict=True)) for row in rows]
        return {"contributions": tuple(msgspec.convert(plain, list[ContributionRow]))}


TABLE = Table(
    name="contribution",
    create="""CREATE TABLE contribution (
        number INTEGER PRIMARY KEY,
        contribution TEXT NOT NULL UNIQUE,
        item TEXT NOT NULL REFERENCES item,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        consent TEXT NOT NULL,
        author BLOB NOT NULL,
        moderation TEXT NOT NULL CHECK (moderation IN ('new', 'read', 'approved', 'held')),
        minute INTEGER NOT NULL,
        submission_id TEXT NOT NULL UNIQUE,
        sha256 BLOB NOT NULL
    ) STRICT""",
    words="Stories, ideas and private words.",
    columns={
        "number": "The order in which they came.",
        "contribution": "A random name.",
        "item": "The item they were sent to.",
        "kind": "What sort of words they are.",
        "body": "The words, JSON; empty for private words once the workshop has ended.",
        "consent": "What its owner allows, C0 to C4.",
        "author": "HMAC-SHA-256 of the phone's name under the story key; empty once the workshop has ended.",
        "moderation": "new, read, approved for the big screen, or held back.",
        "minute": "When it came, in minutes since 1970-01-01 00:00 UTC.",
        "submission_id": "The phone's own random id of the sending, so that a resend counts once.",
        "sha256": "SHA-256 of what was sent, to know a resend; empty once private words are wiped.",
    },
    writes={ev.ContributionKept: _keep, ev.ContributionHandled: _moderate, ev.PrivateWiped: _end},
    read=_read,
    wipe=_wipe,
)
