"""What became of questions from the room, as the facilitator noted it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Reader, Table, gone_with_contribution


def _write(connection: Connection, run: Sequence[ev.AnswerWritten]) -> None:
    for event in run:
        connection.execute("DELETE FROM answer WHERE contribution = ?", (event.contribution,))
        if event.answer is not None:
            row = (event.contribution, *msgspec.structs.astuple(event.answer), event.salt)
            connection.execute("INSERT INTO answer (contribution, words, owner, salt) VALUES (?, ?, ?, ?)", row)


def _read(reader: Reader) -> dict[str, Any]:
    rows = reader.all("answer", "contribution, words, owner, salt", tuple[str, str, str, bytes])
    return {"answers": {key: ev.AnswerWritten(key, AnswerRow(words, owner), salt) for key, words, owner, salt in rows}}


TABLE = Table(
    name="answer",
    create="""CREATE TABLE answer (
        contribution TEXT PRIMARY KEY REFERENCES contribution (contribution),
        words TEXT NOT NULL,
        owner TEXT NOT NULL,
        salt BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="What became of questions from the room, as the facilitator noted it.",
    columns={
        "contribution": "The question.",
        "words": "What the answer was, in short; empty where nobody typed it.",
        "owner": "Who took the question away to find out; empty where it was answered.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and of the JSON list of words and owner.",
    },
    writes={ev.AnswerWritten: _write, ev.ContributionEmptied: gone_with_contribution("answer")},
    read=_read,
)
