"""The columns of a list that is sent out to be answered in; `cycle.returned` reads them when it comes back."""

from __future__ import annotations

from typing import Final

from workshop_tui.cycle.answers import PROMISE_WORDS, STATUS_WORDS
from workshop_tui.cycle.returned import HEADS, Part, reference
from workshop_tui.exports.document import Said
from workshop_tui.exports.workbook import Column, ColumnSort, Value
from workshop_tui.messages import tr

HOW: Final[tuple[Said, ...]] = (
    (tr("Please choose a status in each line, and say what was done or is planned, or why not."),),
    (tr("What is planned needs the day by which; what waits, the day on which to ask again."),),
    (tr("Leave a line as it is where there is no answer yet."),),
    (tr("A list that is half filled in can be sent back, and sent again later."),),
    (tr("Only the cells that are to be filled in can be changed."),),
    (tr("Lines can be filtered and taken out; lines that somebody adds cannot be taken."),),
    (tr("Please send it back as an Excel workbook (.xlsx), from whatever program."),),
)
"""How to fill it in, in plain words."""

_SORTS: Final[dict[Part, ColumnSort]] = {"on": "date", "until": "date"}


def answer_columns(*, promises: bool = False) -> tuple[Column, ...]:
    """What is filled in, and what a line is known by."""
    choices = tuple((PROMISE_WORDS if promises else STATUS_WORDS).values())
    to_fill: tuple[Part, ...] = ("words", "on", "until", "where", "to", "body", "role")
    return (
        Column(head=HEADS["status"][0], sort="choice", choices=choices, to_fill=True),
        *(
            Column(head=HEADS[part][0], sort=_SORTS.get(part, "text"), to_fill=True, wide=part == "words")
            for part in to_fill
        ),
        Column(head=HEADS["reference"][0], hidden=True),
    )


def answer_cells(id_: str, words: str, *, body: str = "", role: str = "") -> tuple[Value, ...]:
    """The same for one line, to be filled in: nothing is answered yet."""
    return (STATUS_WORDS["none"], *(None,) * 5, body or None, role or None, reference(id_, words))
