"""Hundreds of keys in any order: no crash, and nothing is ended or revealed by one key."""

from __future__ import annotations

import random

import pytest

from tests.tui.desk_room import console, press, settle, sitting, type_key
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.run_keys import RUN_KEYS

ALL = sorted(name for key in RUN_KEYS for name in key.names)
SINGLE = [
    *ALL,
    "question_mark", "2", "3", "y", "ctrl+b",
    "enter", "escape", "tab", "up", "down", "home", "end", "pageup", "pagedown", "backspace", "x", "1", "E", "N", "D",
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
async def test_three_hundred_random_keys_crash_nothing_and_end_nothing(seed: int) -> None:
    chance = random.Random(seed)
    async with sitting() as here:
        await here.join("ana", "ben")
        # Before the first item the last line of the help leaves at once.
        await here.give(cmd.OpenItem(item="i01"))
        async with console(here, (80, 24)) as pair:
            app, pilot = pair
            pressed = []
            for number in range(300):
                key = chance.choice(SINGLE)
                pressed.append(key)
                type_key(app, key)
                await pilot.pause(0)
                if number % 20 == 0:
                    await here.give(cmd.SetPresent(people=number))
                    await settle(here, app, pilot)
                assert app.is_running, pressed

            assert app._exception is None
            assert here.room.state.ended_at is None
            assert not here.client.stopped
            reveals = [command for command in here.client.sent if isinstance(command, cmd.Reveal)]
            assert len(reveals) <= min(pressed.count("r"), pressed.count("y"))


@pytest.mark.parametrize("key", [*ALL, "question_mark", "1", "2", "3", "ctrl+b", "ctrl+q", "ctrl+p"])
async def test_no_single_key_reveals_ends_deletes_or_stops(key: str) -> None:
    async with sitting() as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b""))
        await here.vote("ana", "a")
        await here.give(cmd.AddNote(key="n1", kind="note", text="keep me"))
        async with console(here, (80, 24)) as pair:
            await press(here, pair, key)

            last = here.room.state.last_round
            assert last is not None
            assert last.revealed_at is None
            assert last.status in ("open", "closed")
            assert here.room.state.ended_at is None
            assert here.room.tables.tallies["i01.1"].answered == 1
            assert key == "u" or len(here.room.tables.notes) == 1
            assert not here.client.stopped
            assert pair[0].is_running
