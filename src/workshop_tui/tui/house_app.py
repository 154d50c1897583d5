"""Textual's app with the house's defaults: nothing said by a person is markup, a link, or part of a traceback."""

from __future__ import annotations

from contextlib import suppress

from rich.segment import Segments
from rich.traceback import Traceback
from textual import events
from textual._styles_cache import StylesCache
from textual.app import App
from textual.dom import DOMNode
from textual.notifications import SeverityLevel


class HouseApp(App[str]):
    """What any app of this house does differently."""

    def on_mount(self) -> None:
        """Let go of the screen that went, each time another one comes up."""
        self.screen_change_signal.subscribe(self, self._forget_drawn)

    def _forget_drawn(self, screen: object) -> None:
        """Empty a cache of Textual's that holds the drawn lines of a thousand widgets long after they are gone.

        It saves nothing worth keeping, and what it holds makes the collector of reference cycles stop the console for
        a quarter of a second (https://github.com/Textualize/textual/issues/6665).
        """
        del screen
        # A Textual that has mended it has nothing to empty.
        with suppress(AttributeError):
            StylesCache.get_inner_outer.cache_clear()

    def draw(self) -> None:
        """Show this moment; an app that has nothing to show does nothing."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """A toast; never read as markup. Nothing important is said here: toasts go away."""
        del markup
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def _fatal_error(self) -> None:
        """Say where it went wrong, but never with the values at hand: they may be somebody's words."""
        self.bell()
        traceback = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(traceback, self.console.options)))
        self._close_messages_no_wait()

    async def _broker_event(self, event_name: str, event: events.Event, default_namespace: DOMNode) -> bool:
        """Nothing drawn on a screen is ever a link to an action, whatever it says."""
        del event_name, event, default_namespace
        return False
