"""Whether a session is locked is on the console at every width; after a crash somebody types the passphrase there."""

from __future__ import annotations

import pytest

from tests.tui.desk_room import NearClient, console, press, screen_text, sitting, until
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import LockedSessionFile, WrongKey
from workshop_tui.protocol.client import Client


@pytest.mark.parametrize("size", [(50, 30), (80, 24), (100, 30), (140, 40)], ids=str)
@pytest.mark.parametrize(("locked", "said"), [(True, "Locked ✓"), (False, "Not locked")])
async def test_the_lock_is_visible_at_every_width(size: tuple[int, int], locked: bool, said: str) -> None:
    async with sitting() as here:
        here.store.locked = locked
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await here.tell("ana", '{"parts":["","","","words"]}', "i03")
        async with console(here, size) as (app, _pilot):
            assert said in screen_text(app)


async def test_a_key_that_is_not_where_it_should_be_stays_on_the_screen() -> None:
    async with sitting() as here:
        here.store.locked, here.store.key_trouble = True, "The key is gone."
        async with console(here, (80, 24)) as (app, _pilot):
            assert "NO KEY. The key is gone." in screen_text(app)


async def test_after_a_crash_a_locked_room_is_brought_back_by_whoever_types_its_passphrase() -> None:
    tried: list[str] = []
    async with sitting() as here:

        async def restart(passphrase: str) -> Client:
            tried.append(passphrase)
            if not passphrase:
                raise LockedSessionFile("“day.workshop” is locked with a passphrase. Nothing was changed.")
            if passphrase != "three blind mice":
                raise WrongKey("That does not open “day.workshop”. Nothing was changed.")
            return second

        second = NearClient(here.room)
        async with console(here, restart=restart) as pair:
            app, pilot = pair
            here.client.gone.set()
            await until(lambda: app.moment.locked)
            await pilot.pause()
            assert "Enter asks for the passphrase" in screen_text(app)
            await press(here, pair, "enter", *"wrong", "enter")
            await until(lambda: tried[-1] == "wrong" and app.moment.locked)
            await pilot.pause()
            assert "That does not open" in screen_text(app)
            await press(here, pair, "enter", *"three blind mice")
            assert "three blind mice" not in screen_text(app), "what is typed is not shown"
            await press(here, pair, "enter")
            await until(lambda: not app.moment.trouble)

    assert tried == ["", "wrong", "three blind mice"]


async def test_nobody_has_to_type_it_now_and_somebody_else_may_bring_the_room_back() -> None:
    async with sitting() as here:

        async def restart(_: str) -> Client:
            raise LockedSessionFile("“day.workshop” is locked with a passphrase. Nothing was changed.")

        async with console(here, restart=restart) as pair:
            app, pilot = pair
            here.client.gone.set()
            await until(lambda: app.moment.locked)
            await press(here, pair, "enter", *"begun", "escape")
            await pilot.pause()
            assert app.moment.locked, "and it can be asked for again"
