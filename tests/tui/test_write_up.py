"""The write-up by keyboard: lines sorted, worded, tied to what they rest on, several at once, and all of it undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tests.sessions import an_agenda, item, options
from tests.tui.desk_room import Sitting, console, press, screen_text, settle, sitting
from tests.tui.test_reading_queue import story
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.points import Tie
from workshop_tui.domain.registers import EntryRow
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.screens.evidence import EvidenceScreen
from workshop_tui.tui.screens.write_up import WriteUpScreen

WRITE_UP = ("4", "up", "enter")
"""Open the page and say that the room cannot see this window."""

SAID = ("I rang the surgery nine times before anybody answered.", "The bus comes twice a day.", "Nobody wrote to us.")


@asynccontextmanager
async def writing_up(*lines: str) -> AsyncIterator[tuple[Sitting, tuple[ConsoleApp, Pilot[str]]]]:
    """A day with three stories, a result and some lines, and the page of the write-up."""
    agenda = an_agenda(item(1, kind="single", options=options("A", "B")), item(2), item(3, kind="vignette"))
    async with sitting(agenda) as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b"k" * 32))
        await here.vote("ana", "a")
        await here.give(cmd.Reveal())
        await here.give(cmd.OpenItem(item="i03"))
        for words in SAID:
            await story(here, "ana", words)
        for at, text in enumerate(lines):
            await here.give(cmd.AddNote(key=f"n{at}", kind="note", text=text))
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *WRITE_UP)
            yield here, pair


def entry(here: Sitting, key: str = "n0") -> EntryRow | None:
    return here.room.tables.kept_entry(key)


def ties(here: Sitting, key: str = "n0") -> list[str]:
    rows = here.room.tables.contributions
    said = {key: next(each for each in SAID if each in row.body) for key, row in rows.items()}
    return sorted(said.get(tie.ref, tie.ref) for tie in here.room.tables.kept_ties(key))


async def test_what_was_kept_with_t_waits_to_be_sorted_and_stands_first() -> None:
    async with writing_up() as (here, pair):
        await here.give(cmd.AddNote(key="a", kind="concern", text="A worry"))
        await press(here, pair, "1", "t", *"later", "enter", "4")
        shown = screen_text(pair[0])

    assert "1 to be sorted" in shown
    assert shown.index("TO BE SORTED") < shown.index("CONCERN")
    assert shown.index("later") < shown.index("A worry")


async def test_a_line_is_sorted_and_undone_by_its_keys() -> None:
    async with writing_up("Long waits") as (here, pair):
        await press(here, pair, "s", "ctrl+s")
        assert entry(here) == EntryRow("point")
        assert "POINT" in screen_text(pair[0])
        await press(here, pair, "u")
        assert entry(here) is None
        await press(here, pair, "U")
        assert entry(here) == EntryRow("point")
        await press(here, pair, "r")
        assert entry(here) is None


async def test_several_lines_are_sorted_alike_and_one_undo_puts_them_back() -> None:
    async with writing_up("Long waits", "Far away", "Cold rooms") as (here, pair):
        await press(here, pair, "down", "down", "s", "tab", "tab", "tab", *"Ring", "ctrl+s", "home")
        was = entry(here, "n2")
        await press(here, pair, "space", "down", "space", "s", "tab", "tab", *"Board", "ctrl+s")
        assert [entry(here, key) for key in ("n0", "n1")] == [EntryRow("point", {"body": "Board"})] * 2
        assert "2 lines are sorted so now" in screen_text(pair[0])
        await press(here, pair, "u")
        assert [entry(here, key) for key in ("n0", "n1", "n2")] == [None, None, was]
        assert was == EntryRow("point", {"asked": "Ring"})


async def test_a_line_gets_other_words_and_a_new_point_is_kept() -> None:
    async with writing_up("Long") as (here, pair):
        await press(here, pair, "w", *" waits", "ctrl+s")
        await press(here, pair, "a", *"Two", "ctrl+s")
        notes = here.room.tables.notes

    assert [note.text for note in notes][1] == "Two"
    assert "waits" in notes[0].text
    assert here.room.tables.kept_entry(notes[1].key) == EntryRow("point")


async def test_several_lines_are_tied_to_several_things_at_once_and_one_undo_unties_them() -> None:
    async with writing_up("Long waits", "Far away") as (here, pair):
        await press(here, pair, "space", "down", "space", "enter")
        assert isinstance(pair[0].screen, EvidenceScreen)
        await press(here, pair, "space", "down", "space", "t")
        assert (ties(here, "n0"), ties(here, "n1")) == ([SAID[2], SAID[1]], [SAID[2], SAID[1]])
        assert "tied 4 things to lines" in screen_text(pair[0])
        await press(here, pair, "u")
        assert ties(here, "n0") == ties(here, "n1") == []
        await press(here, pair, "escape")
        assert isinstance(pair[0].screen, WriteUpScreen)


async def test_texts_are_found_by_their_words_and_results_are_tied_too() -> None:
    async with writing_up("Far away") as (here, pair):
        await press(here, pair, "enter", "/", *"BUS", "enter")
        assert "Nobody wrote" not in screen_text(pair[0])
        await press(here, pair, "t", "f")
        assert "What no line rests on yet: nothing here" in screen_text(pair[0])
        await press(here, pair, "f", "t")
        assert ties(here) == [SAID[1], "i01.1"]
        await press(here, pair, "f")
        assert "The bus comes twice a day." in screen_text(pair[0])
        await press(here, pair, "*", "x")
        assert ties(here) == []


async def test_words_of_a_story_are_refused_on_the_screen_and_nothing_is_tied() -> None:
    async with writing_up("They rang the surgery nine times before it worked") as (here, pair):
        await press(here, pair, "enter", "*", "t")
        shown = " ".join(screen_text(pair[0]).split())

    assert "rang the surgery nine times before" in shown
    assert "somebody's own words" in shown
    assert ties(here) == []


async def test_a_point_whose_story_was_taken_back_asks_to_be_read_again() -> None:
    async with writing_up("Far away") as (here, pair):
        await press(here, pair, "enter", "/", *"BUS", "enter", "t", "escape")
        (tie,) = here.room.tables.kept_ties("n0")
        await here.give(cmd.TakeBack(person="ana", contribution=tie.ref))
        # The list follows within a second; turning it does at once.
        await press(here, pair, "f", "F")
        shown = " ".join(screen_text(pair[0]).split())

    assert tie == Tie("n0", "contribution", tie.ref)
    assert "The story behind this was taken back. Please read it again." in shown
    assert "Far away" in shown
    assert "The bus" not in shown


async def test_a_concern_is_taken_back_only_for_whoever_raised_it() -> None:
    async with writing_up() as (here, pair):
        await here.give(cmd.AddNote(key="a", kind="concern", text="A worry"))
        await settle(here, *pair)
        await press(here, pair, "x", "enter")
        assert [note.text for note in here.room.tables.notes] == ["A worry"]
        await press(here, pair, "x", "up", "enter")
        assert here.room.tables.notes == ()
