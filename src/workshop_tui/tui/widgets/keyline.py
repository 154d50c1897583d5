"""The bottom line: as many keys as fit whole, each of them a button for the mouse."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize
from textual.widgets import Footer
from textual.widgets._footer import FooterKey


class KeyLine(Footer):
    """A footer without half a word at its end."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)

    def compose(self) -> ComposeResult:
        """The keys of the screen, until the line is full."""
        room = self.app.size.width + 1
        for key in super().compose():
            if isinstance(key, FooterKey):
                room -= len(key.key_display) + len(key.description) + 2
                if room < 0:
                    return
            yield key

    async def on_resize(self, event: Resize) -> None:
        """Another number of keys fits."""
        del event
        await self.recompose()
