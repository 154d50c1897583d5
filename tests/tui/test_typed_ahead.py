"""Keys that come while a box is coming up: each goes to it, in the order in which it was pressed."""

from __future__ import annotations

from textual.events import Key

from tests.sessions import an_agenda, item
from tests.tui.desk_room import console, press, settle, sitting
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.screens.queue import QueueScreen
from workshop_tui.tui.widgets.plain import PlainInput


async def typed_while_it_comes_up(app: ConsoleApp, before: tuple[Key, ...], after: tuple[Key, ...]) -> None:
    """The box takes keys from between these on, and the console hears of that after the last of them."""
    box = app.screen
    assert isinstance(box, Dialog)
    box.is_ready = False
    for key in before:
        await app.take_key(key)
    box.is_ready = True
    for key in after:
        await app.take_key(key)
    app.post_message(Dialog.Ready())


def letters(words: str) -> tuple[Key, ...]:
    return tuple(Key(letter, letter) for letter in words)


async def test_enter_never_answers_a_box_before_the_arrow_that_was_pressed_first() -> None:
    async with sitting(an_agenda(item(1, kind="vignette"))) as here, console(here) as pair:
        await press(here, pair, "s")
        await typed_while_it_comes_up(pair[0], (Key("up", None),), (Key("enter", "\r"),))
        await settle(here, *pair)

        assert isinstance(pair[0].screen, QueueScreen), "the first answer, to which the arrow leads"


async def test_letters_stand_in_the_order_in_which_they_were_typed() -> None:
    async with sitting(an_agenda(item(1))) as here, console(here) as pair:
        await press(here, pair, "k")
        await typed_while_it_comes_up(pair[0], letters("Fam"), letters("ilies"))
        await settle(here, *pair)

        assert pair[0].screen.query_one(PlainInput).value == "Families"
