"""Lines of keys that can be clicked: the pages at the top, and the keys of a page at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct
from rich.cells import cell_len
from textual import getters
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.widget import Widget

from workshop_tui.messages import Message, tr, trn
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.lines import Pen, Piece
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.plain_app import PlainApp
from workshop_tui.tui.widgets.plain import line_of
from workshop_tui.views.acts import HELP

PAGES: Final[tuple[tuple[str, str, Message], ...]] = (
    ("run", "1", tr("Run")), ("read", "2", tr("Read")), ("record", "3", tr("Record")),
    ("write_up", "4", tr("Write-up")),
)  # fmt: skip
"""Each page by its name in code, its key, and what it is called."""


class Part(Struct, frozen=True):
    """Something in a line that can be clicked."""

    key: str
    """What a click presses, as the terminal names it; empty for nothing."""
    pieces: tuple[Piece, ...]

    @property
    def width(self) -> int:
        """In cells."""
        return sum(cell_len(text) for text, _ in self.pieces)


class Bar(Widget):
    """One line of parts; drawn again only when it would say something else."""

    app = getters.app(PlainApp)

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; }
    """

    def __init__(self, parts_for: Callable[[Pen], list[Part]], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._parts_for = parts_for
        self._width = 0
        self._parts: list[Part] = []
        self._content = Content()

    def on_click(self, event: Click) -> None:
        """A click presses the key under it."""
        at = 0
        for part in self._parts:
            at += part.width
            if event.x < at:
                if part.key:
                    self.app.simulate_key(part.key)
                return

    def get_content_width(self, container: Size, viewport: Size) -> int:
        del viewport
        return container.width

    def render(self) -> Content:
        if self._width != self.content_size.width:
            self._make(self.content_size.width)
        return self._content

    def renew(self) -> None:
        """Look whether there are others."""
        if self._width and self._make(self._width):
            self.refresh()

    def _make(self, width: int) -> bool:
        parts = self._parts_for(Pen(width, self.app.translator))
        is_other = parts != self._parts or width != self._width
        self._width = width
        if is_other:
            self._parts = parts
            self._content = line_of([piece for part in parts for piece in part.pieces])
        return is_other


class Tabs(Bar):
    """The pages, the one that is shown marked, and what waits on the others.

    Args:
        shown: The name of the page; empty for a screen over one.
    """

    def __init__(self, shown: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(lambda pen: page_parts(self._moment, self._shown, pen), id=id)
        self._shown = shown
        self._moment: ConsoleMoment | None = None

    def draw(self, moment: ConsoleMoment) -> None:
        self._moment = moment
        self.renew()


def page_parts(moment: ConsoleMoment | None, shown: str, pen: Pen) -> list[Part]:
    """The pages as parts of a line, and the title of the day where there is room."""
    parts = []
    for name, key, title in PAGES:
        said = f" {key} {pen.text(title)} "
        waits = moment.snapshot.waiting.unread if moment is not None and name == "read" else 0
        count: list[Piece] = [(f"{pen.text(trn('{n} new', '{n} new', waits))} ", "warn")] if waits else []
        # Marked by a sign too: without colour they would be the same.
        mark: Piece = (f"▐{said}▌", "here") if name == shown else (f" {said} ", "key")
        parts.append(Part(key, (mark, *count)))
    return parts


class KeyLine(Bar):
    """The keys of a page that fit whole, each of them a button for the mouse, and how many more there are.

    Args:
        keys: All of them.
    """

    def __init__(self, keys: Keys, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(lambda pen: key_parts(keys, pen), id=id)


def key_parts(keys: Keys, pen: Pen) -> list[Part]:
    """The first keys that fit into the line, and how many there are besides; a click on that lists them all."""
    with_keys = [key for key in keys.all if key.act.key]
    offered = [key for key in with_keys if key.act.in_footer and key.act.label is not None]
    drawn = [_part(key, pen) for key in offered]
    for count in range(len(drawn), -1, -1):
        more = _more(len(with_keys) - count, pen)
        if sum(part.width for part in drawn[:count]) + more.width <= pen.width or not count:
            return [*drawn[:count], *([more] if more.width else [])]
    return []


def _part(key: Key, pen: Pen) -> Part:
    label = pen.text(key.act.label) if key.act.label is not None else ""
    return Part(key.names[0], ((key.act.key, "key"), (f" {label} ", "quiet")))


def _more(n: int, pen: Pen) -> Part:
    said = pen.text(trn("+{n} more", "+{n} more", n)) if n else ""
    return Part((HELP.keys or HELP.key).split(",")[0], ((said, "quiet"),))
