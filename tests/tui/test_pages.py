"""Pages of the console: reached by digits, palette and mouse, each with its own keys; and what the record page does."""

from __future__ import annotations

import pytest

from tests.tui.desk_room import Sitting, console, press, screen_text, settle, sitting, type_key
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.flows.pages import open_queue
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.options import OptionsScreen
from workshop_tui.tui.screens.queue import QueueScreen
from workshop_tui.tui.screens.record import RecordScreen
from workshop_tui.tui.screens.run import RunScreen

PAGES = {"1": RunScreen, "2": QueueScreen, "3": RecordScreen}


def page(app: ConsoleApp) -> DeskScreen:
    assert isinstance(app.screen, DeskScreen)
    return app.screen


@pytest.mark.parametrize("there", list(PAGES))
@pytest.mark.parametrize("here_", list(PAGES))
async def test_a_digit_turns_to_its_page_from_any_other(here_: str, there: str) -> None:
    async with sitting() as here, console(here) as pair:
        pair[0].separate_display = True
        await press(here, pair, here_, there)

        assert isinstance(page(pair[0]), PAGES[there])
        assert len(pair[0].screen_stack) <= 2


async def test_a_digit_of_another_script_is_that_digit() -> None:
    async with sitting() as here, console(here) as pair:
        type_key(pair[0], "٣")
        await settle(here, *pair)

        assert isinstance(page(pair[0]), RecordScreen)


async def test_the_record_page_shows_a_note_as_reports_have_it_and_its_own_words_beside_it() -> None:
    async with sitting() as here, console(here, size=(140, 45)) as pair:
        for key, text in (("n1", "Ask Mrs Bell"), ("n2", "Plain as it is"), ("n3", "Too much said")):
            await here.give(cmd.AddNote(key=key, kind="action", text=text))
        await here.give(cmd.Reword(contribution="n1", words="Ask the head nurse"))
        await here.give(cmd.Moderate(contribution="n3", handling="on_hold"))
        await press(here, pair, "3")

        listed = [" ".join(line.split()) for line in screen_text(pair[0]).splitlines()]
        assert any("ACTION Ask the head nurse" in line for line in listed)
        assert not any("ACTION Ask Mrs Bell" in line for line in listed)
        assert any("‖ ACTION Too much said (held back)" in line for line in listed)
        assert "It is held back: it is on no screen and in no report." in screen_text(pair[0])

        await press(here, pair, "down", "down")
        shown = screen_text(pair[0])
        assert shown.index("Its own words:") < shown.index("Ask Mrs Bell")
        assert "It is held back" not in shown


async def test_a_click_on_a_tab_and_a_line_of_the_palette_turn_to_a_page() -> None:
    async with sitting() as here, console(here) as pair:
        tabs = next(line for line in screen_text(pair[0]).splitlines() if "3 Record" in line)
        row = screen_text(pair[0]).splitlines().index(tabs)
        await pair[1].click(offset=(tabs.index("Record"), row))
        await settle(here, *pair)
        assert isinstance(page(pair[0]), RecordScreen)
        palette = {each.title: each.callback for each in pair[0].get_system_commands(pair[0].screen)}
        palette["Page: Run (1)"]()
        await settle(here, *pair)

        assert isinstance(page(pair[0]), RunScreen)


async def test_the_reading_page_is_asked_about_first_however_it_is_reached() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "2")

        assert isinstance(pair[0].screen, Choose)
        assert "separate display" in screen_text(pair[0])


async def test_every_page_marks_itself_without_colour_and_says_what_waits() -> None:
    async with sitting() as here, console(here) as pair:
        pair[0].separate_display = True
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i06"))
        await here.tell("ana", '{"text":"canary words"}', "i06")
        seen = []
        for digit in PAGES:
            await press(here, pair, digit)
            seen.append(next(line for line in screen_text(pair[0]).splitlines() if "3 Record" in line))

    assert [line[line.index("▐") + 2 : line.index("▌")].strip() for line in seen] == ["1 Run", "2 Read", "3 Record"]
    assert all("1 new" in line for line in seen)


async def test_letters_belong_to_the_page() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "3", "n", "v", "b", "r")

        assert len(here.client.sent) == 1


