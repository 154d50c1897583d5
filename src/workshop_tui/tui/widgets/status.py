"""The lines that are visible at every width and over every pane."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical

from workshop_tui.tui import signs
from workshop_tui.tui.banners import banners
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.lines import Lines, cut, spread
from workshop_tui.tui.widgets.page import Page

DAY_FROM = 60
"""Below this width the day's state has a line of its own."""


def head_lines(desk: Desk, width: int) -> Lines:
    """Item and time; phones, answers, vote, results, big screen."""
    room, inner = signs.row(signs.room_signs(desk), width - 2), width - 2
    item, time, day = signs.item_sign(desk), signs.time_sign(desk), signs.day_sign(desk)
    if width < DAY_FROM:
        return [[(" ", "plain"), *line] for line in (cut(item, inner), cut([time], inner),
                                                    cut([day], inner), room)]  # fmt: skip
    first = spread(item, [time, ("   " if time[0] else "", "plain"), day], inner)
    return [[(" ", "plain"), *first], [(" ", "plain"), *room]]


def foot_lines(desk: Desk, width: int) -> Lines:
    """What waits and what can be undone; join, saved, screens."""
    inner = width - 2
    waiting = signs.waiting_sign(desk)
    # The count of what waits is never cut for a long title in the undo line.
    undo = cut([signs.undo_sign(desk)], max(0, inner - cell_len(waiting[0]) - 3))
    first = spread([waiting], undo, inner)
    second = signs.row(signs.place_signs(desk), inner)
    if width < DAY_FROM:
        split = [cut([(sign.text, sign.tone)], inner) for sign in signs.place_signs(desk)]
        return [[(" ", "plain"), *line] for line in ([signs.waiting_sign(desk)], *split)]
    return [[(" ", "plain"), *first], [(" ", "plain"), *second]]


class Head(Page):
    """Two lines at the top."""

    def draw(self, desk: Desk) -> None:
        """Show this moment."""
        self.show(lambda width: head_lines(desk, width))


class Foot(Vertical):
    """What must not be missed, and two lines above the keys."""

    def compose(self) -> ComposeResult:
        """Banners and state."""
        yield Page(id="banners")
        yield Page(id="state")

    def draw(self, desk: Desk) -> None:
        """Show this moment."""
        banner = self.query_one("#banners", Page)
        waiting = banners(desk, 40)
        banner.display = bool(waiting)
        banner.show(lambda width: [[(" ", "plain"), *line] for line in banners(desk, width - 2)])
        self.query_one("#state", Page).show(lambda width: foot_lines(desk, width))
