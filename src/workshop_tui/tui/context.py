"""What the console gives to whatever a key does: this moment, ways to ask, and a way to the room."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Literal, Protocol, TypeVar

from textual.screen import ModalScreen, Screen

from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.messages import Text, Translator
from workshop_tui.tui.feed import Feed
from workshop_tui.tui.moment import ConsoleMoment

T = TypeVar("T")


class Context(Protocol):
    """The console, as far as flows know it: so that it can import them, and they need not import it."""

    feed: Feed
    translator: Translator
    separate_display: bool
    """Whether the facilitator said that the big screen is another display than this one."""
    takes_room: bool
    """Whether the room ends with this console, as a demo's does."""

    @property
    def moment(self) -> ConsoleMoment:
        """This moment; only once a snapshot has arrived."""

    @property
    def has_moment(self) -> bool:
        """Whether a snapshot has arrived."""

    async def ask(self, dialog: ModalScreen[T], *, over: bool = False) -> T | None:
        """Ask one thing; None when it was put away, or when another question is open already.

        Args:
            dialog: The question.
            over: Whether it comes even over another one: leaving always works.
        """

    def visit(self, screen: Screen[None]) -> None:
        """Show a screen over the page, to come back from with Esc; not while a question is open."""

    def turn_to(self, page: Screen[None] | None, *, anew: bool = False) -> None:
        """Show a page; None for the first, which is below all others.

        Args:
            page: The page; where it is shown already it stays as it is.
            anew: Whether it takes the place of the one that is shown already: it begins with something else.
        """

    def say(self, words: Text, *more: Text, ok: bool = True) -> None:
        """Put an answer on the screen; what went wrong stays until put away."""

    async def send(self, command: FacilitatorCommand, *, quietly: bool = False) -> bool:
        """Hand a command to the room, in the order they were given; whether it was carried out.

        Args:
            command: The command.
            quietly: Whether only what went wrong is told, because one answer follows for several.
        """

    async def asked(self, answer: Awaitable[T]) -> T | None:
        """What the room answered; None when it could not, and then the reason is on the screen."""

    async def fresh(self) -> ConsoleMoment | None:
        """The room as it is now, past anything sent before; None when it does not answer."""

    def open_page(self, address: str) -> bool:
        """Open an address in the browser of this computer; whether there was one."""

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text into the clipboard, by way of the terminal (OSC 52)."""

    def set_peek(self, peek: bool) -> None:
        """Look at the result so far, or stop looking."""

    def leave(self, result: Literal["left", "stopped"]) -> None:
        """End the console."""
