"""The one door: from a command to its decision."""

from __future__ import annotations

from typing import Final, assert_never

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.deciding import phones, questions, records, rounds, running, ties
from workshop_tui.domain.deciding.decision import Decision, Done, Ground, with_more
from workshop_tui.domain.rows import Rows
from workshop_tui.domain.state import SessionState
from workshop_tui.errors import CommandRefused, Refused

ENDED: Final = (
    "This workshop has ended. Everything is saved; you can still read and approve, take notes and write the reports."
)
"""The answer to everything that only a workshop that goes on can do."""


def decide(state: SessionState, command: cmd.Command, rows: Rows, kinds: Kinds) -> Decision:
    """What `command` leads to in `state`.

    Args:
        state: The small state with every earlier command of the batch in it.
        command: What somebody asks for; carries its own time and randomness.
        rows: Single rows of the tables, with every earlier command of the batch in them.
        kinds: The registry.

    Raises:
        Refused: it does not fit; nothing is to change. The subclass tells who has to act.
    """
    ground = Ground(state, rows, kinds)
    match command:
        case cmd.Join():
            return phones.join(ground, command)
        case cmd.TellRole():
            return phones.tell_role(ground, command)
        case cmd.Cast():
            return phones.cast(ground, command)
        case cmd.Contribute():
            return phones.contribute(ground, command)
        case cmd.Support():
            return questions.support(ground, command)
        case cmd.Undo():
            return _undo(ground, command)
        case cmd.Redo():
            return _redo(ground, command)
        case _:
            decision = _facilitate(ground, command)
            if decision.step is None:
                return decision
            step = ev.StepDone(at=command.at, step=decision.step)
            return replace(decision, events=(*decision.events, step))


def _facilitate(ground: Ground, command: cmd.FacilitatorCommand) -> Decision:
    if ground.state.ended_at is not None and not isinstance(
        command, cmd.AddNote | cmd.DropNote | cmd.SetScreen | cmd.ShowResults | cmd.HideResults | cmd.ClockMoved
        | cmd.Handle | cmd.MarkAnswered | cmd.VoidRound | cmd.BreakTie | cmd.LeaveTie
    ):  # fmt: skip
        raise CommandRefused(ENDED)
    match command:
        case cmd.OpenItem():
            return running.open_item(ground, command)
        case cmd.StartTimer() | cmd.PauseTimer():
            return running.run_timer(ground, command)
        case cmd.AddMinutes():
            return running.add_minutes(ground, command)
        case cmd.SetMinutes():
            return running.set_minutes(ground, command)
        case cmd.EditItem():
            return running.edit_item(ground, command)
        case cmd.SkipItem():
            return running.skip_item(ground, command)
        case cmd.RestoreItem():
            return running.restore_item(ground, command)
        case cmd.InsertItem():
            return running.insert_item(ground, command)
        case cmd.ClockMoved():
            return running.clock_moved(ground, command)
        case cmd.EndWorkshop():
            return running.end(ground, command)
        case cmd.OpenVote():
            return rounds.open_vote(ground, command)
        case cmd.CloseVote():
            return rounds.close_vote(ground, command)
        case cmd.ReopenVote():
            return rounds.reopen_vote(ground, command)
        case cmd.Reveal():
            return rounds.reveal(ground, command)
        case cmd.HideResults() | cmd.ShowResults():
            return rounds.show_results(ground, command)
        case cmd.VoidRound():
            return rounds.void_round(ground, command)
        case cmd.BreakTie():
            return ties.break_tie(ground, command)
        case cmd.LeaveTie():
            return ties.leave_tie(ground, command)
        case cmd.ChooseOptions():
            return rounds.choose_options(ground, command)
        case cmd.OpenGathering() | cmd.CloseGathering():
            return records.run_gathering(ground, command)
        case cmd.Handle():
            return records.handle(ground, command)
        case cmd.MarkAnswered():
            return questions.mark_answered(ground, command)
        case cmd.HoldPhone():
            return records.hold_phone(ground, command)
        case cmd.SetPresent():
            return records.set_present(ground, command)
        case cmd.SetScreen():
            return records.set_screen(ground, command)
        case cmd.AddNote():
            return records.add_note(ground, command)
        case cmd.DropNote():
            return records.drop_note(ground, command)
        case cmd.Undo() | cmd.Redo():
            raise CommandRefused("An undo cannot be undone by itself. Use redo.")
        case _:
            assert_never(command)


def _undo(ground: Ground, command: cmd.Undo) -> Decision:
    if not ground.state.undo:
        raise CommandRefused("There is nothing to undo.")
    step = ground.state.undo[-1]
    back = replace(step.back, at=command.at)
    try:
        taken = _facilitate(ground, back)
    except Refused as problem:
        # It will never fit again: take it off the list, so that the step before it can be reached.
        dropped = ev.StepUndone(at=command.at, dropped=True)
        why = f"“{step.label}” can no longer be undone. {problem.message}"
        return Decision(answer=Done(refusal=why), events=(dropped,))
    answer = Done(with_more(f"Undone: {step.label}", taken.said))
    return Decision(answer=answer, events=(*taken.events, ev.StepUndone(at=command.at)))


def _redo(ground: Ground, command: cmd.Redo) -> Decision:
    if not ground.state.redo:
        raise CommandRefused("There is nothing to redo.")
    step = ground.state.redo[-1]
    done = _facilitate(ground, replace(step.again, at=command.at))
    answer = Done(with_more(f"Done again: {step.label}", done.said))
    return Decision(answer=answer, events=(*done.events, ev.StepRedone(at=command.at)))
