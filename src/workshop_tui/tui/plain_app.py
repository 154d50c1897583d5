"""Textual's app with plain words only: nothing said by a person is markup, a link, or part of a traceback."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from rich.traceback import Traceback
from textual import events
from textual._styles_cache import StylesCache
from textual.app import App
from textual.dom import DOMNode
from textual.notifications import SeverityLevel
from textual.scrollbar import ScrollBar, ScrollBarRender

from workshop_tui.messages import ENGLISH, Sentences, Translator
from workshop_tui.tui.presses import Presses

_GREY: Final = Color.parse("#555555")


class ThinBar(ScrollBarRender):
    """A scroll bar of half a cell: a sign and not only a colour, and narrower than the text beside it."""

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = _GREY,
        bar_color: Color = _GREY,
    ) -> Segments:
        """The bar in its place; Textual's own, drawn with other signs."""
        drawn = super().render_bar(
            size, virtual_size, window_size, position, thickness, vertical, back_color, bar_color
        )
        if not vertical:
            return drawn
        thin = [_thin(segment, back_color, bar_color) for segment in drawn.segments]
        return Segments(thin, new_lines=True)


def _thin(segment: Segment, back: Color, bar: Color) -> Segment:
    is_thumb = segment.style is not None and segment.style.color is not None
    meta = segment.style.meta if segment.style is not None else {}
    return Segment("▐" if is_thumb else " ", Style(color=bar, bgcolor=back, meta=meta))


ScrollBar.renderer = ThinBar


class PlainApp(App[str]):
    """What the apps of this program do differently.

    Args:
        translator: Turns what is said into the facilitator's language.
    """

    def __init__(self, translator: Translator = ENGLISH) -> None:
        super().__init__()
        self.translator = translator
        self._presses = Presses()

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

    # Keys. -------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Each key before anything else sees it: the one place where a held key is told from a press."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._presses.is_repeat(event.key, event.time) and not self.may_repeat(event):
                self.tell_held(event)
            else:
                await self.take_key(event)
        else:
            await super().on_event(event)

    async def take_key(self, event: events.Key) -> None:
        await super().on_event(event)

    def may_repeat(self, event: events.Key) -> bool:
        """Whether a key that is held down goes on doing what it does."""
        del event
        return True

    def tell_held(self, event: events.Key) -> None:
        """A key that is held down was left out."""

    # Words. ------------------------------------------------------------------------------------------

    def text(self, said: Sentences) -> str:
        return self.translator.text(said)

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
