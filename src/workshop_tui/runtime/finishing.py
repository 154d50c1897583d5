"""Finishing what a session still owes, without anybody at its desk: words whose time is over go."""

from __future__ import annotations

import asyncio
from pathlib import Path

from workshop_tui.errors import WorkshopError


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
