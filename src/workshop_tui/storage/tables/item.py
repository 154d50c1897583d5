"""The agenda as planned and as it ran, for people who read the file: it follows from the journal alone."""

from __future__ import annotations

import msgspec

from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.state import ItemState, SessionState
from workshop_tui.storage.db import Row
from workshop_tui.storage.table import Projection, Table


def _rows(state: SessionState) -> dict[str, Row]:
    planned = _planned(state.agenda)
    return {
        each.item.key: _row(each, place, planned.get(each.item.key, (None, None, None)))
        for place, each in enumerate(state.items, start=1)
    }


def _planned(agenda: Agenda) -> dict[str, Row]:
    return {item.key: (place, item.title, item.minutes) for place, item in enumerate(agenda.items, start=1)}


def _row(each: ItemState, place: int, planned: Row) -> Row:
    item = each.item
    return (
        item.key, *planned, place, item.title, each.minutes, item.question,
        item.activity.kind if item.activity else "", each.status, each.opened_at, each.left_at, each.running_since,
        each.spent_ms, int(each.gathering_open), int(each.inserted), int(each.edited), each.reason,
        msgspec.json.encode(each.options).decode(),
    )  # fmt: skip


_COLUMNS = {
    "item": "The item's name in this file.",
    "planned_place": "Its place in the agenda as planned, from 1; empty for an item added on the day.",
    "planned_title": "Its title as planned.",
    "planned_minutes": "Its minutes as planned.",
    "place": "Its place as it ran, from 1.",
    "title": "Its title as it ran.",
    "minutes": "The minutes it was given in the end.",
    "question": "What the room was asked; empty where nothing is asked.",
    "kind": "What phones do: the kind of vote or of gathering; empty for a timed item.",
    "status": "planned, open, done or skipped.",
    "opened_at": "When it was first opened.",
    "left_at": "When it was last left.",
    "running_since": "When its timer last started; empty while it stands.",
    "spent_ms": "Time on its timer before that, in milliseconds.",
    "gathering_open": "1 while phones may send words to it.",
    "inserted": "1 when it was added on the day.",
    "edited": "1 when it was changed on the day before it was opened.",
    "reason": "Why it was skipped.",
    "options": "Options made from the room's ideas, JSON list; empty list when there are none.",
}

TABLE = Table(
    name="item",
    create="""CREATE TABLE item (
        item TEXT PRIMARY KEY,
        planned_place INTEGER,
        planned_title TEXT,
        planned_minutes INTEGER,
        place INTEGER NOT NULL,
        title TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        question TEXT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('planned', 'open', 'done', 'skipped')),
        opened_at INTEGER,
        left_at INTEGER,
        running_since INTEGER,
        spent_ms INTEGER NOT NULL,
        gathering_open INTEGER NOT NULL,
        inserted INTEGER NOT NULL,
        edited INTEGER NOT NULL,
        reason TEXT NOT NULL,
        options TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    words="The agenda as planned and as it ran, one row for each item.",
    columns=_COLUMNS,
    projection=Projection(tuple(_COLUMNS), _rows),
)
