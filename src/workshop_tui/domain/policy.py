"""Who may ask for what, and when: one table, and nothing beside it.

Deciding looks here first. A phone's sending that was received before is answered again in every phase: what was
acknowledged stays so.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import Who
from workshop_tui.domain.state import Phase
from workshop_tui.errors import CommandRefused, NotAllowed, RoomBusy, TooLate
from workshop_tui.messages import tr


class Rule(Struct, frozen=True):
    """Who may ask for a command, and in which phases of a session."""

    who: frozenset[Who]
    phases: frozenset[Phase]


_LEAD: Final[frozenset[Who]] = frozenset({"facilitator"})
_LEADS: Final[frozenset[Who]] = frozenset({"facilitator", "co_lead"})
_DESKS: Final[frozenset[Who]] = frozenset({"facilitator", "co_lead", "helper"})
_PHONE: Final[frozenset[Who]] = frozenset({"phone"})
_ROOM: Final[frozenset[Who]] = frozenset({"room"})

_DAY: Final[frozenset[Phase]] = frozenset({"running"})
_HELD: Final[frozenset[Phase]] = frozenset({"running", "paused"})
_DESK_WORK: Final[frozenset[Phase]] = frozenset({"running", "paused", "people_left"})
_ALWAYS: Final[frozenset[Phase]] = frozenset({"running", "paused", "people_left", "finished"})

POLICY: Final[dict[type[cmd.Command], Rule]] = {
    # The day itself.
    cmd.OpenItem: Rule(_LEADS, _DAY),
    cmd.StartTimer: Rule(_LEADS, _DAY),
    cmd.PauseTimer: Rule(_LEADS, _DAY),
    cmd.AddMinutes: Rule(_LEADS, _HELD),
    cmd.SetMinutes: Rule(_LEADS, _HELD),
    cmd.EditItem: Rule(_LEADS, _HELD),
    cmd.SkipItem: Rule(_LEADS, _HELD),
    cmd.RestoreItem: Rule(_LEADS, _HELD),
    cmd.InsertItem: Rule(_LEADS, _HELD),
    cmd.ChooseOptions: Rule(_LEADS, _HELD),
    cmd.SetPresent: Rule(_DESKS, _HELD),
    cmd.PauseRoom: Rule(_LEADS, _DAY),
    cmd.ResumeRoom: Rule(_LEADS, frozenset({"paused"})),
    cmd.ClockMoved: Rule(_ROOM, _ALWAYS),
    # Votes.
    cmd.OpenVote: Rule(_LEADS, _DAY),
    cmd.CloseVote: Rule(_LEADS, _HELD),
    cmd.ReopenVote: Rule(_LEADS, _DAY),
    cmd.Reveal: Rule(_LEADS, _DAY),
    cmd.HideResults: Rule(_LEADS, _ALWAYS),
    cmd.ShowResults: Rule(_LEADS, frozenset({"running", "people_left", "finished"})),
    cmd.VoidRound: Rule(_LEAD, _DESK_WORK),
    cmd.BreakTie: Rule(_LEAD, _DESK_WORK),
    cmd.LeaveTie: Rule(_LEAD, _DESK_WORK),
    # Words.
    cmd.OpenGathering: Rule(_LEADS, _DAY),
    cmd.CloseGathering: Rule(_LEADS, _HELD),
    cmd.Moderate: Rule(_LEADS, _DESK_WORK),
    cmd.HoldPhone: Rule(_LEADS, _DESK_WORK),
    cmd.MarkAnswered: Rule(_DESKS, _DESK_WORK),
    cmd.Retell: Rule(_LEADS, _DESK_WORK),
    cmd.AddNote: Rule(_DESKS, _DESK_WORK),
    cmd.DropNote: Rule(_DESKS, _DESK_WORK),
    # The screen, and taking back.
    cmd.SetScreen: Rule(_LEADS, _ALWAYS),
    cmd.Undo: Rule(_DESKS, _DESK_WORK),
    cmd.Redo: Rule(_DESKS, _DESK_WORK),
    # The two moments at the end.
    cmd.EndWorkshop: Rule(_LEAD | _ROOM, _HELD),
    cmd.FinishWriteUp: Rule(_LEAD | _ROOM, frozenset({"people_left"})),
    # Phones.
    cmd.Join: Rule(_PHONE, _HELD),
    cmd.TellRole: Rule(_PHONE, _HELD),
    cmd.Cast: Rule(_PHONE, _DAY),
    cmd.Contribute: Rule(_PHONE, _DAY),
    cmd.Upvote: Rule(_PHONE, _DAY),
    cmd.TakeBack: Rule(_PHONE, _DESK_WORK),
    cmd.LeavePlace: Rule(_PHONE, _ALWAYS),
}
"""Every command. Before the first item is opened a session runs; what needs an open item says so by itself."""

ENDED: Final = tr(
    "This workshop has ended. Everything is saved; you can still read and approve, take notes and write the reports."
)
"""The answer to everything that only a workshop that goes on can do."""

FINISHED: Final = tr(
    "The write-up of this workshop is finished: nothing in it changes any more. You can write the reports."
)
"""The answer to everything that can only be done before the day's end."""

PAUSED: Final = tr("The workshop is paused for a moment. Nothing is lost: what you wrote stays on this phone.")
"""What phones hear while the room is paused."""


def may_ask(who: Who, kind: type[cmd.Command]) -> bool:
    """Whether somebody may ever ask for commands of a kind."""
    return who in POLICY[kind].who


def check_who(command: cmd.Command) -> None:
    """Pass if whoever asks may ever ask for this.

    Raises:
        NotAllowed: they may not, whenever it is.
    """
    if not may_ask(command.who, type(command)):
        raise NotAllowed(tr("That is not yours to do here. Please ask the facilitator."))


def check_phase(command: cmd.Command, phase: Phase) -> None:
    """Pass if this can be asked for where the session stands.

    Raises:
        CommandRefused, TooLate, RoomBusy: it cannot; the words are for whoever asks.
    """
    if phase in POLICY[type(command)].phases:
        return
    if command.who == "phone":
        if phase == "paused":
            raise RoomBusy(PAUSED)
        words = isinstance(command, cmd.Contribute)
        raise TooLate(
            tr("This workshop has ended. Your words are still on this phone.")
            if words
            else tr("This workshop has ended. Thank you for coming.")
        )
    if isinstance(command, cmd.FinishWriteUp) and phase != "finished":
        raise CommandRefused(tr("People have not left yet. End the workshop first."))
    if phase == "paused":
        raise CommandRefused(tr("The room is paused. Go on first."))
    if phase == "running":
        raise CommandRefused(tr("The room is not paused."))
    raise CommandRefused(FINISHED if phase == "finished" else ENDED)