async def test_options_that_are_not_kept_are_not_lost_to_a_digit() -> None:
    async with sitting() as here, console(here) as pair:
        pair[0].separate_display = True
        await here.give(cmd.OpenItem(item="i05"))
        await settle(here, *pair)
        await press(here, pair, "o")
        assert isinstance(pair[0].screen, OptionsScreen)
        await press(here, pair, "2", "1", "3")

        assert isinstance(pair[0].screen, OptionsScreen)


async def test_what_waits_before_the_end_is_shown_also_where_something_else_is_read() -> None:
    async with sitting() as here, console(here) as pair:
        pair[0].separate_display = True
        await press(here, pair, "2")
        await open_queue(pair[0], "on_hold")
        await settle(here, *pair)

        assert "Held back: nothing." in screen_text(pair[0])
        assert len(pair[0].screen_stack) == 2


async def noted(here: Sitting) -> None:
    await here.give(cmd.OpenItem(item="i01"))
    for number, kind in enumerate(("note", "concern", "action", "promise")):
        await here.give(
            cmd.AddNote(key=f"n{number}", kind=kind, text=f"words {number}", owner="lead", due="2026-12-24")
        )


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)], ids=str)
async def test_the_record_lists_what_was_noted_newest_first(size: tuple[int, int]) -> None:
    async with sitting() as here:
        await noted(here)
        async with console(here, size) as pair:
            await press(here, pair, "3")
            text = screen_text(pair[0])

    places = [text.index(f"words {number}") for number in (3, 2, 1, 0)]
    assert places == sorted(places)
    for words in ("PROMISE", "ACTION", "CONCERN", "NOTE", "lead, by 24 December 2026", "With item 1"):
        assert words in text


async def test_a_note_that_nobody_owns_yet_says_its_day_in_words() -> None:
    async with sitting() as here:
        await here.give(cmd.AddNote(key="n1", kind="action", text="ring", owner="", due="2026-12-24"))
        async with console(here, (80, 24)) as pair:
            await press(here, pair, "3")
            text = screen_text(pair[0])

    assert "by 24 December 2026" in text
    assert "2026-12-24" not in text


async def test_a_note_is_taken_back_and_put_back_with_one_key_that_is_let_go() -> None:
    async with sitting() as here:
        await noted(here)
        async with console(here) as pair:
            await press(here, pair, "3", "down", "x")
            gone = [note.text for note in here.room.tables.notes]
            said = screen_text(pair[0])
            await press(here, pair, "end", "x")

    assert "words 2" not in gone
    assert "× ACTION" in said
    assert "taken back" in said
    assert len(here.room.tables.notes) == 4


async def test_a_note_can_be_kept_from_the_record_page() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "3", "k", *"draught", "enter")

        assert here.room.tables.notes[0].text == "draught"
        assert "CONCERN" in screen_text(pair[0])
        assert "draught" in screen_text(pair[0])


async def test_a_record_without_notes_says_how_to_keep_one() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "3", "x")

        assert "Nothing is noted yet." in screen_text(pair[0])
        assert "There are no notes yet." in screen_text(pair[0])


async def test_notes_older_than_the_newest_are_reached_on_the_record_page_and_taken_back() -> None:
    async with sitting() as here:
        for number in range(25):
            await here.give(cmd.AddNote(key=f"n{number:02d}", kind="note", text=f"Word {number:02d}"))
        async with console(here, (100, 40)) as pair:
            await press(here, pair, "3")
            newest = screen_text(pair[0])
            await press(here, pair, "n")
            older = screen_text(pair[0])
            await press(here, pair, "x")
            gone = screen_text(pair[0])
            await press(here, pair, "n")
            end = screen_text(pair[0])
            await press(here, pair, "escape", "3")

        assert "The newest 20. n shows older ones." in newest
        assert "Word 24" in newest
        assert "Word 04" not in newest
        assert "21–25 of 25" in older
        assert "Word 04" in older
        assert "Word 24" not in older
        assert "n04" not in [note.key for note in here.room.tables.notes]
        assert "of 24" in gone
        assert "There are no older notes." in end
