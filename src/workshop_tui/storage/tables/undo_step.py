"""What each desk can take back, and what it can do again: a few steps, outside the chain, and gone at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.evolve import Steps, after_step
from workshop_tui.domain.steps import Step
from workshop_tui.storage.db import Connection
from workshop_tui.storage.table import Table, all_rows, readable

_decoder = msgspec.json.Decoder(Step)


def _write(
    connection: Connection, run: Sequence[ev.StepDone | ev.StepUndone | ev.StepRedone | ev.StepsForgotten]
) -> None:
    undo, redo = _lists(connection)
    for event in run:
        if isinstance(event, ev.StepsForgotten):
            undo, redo = {}, {}
            continue
        before = undo.get(event.desk, ()), redo.get(event.desk, ())
        undo[event.desk], redo[event.desk] = after_step(*before, event)
    connection.execute("DELETE FROM undo_step")
    connection.executemany(
        "INSERT INTO undo_step (desk, undone, place, step) VALUES (?, ?, ?, ?)",
        [
            (desk, undone, place, msgspec.json.encode(step).decode())
            for undone, lists in enumerate((undo, redo))
            for desk, steps in lists.items()
            for place, step in enumerate(steps, 1)
        ],
    )


def _lists(connection: Connection) -> tuple[dict[str, Steps], dict[str, Steps]]:
    sql = "SELECT desk, undone, step FROM undo_step ORDER BY desk, undone, place"
    lists: tuple[dict[str, Steps], dict[str, Steps]] = ({}, {})
    rows = all_rows(connection, "undo_step", sql, tuple[str, bool, str])
    for desk, undone, step in readable("undo_step", rows, lambda row: (*row[:2], _decoder.decode(row[2]))):
        lists[undone][desk] = (*lists[undone].get(desk, ()), step)
    return lists


def _read(connection: Connection) -> dict[str, Any]:
    undo, redo = _lists(connection)
    return {"undo": undo, "redo": redo}


def _redact(connection: Connection) -> None:
    connection.execute("DELETE FROM undo_step")


TABLE = Table(
    name="undo_step",
    create="""CREATE TABLE undo_step (
        desk TEXT NOT NULL,
        undone INTEGER NOT NULL,
        place INTEGER NOT NULL,
        step TEXT NOT NULL,
        PRIMARY KEY (desk, undone, place)
    ) STRICT, WITHOUT ROWID""",
    words="What can be taken back, and what was taken back and can be done again; none once people have left, and in "
    "no copy.",
    columns={
        "desk": "The device it was done on.",
        "undone": "0 for what can be taken back, 1 for what can be done again.",
        "place": "1 for the oldest.",
        "step": "What was done, with the names of its rows and what was there before, JSON.",
    },
    writes={ev.StepDone: _write, ev.StepUndone: _write, ev.StepRedone: _write, ev.StepsForgotten: _write},
    read=_read,
    redact=_redact,
)
