"""The screen the facilitator sits at: agenda, what matters now, and in a wide window what else there is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from workshop_tui.tui.desk import Desk
from workshop_tui.tui.keys import EVERYWHERE, KEYS
from workshop_tui.tui.main_pane import main_pane
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.side_panes import agenda_lines, aside_lines, reading_lines
from workshop_tui.tui.widgets.house import Words
from workshop_tui.tui.widgets.page import Page


class RunScreen(DeskScreen):
    """The main screen; every key of the console works here."""

    AUTO_FOCUS = "#middle"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key.keys, f"app.do('{key.name}')", key.label, show=key.footer, key_display=key.shown, id=key.name,
                    tooltip=key.help)
            for key in KEYS
            if key.keys and key.name not in EVERYWHERE
        ),
        Binding("enter", "app.start_again", "Start the room again", show=False, id="start_again"),
        Binding("escape", "app.dismiss_words", "Put the last answer away", show=False, id="dismiss_words"),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Three panes; the width decides how many are visible."""
        yield Words("Please make the window bigger: 80 columns and 24 lines.", id="small")
        with Horizontal(id="panes", classes="body"):
            with VerticalScroll(id="left", can_focus=False):
                yield Page(id="agenda", does="agenda")
                yield Page(id="reading", does="queue")
            with VerticalScroll(id="middle"):
                yield Page(id="now")
            with VerticalScroll(id="right", can_focus=False):
                yield Page(id="aside")

    def draw(self, desk: Desk) -> None:
        """Show this moment."""
        super().draw(desk)
        self.query_one("#now", Page).show(lambda width: main_pane(desk, width))
        self.query_one("#agenda", Page).show(lambda width: agenda_lines(desk, width))
        self.query_one("#reading", Page).show(lambda width: reading_lines(desk, width))
        self.query_one("#aside", Page).show(lambda width: aside_lines(desk, width))
