"""The privacy shade: covers whatever is private, at once, over any other screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center

from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.widgets.house import Words


class ShadeScreen(DeskScreen):
    """Nothing but the always-visible lines, which hold counts and no words of anybody."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Uncover", key_display="ctrl+b", id="uncover")]

    def body(self) -> ComposeResult:
        """How to come back."""
        with Center(classes="body"):
            yield Words("\n\nCovered. The workshop goes on.\nctrl+b or Esc shows the console again.")
