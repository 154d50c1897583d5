"""What every full screen of the console has: the lines that are always visible, its keys, and a moment to draw."""

from __future__ import annotations

from typing import ClassVar, Generic, Literal, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.events import Key as Pressed
from textual.message import Message
from textual.screen import ModalScreen, Screen

from workshop_tui.tui.keys import MOVES, Keys
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.plain_app import PlainApp
from workshop_tui.tui.widgets.bars import KeyLine, Tabs
from workshop_tui.tui.widgets.plain import PlainInput, PlainTextArea
from workshop_tui.tui.widgets.status import Foot, Head

T = TypeVar("T")

WIDTHS = [(0, "-tiny"), (80, "-narrow"), (100, "-normal"), (140, "-wide")]
HEIGHTS = [(0, "-short"), (24, "-tall")]

PageName = Literal["", "run", "read", "record", "write_up"]


class DeskScreen(Screen[None]):
    """A full screen with the always-visible lines around `body`.

    Args:
        keys: What its keys do, in the order of the bottom line.
    """

    app = getters.app(PlainApp)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    ON_PAGE: ClassVar[PageName] = ""
    """The page that it is; empty for a screen that is shown over one."""
    HOLDS_WORK: ClassVar[bool] = False
    """Whether something would be lost by turning to a page from here: it is left by its own keys."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.keys = keys
        self.answered = False

    def answer(self) -> None:
        """Go away; once, however fast Esc is pressed twice."""
        if not self.answered:
            self.answered = True
            self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Head, body, foot, keys; made for the size of the window at once, where Textual would do it after a paint."""
        self.set_classes((_at(self.app.size.width, WIDTHS), _at(self.app.size.height, HEIGHTS)))
        yield Head(id="head")
        yield Tabs(self.ON_PAGE, id="tabs")
        yield from self.body()
        yield Foot(id="foot")
        yield KeyLine(self.keys, id="keys")

    def body(self) -> ComposeResult:
        yield from ()

    def on_screen_resume(self) -> None:
        """Show this moment from the first paint on: before Textual lays the screen out, not after it."""
        self.app.draw()

    def draw(self, moment: ConsoleMoment) -> None:
        """Show this moment; called for each snapshot and each second."""
        self.query_one("#head", Head).draw(moment)
        self.query_one("#tabs", Tabs).draw(moment)
        self.query_one("#foot", Foot).draw(moment)


def _at(size: int, breakpoints: list[tuple[int, str]]) -> str:
    """The class of the last breakpoint that this many cells reach."""
    return next(name for least, name in reversed(breakpoints) if size >= least)


class Dialog(ModalScreen[T], Generic[T]):
    """A box over everything; keys of the screen below do nothing meanwhile."""

    app = getters.app(PlainApp)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    answered = False
    is_ready = False
    """Whether it takes keys yet; those that come sooner wait for it (`KeyedApp.take_key`)."""

    class Ready(Message):
        """It takes keys from now on."""

    def on_mount(self) -> None:
        """Once it stands, and what has the focus has it."""
        self.call_after_refresh(self._be_ready)

    def _be_ready(self) -> None:
        self.is_ready = True
        self.app.post_message(self.Ready())

    def answer(self, result: T) -> None:
        """Go away with this result; the first answer counts, however fast Enter is pressed twice."""
        if not self.answered:
            self.answered = True
            self.dismiss(result)

    def draw(self, moment: ConsoleMoment) -> None:
        """Follow the room while the question stands; most do not."""

    def may_repeat(self, pressed: Pressed) -> bool:
        """Whether holding this key down goes on: where something is typed, and where the cursor moves."""
        if isinstance(self.focused, PlainInput | PlainTextArea) and (
            pressed.is_printable or pressed.key == "backspace"
        ):
            return True
        return pressed.key in MOVES or (isinstance(self.focused, PlainTextArea) and pressed.key == "enter")
