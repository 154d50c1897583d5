"""Everything a facilitator can do, once, for the console and the host page; here also what belongs to no part of it."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.policy import WAITS
from workshop_tui.messages import Message, Text, tr
from workshop_tui.views import (
    handed,
    items,
    joining,
    own_care,
    paper,
    promising,
    reading,
    running,
    safety,
    screens,
    times,
    voting,
    writing,
    writing_up,
)
from workshop_tui.views.act import Act, Way


def _step(label: Text, nothing: Message, waits: bool) -> Text | None:
    if waits:
        return WAITS
    return None if label else nothing


UNDO: Final = Act(
    name="undo", key="u", label=tr("Undo"), title=tr("Undo"), help=tr("Take back the last thing you did."),
    in_footer=True,
    ways=(
        Way(name="undo", command=cmd.Undo, words=tr("Undo"), means=lambda now: str(now.snapshot.undo_version),
            fits=lambda now: _step(now.snapshot.undo, tr("There is nothing to undo."), now.snapshot.undo_waits)),
    ),
)  # fmt: skip
REDO: Final = Act(
    name="redo", key="U", label=tr("Redo"), title=tr("Redo"), help=tr("Do again what was taken back."),
    ways=(
        Way(name="redo", command=cmd.Redo, words=tr("Redo"), means=lambda now: str(now.snapshot.redo_version),
            fits=lambda now: _step(now.snapshot.redo, tr("There is nothing to redo."), now.snapshot.redo_waits)),
    ),
)  # fmt: skip

HELP: Final = Act(
    name="help", key="?", keys="question_mark,f1", label=tr("Help"), title=tr("Help"), in_footer=True,
    help=tr("Every key; click a line to do it."),
)  # fmt: skip

ENDS: Final = (
    Act(
        name="end", title=tr("End the workshop"), page="end",
        help=tr("People leave. Type END. Phones can send nothing more, every vote is counted for good. The write-up "
                "goes on."),
        ways=(
            Way(name="end", command=cmd.EndWorkshop, words=tr("End the workshop for good"),
                fixed={"confirm": "END"}),
        ),
    ),
    Act(
        name="finish", title=tr("Finish the write-up"), page="end",
        help=tr("Type FINISH, once people have left. Deletes what was only for the day. This cannot be taken back."),
        ways=(
            Way(name="finish", command=cmd.FinishWriteUp, words=tr("Finish the write-up for good"),
                fixed={"confirm": "FINISH"}),
        ),
    ),
    Act(name="stop", title=tr("Stop the room"), page="end",
        help=tr("Phones can no longer send. Everything stays saved.")),
)  # fmt: skip

AROUND: Final = (
    Act(name="join", key="j", label=tr("Join QR"), title=tr("Join square"), in_footer=True,
        help=tr("A square to scan and the address, on this screen.")),
    Act(name="export", key="x", label=tr("Export"), title=tr("Export the reports"), page="end",
        help=tr("Write the report, the votes and the stories to a folder.")),
    Act(name="places", key="h", label=tr("Addresses"), title=tr("Addresses and host page"),
        help=tr("The host page, the big screen, the session file.")),
    Act(name="shade", key="ctrl+b", label=tr("Shade"), title=tr("Privacy shade"),
        help=tr("Cover this screen and the big screen at once; nothing stops. Again to come back.")),
    Act(name="leave", key="ctrl+q", label=tr("Leave"), title=tr("Leave the console"),
        help=tr("The room goes on unless you say otherwise.")),
)  # fmt: skip

ACTS: Final[tuple[Act, ...]] = (
    HELP,
    UNDO,
    REDO,
    *running.ACTS,
    *joining.ACTS,
    *voting.ACTS,
    screens.SCREEN,
    *screens.TURNS,
    reading.QUEUE,
    times.CATCH_UP,
    *items.ACTS,
    *promising.ACTS,
    *handed.ACTS,
    *writing.ACTS,
    *writing_up.ACTS,
    *safety.ACTS,
    *own_care.ACTS,
    *paper.ACTS,
    *AROUND,
    *ENDS,
)
"""What is done at any time; what is done with one contribution is `reading.ON_ENTRY`."""

_BY_NAME: Final = {act.name: act for act in (*reading.ON_ENTRY, *ACTS)}


def act_named(name: str) -> Act:
    """The act of that name; KeyError where there is none."""
    return _BY_NAME[name]


_WAYS: Final = {way.name: way for act in _BY_NAME.values() for way in act.ways}


def way_named(name: str) -> Way:
    """The way of that name; KeyError where there is none."""
    return _WAYS[name]
