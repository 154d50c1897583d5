"""What lies behind a result: other ways of counting, tables, people's reasons. Only for the facilitator."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from workshop_tui.room.snapshot import Details
from workshop_tui.tui.lines import Lines, heading, paragraph, result_lines
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.widgets.page import Page


class DetailsScreen(DeskScreen):
    """The details of one closed round, to scroll through.

    Args:
        details: What the room answered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,y", "back", "Back", key_display="esc", id="back")]

    def __init__(self, details: Details) -> None:
        super().__init__()
        self._details = details

    def body(self) -> ComposeResult:
        """One page, as long as it needs to be."""
        with VerticalScroll(classes="body"):
            page = Page(id="details")
            page.show(self._lines)
            yield page

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _lines(self, width: int) -> Lines:
        return [
            *heading("BEHIND THE RESULT", width, "only you can see this"),
            *paragraph(self._details.question, width, lead="? "),
            [],
            *result_lines(self._details.blocks, (), width),
        ]
