"""What every full screen of the console has: the lines that are always visible, and a moment to draw."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen

from workshop_tui.tui.desk import Desk
from workshop_tui.tui.house_app import HouseApp
from workshop_tui.tui.widgets.keyline import KeyLine
from workshop_tui.tui.widgets.status import Foot, Head

T = TypeVar("T")

WIDTHS = [(0, "-tiny"), (80, "-narrow"), (100, "-normal"), (140, "-wide")]
HEIGHTS = [(0, "-short"), (24, "-tall")]


class DeskScreen(Screen[None]):
    """A full screen with the always-visible lines around `body`."""

    app = getters.app(HouseApp)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    answered = False

    def answer(self) -> None:
        """Go away; once, however fast Esc is pressed twice."""
        if not self.answered:
            self.answered = True
            self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Head, body, foot, keys; made for the size of the window at once, where Textual would do it after a paint."""
        self.set_classes((_at(self.app.size.width, WIDTHS), _at(self.app.size.height, HEIGHTS)))
        yield Head(id="head")
        yield from self.body()
        yield Foot(id="foot")
        yield KeyLine()

    def body(self) -> ComposeResult:
        """What is between head and foot."""
        yield from ()

    def on_screen_resume(self) -> None:
        """Show this moment from the first paint on: before Textual lays the screen out, not after it."""
        self.app.draw()

    def action_back(self) -> None:
        """To the screen below."""
        self.answer()

    def draw(self, desk: Desk) -> None:
        """Show this moment; called for each snapshot and each second."""
        self.query_one("#head", Head).draw(desk)
        self.query_one("#foot", Foot).draw(desk)


def _at(size: int, breakpoints: list[tuple[int, str]]) -> str:
    """The class of the last breakpoint that this many cells reach."""
    return next(name for least, name in reversed(breakpoints) if size >= least)


class Dialog(ModalScreen[T], Generic[T]):
    """A box over everything; keys of the screen below do nothing meanwhile."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    answered = False

    def answer(self, result: T) -> None:
        """Go away with this result; the first answer counts, however fast Enter is pressed twice."""
        if not self.answered:
            self.answered = True
            self.dismiss(result)
