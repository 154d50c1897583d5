"""Options out of ideas: taken, merged, reworded, added to, and shown to the room before the vote opens."""

from __future__ import annotations

import msgspec
import pytest

from tests.tui.desk_room import Sitting, console, press, screen_text, settle, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.screens.options import OptionsScreen
from workshop_tui.tui.screens.run import RunScreen

OPEN = ("o", "up", "enter")
"""Open the screen and say that the room cannot see this window."""


async def ready(here: Sitting, *ideas: str) -> None:
    """A vote that takes its options from ideas is open, and these ideas were sent."""
    people = [f"p{number}" for number in range(len(ideas))]
    await here.join(*people)
    await here.give(cmd.OpenItem(item="i04"))
    for person, idea in zip(people, ideas, strict=True):
        await here.tell(person, msgspec.json.encode({"text": idea}).decode(), "i04")
    await here.give(cmd.OpenItem(item="i05"))


def chosen(here: Sitting) -> list[str]:
    return [f"{option.key} {option.text}" for option in here.room.state.items[4].options]


async def test_ideas_are_taken_merged_reworded_and_added_to() -> None:
    async with sitting() as here:
        await ready(here, "Clear letters", "Text me", "Ring me", "Same doctor")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *OPEN, "enter", "down", "space", "down", "space", "m", *"!", "enter")
            await press(here, pair, "a", *"Own", "enter", "tab", "enter", *"?", "enter", "ctrl+s")

            assert chosen(here) == ["a Clear letters?", "b Text me!", "c Own"]
            assert isinstance(pair[0].screen, RunScreen)
            assert "A Clear letters?" in screen_text(pair[0])


async def test_ideas_in_the_same_words_are_one_line() -> None:
    async with sitting() as here:
        await ready(here, "Clear letters", "clear  letters", "Ring me")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *OPEN)

            assert "Clear letters  (2 times)" in screen_text(pair[0])


async def test_an_option_is_moved_and_taken_out_before_it_is_kept() -> None:
    async with sitting() as here:
        await ready(here, "One", "Two", "Three")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *OPEN, "enter", "down", "enter", "down", "enter", "tab", "J", "x", "ctrl+s")

            assert chosen(here) == ["a Two", "b Three"]


@pytest.mark.parametrize("key", ["x", "e"])
async def test_a_key_for_options_says_how_to_get_to_them(key: str) -> None:
    async with sitting() as here:
        await ready(here, "One", "Two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *OPEN, "enter", key)

            assert "Go to the options with Tab first." in screen_text(pair[0])
            assert "A One" in screen_text(pair[0])


async def test_the_room_sees_the_options_before_the_vote_opens() -> None:
    async with sitting() as here:
        await ready(here, "One", "Two")
        await here.give(cmd.SetScreen(mode="blank"))
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *OPEN, "enter", "down", "enter", "S")

            assert here.room.state.screen.mode == "question"
            assert here.room.state.last_round is None
            await press(here, pair, "v")
            assert here.room.state.last_round is not None


async def test_too_few_options_are_refused_with_everything_still_there() -> None:
    async with sitting() as here:
        await ready(here, "One", "Two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *OPEN, "enter", "ctrl+s")

            assert isinstance(pair[0].screen, OptionsScreen)
            assert "A vote needs 2 to 26 options" in screen_text(pair[0])
            assert "A One" in screen_text(pair[0])


async def test_leaving_unkept_options_asks_first() -> None:
    async with sitting() as here:
        await ready(here, "One", "Two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *OPEN, "enter", "escape")
            assert "not kept yet" in screen_text(pair[0])
            await press(here, pair, "down", "enter")

            assert isinstance(pair[0].screen, RunScreen)
            assert chosen(here) == []


async def test_options_that_are_not_kept_are_not_lost_to_a_page_of_the_palette() -> None:
    async with sitting() as here:
        await ready(here, "One", "Two")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *OPEN, "enter")
            palette = {each.title: each.callback for each in pair[0].get_system_commands(pair[0].screen)}
            for title in ("Page: Run (1)", "Page: Record (3)", "Read what people sent (s)"):
                palette[title]()
                await settle(here, *pair)

                assert isinstance(pair[0].screen, OptionsScreen)
            assert "Go back from here first, with Esc." in screen_text(pair[0])


async def test_without_a_vote_that_wants_ideas_o_says_so() -> None:
    async with sitting() as here:
        await here.give(cmd.SkipItem(item="i05", reason="no time"))
        async with console(here) as pair:
            await press(here, pair, "o")

            assert "No vote that is still to come takes its options from ideas" in screen_text(pair[0])
