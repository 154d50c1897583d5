"""What was decided of pieces of texts that may tell who somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.redaction import Redaction
from workshop_tui.domain.texts import answer_key
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Reader, Table, as_struct, gone_with


def _write(connection: Connection, run: Sequence[ev.RedactionsWritten]) -> None:
    for event in run:
        connection.execute("DELETE FROM redaction WHERE text = ?", (event.text,))
        connection.executemany(
            "INSERT INTO redaction (text, place, starts, ends, sort, decision, replacement, desk, at_ms, salt)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (event.text, each.place, each.start, each.end, each.sort, each.decision, each.replacement, each.by,
                 each.at, event.salt)
                for each in event.decisions
            ],
        )  # fmt: skip


def _read(reader: Reader) -> dict[str, Any]:
    def made(row: Row) -> tuple[str, bytes, Redaction]:
        return *msgspec.convert(row[:2], tuple[str, bytes]), as_struct(Redaction, row[2:])

    rows = reader.made(
        "redaction", "text, salt, place, starts, ends, sort, decision, replacement, desk, at_ms", made,
        "ORDER BY text, place, starts",
    )  # fmt: skip
    return {
        "redactions": {
            text: ev.RedactionsWritten(text, tuple(each for _, _, each in some), some[0][1])
            for text, group in groupby(rows, key=lambda row: row[0])
            if (some := list(group))
        }
    }


TABLE = Table(
    name="redaction",
    since=8,
    create="""CREATE TABLE redaction (
        text TEXT NOT NULL,
        place TEXT NOT NULL,
        starts INTEGER NOT NULL,
        ends INTEGER NOT NULL,
        sort TEXT NOT NULL,
        decision TEXT NOT NULL CHECK (decision IN ('accepted', 'edited', 'dismissed')),
        replacement TEXT NOT NULL,
        desk TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        salt BLOB NOT NULL,
        PRIMARY KEY (text, place, starts)
    ) STRICT, WITHOUT ROWID""",
    words="What was decided of pieces of texts that may tell who somebody is; the texts themselves stay as they are.",
    columns={
        "text": "The contribution, the reason, the note, or “answer.” and the question.",
        "place": "Which of its texts: the way to it in its JSON; empty for a note or an answer; * for other words.",
        "starts": "Where the piece begins, in code points of that text.",
        "ends": "Where it is over.",
        "sort": "What it looks like, such as nhs_number or person_name.",
        "decision": "accepted: a token is read instead; edited: other words are; dismissed: it is read as it is.",
        "replacement": "What is read instead; empty where it is read as it is.",
        "desk": "The desk that decided.",
        "at_ms": "When, UTC milliseconds.",
        "salt": "With it the journal's digest is made: SHA-256 of the salt and all decisions about the text.",
    },
    writes={
        ev.RedactionsWritten: _write,
        ev.ReasonsGiven: gone_with("redaction", lambda event: event.gone),
        ev.ReasonGone: gone_with("redaction", lambda event: (event.key,)),
        ev.ContributionEmptied: gone_with("redaction", lambda event: (event.key, answer_key(event.key))),
        ev.NoteRewritten: gone_with("redaction", lambda event: (event.key,)),
        ev.AnswerWritten: gone_with("redaction", lambda event: (answer_key(event.contribution),)),
    },
    read=_read,
)
