"""Stories, ideas and private words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Reader, Table, as_struct, insert_into

_COLUMNS: Final = (
    "contribution", "item", "kind", "body", "consent", "author", "moderation", "minute", "submission_id", "digest",
    "salt", "gone",
)  # fmt: skip
"""As the first fields of `ContributionRow`."""


def _keep(connection: Connection, run: Sequence[ev.ContributionKept]) -> None:
    # Many without an id may stand beside each other: NULL is never the same as NULL.
    rows = [msgspec.structs.replace(each.row, submission_id=each.row.submission_id or None) for each in run]
    values = [msgspec.structs.astuple(row)[: len(_COLUMNS)] for row in rows]
    connection.executemany(insert_into("contribution", _COLUMNS), values)


def _moderate(connection: Connection, run: Sequence[ev.ModerationSet]) -> None:
    connection.executemany(
        "UPDATE contribution SET moderation = ? WHERE contribution = ?", [(each.handling, each.key) for each in run]
    )


def _withdraw(connection: Connection, run: Sequence[ev.ContributionEmptied]) -> None:
    _empty(connection, [each.key for each in run], "withdrawn")


def _end_the_day(connection: Connection, run: Sequence[ev.WordsWiped]) -> None:
    _empty(connection, [key for each in run for key in each.contributions], "day_over")


def _empty(connection: Connection, keys: Collection[str], why: str) -> None:
    """Without the salt nothing can be guessed from the digest that stays in the journal."""
    connection.executemany(
        "UPDATE contribution SET body = '', digest = x'', salt = x'', gone = ? WHERE contribution = ?",
        [(why, key) for key in keys],
    )


def _forget_authors(connection: Connection, _run: Sequence[ev.StoryKeyDestroyed] = ()) -> None:
    # Without its key an author's name still tells which words are of one phone.
    connection.execute("UPDATE contribution SET author = x'', submission_id = NULL")


def leave_out(connection: Connection, keys: Collection[str]) -> None:
    """Empty the words of these contributions in a copy; in the session they stay."""
    _empty(connection, keys, "")


def _read(reader: Reader) -> dict[str, Any]:
    columns = ", ".join(_COLUMNS).replace("submission_id", "coalesce(submission_id, '')")
    return {"contributions": tuple(reader.made("contribution", columns, _row, "ORDER BY number"))}


def _row(row: Row) -> ContributionRow:
    return as_struct(ContributionRow, (*row, False))


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
        moderation TEXT NOT NULL CHECK (moderation IN ('new', 'read', 'approved', 'on_hold')),
        minute INTEGER NOT NULL,
        submission_id TEXT UNIQUE,
        digest BLOB NOT NULL,
        salt BLOB NOT NULL,
        gone TEXT NOT NULL CHECK (gone IN ('', 'withdrawn', 'day_over'))
    ) STRICT""",
    words="Stories, ideas and private words.",
    columns={
        "number": "The order in which they came.",
        "contribution": "A random name.",
        "item": "The item they were sent to.",
        "kind": "What sort of words they are.",
        "body": "The words, JSON; empty once they are gone.",
        "consent": "What its owner allows, C0 to C4.",
        "author": "HMAC-SHA-256 of the phone's name under the story key; empty once the write-up is "
        "finished, and in copies.",
        "moderation": "new, read, approved for the big screen, or on_hold: held back.",
        "minute": "When it came, in minutes since 1970-01-01 00:00 UTC.",
        "submission_id": "The phone's own random id of the sending, so that a resend counts once; empty as author.",
        "digest": "SHA-256 of the salt and of the JSON list of item, consent and body as they were sent; in the "
        "journal too. Empty once the words are gone.",
        "salt": "Random; empty once the words are gone.",
        "gone": "Why the words are gone: withdrawn by their owner, or day_over; empty while they are there.",
    },
    writes={
        ev.ContributionKept: _keep,
        ev.ModerationSet: _moderate,
        ev.ContributionEmptied: _withdraw,
        ev.WordsWiped: _end_the_day,
        ev.StoryKeyDestroyed: _forget_authors,
    },
    read=_read,
    redact=_forget_authors,
)
