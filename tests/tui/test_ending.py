"""The two moments at the end, and what the console says before each and after it."""

from __future__ import annotations

import msgspec
from textual.pilot import Pilot

from tests.tui.desk_room import Sitting, by_name, console, press, screen_text, settle, sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.form import Form
from workshop_tui.tui.screens.queue import QueueScreen
from workshop_tui.tui.screens.run import RunScreen

LAST_DAY = "2026-12-24"


async def story(here: Sitting, person: str, words: str, level: str) -> None:
    body = msgspec.json.encode({"parts": [["happened", words]], "level": level}).decode()
    await here.tell(person, body, "i03", level)


async def do(here: Sitting, pair: tuple[ConsoleApp, Pilot[str]], name: str) -> None:
    """Choose something from the palette."""
    pair[0].press(by_name(name))
    await settle(here, *pair)


def seen(app: ConsoleApp) -> str:
    """What stands on the screen, or in the box on top of it, in one line."""
    lines = screen_text(app).splitlines()
    boxed = [line.split("│")[1] for line in lines if line.count("│") >= 2]
    return " ".join(" ".join(boxed or lines).split())


async def test_ending_needs_the_typed_word_and_deletes_nothing() -> None:
    async with sitting(write_up_by=LAST_DAY) as here, console(here, (80, 24)) as pair:
        await here.join("ana")
        await press(here, pair, "n")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "canary", "C0")
        key = next(iter(here.room.tables.contributions))
        await here.give(cmd.Moderate(contribution=key, handling="read"))
        await settle(here, *pair)
        await do(here, pair, "end")
        asked = seen(pair[0])
        await press(here, pair, *"en", "enter")
        assert here.room.state.ended_at is None
        await press(here, pair, *"d", "enter")
        after = seen(pair[0])

    assert "Phones can send nothing more, every vote is counted for good" in asked
    assert "Nothing that people wrote is deleted yet." in asked
    assert "it finishes by itself after 24 December 2026" in asked
    assert here.room.state.ended_at is not None
    assert here.room.tables.contributions[key].body
    assert "THE WORKSHOP HAS ENDED" in after
    assert "You can write up until 24 December 2026" in after
    assert "That deletes 1 text that is only for the day." in after


async def test_the_write_up_is_finished_after_people_left_and_by_its_own_word() -> None:
    async with sitting(write_up_by=LAST_DAY) as here, console(here, (80, 24)) as pair:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i06"))
        await here.tell("ana", msgspec.json.encode({"text": "canary"}).decode(), "i06")
        key = next(iter(here.room.tables.contributions))
        await here.give(cmd.Moderate(contribution=key, handling="read"))
        await settle(here, *pair)
        await do(here, pair, "finish")
        assert isinstance(pair[0].screen, RunScreen)
        assert "People are still here." in seen(pair[0])
        await here.give(cmd.EndWorkshop(confirm="END"))
        await settle(here, *pair)
        await do(here, pair, "finish")
        asked = seen(pair[0])
        await press(here, pair, *"END", "enter")
        assert here.room.state.finished_at is None
        await press(here, pair, *["backspace"] * 3, *"finish", "enter")
        after = seen(pair[0])

    assert "This deletes for good what was only for the day" in asked
    assert "This cannot be taken back." in asked
    assert here.room.tables.contributions[key].body == ""
    assert "THE WRITE-UP IS FINISHED" in after
    assert "Deleted: 1 text that was only for the day." in after


async def test_before_either_moment_it_shows_what_waits_and_leads_there() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await here.join("ana", "ben", "cy")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one", "C1")
        await story(here, "ben", "two", "C0")
        await story(here, "cy", "three", "C0")
        last = list(here.room.tables.contributions)[-1]
        await here.give(cmd.Moderate(contribution=last, handling="on_hold"))
        await settle(here, *pair)
        said = []
        for name in ("end", "finish"):
            await do(here, pair, name)
            assert isinstance(pair[0].screen, Choose)
            said.append(seen(pair[0]))
            await press(here, pair, "escape")
            if name == "end":
                await here.give(cmd.EndWorkshop(confirm="END"))
            await settle(here, *pair)
        await do(here, pair, "finish")
        await press(here, pair, "down", "down", "enter", "up", "enter")
        screen = pair[0].screen
        assert isinstance(screen, QueueScreen)
        led = screen.entry

    for each in said:
        assert "1 story may only be told in your words, and nobody has written them yet (1 in item 3)." in each
        assert "not read yet: 2 stories; held back: 1 story" in each
        assert "about somebody's safety, act on it before it is deleted." in each
    assert here.room.state.finished_at is None
    assert led is not None
    assert led.parts[0][1] == "one"


async def test_going_on_all_the_same_asks_for_the_word() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "one", "C0")
        await settle(here, *pair)
        await do(here, pair, "end")
        await press(here, pair, "down", "enter")

        assert isinstance(pair[0].screen, Form)


async def test_after_the_finish_keys_say_so_and_the_queue_shows_what_is_left() -> None:
    async with sitting() as here, console(here, (80, 24)) as pair:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        await story(here, "ana", "canary", "C1")
        key = next(iter(here.room.tables.contributions))
        await here.give(cmd.Retell(contribution=key, words="Somebody waited"))
        await here.give(cmd.EndWorkshop(confirm="END"))
        await here.give(cmd.FinishWriteUp(confirm="FINISH"))
        await settle(here, *pair)
        await press(here, pair, "t")
        assert isinstance(pair[0].screen, RunScreen)
        assert "The write-up of this workshop is finished" in seen(pair[0])
        assert "What you wrote about 1 story stays." in seen(pair[0])
        await press(here, pair, "s", "up", "enter", "f")
        listed = seen(pair[0])

    assert "In your words: Somebody waited" in listed
    assert "Its own words are deleted." in listed
    assert "canary" not in listed
