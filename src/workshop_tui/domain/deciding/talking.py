"""Somebody wants to talk to someone: the desks learn that, and nothing else."""

from __future__ import annotations

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding.decision import Context, Decision, Joined, decides, done
from workshop_tui.domain.deciding.phones import MINUTE, must_know
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import tr


@decides(cmd.AskToTalk)
def ask_to_talk(context: Context, command: cmd.AskToTalk) -> Decision:
    """Tell the desks, until one says that it heard."""
    must_know(context, command.person)
    context.check_phase(command)
    return Decision(answer=Joined(command.person), events=(ev.TalkAsked(at=command.at // MINUTE * MINUTE),))


@decides(cmd.HearTalk)
def hear_talk(context: Context, command: cmd.HearTalk) -> Decision:
    """It stays on the desks until somebody says so; saying so is not taken back."""
    if not context.state.talks:
        raise CommandRefused(tr("Nobody waits to talk to someone."))
    return done(tr("heard that someone wants to talk"), ev.TalkHeard(at=command.at))
