"""The one door: from a command to its decision."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import policy
from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.deciding import phones, questions, records, rounds, running, ties, undoing
from workshop_tui.domain.deciding.decision import DECIDERS, Context, Decision, Done, decides
from workshop_tui.domain.digests import salt_for
from workshop_tui.domain.journal import with_digest
from workshop_tui.domain.rows import Rows
from workshop_tui.domain.state import SessionState
from workshop_tui.domain.steps import ItemOpened, Step
from workshop_tui.errors import CommandRefused, Refused
from workshop_tui.messages import tr

RULES: Final = (phones, questions, records, rounds, running, ties)
"""Every module of rules; importing them says which rule decides which command."""

_ANSWERS_FIRST: Final = (cmd.Join, cmd.TellRole, cmd.Cast, cmd.Contribute, cmd.Upvote, cmd.TakeBack, cmd.LeavePlace)
"""Commands whose rules look at the phase themselves: what was received before is answered again in every one."""


def decide(state: SessionState, command: cmd.Command, rows: Rows, kinds: Kinds) -> Decision:
    """What `command` leads to in `state`.

    Args:
        state: The small state with every earlier command of the batch in it.
        command: What somebody asks for; carries its own time and randomness.
        rows: Single rows of the tables, with every earlier command of the batch in them.
        kinds: The registry.

    Raises:
        Refused: it does not fit; nothing is to change. The subclass tells who has to act.
        RoomBusy: it would fit later.
    """
    policy.check_who(command)
    context = Context(state, rows, kinds)
    if not isinstance(command, _ANSWERS_FIRST):
        context.check_phase(command)
    decision = DECIDERS[type(command)](context, command)
    return decision if type(command) is cmd.Cast else _signed(decision, command, state.version)


def _signed(decision: Decision, command: cmd.Command, version: int) -> Decision:
    """The same with who asked in every line of the journal, and with the digests of what the journal does not hold."""
    events = tuple(
        _sign(event, command, place) if isinstance(event, ev.Journaled) else event
        for place, event in enumerate(decision.events)
    )
    if decision.step is not None:
        step = replace(decision.step, version=version)
        events = (*events, ev.StepDone(desk=command.desk, step=step))
    return replace(decision, events=events)


def _sign(event: ev.JournalEvent, command: cmd.Command, place: int) -> ev.JournalEvent:
    signed = replace(event, who=command.who)
    return with_digest(signed, salt_for(command.salt, f"line {place}")) if isinstance(signed, ev.Worded) else signed


@decides(cmd.Undo)
def _undo(context: Context, command: cmd.Undo) -> Decision:
    steps = context.rows.undo(command.desk)
    if not steps:
        raise CommandRefused(tr("There is nothing to undo."))
    step = steps[-1]
    asked = _asking(context, step, command, back=True)
    try:
        taken = _carried_out(context, step, asked, back=True)
    except Refused as problem:
        # It will never fit again: take it off the list, so that the step before it can be reached.
        refusal = tr("“{step}” can no longer be undone.", step=step.label)
        return Decision(
            answer=Done(refusal=refusal, why=problem.message), events=(ev.StepUndone(command.desk, dropped=True),)
        )
    answer = Done(tr("Undone: {step}", step=step.label), taken.more)
    return Decision(answer=answer, events=(*taken.events, ev.StepUndone(command.desk)))


@decides(cmd.Redo)
def _redo(context: Context, command: cmd.Redo) -> Decision:
    steps = context.rows.redo(command.desk)
    if not steps:
        raise CommandRefused(tr("There is nothing to redo."))
    step = steps[-1]
    asked = _asking(context, step, command, back=False)
    try:
        done = _carried_out(context, step, asked, back=False)
    except Refused as problem:
        refusal = tr("“{step}” can no longer be done again.", step=step.label)
        return Decision(
            answer=Done(refusal=refusal, why=problem.message), events=(ev.StepRedone(command.desk, dropped=True),)
        )
    answer = Done(tr("Done again: {step}", step=step.label), done.more)
    return Decision(answer=answer, events=(*done.events, ev.StepRedone(command.desk)))


def _asking(context: Context, step: Step, asked: cmd.Undo | cmd.Redo, *, back: bool) -> cmd.FacilitatorCommand:
    """What takes a step back, or does it again, as if it were asked for now.

    Raises:
        NotAllowed, CommandRefused: not by this desk, or not before the room goes on; the step stays where it is.
    """
    command = step.back() if back and not isinstance(step, ItemOpened) else step.again()
    command = replace(command, at=asked.at, who=asked.who, desk=asked.desk, salt=asked.salt)
    policy.check_who(command)
    context.check_phase(command)
    return command


def _carried_out(context: Context, step: Step, command: cmd.FacilitatorCommand, *, back: bool) -> Decision:
    """What taking a step back, or doing it again, leads to: by the same rules as any command."""
    undoing.check_as_left(context, step, command.desk, back=back)
    if back and isinstance(step, ItemOpened):
        return running.return_from(context, step, command.at)
    return undoing.as_it_was(context, step, DECIDERS[type(command)](context, command), back=back)
