"""The small state as rows, for people who read the file: the tables `item` and `round`.

They follow from the journal alone; writing them and checking them goes through the same functions.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.state import ItemState, Round, SessionState
from workshop_tui.storage.db import Row

ITEM_COLUMNS: Final = (
    "item", "planned_place", "planned_title", "planned_minutes", "place", "title", "minutes", "question", "kind",
    "status", "opened_at", "left_at", "running_since", "spent_ms", "gathering_open", "inserted", "edited", "reason",
    "options",
)  # fmt: skip

ROUND_COLUMNS: Final = (
    "round", "item", "number", "kind", "question", "config", "status", "opened_at", "closed_at", "sealed_at",
    "revealed_at", "shown", "reason", "present", "joined", "again", "kept_for", "compared", "tie",
)  # fmt: skip


def item_rows(state: SessionState) -> dict[str, Row]:
    """The rows of `item`, by key, in the order of `ITEM_COLUMNS`."""
    planned = _planned(state.agenda)
    return {
        each.item.key: _item_row(each, place, planned.get(each.item.key, (None, None, None)))
        for place, each in enumerate(state.items, start=1)
    }


def round_rows(state: SessionState) -> dict[str, Row]:
    """The rows of `round`, by key, in the order of `ROUND_COLUMNS`."""
    return {each.key: _round_row(each) for each in state.rounds}


def _planned(agenda: Agenda) -> dict[str, Row]:
    return {item.key: (place, item.title, item.minutes) for place, item in enumerate(agenda.items, start=1)}


def _item_row(each: ItemState, place: int, planned: Row) -> Row:
    item = each.item
    return (
        item.key, *planned, place, item.title, each.minutes, item.question,
        item.activity.kind if item.activity else "", each.status, each.opened_at, each.left_at, each.running_since,
        each.spent_ms, int(each.gathering_open), int(each.inserted), int(each.edited), each.reason,
        msgspec.json.encode(each.options).decode(),
    )  # fmt: skip


def _round_row(each: Round) -> Row:
    return (
        each.key, each.item, each.number, each.kind, each.question, msgspec.json.encode(each.config).decode(),
        each.status, each.opened_at, each.closed_at, each.sealed_at, each.revealed_at, int(each.shown), each.reason,
        each.present, each.joined, each.again, each.kept_for, _json(each.compared), _json(each.tie),
    )  # fmt: skip


def _json(value: Struct | None) -> str:
    return "" if value is None else msgspec.json.encode(value).decode()
