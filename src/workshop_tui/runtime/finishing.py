"""Finishing what a session still owes, without anybody at its desk: words whose time is over go."""

from __future__ import annotations

import asyncio
from pathlib import Path

from msgspec import Struct

from workshop_tui.errors import WorkshopError
from workshop_tui.runtime import exporting, running
from workshop_tui.storage.copy_names import ENDING


class Left(Struct, frozen=True):
    """Sessions of an agenda that people have left and that no room runs."""

    due: tuple[Path, ...]
    """Those in which something that was to be gone is not: their last day has passed, or the room was stopped in the
    moment of the end."""
    open: tuple[Path, ...]
    """Those whose write-up can still be gone on with."""


def left_of(folder: Path, agenda: Path) -> Left:
    """What there is of an agenda to finish. A file that cannot be read is left alone."""
    live = {run.session_path for run in running.find_all()}
    due, open_ = [], []
    for path in sorted(folder.glob(f"*{ENDING}")):
        if str(path.resolve()) in live:
            continue
        try:
            record = exporting.read_session(path)
        except WorkshopError:
            continue
        if record.info.agenda_name != agenda.name:
            continue
        if record.is_overdue or (record.owed and record.state.ended_at is not None):
            due.append(path)
        elif record.state.phase == "people_left":
            open_.append(path)
    return Left(tuple(due), tuple(open_))


def reminder(session: Path) -> str:
    """That a write-up is still open, in one sentence."""
    return f"The write-up of {session.name} is not finished yet: “workshop-tui run {session.name}” goes on with it."


def finish(session: Path) -> str:
    """Open a session that nobody goes on with, let it do what is due, and close it.

    Returns:
        What was done, or why it could not be done, in one sentence.
    """
    try:
        left = asyncio.run(_open_and_close(session))
    except WorkshopError as problem:
        return f"Words that are to be gone from {session.name} could not be removed. {problem}"
    if left:
        return f"Words that are to be gone from {session.name} are still in copies that cannot be removed: {left}."
    return f"Words whose time is over were removed from {session.name}, as people were told."


async def _open_and_close(session: Path) -> str:
    """Whoever opens a file to write does what is owed; a room finishes what is due as it starts."""
    # Imported here: a command line that starts a room in another process does without all of it.
    from workshop_tui.activities.registry import KINDS
    from workshop_tui.room.clock import SystemClock
    from workshop_tui.room.room import Room
    from workshop_tui.storage.session_file import open_existing

    store = open_existing(session)
    room = Room(store, store.load(), KINDS, SystemClock())
    try:
        await room.start()
    finally:
        await room.close()
    return ", ".join(room.left_over)
