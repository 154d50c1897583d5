"""The lines that are visible at every width and over every pane."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical

from workshop_tui.tui import signs
from workshop_tui.tui.banners import banners
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.lines import Lines, Pen, Piece, cut, spread
from workshop_tui.tui.widgets.page import Page

DAY_FROM = 60
"""Below this width the day's state has a line of its own."""


def head_lines(desk: Desk, pen: Pen) -> Lines:
    """Item and time; phones, answers, vote, results, big screen."""
    inner = pen.narrower(2)
    room = signs.row(signs.room_signs(desk), inner)
    item, time, day = signs.item_sign(desk, inner), signs.time_sign(desk, inner), signs.day_sign(desk, inner)
    if pen.width < DAY_FROM:
        return _indented([cut(item, inner.width), cut([time], inner.width), cut([day], inner.width), room])
    return _indented([spread(item, [time, ("   " if time[0] else "", "plain"), day], inner.width), room])


def foot_lines(desk: Desk, pen: Pen) -> Lines:
    """What waits and what can be undone; join, saved, screens."""
    inner = pen.narrower(2)
    waiting, places = signs.waiting_sign(desk, inner), signs.place_signs(desk, inner)
    if pen.width < DAY_FROM:
        return _indented([[waiting], *(cut([(pen.text(sign.text), sign.tone)], inner.width) for sign in places)])
    # The count of what waits is never cut for a long title in the undo line.
    undo = cut([signs.undo_sign(desk, inner)], max(0, inner.width - cell_len(waiting[0]) - 3))
    return _indented([spread([waiting], undo, inner.width), signs.row(places, inner)])


def _indented(lines: Lines) -> Lines:
    margin: Piece = (" ", "plain")
    return [[margin, *line] for line in lines]


class Head(Page):
    """Two lines at the top."""

    def draw(self, desk: Desk) -> None:
        """Show this moment."""
        self.show(lambda pen: head_lines(desk, pen))


class Foot(Vertical):
    """What must not be missed, and two lines above the keys."""

    def compose(self) -> ComposeResult:
        """Banners and state."""
        yield Page(id="banners")
        yield Page(id="state")

    def draw(self, desk: Desk) -> None:
        """Show this moment."""
        banner = self.query_one("#banners", Page)
        banner.display = bool(banners(desk, Pen(40)))
        banner.show(lambda pen: _indented(banners(desk, pen.narrower(2))))
        self.query_one("#state", Page).show(lambda pen: foot_lines(desk, pen))
