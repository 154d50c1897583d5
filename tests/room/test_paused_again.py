"""A pause is in the record: a room that is started again comes back paused, and so does its big screen."""

from __future__ import annotations

from pathlib import Path

from tests.fakes import FakeClock
from tests.sessions import an_info
from workshop_tui.domain import commands as cmd
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.room import Room
from workshop_tui.storage.session_file import create, open_existing
from workshop_tui.web.screen.pictures import PAUSED, Pictures


async def test_it_is_there_after_a_restart(tmp_path: Path) -> None:
    clock = FakeClock()
    store = create(tmp_path / "s.workshop", an_info(), b"", b"s" * 32)
    room = Room(store, store.load(), KINDS, clock)
    await room.start()
    await room.submit(cmd.OpenItem(item="i01", at=clock.now_ms()))
    await room.submit(cmd.PauseRoom(at=clock.now_ms()))
    since = room.state.pause
    await room.close()

    store = open_existing(tmp_path / "s.workshop")
    room = Room(store, store.load(), KINDS, clock)
    await room.start()
    picture = Pictures(room, "HTTP://192.168.8.2:8080/J/KDMP").picture(clock.now_ms())
    pause = room.state.pause
    await room.close()

    assert pause == since
    assert (picture.heading, picture.code) == (PAUSED, "")
