"""The words and counts that journal rows are about: beside the chain, so that they can go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.unquoted import unquoted_config, unquoted_plain
from workshop_tui.domain.wire import wire_name
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table

Beside = tuple[str, bytes]
"""What a row of the journal is about, and its salt."""


def write(connection: Connection, rows: Sequence[tuple[int, str, bytes]]) -> None:
    """New rows, as (number of the journal's row, content, salt)."""
    connection.executemany("INSERT INTO journal_content (seq, content, salt) VALUES (?, ?, ?)", rows)


def read(connection: Connection) -> dict[int, Beside]:
    """Content and salt, by the number of the journal's row."""
    rows = Reader(connection).all("journal_content", "seq, content, salt", tuple[int, str, bytes])
    return {seq: (content, salt) for seq, content, salt in rows}


def _unquote(connection: Connection, run: Sequence[ev.QuotationsGone]) -> None:
    """What was made or typed on the day repeats words that are gone no more; without its salt the digest tells nothing.

    Texts of the agenda stay; an option that was made of what the room said goes also where the agenda has the same.
    """
    rows = connection.execute(
        "SELECT seq, content, body FROM journal_content JOIN journal USING (seq) WHERE verb != ?",
        (wire_name(ev.RoundsCompared),),
    ).fetchall()
    for event in run:
        changed = []
        for seq, content, body in rows:
            found = msgspec.json.decode(str(content), type=dict[str, Any])
            freed = unquoted_plain(found, event.words, event.spared)
            if msgspec.json.decode(str(body), type=dict[str, Any]).get("item") in event.items:
                freed = _unquoted(freed, event.words)
            if freed != found:
                changed.append((msgspec.json.encode(freed).decode(), seq))
        connection.executemany("UPDATE journal_content SET content = ?, salt = x'' WHERE seq = ?", changed)
        freed_by_row = {seq: content for content, seq in changed}
        rows = [(seq, freed_by_row.get(seq, content), body) for seq, content, body in rows]


def _unquoted(found: dict[str, Any], words: Sequence[str]) -> dict[str, Any]:
    freed: dict[str, Any] = unquoted_config(found, words)
    return {**freed, "config": unquoted_config(freed["config"], words)} if "config" in freed else freed


TABLE = Table(
    name="journal_content",
    create="""CREATE TABLE journal_content (
        seq INTEGER PRIMARY KEY REFERENCES journal,
        content TEXT NOT NULL,
        salt BLOB NOT NULL
    ) STRICT""",
    words="What rows of the journal are about: words that were typed, and counts. In the journal stands a digest in "
    "place of each.",
    columns={
        "seq": "The row of the journal.",
        "content": "What it is about, JSON.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and the content.",
    },
    writes={ev.QuotationsGone: _unquote},
)
