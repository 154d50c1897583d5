"""Finishing what a session still owes, without anybody at its desk: words whose time is over go."""

from __future__ import annotations

import asyncio
from pathlib import Path

from workshop_tui.errors import WorkshopError
from workshop_tui.runtime import exporting, running
from workshop_tui.storage.copy_names import ENDING


def to_finish(folder: Path, agenda: Path) -> list[Path]:
    """The sessions of an agenda that nobody goes on with and in which something that was to be gone is not.

    Their last day has passed, or they ended and the room was stopped in that moment. A file that cannot be read is left
    alone.
    """
    live = {run.session_path for run in running.find_all()}
    found = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        if str(path.resolve()) in live:
            continue
        try:
            record = exporting.read_session(path)
        except WorkshopError:
            continue
        over = record.is_overdue or (record.owed and record.state.ended_at is not None)
        if over and record.info.agenda_name == agenda.name:
            found.append(path)
    return found


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
