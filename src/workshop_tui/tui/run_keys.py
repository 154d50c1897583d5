"""The keys of the first page, and those that work everywhere: each act of the desk bound to what does it."""

from __future__ import annotations

from typing import Final

from workshop_tui.messages import tr
from workshop_tui.tui.flows import agenda, ending, handed, pages, votes
from workshop_tui.tui.flows.acting import key_for
from workshop_tui.tui.flows.keeping import KEEPING, drop_note, redo, undo
from workshop_tui.tui.keys import Do, Key, Keys
from workshop_tui.tui.screens.own import own
from workshop_tui.views.acts import ACTS, act_named

_PLACED: Final[tuple[Key, ...]] = (
    # The order is the order of the bottom line.
    key_for("undo", undo),
    key_for("timer"),
    key_for("vote"),
    key_for("reveal"),
    key_for("next"),
    key_for("screen", votes.screen),
    key_for("join", pages.join),
    key_for("queue", pages.queue),
    key_for("peek", votes.peek),
    key_for("details", votes.details),
    key_for("catch_up", agenda.catch_up),
    key_for("ask", agenda.ask),
    key_for("previous"),
    key_for("longer", agenda.longer, repeats=True),
    key_for("shorter", agenda.shorter, repeats=True),
    key_for("agenda", agenda.agenda),
    *KEEPING,
    key_for("next_point", repeats=True),
    key_for("previous_point", repeats=True),
    key_for("answer_point", handed.answer_at_hand),
    key_for("options", votes.options),
    key_for("present"),
    key_for("edit", agenda.edit),
    key_for("skip", agenda.skip),
    key_for("void", votes.void),
    key_for("tie", votes.break_tie),
    key_for("export", ending.export),
    key_for("places", pages.places),
    key_for("redo", redo),
    key_for("drop_note", drop_note),
    key_for("close_left", votes.close_left),
    key_for("end", ending.end),
    key_for("finish", ending.finish),
    key_for("stop", ending.stop),
)

_NAMES: Final = frozenset(key.act.name for key in _PLACED) | {"pause", "go_on"}

RUN_KEYS: Final = (*_PLACED, *(key_for(act.name) for act in ACTS if act.ways and act.name not in _NAMES))
"""Those above, and every other act of the desk: what needs no more than its fields is done out of them."""


def everywhere(help_: Do, palette: Do, pause: Do, go_on: Do, shade: Do) -> Keys:
    """The keys of any page; help first, as the bottom line shows it."""
    keys = (
        Key(act_named("help"), help_),
        own("page_run", "1", tr("Page: Run"), tr("The running order and what matters now."), pages.run),
        own("page_read", "2", tr("Page: Read"), tr("What people sent, before anybody else sees it."), pages.queue),
        own("page_record", "3", tr("Page: Record"), tr("What was noted today."), pages.record),
        own(
            "page_write_up",
            "4",
            tr("Page: Write-up"),
            tr("Lines sorted, worded and tied to what they rest on."),
            pages.write_up,
        ),
        own("palette", "ctrl+p", tr("Everything by name"), tr("Find anything that can be done by its name."), palette),
        Key(act_named("pause"), pause),
        Key(act_named("go_on"), go_on),
        Key(act_named("shade"), shade),
        Key(act_named("leave"), ending.leave),
    )
    return Keys([key.in_footer(key.act.name in ("help", "pause")) for key in keys])
