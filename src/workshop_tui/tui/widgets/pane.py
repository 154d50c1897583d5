"""A pane of lines that are made for its width."""

from __future__ import annotations

from collections.abc import Callable

from textual import getters
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.plain_app import PlainApp
from workshop_tui.tui.widgets.plain import content_of

NARROWEST = 24
"""Narrower panes get lines of this width, cut at the edge."""


class Pane(Widget):
    """Draws what a function gives for its width; drawn again only when that changed.

    Args:
        key: What a click on it presses, as the terminal names it; empty for nothing.
    """

    app = getters.app(PlainApp)

    DEFAULT_CSS = """
    Pane { height: auto; width: 1fr; }
    """

    def __init__(self, *, key: str = "", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._key = key
        self._lines_for: Callable[[Pen], Lines] = lambda _: []
        self._width = 0
        self._lines: Lines = []
        self._content = Content()

    def show(self, lines_for: Callable[[Pen], Lines]) -> None:
        """Draw from now on what `lines_for` gives for a width in cells."""
        self._lines_for = lines_for
        if not self._width:
            return
        before = len(self._lines)
        if self._make(self._width):
            self.refresh(layout=len(self._lines) != before)

    def on_click(self) -> None:
        """A click does what the page is for."""
        if self._key:
            self.app.simulate_key(self._key)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        del container, viewport
        self._fit(width)
        return max(1, len(self._lines))

    def render(self) -> Content:
        self._fit(self.content_size.width)
        return self._content

    def _fit(self, width: int) -> None:
        if self._width != max(NARROWEST, width):
            self._make(max(NARROWEST, width))

    def _make(self, width: int) -> bool:
        """Make the lines for a width; whether they are others than before."""
        lines = self._lines_for(Pen(width, self.app.translator))
        self._width = width
        if lines == self._lines:
            return False
        self._lines, self._content = lines, content_of(lines)
        return True
