"""Finishing what a session still owes, without anybody at its desk: words whose time is over go."""

from __future__ import annotations

import asyncio
from pathlib import Path

from msgspec import Struct

from workshop_tui.errors import WorkshopError
from workshop_tui.messages import Listed, Message, Sentences, Verbatim, as_tuple, tr
from workshop_tui.room.clock import SYSTEM
from workshop_tui.runtime import places, system_ring
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.storage.keys import FileKey


class Unfinished(Struct, frozen=True):
    """Sessions of an agenda that people have left and that no room runs."""

    due: tuple[places.Resumable, ...]
    """Those in which something that was to be gone is not: their last day has passed, or the room was stopped in the
    moment of the end."""
    open: tuple[places.Resumable, ...]
    """Those whose write-up can still be gone on with."""


def unfinished(folder: Path, agenda: Path, ring: KeyRing) -> Unfinished:
    """What there is of an agenda to finish: of each session what was written last, be it only a copy that was saved.

    Whatever else there is of it is older and goes with what is due. A file that cannot be read is left alone, and one
    that is locked where nobody opens it.
    """
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.room.record import as_it_may_be_read

    due, open_ = [], []
    for session, found in places.of_agenda(folder, agenda, ring):
        record = as_it_may_be_read(found, KINDS, SYSTEM.now_ms())
        if record.is_overdue or (record.owed and record.state.ended_at is not None):
            due.append(session)
        elif record.state.phase == "people_left":
            open_.append(session)
    return Unfinished(tuple(due), tuple(open_))


def reminder(session: places.Resumable) -> Message:
    """That a write-up is still open, in one sentence."""
    name = Verbatim(session.original.name)
    return tr("The write-up of {name} is not finished yet: “workshop-tui run {name}” goes on with it.", name=name)


def finish(session: places.Resumable, ring: KeyRing) -> Sentences:
    """Open a session that nobody goes on with, let it do what is due, and close it.

    Returns:
        What was done, or why it could not be done, in sentences.
    """
    original = Verbatim(session.original.name)
    name = tr("the second copy of {name}", name=original) if session.is_snapshot else Verbatim(session.path.name)
    try:
        path = places.restored(session, ring)
        left = asyncio.run(_open_and_close(path, ring.key_of(path)))
        system_ring.settle(path)
    except WorkshopError as problem:
        said = tr("Words that are to be gone from {name} could not be removed.", name=name)
        return (said, *as_tuple(problem.message), *as_tuple(problem.advice))
    if left:
        return tr(
            "Words that are to be gone from {name} are still in copies that cannot be removed: {copies}.",
            name=Verbatim(path.name),
            copies=Listed(left),
        )
    return tr("Words whose time is over were removed from {name}, as people were told.", name=Verbatim(path.name))


async def _open_and_close(session: Path, key: FileKey | None) -> tuple[Message | Verbatim, ...]:
    """Whoever opens a file to write does what is owed; a room finishes what is due as it starts."""
    # Imported here: a command line that starts a room in another process does without all of it.
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.room.room import Room
    from workshop_tui.storage.session_file import open_existing

    store = open_existing(session, key=key)
    room = Room(store, store.load(), KINDS, SYSTEM)
    try:
        await room.start()
    finally:
        await room.close()
    return room.left_over
