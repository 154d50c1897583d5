"""What each desk can take back, and what it can do again: a few steps, outside the chain, and gone at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.evolve import Steps, after_step
from workshop_tui.domain.steps import Step, without_words
from workshop_tui.domain.texts import answer_key
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.table import Reader, Table

_decoder = msgspec.json.Decoder(Step)


def _write(
    connection: Connection, run: Sequence[ev.StepDone | ev.StepUndone | ev.StepRedone | ev.StepsForgotten]
) -> None:
    undo, redo = _lists(Reader(connection))
    for event in run:
        if isinstance(event, ev.StepsForgotten):
            undo, redo = {}, {}
            continue
        before = undo.get(event.desk, ()), redo.get(event.desk, ())
        undo[event.desk], redo[event.desk] = after_step(*before, event)
    _rewrite(connection, undo, redo)


def _forget(connection: Connection, run: Sequence[ev.ContributionEmptied | ev.ReasonGone | ev.QuotationsGone]) -> None:
    """Steps that hold words which are gone go with them."""
    texts = {name for each in run if not isinstance(each, ev.QuotationsGone) for name in _names(each.key)}
    items = {item for each in run if isinstance(each, ev.QuotationsGone) for item in each.items}
    words = [said for each in run if isinstance(each, ev.QuotationsGone) for said in each.words]
    lists = _lists(Reader(connection))
    left = tuple({desk: without_words(steps, texts, items, words) for desk, steps in each.items()} for each in lists)
    if left != lists:
        _rewrite(connection, *left)


def _names(key: str) -> tuple[str, str]:
    return key, answer_key(key)


def _rewrite(connection: Connection, undo: Mapping[str, Steps], redo: Mapping[str, Steps]) -> None:
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


def _lists(reader: Reader) -> tuple[dict[str, Steps], dict[str, Steps]]:
    lists: tuple[dict[str, Steps], dict[str, Steps]] = ({}, {})
    for desk, undone, step in reader.made("undo_step", "desk, undone, step", _made, "ORDER BY desk, undone, place"):
        lists[undone][desk] = (*lists[undone].get(desk, ()), step)
    return lists


def _made(row: Row) -> tuple[str, bool, Step]:
    desk, undone, step = msgspec.convert(row, tuple[str, bool, str], strict=False)
    return desk, undone, _decoder.decode(step)


def _read(reader: Reader) -> dict[str, Any]:
    undo, redo = _lists(reader)
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
    writes={
        ev.StepDone: _write,
        ev.StepUndone: _write,
        ev.StepRedone: _write,
        ev.StepsForgotten: _write,
        ev.ContributionEmptied: _forget,
        ev.ReasonGone: _forget,
        ev.QuotationsGone: _forget,
    },
    read=_read,
    redact=_redact,
)
