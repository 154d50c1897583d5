"""What each key does: asks what has to be asked, then sends a command. The room decides."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from workshop_tui.tui.flows import agenda, asking, ending, leaving, votes, words

if TYPE_CHECKING:
    from workshop_tui.tui.app import ConsoleApp

Flow = Callable[["ConsoleApp"], Awaitable[None]]

FLOWS: Final[dict[str, Flow]] = {
    "help": leaving.help_,
    "undo": leaving.undo,
    "redo": leaving.redo,
    "timer": agenda.timer,
    "vote": votes.vote,
    "reveal": votes.reveal,
    "next": agenda.next_item,
    "previous": agenda.previous_item,
    "screen": votes.screen,
    "join": words.join,
    "queue": words.queue,
    "peek": votes.peek,
    "details": votes.details,
    "catch_up": agenda.catch_up,
    "ask": asking.ask,
    "longer": agenda.longer,
    "shorter": agenda.shorter,
    "agenda": agenda.agenda,
    "note": words.note,
    "concern": words.concern,
    "action": words.action,
    "promise": words.promise,
    "drop_note": words.drop_note,
    "options": votes.options,
    "present": words.present,
    "edit": asking.edit,
    "skip": agenda.skip,
    "void": votes.void,
    "tie": votes.break_tie,
    "export": leaving.export,
    "places": leaving.places,
    "shade": leaving.shade,
    "leave": leaving.leave,
    "pause": ending.pause,
    "end": ending.end,
    "finish": ending.finish,
    "stop": leaving.stop,
}
"""By the name of the key (tui.keys)."""
