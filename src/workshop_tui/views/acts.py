"""Everything a facilitator can do, once, for the console and the host page."""

from __future__ import annotations

from typing import Final

from workshop_tui.views import house, items, reading, running, screens, times, voting, writing
from workshop_tui.views.act import Act, Way

ACTS: Final[tuple[Act, ...]] = (
    house.HELP,
    house.UNDO,
    house.REDO,
    *running.ACTS,
    *voting.ACTS,
    screens.SCREEN,
    reading.QUEUE,
    times.CATCH_UP,
    *items.ACTS,
    *writing.ACTS,
    *house.AROUND,
    *house.ENDS,
)
"""What is done at any time; what is done with one contribution is `reading.ON_ENTRY`."""

_BY_NAME: Final = {act.name: act for act in (*reading.ON_ENTRY, *ACTS)}


def act_named(name: str) -> Act:
    """The act of that name; KeyError where there is none."""
    return _BY_NAME[name]


_WAYS: Final = {way.name: way for act in _BY_NAME.values() for way in act.ways}


def way_named(name: str) -> Way:
    """The way of that name; KeyError where there is none."""
    return _WAYS[name]
