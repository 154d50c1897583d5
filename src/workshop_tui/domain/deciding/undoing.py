"""When a step can still be taken back: as long as what it left is what stands there now."""

from __future__ import annotations

from workshop_tui.domain import steps
from workshop_tui.domain.deciding.decision import Ground
from workshop_tui.errors import CommandRefused


def check_as_left(ground: Ground, step: steps.Step, *, back: bool) -> None:
    """Pass if nothing that the step was about has changed since.

    Else what somebody else hid or put right meanwhile would come back: another desk, a phone, or the same desk in
    another way.

    Args:
        ground: What is known.
        step: A step that was done, or was taken back.
        back: Whether it is to be taken back; else it is to be done again.

    Raises:
        CommandRefused: it changed.
    """
    if not _is_as_left(ground, step, back=back):
        raise CommandRefused("It was changed since.")


def _is_as_left(ground: Ground, step: steps.Step, *, back: bool) -> bool:
    state, rows = ground.state, ground.rows
    match step:
        case steps.ScreenSet():
            return state.screen == (step.later if back else step.earlier)
        case steps.PresentSet():
            return state.present == (step.later if back else step.earlier)
        case steps.Moderated():
            row = rows.contribution(step.contribution)
            return row is not None and row.moderation == (step.later if back else step.earlier)
        case steps.PhoneHeld():
            row = rows.contribution(step.contribution)
            return row is not None and rows.is_held(row.author) == (step.hold == back)
        case steps.QuestionAnswered():
            return rows.answer(step.contribution) == (step.later if back else step.earlier)
        case steps.StoryRetold():
            return rows.retelling(step.contribution) == (step.later if back else step.earlier)
        case steps.NoteDropped():
            return rows.is_dropped(step.note) == (step.dropped == back)
        case steps.TimerRun() | steps.GatheringRun():
            return state.current == step.item
        case steps.ResultShown():
            last = state.last_round
            return last is not None and last.key == step.round and last.shown == (step.shown == back)
        case steps.TieNamed():
            round_ = state.round(step.round)
            return round_ is not None and round_.tie == (step.later if back else step.earlier)
        case steps.OptionsChosen():
            each = state.item(step.item)
            return each is not None and each.options == (step.later if back else step.earlier)
        case steps.ItemEdited():
            each = state.item(step.later.key)
            return each is not None and each.item == (step.later if back else step.earlier)
        case steps.MinutesSet():
            minutes = {each.item.key: each.minutes for each in state.items}
            return all(minutes.get(key) == count for key, count in (step.later if back else step.earlier))
        case steps.ItemOpened():
            return state.current == (step.item if back else step.current)
        case _:
            # What a vote and an item may go through is checked where it is decided.
            return True
