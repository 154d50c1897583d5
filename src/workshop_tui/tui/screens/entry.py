"""One of the things that people sent, whole, before anybody else sees it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from workshop_tui.domain.commands import Handling
from workshop_tui.messages import tr
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.tui.entries import entry_lines, named
from workshop_tui.tui.lines import Pen
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainButton, PlainStatic


class EntryScreen(Dialog[Handling]):
    """One contribution whole; gives what is to become of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,q", "done('read')", "", id="away"),
        Binding("a", "done('approved')", "", id="approve"),
        Binding("h", "done('on_hold')", "", id="hold"),
    ]

    def __init__(self, entry: QueueEntry) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield PlainStatic(named(self._entry, Pen(40, self.app.translator)), classes="title")
            page = Pane()
            page.show(lambda pen: entry_lines(self._entry, pen, opened=True))
            yield page
            with Horizontal(classes="buttons"):
                if self._entry.may_show:
                    yield PlainButton(self.app.text(tr("Approve (a)")), id="approved")
                yield PlainButton(self.app.text(tr("Hold (h)")), id="on_hold")
                yield PlainButton(self.app.text(tr("Back (Esc)")), id="read")

    @on(PlainButton.Pressed)
    def press(self, event: PlainButton.Pressed) -> None:
        self.action_done(event.button.id or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Approving is offered only for what may be shown; who may read it stands above the words."""
        if action == "done" and parameters == ("approved",):
            return self._entry.may_show
        return super().check_action(action, parameters)

    def action_done(self, handling: str) -> None:
        match handling:
            case "approved" | "on_hold":
                self.answer(handling)
            case _:
                self.answer("read")
