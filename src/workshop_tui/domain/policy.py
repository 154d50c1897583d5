"""Who may ask for what, and when: one table, and nothing beside it.

Deciding looks here first. A phone's sending that was received before is answered again in every phase: what was
acknowledged stays so.
"""

from __future__ import annotations

from typing import Final

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import phone_commands
from workshop_tui.domain.base_command import BaseCommand, Rule, Who
from workshop_tui.domain.state import Phase
from workshop_tui.errors import CommandRefused, NotAllowed, RoomBusy, TooLate
from workshop_tui.messages import tr

POLICY: Final[dict[type[BaseCommand], Rule]] = {**cmd.RULES, **phone_commands.RULES}
"""The rule of every command; each stands beside the commands that it is about."""

ENDED: Final = tr(
    "This workshop has ended. Everything is saved; you can still read and approve, take notes and write the reports."
)
"""The answer to everything that only a workshop that goes on can do."""

FINISHED: Final = tr(
    "The write-up of this workshop is finished: nothing in it changes any more. You can write the reports."
)
"""The answer to everything that can only be done before the day's end."""

PAUSED: Final = tr("We are taking a short pause. Your words are safe: they stay on this phone.")
"""What whoever sends hears while everything is paused."""


WAITS: Final = tr("Everything is paused. Go on first.")
"""The answer to what a desk cannot do before the room goes on."""


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
        raise CommandRefused(WAITS)
    raise CommandRefused(FINISHED if phase == "finished" else ENDED)
