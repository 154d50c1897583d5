"""An app whose pages have keys of their own and whose questions come up in boxes: which of them a press goes to."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TypeVar

from textual import on
from textual.events import Key as Pressed
from textual.screen import ModalScreen, Screen

from workshop_tui.messages import ENGLISH, Translator
from workshop_tui.tui.keys import MOVES, Key, Keys
from workshop_tui.tui.lines import Pen
from workshop_tui.tui.plain_app import PlainApp
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.screens.help import help_screen
from workshop_tui.tui.terminal import leaving_on_signals

T = TypeVar("T")


class KeyedApp(PlainApp):
    """What the console on a room and the record over many sessions do alike.

    Args:
        translator: Turns what is said into the facilitator's language.
    """

    def __init__(self, translator: Translator = ENGLISH) -> None:
        super().__init__(translator)
        self._early: list[Pressed] = []
        """Keys that came before a dialog could take them."""

    async def run_async(self, **options: object) -> str | None:
        """Run in the terminal; a signal ends it with the terminal put back."""
        with leaving_on_signals(lambda: self.exit("left")):
            return await super().run_async(**options)  # type: ignore[arg-type]

    @abstractmethod
    def keys_of(self, screen: Screen[object]) -> Keys | None:
        """The keys of a page; None for what is none."""

    @abstractmethod
    def press(self, key: Key) -> None:
        """Do what a key does."""

    @property
    def _is_asking(self) -> bool:
        return any(isinstance(screen, ModalScreen) for screen in self.screen_stack)

    def key_for(self, screen: Screen[object], event: Pressed) -> Key | None:
        """What a press means here; None where what has the focus takes it."""
        keys = self.keys_of(screen)
        return keys.of(event) if keys is not None else None

    async def take_key(self, event: Pressed) -> None:
        """One press: done by the page, handed to what has the focus, or kept until a dialog that comes can take it."""
        screen = self.screen
        if isinstance(screen, Dialog) and (self._early or not screen.is_ready):
            # Behind those that wait already, also once it is ready: none overtakes another.
            self._early.append(event)
        else:
            await self._hand_over(event)

    async def _hand_over(self, event: Pressed) -> None:
        if (key := self.key_for(self.screen, event)) is not None:
            self.press(key)
            # Whatever it asks first is asked now, so that the next key goes there.
            await asyncio.sleep(0)
        else:
            await super().take_key(event)

    @on(Dialog.Ready)
    async def replay(self) -> None:
        """A dialog can take keys now: those that were meant for it, one after the other and in order."""
        screen = self.screen
        if self._early and not (isinstance(screen, Dialog) and not screen.is_ready):
            await self._hand_over(self._early.pop(0))
            # What it did comes first: the next one may be for another box.
            self.call_later(self.replay)

    def may_repeat(self, event: Pressed) -> bool:
        """Whether a key that is held down goes on doing what it does."""
        screen = self.screen
        if isinstance(screen, Dialog):
            # What was typed ahead is as good as typed.
            return screen.may_repeat(event) or (not screen.is_ready and event.is_printable)
        keys = self.keys_of(screen)
        if keys is None:
            # The palette: something is typed there.
            return event.key != "enter"
        key = keys.of(event)
        return key.repeats if key is not None else event.key in MOVES

    async def ask(self, dialog: ModalScreen[T]) -> T | None:
        """Ask one thing; None where another question is open."""
        if self._is_asking:
            return None
        return await self.push_screen_wait(dialog)

    async def help(self) -> None:
        """Every key, to read and to choose from."""
        keys = self.keys_of(self.screen)
        if keys is not None:
            chosen = await self.ask(help_screen(keys, Pen(0, self.translator)))
            key = next((each for each in keys.all if each.act.name == chosen), None)
            if key is not None:
                self.press(key)
