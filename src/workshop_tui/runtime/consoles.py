"""Opening a console on a room, and bringing the room back if it went away."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import Final

from workshop_tui.locales import system_language, translator_for
from workshop_tui.messages import Text
from workshop_tui.protocol.client import Client, RoomClient
from workshop_tui.runtime import running
from workshop_tui.runtime.openers import open_page
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.processes import collect_garbage_after
from workshop_tui.runtime.serving import ServeAsked
from workshop_tui.runtime.starting import start_room
from workshop_tui.settings import runtime_folder

COLLECT_AFTER: Final = (700, 10, 1)
"""Thresholds of the collector of reference cycles; Python's own are 700, 10, 10. It walks through everything ten times
as often and stops the console for a tenth of the time: 10 ms instead of 50 where screens are opened and closed."""


def is_terminal() -> bool:
    """Whether somebody types here and sees what is drawn."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_console(session: Path, *, hint: Text = "", takes_room: bool = False) -> int:
    """Run the console until the facilitator leaves it; the room goes on.

    Args:
        session: The session file of a running room.
        hint: A line for somebody who is here for the first time.
        takes_room: Whether the room ends with this process, as a demo's does, also one that was started again.

    Returns:
        The exit code.
    """
    from workshop_tui.tui.app import ConsoleApp

    run = running.find(str(session))

    async def bring_back(passphrase: str) -> Client:
        return await asyncio.to_thread(lambda: _client(_again(run, takes_room, passphrase)))

    async def look_for() -> Client | None:
        found = await asyncio.to_thread(running.room_of, Path(run.session_path))
        return _client(found) if found is not None else None

    app = ConsoleApp(
        _client(run), restart=bring_back, find=look_for, hint=hint,
        open_page=lambda address: open_page(address, runtime_folder()), takes_room=takes_room,
        settled=partial(collect_garbage_after, COLLECT_AFTER), translator=translator_for(system_language(os.environ)),
    )  # fmt: skip
    # What was imported stays: the collector need not walk through all of it between a key and its repaint.
    gc.freeze()
    app.run()
    return app.return_code or 0


def _again(run: running.RunFile, with_parent: bool, passphrase: str) -> running.RunFile:
    """The room of this session: the one that runs now, or a new start of it. The file's lock decides races.

    Raises:
        LockedSessionFile: it is locked, and no passphrase was typed: a console keeps neither that nor the key.
        WrongKey: what was typed does not open it.
    """
    if (live := running.room_of(Path(run.session_path))) is not None:
        return live
    parent = os.getpid() if with_parent else 0
    asked = ServeAsked(session_path=run.session_path, agenda_path=run.agenda_path, parent=parent)
    return start_room(asked, KeyRing(passphrase).key_of(Path(run.session_path)))


def _client(run: running.RunFile) -> Client:
    return RoomClient(run.control_port, run.token)
