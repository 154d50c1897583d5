"""The passphrase of a locked session, asked for when its room has gone; what is typed is not shown."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from workshop_tui.messages import tr
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.widgets.plain import PlainInput, PlainStatic


class PassphraseDialog(Dialog[str]):
    """Gives what was typed, or "" when it was put away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "away", "", id="away")]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box", can_focus=False):
            yield PlainStatic(self.app.text(tr("The passphrase of this session")), classes="title")
            yield PlainStatic(self.app.text(tr("Type it, or the recovery slip, and press Enter. Esc goes back.")))
            yield PlainInput(id="passphrase", is_unseen=True)

    def on_mount(self) -> None:
        """Let it be typed at once."""
        self.set_focus(self.query_one("#passphrase", PlainInput))

    @on(PlainInput.Submitted)
    def take(self, event: PlainInput.Submitted) -> None:
        self.answer(event.value)

    def action_away(self) -> None:
        self.answer("")
