"""One key stops everything, from wherever the console is; another only covers."""

from __future__ import annotations

import pytest

from tests.sessions import an_agenda, item
from tests.tui.desk_room import Sitting, console, press, screen_text, settle, sitting, until
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.state import Screen
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.run import RunScreen
from workshop_tui.tui.screens.shade import ShadeScreen

WAYS = {
    "the first page, before the start": (),
    "an open item": ("n",),
    "an open vote": ("n", "v"),
    "a question that is asked": ("n", "v", "r"),
    "a form, with words half typed": ("n", "t", *"secret"),
    "a list to choose from": ("n", "a"),
    "the reading page": ("n", "s"),
    "the record": ("3",),
    "the square": ("j",),
    "the help": ("?",),
    "everything by name": ("n", "ctrl+p", *"sec"),
    "an editor that holds work": ("n", "e"),
}


@pytest.mark.parametrize("key", ["f8", "ctrl+g"])
@pytest.mark.parametrize("keys", WAYS.values(), ids=WAYS)
async def test_one_key_pauses_everything_and_covers_the_console_from_anywhere(keys: tuple[str, ...], key: str) -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, *keys)
        await press(here, pair, key)

        assert here.room.state.pause is not None
        assert isinstance(pair[0].screen, ShadeScreen)
        shown = screen_text(pair[0])
        assert "EVERYTHING IS PAUSED" in shown
        assert "Which first" not in shown
        assert "A test day" not in shown
        assert "secret" not in shown


@pytest.mark.parametrize("ends", [(cmd.EndWorkshop(confirm="END"),),
                                  (cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))])  # fmt: skip
async def test_it_pauses_after_the_end_too(ends: tuple[cmd.Command, ...]) -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n")
        for each in ends:
            await here.give(each)
        await settle(here, *pair)
        await press(here, pair, "f8")
        assert here.room.state.pause is not None
        assert isinstance(pair[0].screen, ShadeScreen)
        await press(here, pair, "g")

        assert here.room.state.pause is None
        assert isinstance(pair[0].screen, RunScreen)


async def test_pressing_it_twice_or_holding_it_neither_goes_on_nor_complains() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "f8", "f8", "f8")

        assert here.room.state.pause is not None
        assert isinstance(pair[0].screen, ShadeScreen)


async def test_uncovering_keeps_the_pause_and_words_half_typed() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "t", *"secret", "f8", "escape")

        assert here.room.state.pause is not None
        assert "secret" in screen_text(pair[0])
        await press(here, pair, "escape")
        assert "PAUSED" in screen_text(pair[0])
        assert "g goes on." in screen_text(pair[0])


async def paused_for(here: Sitting, minutes: int) -> None:
    await here.give(cmd.PauseRoom())
    await here.pass_s(minutes * 60)


async def test_coming_back_from_a_long_pause_asks_what_the_day_is_to_be() -> None:
    async with sitting(an_agenda(item(1), item(2, minutes=30))) as here, console(here) as pair:
        await press(here, pair, "n")
        await paused_for(here, 9)
        await until(lambda: pair[0].moment.paused_ms >= 9 * 60_000)
        await press(here, pair, "g")
        box = pair[0].screen
        assert isinstance(box, Choose)
        assert [key for key, _ in box.choices] == ["shorten", "move", "keep", "stay"]
        asked = screen_text(pair[0])
        assert "The pause took 9 min." in asked
        assert "Which first" not in asked
        end = here.room.state.planned_end
        await press(here, pair, "up", "up", "enter")

        assert here.room.state.pause is None
        assert here.room.state.planned_end == end + 9 * 60_000
        assert isinstance(pair[0].screen, RunScreen)


async def test_staying_in_the_pause_stays_covered() -> None:
    async with sitting(an_agenda(item(1), item(2, minutes=30))) as here, console(here) as pair:
        await press(here, pair, "n")
        await paused_for(here, 9)
        await until(lambda: pair[0].moment.paused_ms >= 9 * 60_000)
        await press(here, pair, "g", "enter")

        assert here.room.state.pause is not None
        assert isinstance(pair[0].screen, ShadeScreen)


async def test_a_console_covers_itself_when_somebody_else_pauses() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "t", *"secret")
        await here.give(cmd.PauseRoom())
        await settle(here, *pair)

        assert "secret" not in screen_text(pair[0])
        assert isinstance(pair[0].screen, ShadeScreen)


async def test_a_console_that_comes_to_a_paused_room_begins_covered() -> None:
    async with sitting() as here:
        await here.give(cmd.PauseRoom())
        async with console(here) as pair:
            assert isinstance(pair[0].screen, ShadeScreen)


async def test_without_an_answer_it_covers_says_what_may_still_show_and_pauses_once_the_room_is_back() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n")
        here.client.gone.set()
        await press(here, pair, "f8")
        shown = screen_text(pair[0])
        assert isinstance(pair[0].screen, ShadeScreen)
        assert "cover the projector" in shown
        assert here.room.state.pause is None
        here.client.gone.clear()
        await until(lambda: here.room.state.pause is not None)
        await until(lambda: not pair[0].moment.trouble and not pair[0].moment.uncovered)
        await settle(here, *pair)

        assert "cover the projector" not in screen_text(pair[0])


async def test_the_shade_covers_the_big_screen_too_and_stops_nothing() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n")
        before = here.room.state.screen
        await press(here, pair, "ctrl+b")
        assert here.room.state.screen == Screen("blank")
        assert here.room.state.pause is None
        assert here.room.state.here.running_since is not None
        await press(here, pair, "ctrl+b")
        assert here.room.state.screen == Screen("blank")
        assert "u puts back what it showed" in " ".join(screen_text(pair[0]).split())
        await press(here, pair, "u")

        assert here.room.state.screen == before
