"""A pane of lines that are made for its width."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from workshop_tui.tui.signs import Lines
from workshop_tui.tui.widgets.house import content_of

NARROWEST = 24
"""Narrower panes get lines of this width, cut at the edge."""


class Page(Widget):
    """Draws what a function gives for its width; drawn again only when that changed."""

    DEFAULT_CSS = """
    Page { height: auto; width: 1fr; }
    """

    class Pressed(Message):
        """Somebody clicked a page that does something."""

        def __init__(self, does: str) -> None:
            super().__init__()
            self.does = does
            """The name of a key."""

    def __init__(self, *, does: str = "", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._does = does
        self._lines_for: Callable[[int], Lines] = lambda _: []
        self._drawn: tuple[int, Content] = (0, Content())

    def show(self, lines_for: Callable[[int], Lines]) -> None:
        """Draw from now on what `lines_for` gives for a width in cells."""
        self._lines_for = lines_for
        width, before = self._drawn
        if not width:
            return
        after = content_of(lines_for(width))
        if not after.is_same(before):
            self._drawn = (width, after)
            self.refresh(layout=after.plain.count("\n") != before.plain.count("\n"))

    def on_click(self) -> None:
        """A click does what the page is for."""
        if self._does:
            self.post_message(self.Pressed(self._does))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as lines."""
        del container, viewport
        return self._content(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The lines for the width it has now."""
        return self._content(self.content_size.width)

    def _content(self, width: int) -> Content:
        width = max(NARROWEST, width)
        if self._drawn[0] != width:
            self._drawn = (width, content_of(self._lines_for(width)))
        return self._drawn[1]
