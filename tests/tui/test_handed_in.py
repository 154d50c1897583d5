"""What was handed in, by keyboard: shown point by point, answered, changed, undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tests.handed import BUS, RING, handed_agenda
from tests.tui.desk_room import Sitting, console, press, screen_text, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.app import ConsoleApp


@asynccontextmanager
async def shown() -> AsyncIterator[tuple[Sitting, tuple[ConsoleApp, Pilot[str]]]]:
    async with sitting(handed_agenda()) as here:
        for key in ("i01", "i02"):
            await here.give(cmd.OpenItem(item=key))
        async with console(here, (110, 44)) as pair:
            yield here, pair


async def test_the_page_shows_the_point_that_the_room_sees_and_keys_turn_to_the_next_and_back() -> None:
    async with shown() as (here, pair):
        text = screen_text(pair[0])
        assert RING.words in text
        assert "9 of 24 people said it." in text
        assert "the room sees this" in text
        await press(here, pair, "right_square_bracket")
        assert here.room.state.screen.subject == BUS.id
        assert BUS.words in screen_text(pair[0])
        await press(here, pair, "left_square_bracket")
        assert here.room.state.screen.subject == RING.id


async def test_one_key_says_what_became_of_it_and_undo_takes_it_back() -> None:
    async with shown() as (here, pair):
        await press(here, pair, "R")
        form = screen_text(pair[0])
        assert RING.words in form
        assert "Say which number" in form
        await press(here, pair, "tab", *"heard", "ctrl+s")
        (note,) = here.room.tables.notes
        entry = here.room.tables.kept_entry(note.key)
        assert entry is not None
        assert entry.fields == {"point": RING.id, "status": "acknowledged", "words": "heard"}
        assert "Acknowledged." in screen_text(pair[0])
        await press(here, pair, "u")
        assert here.room.tables.notes == ()


async def test_the_write_up_lists_what_is_in_our_hands_first_and_the_same_key_answers_it() -> None:
    async with shown() as (here, pair):
        await here.give(cmd.AddNote(key="a", kind="note", text="A line"))
        await press(here, pair, "4", "up", "enter")
        text = screen_text(pair[0])
        assert "Still in our hands: there is no answer yet." in text
        assert text.index(RING.words[:20]) < text.index("A line")
        await press(here, pair, "R", "tab", *"ok", "ctrl+s")
        assert len(here.room.tables.notes) == 2
        await press(here, pair, "enter")
        assert type(pair[0].screen).__name__ == "WriteUpScreen", "a point without an answer rests on nothing"
