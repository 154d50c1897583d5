"""What lies behind a result: other ways of counting, tables, people's reasons. Only for the facilitator."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from workshop_tui.messages import tr
from workshop_tui.room.snapshot import Details
from workshop_tui.tui.keys import Keys
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.results import result_lines
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.own import back
from workshop_tui.tui.widgets.pane import Pane


class DetailsScreen(DeskScreen):
    """The details of one closed round, to scroll through.

    Args:
        details: What the room answered.
    """

    def __init__(self, details: Details) -> None:
        super().__init__(Keys([back(self.answer, "escape,y")]))
        self._details = details

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="body"):
            page = Pane(id="details")
            page.show(self._lines)
            yield page

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _lines(self, pen: Pen) -> Lines:
        return [
            *pen.heading(tr("BEHIND THE RESULT"), tr("only you can see this")),
            *pen.paragraph(self._details.question, lead="? "),
            [],
            *result_lines(self._details.blocks, (), pen),
        ]
