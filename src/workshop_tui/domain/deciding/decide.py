"""The one door: from a command to its decision."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import policy, steps
from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.deciding import (
    entries,
    items,
    joining,
    keeping,
    own_care,
    paper,
    phones,
    promising,
    questions,
    records,
    rounds,
    running,
    safety,
    taking_back,
    talking,
    texts,
    ties,
    undoing,
)
from workshop_tui.domain.deciding.decision import DECIDERS, Context, Decision, Done, decides
from workshop_tui.domain.digests import salt_for
from workshop_tui.domain.journal import with_digest
from workshop_tui.domain.rows import Rows
from workshop_tui.domain.state import SessionState
from workshop_tui.errors import CommandRefused, Refused
from workshop_tui.messages import Message, Text, as_tuple, tr, trn

RULES: Final = (
    entries, items, joining, keeping, own_care, paper, phones, promising, questions, records, rounds, running, safety,
    taking_back, talking, texts, ties,
)  # fmt: skip
"""Every module of rules; importing them says which rule decides which command."""


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
    # The rules of phones look at the phase themselves: what was received before is answered again in every one.
    if not isinstance(command, cmd.PhoneCommand):
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


@decides(cmd.Undo, cmd.Redo)
def _step(context: Context, asked: cmd.Undo | cmd.Redo) -> Decision:
    """Take the newest step of a desk back, or do again what it took back last.

    Raises:
        NotAllowed, CommandRefused: not by this desk, or not before the room goes on; the step stays where it is.
    """
    back = isinstance(asked, cmd.Undo)
    listed = context.rows.undo(asked.desk) if back else context.rows.redo(asked.desk)
    if not listed:
        raise CommandRefused(tr("There is nothing to undo.") if back else tr("There is nothing to redo."))
    together = steps.of_one_act(listed)
    noted = ev.StepUndone if back else ev.StepRedone
    commands = [
        replace(step.command(back=back), at=asked.at, who=asked.who, desk=asked.desk, salt=asked.salt)
        for step in together
    ]
    for command in commands:
        policy.check_who(command)
        context.check_phase(command)
    events: list[ev.Event] = []
    more: list[Text] = []
    refused: dict[Text, None] = {}
    done_ = 0
    for step, command in zip(together, commands, strict=True):
        try:
            taken = _carried_out(context, step, command, back=back)
        except Refused as problem:
            # It will never fit again: take it off the list, so that the step before it can be reached.
            refused |= dict.fromkeys(as_tuple(problem.message))
            events.append(noted(asked.desk, dropped=True))
            continue
        done_ += 1
        events += [*taken.events, noted(asked.desk)]
        more += taken.answer.more if isinstance(taken.answer, Done) else ()
    label = together[0].label
    if not done_:
        refusal = (
            tr("This can no longer be undone: {step}.", step=label)
            if back
            else tr("This can no longer be done again: {step}.", step=label)
        )
        return Decision(
            answer=Done(refusal=refusal, why=next(iter(refused)) if len(refused) == 1 else tuple(refused)),
            events=tuple(events),
        )
    return Decision(answer=Done(_told(label, done_, back=back), (*more, *refused)), events=tuple(events))


def _told(label: Text, count: int, *, back: bool) -> Message:
    """What was taken back, or done again."""
    if count > 1:
        # Before the words of one of them: they say what was done with each.
        return (
            trn("Undone, {n} at once: {step}", "Undone, {n} at once: {step}", count, step=label)
            if back
            else trn("Done again, {n} at once: {step}", "Done again, {n} at once: {step}", count, step=label)
        )
    return tr("Undone: {step}", step=label) if back else tr("Done again: {step}", step=label)


def _carried_out(context: Context, step: steps.Step, command: cmd.FacilitatorCommand, *, back: bool) -> Decision:
    """What taking a step back, or doing it again, leads to: by the same rules as any command."""
    undoing.check_as_left(context, step, command.desk, back=back)
    if back and isinstance(step, steps.ItemOpened):
        return undoing.return_from(context, step, command.at)
    decided = DECIDERS[type(command)](replace(context, is_step=True), command)
    return undoing.as_it_was(context, step, decided, back=back)
