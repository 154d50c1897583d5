"""The bottom line: as many keys as fit whole, each of them a button for the mouse."""

from __future__ import annotations

from msgspec import Struct
from textual.app import ComposeResult
from textual.events import Resize
from textual.widgets import Footer
from textual.widgets._footer import FooterKey


class _Shown(Struct, frozen=True):
    """One key as it stands in the line."""

    key: str
    name: str
    """The key as people know it."""
    label: str
    action: str
    enabled: bool
    tooltip: str


class KeyLine(Footer):
    """A footer without half a word at its end, made anew only when it would say something else.

    Textual's footer makes all its keys anew whenever a screen comes up, and never lets go of the old ones: each is
    bound to a property of the footer (https://github.com/Textualize/textual/issues/6666). After a hundred looks at the
    join square the collector of reference cycles stopped the console for a quarter of a second, again and again. So
    these keys are bound to nothing.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._shown: list[_Shown] = []

    def compose(self) -> ComposeResult:
        """The keys of the screen, until the line is full."""
        self._shown = self._fitting()
        for each in self._shown:
            yield FooterKey(each.key, each.name, each.label, each.action, not each.enabled, each.tooltip)

    async def recompose(self) -> None:
        """Make the keys anew where they are others than those that stand there."""
        if self.is_attached and self._fitting() != self._shown:
            await super().recompose()

    async def on_resize(self, event: Resize) -> None:
        """Another number of keys fits."""
        del event
        await self.recompose()

    def _fitting(self) -> list[_Shown]:
        room = self.app.size.width + 1
        fitting: dict[str, _Shown] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if not binding.show or binding.action in fitting:
                continue
            name = self.app.get_key_display(binding)
            room -= len(name) + len(binding.description) + 2
            if room < 0:
                break
            fitting[binding.action] = _Shown(binding.key, name, binding.description, binding.action, enabled, tooltip)
        return list(fitting.values())
