"""The square to scan and the address, in the terminal: a spare for a room without a projector."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from workshop_tui.messages import Verbatim, tr
from workshop_tui.tui.keys import Keys
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.own import back
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.qr import QrSquare


class JoinScreen(DeskScreen):
    """The square with its words."""

    def __init__(self) -> None:
        super().__init__(Keys([back(self.answer, "escape,j,q")]))

    def body(self) -> ComposeResult:
        with Horizontal(classes="body"):
            yield QrSquare(id="square")
            yield Pane(id="how")

    def draw(self, moment: ConsoleMoment) -> None:
        super().draw(moment)
        snapshot = moment.snapshot
        self.query_one("#square", QrSquare).show(snapshot.join_url if snapshot.joining_open else "")
        self.query_one("#how", Pane).show(lambda pen: _how_lines(moment, pen))


def _how_lines(moment: ConsoleMoment, pen: Pen) -> Lines:
    snapshot = moment.snapshot
    if not snapshot.joining_open:
        return [
            *pen.heading(tr("JOINING IS CLOSED")),
            [],
            *pen.paragraph(tr("Phones that are in stay in. J opens it, after Esc.")),
            [],
            *pen.paragraph(snapshot.joined),
        ]
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
