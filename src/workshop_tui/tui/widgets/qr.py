"""A QR square in half blocks: explicit black on explicit white, so that it scans on a dark terminal too."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from workshop_tui.drawing.qr import qr_half_blocks

# True colour, not the terminal's own black and white: a 16-colour theme may tint those.
_INK = Style(color=Color.from_rgb(0, 0, 0), bgcolor=Color.from_rgb(255, 255, 255))


@lru_cache(maxsize=2)
def _rows(payload: str) -> tuple[Strip, ...]:
    """The square, worked out once for an address, however often it is looked at."""
    return tuple(Strip([Segment(line, _INK)]) for line in qr_half_blocks(payload))


class QrSquare(Widget):
    """One payload as a square with its quiet zone; nothing while there is no payload."""

    DEFAULT_CSS = """
    QrSquare { width: auto; height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._payload = ""
        self._rows: tuple[Strip, ...] = ()

    def show(self, payload: str) -> None:
        """Draw this payload; a change of it, such as another address, draws anew."""
        if payload == self._payload:
            return
        self._payload = payload
        self._rows = _rows(payload) if payload else ()
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        del container, viewport
        return self._rows[0].cell_length if self._rows else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row for two rows of modules."""
        del container, viewport, width
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width)
