"""Keys decide what may tell who somebody is, one piece after the other, and what others read follows."""

from __future__ import annotations

import msgspec

from tests.sessions import an_agenda, item
from tests.tui.desk_room import Sitting, console, press, screen_text, sitting
from workshop_tui.domain import commands as cmd

YES = ("s", "up", "enter")
TOLD = "Dr Prothero said no. Ring 07700 900142 or Ward 4."


async def told(here: Sitting) -> str:
    await here.join("ana")
    await here.give(cmd.OpenItem(item="i01"))
    body = msgspec.json.encode({"parts": [["happened", TOLD]], "level": "C3"}).decode()
    await here.tell("ana", body, "i01", "C3")
    return list(here.room.tables.contributions)[-1]


async def test_each_marked_piece_is_taken_out_said_otherwise_or_left_with_a_key_and_undone_with_another() -> None:
    async with sitting(agenda=an_agenda(item(1, "Told", kind="vignette"), item(2, "Rest"))) as here:
        key = await told(here)
        decisions = lambda: [each.decision for each in here.room.tables.redactions(key)]  # noqa: E731
        async with console(here, (100, 44)) as pair:
            await press(here, pair, *YES, "f")
            marked = " ".join(screen_text(pair[0]).split())
            await press(here, pair, "a")
            refused = " ".join(screen_text(pair[0]).split())
            await press(here, pair, "x")
            assert decisions() == ["accepted"]
            await press(here, pair, "u")
            assert decisions() == []
            await press(here, pair, "x", "e", "ctrl+u", *"there", "enter", "l")
            shown = " ".join(screen_text(pair[0]).split())
            assert decisions() == ["accepted", "edited", "dismissed"]
            await press(here, pair, "a")

    assert "⟦Dr Prothero⟧ said no. Ring ⟦07700 900142⟧ or ⟦Ward 4⟧." in marked
    assert "3 pieces may tell who somebody is" in marked
    assert "The tool misses things." in marked
    assert "to decide" in marked
    assert "3 pieces of it may tell who somebody is" in refused
    assert "“07700 900142” is said otherwise: “there”." in shown
    assert here.room.tables.contributions[key].moderation == "approved"


async def test_there_is_nothing_to_decide_where_nothing_is_marked_and_the_key_says_so() -> None:
    async with sitting(agenda=an_agenda(item(1, "Told", kind="ideas"), item(2, "Rest"))) as here:
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i01"))
        await here.tell("ana", '{"text":"Nobody rang."}', "i01", "C2")
        async with console(here, (100, 40)) as pair:
            await press(here, pair, *YES, "x")
            said = " ".join(screen_text(pair[0]).split())

    assert "There is nothing in it to decide" in said
    assert "The tool misses things." in said
