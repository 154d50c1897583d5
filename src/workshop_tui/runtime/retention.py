"""What a session says of how it is kept: asked from its room when it runs, else noted in its file."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workshop_tui.domain import commands as cmd
from workshop_tui.messages import Sentences
from workshop_tui.protocol import paths
from workshop_tui.room.clock import SYSTEM
from workshop_tui.runtime import running

if TYPE_CHECKING:
    from workshop_tui.room.snapshot import Snapshot
    from workshop_tui.runtime.beginnings import Beginning
    from workshop_tui.runtime.passphrases import KeyRing
    from workshop_tui.storage.keys import FileKey


def note_beginning(run: running.RunFile, beginning: Beginning) -> None:
    """Let a session that was just made note what was said of how it is kept."""
    if beginning.unlocked:
        tell(run, cmd.RefuseLock(reason=beginning.unlocked))
    tell(run, cmd.SetRetention(until=beginning.until))


def tell(run: running.RunFile, command: cmd.FacilitatorCommand) -> None:
    """Give a command to a room that runs.

    Raises:
        CommandRefused: it does not fit.
        RoomUnreachable: it does not answer.
    """
    running.ask(run, "POST", paths.COMMAND, command)


def how_kept(run: running.RunFile) -> tuple[Sentences, ...]:
    """What whoever starts a room is told of how its session is kept, in sentences."""
    from workshop_tui.views.keeping import kept_words, lock_words

    view = view_of(run)
    return tuple(said for said in (lock_words(view), kept_words(view.keeping)) if said)


def view_of(run: running.RunFile) -> Snapshot:
    """How a running room stands."""
    from workshop_tui.room.snapshot import Snapshot

    return msgspec.json.decode(running.ask(run, "GET", paths.SNAPSHOT), type=Snapshot)


def note(session: Path, command: cmd.FacilitatorCommand, ring: KeyRing) -> None:
    """Carry out a command about how a session is kept, whether its room runs or not.

    Raises:
        CommandRefused: it does not fit.
        WorkshopError: the session cannot be opened.
    """
    run = running.room_of(session)
    if run is not None:
        tell(run, command)
        return
    asyncio.run(_note_in_file(session, command, ring.key_of(session) if session.exists() else None))


async def _note_in_file(session: Path, command: cmd.FacilitatorCommand, key: FileKey | None) -> None:
    # Imported here: where a room runs, it does the work.
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.room.room import Room
    from workshop_tui.storage.session_file import open_existing

    store = open_existing(session, key=key)
    room = Room(store, store.load(), KINDS, SYSTEM)
    try:
        await room.start()
        given = msgspec.structs.replace(command, at=room.clock.now_ms(), desk="keeping", salt=secrets.token_bytes(16))
        await room.submit(given)
    finally:
        await room.close()
