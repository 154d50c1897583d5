"""The keys of the first page, and those that work everywhere: each act of the desk bound to what does it."""

from __future__ import annotations

from typing import Final

from workshop_tui.tui.flows import agenda, house, votes, words
from workshop_tui.tui.flows.acting import key_for
from workshop_tui.tui.flows.keeping import KEEPING, redo, undo
from workshop_tui.tui.keys import Key
from workshop_tui.views.acts import ACTS

_PLACED: Final[tuple[Key, ...]] = (
    # The order is the order of the bottom line.
    key_for("undo", undo),
    key_for("timer"),
    key_for("vote"),
    key_for("reveal"),
    key_for("next"),
    key_for("screen", votes.screen),
    key_for("join", words.join),
    key_for("queue", words.queue),
    key_for("peek", votes.peek),
    key_for("details", votes.details),
    key_for("catch_up", agenda.catch_up),
    key_for("ask", agenda.ask),
    key_for("previous"),
    key_for("longer", agenda.longer, repeats=True),
    key_for("shorter", agenda.shorter, repeats=True),
    key_for("agenda", agenda.agenda),
    *KEEPING,
    key_for("options", votes.options),
    key_for("present"),
    key_for("edit", agenda.edit),
    key_for("skip", agenda.skip),
    key_for("void", votes.void),
    key_for("tie", votes.break_tie),
    key_for("export", house.export),
    key_for("places", house.places),
    key_for("redo", redo),
    key_for("drop_note", words.drop_note),
    key_for("close_left", votes.close_left),
    key_for("pause"),
    key_for("end", house.end),
    key_for("finish", house.finish),
    key_for("stop", house.stop),
)

_NAMES: Final = frozenset(key.act.name for key in _PLACED)

RUN_KEYS: Final = (*_PLACED, *(key_for(act.name) for act in ACTS if act.ways and act.name not in _NAMES))
"""Those above, and every other act of the desk: what needs no more than its fields is done out of them."""
