"""The words and counts that journal rows are about: beside the chain, so that they can go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.option_words import unquoted_config
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
    """Options made from words that are gone repeat them no more; without its salt the digest tells nothing."""
    rows = connection.execute(
        "SELECT seq, content, body FROM journal_content JOIN journal USING (seq) WHERE verb IN (?, ?)",
        (wire_name(ev.OptionsChosen), wire_name(ev.RoundOpened)),
    ).fetchall()
    for event in run:
        changed = []
        for seq, content, body in rows:
            if msgspec.json.decode(str(body), type=dict[str, Any]).get("item") in event.items:
                found = msgspec.json.decode(str(content), type=dict[str, Any])
                freed = _unquoted(found, event.words)
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
