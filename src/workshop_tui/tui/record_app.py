"""The record over many sessions in a terminal: a program of its own, with no room behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import ClassVar, Protocol, TypeVar, cast

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from workshop_tui.cycle.answers import Answer
from workshop_tui.cycle.picture import Picture
from workshop_tui.errors import WorkshopError
from workshop_tui.messages import ENGLISH, Sentences, Text, Translator, as_tuple, tr
from workshop_tui.tui.context import Context
from workshop_tui.tui.keyed_app import KeyedApp
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.screens.record_over import RecordPage

T = TypeVar("T")


class Desk(Protocol):
    """What the page shows, and where what is typed there goes."""

    @property
    def picture(self) -> Picture:
        """As it was read last."""

    @property
    def since(self) -> str:
        """The day after which what became late is new."""

    @property
    def names(self) -> Mapping[str, str]:
        """The file of each session, by its id."""

    @property
    def passed_over(self) -> tuple[Sentences, ...]:
        """Files that could not be used, and why."""

    def reload(self) -> None:
        """Read what has changed."""

    def answer(self, about: str, answer: Answer | None, confirmed: tuple[int, int], by: Mapping[str, str]) -> Sentences:
        """Note an answer, a count of those who confirm it, or both; gives what was noted.

        Args:
            about: The line.
            answer: What is answered; None for nothing.
            confirmed: How many of those who asked say that it was done, and how many that it was not.
            by: Who says so (`by_body`, `by_role`), and where: a `reference`, or the `vote` of a session by its id.

        Raises:
            WorkshopError: it cannot be taken; nothing was changed.
        """

    def code(self, about: str, given: Sequence[str], taken: Sequence[str]) -> Sentences:
        """Give codes of the list to a line, or take them back; gives what was noted.

        Raises:
            WorkshopError: it cannot be taken; nothing was changed.
        """


class RecordApp(KeyedApp):
    """Shows the record until it is left.

    Args:
        desk: What is shown.
        translator: Turns what is said into the language of whoever reads.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/base.tcss", "screens/record_over.tcss"]
    TITLE = "workshop-tui"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", "", show=False, id="leave_c")]

    def __init__(self, desk: Desk, translator: Translator = ENGLISH) -> None:
        super().__init__(translator)
        self.desk = desk

    def get_default_screen(self) -> Screen[None]:
        return RecordPage(self.desk)

    def keys_of(self, screen: Screen[object]) -> Keys | None:
        """Those of the page."""
        return screen.keys if isinstance(screen, RecordPage) else None

    def press(self, key: Key) -> None:
        """Do what a key does."""
        # The keys of this page ask for nothing that only a console on a room has.
        self.run_worker(key.does(cast(Context, self)), group="keys", name=key.act.name)

    async def tried(self, work: Callable[[], T]) -> tuple[T | None, tuple[Text, ...]]:
        """Do something with files away from the keys; what came of it, and why it could not be done."""
        try:
            return await asyncio.to_thread(work), ()
        except WorkshopError as problem:
            return None, as_tuple(problem.told)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything by name; Textual's own screenshot and developer commands stay out."""
        for key in screen.keys.all if isinstance(screen, RecordPage) else ():
            shown = f" ({key.act.key})" if key.act.key else ""
            yield SystemCommand(self.text(key.act.title) + shown, self.text(key.act.help),
                                lambda key=key: self.press(key))  # fmt: skip
        yield SystemCommand(self.text(tr("Theme")), self.text(tr("Other colours, light or dark.")),
                            self.action_change_theme)  # fmt: skip
