"""A key that is held down or bounces: it counts once, whatever the terminal sends, and never confirms anything."""

from __future__ import annotations

import msgspec
import pytest

from tests.tui.desk_room import (
    Sitting,
    asked,
    console,
    hold_key,
    press,
    screen_text,
    settle,
    sitting,
    type_key,
    until,
)
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.wire import wire_name
from workshop_tui.tui.presses import REPEAT_S, Presses
from workshop_tui.tui.screens.dialogs import Choose, Confirm
from workshop_tui.tui.screens.form import Form
from workshop_tui.tui.screens.queue import QueueScreen
from workshop_tui.tui.screens.shade import ShadeScreen

# Of the first repeat, and of those after it: Windows at its slowest, Linux as it comes, a fast one, a bounce.
TERMINALS = [(1.0, 0.5), (0.66, 0.04), (0.25, 0.03), (0.005, 0.005)]


def names(here: Sitting) -> list[str]:
    return [wire_name(type(command)) for command in here.client.sent]


async def story(here: Sitting, person: str, words: str) -> None:
    body = msgspec.json.encode({"parts": [["happened", words]], "level": "C2"}).decode()
    await here.tell(person, body, "i03", "C2")


@pytest.mark.parametrize(("delay_s", "every_s"), TERMINALS)
@pytest.mark.parametrize(
    ("before", "key", "sent"),
    [
        ((), "n", ["open_item"]),
        (("n",), "v", ["open_vote"]),
        (("n", "v"), "v", ["close_vote"]),
        (("n",), "space", ["pause_timer"]),
        (("n", "v", "b"), "u", ["undo"]),
        (("n", "v", "u"), "U", ["redo"]),
        (("n",), "b", ["set_screen"]),
    ],
)
async def test_a_held_key_does_once_what_it_does(
    before: tuple[str, ...], key: str, sent: list[str], delay_s: float, every_s: float
) -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, *before)
        done = len(here.client.sent)
        hold_key(pair[0], key, 40, delay_s=delay_s, every_s=every_s)
        await settle(here, *pair)

        assert names(here)[done:] == sent


@pytest.mark.parametrize(("delay_s", "every_s"), TERMINALS)
@pytest.mark.parametrize("key", ["r", "n", "V", "w", "j", "l", "c", "i", "a", "s", "ctrl+q", "?", "ctrl+b", "y"])
async def test_no_held_key_reveals_leaves_an_open_vote_or_takes_back_what_it_showed(
    key: str, delay_s: float, every_s: float
) -> None:
    async with sitting() as here, console(here) as pair:
        await here.join("ana")
        await press(here, pair, "n", "v")
        hold_key(pair[0], key, 60, delay_s=delay_s, every_s=every_s)
        await settle(here, *pair)

        assert set(names(here)) <= {"open_item", "open_vote"} | ({"set_screen"} if key == "ctrl+b" else set())
        assert names(here).count("open_item") == 1
        if key == "ctrl+b":
            assert isinstance(pair[0].screen, ShadeScreen)
            assert names(here).count("set_screen") == 1
        if key == "j":
            assert "JOIN IN" in screen_text(pair[0])


@pytest.mark.parametrize("key", ["a", "h", "enter", "r"])
async def test_holding_a_key_handles_one_story_and_not_all(key: str) -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        pair[0].separate_display = True
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        for number in range(5):
            await story(here, "ana", f"story {number}")
        await press(here, pair, "2")
        hold_key(pair[0], key, 40)
        await settle(here, *pair)
        if key == "enter":
            await press(here, pair, "a")

        moderated = [row.moderation for row in here.room.tables.contributions.values()]
        assert sorted(moderated, key="new".__eq__)[1:] == ["new"] * 4
        assert moderated.count("new") == 4


async def test_enter_that_is_held_opens_a_question_and_does_not_answer_it() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "a", "end")
        hold_key(pair[0], "enter", 40)
        await settle(here, *pair)

        assert isinstance(pair[0].screen, Choose)
        assert names(here) == ["open_item"]


async def test_enter_that_is_held_goes_through_a_form_and_does_not_send_it() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "w", *"ring")
        hold_key(pair[0], "enter", 40)
        await settle(here, *pair)
        assert isinstance(pair[0].screen, Form)
        assert here.client.sent == []
        await press(here, pair, "enter")

        assert names(here) == ["add_note"]


