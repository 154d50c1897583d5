"""The privacy shade: covers whatever is private, at once, over any other screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center

from workshop_tui.messages import tr
from workshop_tui.tui.keys import Keys
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.own import back
from workshop_tui.tui.widgets.plain import PlainStatic


class ShadeScreen(DeskScreen):
    """Nothing but the always-visible lines, which hold counts and no words of anybody."""

    def __init__(self) -> None:
        super().__init__(Keys([back(self.answer, "escape,ctrl+b", tr("Uncover"), shown="ctrl+b")]))

    def body(self) -> ComposeResult:
        said = tr("Covered. The workshop goes on."), tr("ctrl+b or Esc shows the console again.")
        with Center(classes="body"):
            yield PlainStatic("\n\n" + "\n".join(self.app.text(each) for each in said))
