"""The square to scan and the address, in the terminal: a spare for a room without a projector."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from workshop_tui.messages import Verbatim, tr
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.keys import Keys
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.own import back
from workshop_tui.tui.widgets.page import Page
from workshop_tui.tui.widgets.qr import QrSquare


class JoinScreen(DeskScreen):
    """The square with its words."""

    def __init__(self) -> None:
        super().__init__(Keys([back(self.answer, "escape,j,q")]))

    def body(self) -> ComposeResult:
        """Square at the left, words at the right."""
        with Horizontal(classes="body"):
            yield QrSquare(id="square")
            yield Page(id="how")

    def draw(self, desk: Desk) -> None:
        """Show this moment."""
        super().draw(desk)
        self.query_one("#square", QrSquare).show(desk.snapshot.join_url)
        self.query_one("#how", Page).show(lambda pen: _how_lines(desk, pen))


def _how_lines(desk: Desk, pen: Pen) -> Lines:
    snapshot = desk.snapshot
    return [
        *pen.heading(tr("JOIN IN ON YOUR PHONE")),
        [],
        *pen.paragraph(tr("Scan the square, or type")),
        *pen.paragraph(snapshot.join_address, "strong", "  "),
        *pen.paragraph(tr("Code: {code}", code=Verbatim(snapshot.join_code)), "strong", "  "),
        [],
        *pen.paragraph(tr("No phone? Ask for a paper copy, or share one.")),
        [],
        *pen.paragraph(snapshot.joined),
        *pen.paragraph(tr("The big screen can show a larger one (b, after Esc)."), "quiet"),
    ]
