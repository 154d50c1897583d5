"""In which words texts are shown instead of their own, where a facilitator wrote others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop_tui.domain import events as ev
from workshop_tui.domain.texts import answer_key
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, gone_with


def _write(connection: Connection, run: Sequence[ev.RewordingWritten]) -> None:
    for event in run:
        connection.execute("DELETE FROM rewording WHERE text = ?", (event.text,))
        if event.words:
            row = (event.text, event.words, event.salt)
            connection.execute("INSERT INTO rewording (text, words, salt) VALUES (?, ?, ?)", row)


def _read(reader: Reader) -> dict[str, Any]:
    rows = reader.all("rewording", "text, words, salt", tuple[str, str, bytes], "ORDER BY text")
    return {"rewordings": {row[0]: ev.RewordingWritten(*row) for row in rows}}


TABLE = Table(
    name="rewording",
    since=7,
    create="""CREATE TABLE rewording (
        text TEXT PRIMARY KEY,
        words TEXT NOT NULL,
        salt BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="In which words texts are shown instead of their own, where the facilitator wrote others.",
    columns={
        "text": "The contribution, the reason, the note, or “answer.” and the question.",
        "words": "What is shown; the text's own words stay where they are.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and the words.",
    },
    writes={
        ev.RewordingWritten: _write,
        ev.ReasonsGiven: gone_with("rewording", lambda event: event.gone),
        ev.ReasonGone: gone_with("rewording", lambda event: (event.key,)),
        ev.ContributionEmptied: gone_with("rewording", lambda event: (event.key, answer_key(event.key))),
        ev.AnswerWritten: gone_with("rewording", lambda event: (answer_key(event.contribution),)),
    },
    read=_read,
)