async def test_letting_go_of_shift_first_is_no_second_key() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "u")
        hold_key(pair[0], "U", 5)
        for _ in range(5):
            type_key(pair[0], "u", after_s=0.03)
        await settle(here, *pair)

        assert names(here)[-2:] == ["undo", "redo"]


async def test_a_key_pressed_again_after_it_was_let_go_counts_again() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v")
        type_key(pair[0], "v", after_s=REPEAT_S + 0.1)
        await settle(here, *pair)

        assert names(here)[-2:] == ["open_vote", "close_vote"]


async def test_another_key_in_between_makes_it_a_press_of_its_own() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v")
        type_key(pair[0], "b", after_s=0.1)
        type_key(pair[0], "v", after_s=0.1)
        await settle(here, *pair)

        assert names(here)[-1] in ("close_vote", "set_screen")
        assert names(here).count("close_vote") == 1


async def test_what_is_held_is_said_and_the_words_go_again() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n")
        hold_key(pair[0], "v", 5)
        await settle(here, *pair)
        said = " ".join(screen_text(pair[0]).split())
        here.clock.pass_s(2)
        pair[0]._tick()
        await settle(here, *pair)

        assert "v is held down: it counts once." in said
        assert "is held down" not in screen_text(pair[0])


async def test_keys_that_move_or_are_typed_go_on_while_they_are_held() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n")
        hold_key(pair[0], "+", 4)
        await until(lambda: names(here).count("add_minutes") == 5)
        await press(here, pair, "t")
        hold_key(pair[0], "a", 9)
        await settle(here, *pair)
        await press(here, pair, "enter", "a")
        hold_key(pair[0], "down", 3)
        await settle(here, *pair)
        list_ = pair[0].screen.query_one("#choices")

        assert here.room.tables.notes[0].text == "a" * 10
        assert list_.highlighted == 4  # type: ignore[attr-defined]


async def test_a_double_click_on_the_bottom_line_is_one_press() -> None:
    async with sitting() as here, console(here) as pair:
        line = screen_text(pair[0]).splitlines()[-1]
        await pair[1].click(offset=(line.index("n Next"), 29), times=2)
        await settle(here, *pair)

        assert names(here) == ["open_item"]


async def test_what_is_typed_faster_than_a_form_comes_lands_in_the_form() -> None:
    async with sitting() as here, console(here) as pair:
        for key in ("t", *"nurse", "enter"):
            type_key(pair[0], key, after_s=0.01)
        await until(lambda: here.room.tables.notes)
        await settle(here, *pair)

        assert here.room.tables.notes[0].text == "nurse"
        assert names(here) == ["add_note"]


async def test_keys_typed_fast_open_one_dialog_and_never_two() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n")
        for key in "hjtkwmPaizdVT":
            type_key(pair[0], key, after_s=0.01)
        await settle(here, *pair)
        dialogs = [each for each in pair[0].screen_stack if isinstance(each, Choose | Form | Confirm)]

        assert len(dialogs) <= 1
        assert names(here) == ["open_item"]


async def test_lists_end_at_their_ends() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        pair[0].separate_display = True
        await here.join("ana")
        await here.give(cmd.OpenItem(item="i03"))
        for number in range(3):
            await story(here, "ana", f"story {number}")
        await press(here, pair, "2", "down", "down", "down", "down")
        screen = pair[0].screen
        assert isinstance(screen, QueueScreen)
        last = screen.entry
        await press(here, pair, "up", "up", "up", "up")

        assert last is not None
        assert last.parts[0][1] == "story 0"
        assert screen.entry is not None
        assert screen.entry.parts[0][1] == "story 2"


def test_a_press_is_told_from_a_repeat_by_time_and_sameness() -> None:
    presses = Presses()

    assert not presses.is_repeat("v", 10.0)
    assert presses.is_repeat("v", 11.05), "a little later than a second"
    assert presses.is_repeat("v", 11.95), "each repeat keeps it held"
    assert not presses.is_repeat("v", 13.1)
    assert not presses.is_repeat("b", 13.2)
    assert not presses.is_repeat("v", 13.3)


async def test_the_dialog_says_which_key_answers() -> None:
    async with sitting() as here, console(here) as pair:
        await press(here, pair, "n", "v", "r")

        assert "Show the result to the room (y)" in screen_text(pair[0])
        assert "Show the result to the room?" in asked(pair[0])
