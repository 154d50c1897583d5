"""The bottom line: as many keys as fit whole, each of them a button for the mouse."""

from __future__ import annotations

from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey


class KeyLine(Footer):
    """A footer without half a word at its end."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Other keys work now."""
        super().bindings_changed(screen)
        self.call_after_refresh(self.call_after_refresh, self._fit)

    def on_resize(self, event: Resize) -> None:
        """Another number of keys fits."""
        del event
        self._fit()

    def _fit(self) -> None:
        room = self.size.width
        for key in self.query(FooterKey):
            room -= len(key.key_display) + len(key.description) + 2
            key.display = room >= -1
