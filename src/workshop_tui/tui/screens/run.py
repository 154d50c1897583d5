"""The first page, at which the facilitator sits: agenda, what matters now, and in a wide window what else there is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from workshop_tui.messages import tr
from workshop_tui.tui.keys import Keys
from workshop_tui.tui.lines import Pen
from workshop_tui.tui.main_pane import main_pane
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.base import DeskScreen, PageName
from workshop_tui.tui.side_panes import agenda_lines, agenda_width, aside_lines, reading_lines
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainStatic

LEFT_LEAST, MIDDLE_LEAST, RIGHT = 30, 54, 36
"""Cells of the panes: the running order gets what its titles need, as long as the middle one can be read."""


class RunScreen(DeskScreen):
    """The page that is below all others.

    Args:
        keys: What its keys do.
    """

    ON_PAGE: ClassVar[PageName] = "run"
    AUTO_FOCUS = "#middle"

    def __init__(self, keys: Keys) -> None:
        super().__init__(keys)
        self._left = 0

    def body(self) -> ComposeResult:
        """Three panes; the width decides how many are visible."""
        yield PlainStatic(self.app.text(tr("Please make the window bigger: 80 columns and 24 lines.")), id="small")
        with Horizontal(id="panes", classes="body"):
            with VerticalScroll(id="left", can_focus=False):
                yield Pane(id="agenda", key="a")
                yield Pane(id="waiting", key="s")
            with VerticalScroll(id="middle"):
                yield Pane(id="now")
            with VerticalScroll(id="right", can_focus=False):
                yield Pane(id="aside")

    def draw(self, moment: ConsoleMoment) -> None:
        super().draw(moment)
        self._fit(moment)
        self.query_one("#now", Pane).show(lambda pen: main_pane(moment, pen))
        self.query_one("#agenda", Pane).show(lambda pen: agenda_lines(moment, pen))
        self.query_one("#waiting", Pane).show(lambda pen: reading_lines(moment, pen))
        self.query_one("#aside", Pane).show(lambda pen: aside_lines(moment, pen))

    def _fit(self, moment: ConsoleMoment) -> None:
        """Give the running order the width that its titles need, where the other panes can spare it."""
        beside = MIDDLE_LEAST + (RIGHT if self.has_class("-wide") else 0)
        needed = agenda_width(moment, Pen(0, self.app.translator)) + 3
        left = max(LEFT_LEAST, min(needed, self.app.size.width - beside))
        if left != self._left:
            self._left = left
            self.query_one("#left").styles.width = left
