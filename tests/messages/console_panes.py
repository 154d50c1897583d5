"""Every pane of the console at one moment, as text: what a facilitator reads there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from workshop_tui.messages import Text, Translator
from workshop_tui.room.queue import queue_page
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import Details, Snapshot
from workshop_tui.tui.banners import banners
from workshop_tui.tui.entries import entry_lines, row
from workshop_tui.tui.flows.agenda import plan_lines
from workshop_tui.tui.keys import Keys
from workshop_tui.tui.lines import Lines, Pen, Piece
from workshop_tui.tui.main_pane import main_pane
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.results import result_lines
from workshop_tui.tui.run_keys import RUN_KEYS
from workshop_tui.tui.screens.join import _how_lines
from workshop_tui.tui.screens.record import _lines as record_lines
from workshop_tui.tui.side_panes import agenda_lines, aside_lines, keeping_line, reading_lines
from workshop_tui.tui.widgets.bars import key_parts, page_parts
from workshop_tui.tui.widgets.status import foot_lines, head_lines
from workshop_tui.views.acts import ACTS
from workshop_tui.views.reading import ON_ENTRY
from workshop_tui.views.times import plan_views

WIDTH: Final = 400
"""Wide enough that nothing is left out."""


def panes(snapshot: Snapshot, details: Details, translator: Translator) -> Iterator[str]:
    """What the console shows at this moment, line by line."""
    desk, pen = ConsoleMoment(snapshot=snapshot), Pen(WIDTH, translator)
    for draw in (main_pane, agenda_lines, reading_lines, aside_lines, banners, head_lines, foot_lines, _how_lines):
        yield from _said(draw(desk, pen))
    yield from _said(keeping_line(pen))
    for note in (*snapshot.notes, *snapshot.taken_back):
        yield from _said(record_lines(note, desk, pen))
    for view in (None, *plan_views(desk)):
        yield from _said(plan_lines(desk, view, pen))
    yield from _said(result_lines(details.blocks, (), pen))
    yield from _said([[piece for part in page_parts(desk, "run", pen) for piece in part.pieces]])
    yield from _texts(pen, (details.question, details.refusal or ""))
    for act in (*ACTS, *ON_ENTRY):
        yield from _texts(pen, filter(None, (act.why_not(desk),)))


def queue(room: Room, translator: Translator) -> Iterator[str]:
    """Every contribution in the list of the queue, and opened."""
    pen = Pen(WIDTH, translator)
    for entry in queue_page(room, "all", 0, 100).entries:
        yield row(entry, pen).plain
        for opened in (False, True):
            yield from _said(entry_lines(entry, pen, opened=opened))


def acts(translator: Translator) -> Iterator[str]:
    """What every act is called and explained by, and what its forms ask."""
    pen = Pen(WIDTH, translator)
    yield from _said([[piece for part in key_parts(Keys(RUN_KEYS), pen) for piece in part.pieces]])
    for act in (*ACTS, *ON_ENTRY):
        yield from _texts(pen, (act.title, act.label or "", act.help))
        for way in act.ways:
            yield from _texts(pen, (way.words, way.about or ""))
            for field in way.fields:
                yield from _texts(pen, (field.label, field.hint or "", field.wrong("") or "", field.wrong("x") or ""))


def _said(lines: Lines) -> Iterator[str]:
    yield from ("".join(_words(line)) for line in lines)


def _words(line: list[Piece]) -> Iterator[str]:
    """The pieces of a line but the names of keys."""
    yield from (text for text, tone in line if tone != "key")


def _texts(pen: Pen, said: Iterable[Text]) -> Iterator[str]:
    yield from map(pen.text, said)
