"""The lines that are visible at every width and over every pane."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical

from workshop_tui.tui import signs
from workshop_tui.tui.banners import banners, troubles
from workshop_tui.tui.lines import GAP, Lines, Pen, Piece, cut, spread
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.widgets.pane import Pane

DAY_FROM = 60
"""Below this width the day's state has a line of its own."""


def head_lines(moment: ConsoleMoment, pen: Pen) -> Lines:
    """Item and time; phones, answers, vote, results, big screen."""
    inner = pen.narrower(2)
    room = signs.row(signs.room_signs(moment), inner)
    item, time, day = signs.item_sign(moment, inner), signs.time_sign(moment, inner), signs.day_sign(moment, inner)
    if pen.width < DAY_FROM:
        return _indented([cut(item, inner.width), cut([time], inner.width), cut([day], inner.width), room])
    return _indented([spread(item, [time, ("   " if time[0] else "", "plain"), day], inner.width), room])


def foot_lines(moment: ConsoleMoment, pen: Pen) -> Lines:
    """What waits and what can be undone; join, saved, screens."""
    inner = pen.narrower(2)
    waiting, places = signs.waiting_sign(moment, inner), signs.place_signs(moment, inner)
    left = [waiting, (GAP, "plain"), signs.lock_sign(moment, inner)]
    if pen.width < DAY_FROM:
        return _indented(
            [cut(left, inner.width), *(cut([(pen.text(sign.text), sign.tone)], inner.width) for sign in places)]
        )
    # The count of what waits is never cut for a long title in the undo line.
    undo = cut([signs.undo_sign(moment, inner)], max(0, inner.width - sum(cell_len(said) for said, _ in left) - 3))
    return _indented([spread(left, undo, inner.width), signs.row(places, inner)])


def _indented(lines: Lines) -> Lines:
    margin: Piece = (" ", "plain")
    return [[margin, *line] for line in lines]


class Head(Pane):
    """Two lines at the top."""

    def draw(self, moment: ConsoleMoment) -> None:
        self.show(lambda pen: head_lines(moment, pen))


class Trouble(Pane):
    """What went wrong, and nothing else."""

    def draw(self, moment: ConsoleMoment) -> None:
        found = troubles(moment, Pen(40))
        self.display = bool(found)
        self.show(lambda pen: _indented(troubles(moment, pen.narrower(2))))


class Foot(Vertical):
    """What must not be missed, and two lines above the keys."""

    def compose(self) -> ComposeResult:
        yield Pane(id="banners")
        yield Pane(id="state")

    def draw(self, moment: ConsoleMoment) -> None:
        banner = self.query_one("#banners", Pane)
        banner.display = bool(banners(moment, Pen(40)))
        banner.show(lambda pen: _indented(banners(moment, pen.narrower(2))))
        self.query_one("#state", Pane).show(lambda pen: foot_lines(moment, pen))
