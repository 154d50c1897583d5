"""The square to scan and the address, in the terminal: a spare for a room without a projector."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from workshop_tui.tui.desk import Desk
from workshop_tui.tui.lines import Lines, heading, paragraph
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.widgets.page import Page
from workshop_tui.tui.widgets.qr import QrSquare


class JoinScreen(DeskScreen):
    """The square with its words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,j,q", "back", "Back", key_display="esc", id="back")]

    def body(self) -> ComposeResult:
        """Square at the left, words at the right."""
        with Horizontal(classes="body"):
            yield QrSquare(id="square")
            yield Page(id="how")

    def draw(self, desk: Desk) -> None:
        """Show this moment."""
        super().draw(desk)
        self.query_one("#square", QrSquare).show(desk.snapshot.join_url)
        self.query_one("#how", Page).show(lambda width: _how_lines(desk, width))


def _how_lines(desk: Desk, width: int) -> Lines:
    snapshot = desk.snapshot
    return [
        *heading("JOIN IN ON YOUR PHONE", width),
        [],
        *paragraph("Scan the square, or type", width),
        *paragraph(snapshot.join_address, width, "strong", "  "),
        *paragraph(f"Code: {snapshot.join_code}", width, "strong", "  "),
        [],
        *paragraph("No phone? Ask for a paper copy, or share one.", width),
        [],
        *paragraph(f"{snapshot.joined}.", width),
        *paragraph("The big screen can show a larger one (b, after Esc).", width, "quiet"),
    ]
