"""What each event about a step makes of a desk's two lists: what it can take back, and what it can do again."""

from __future__ import annotations

from typing import assert_never

from workshop_tui.domain import events as ev
from workshop_tui.domain.steps import Step
from workshop_tui.limits import UNDO_STEPS

Steps = tuple[Step, ...]


def after_step(
    undo: Steps, redo: Steps, event: ev.StepDone | ev.StepUndone | ev.StepRedone | ev.StepsForgotten
) -> tuple[Steps, Steps]:
    """Both lists after one more event, newest last; of what can be taken back only the last `UNDO_STEPS` stay."""
    match event:
        case ev.StepDone():
            return (*undo, event.step)[-UNDO_STEPS:], ()
        case ev.StepUndone():
            return undo[:-1], redo if event.dropped else (*redo, undo[-1])
        case ev.StepRedone():
            return undo if event.dropped else (*undo, redo[-1])[-UNDO_STEPS:], redo[:-1]
        case ev.StepsForgotten():
            return (), ()
        case _:
            assert_never(event)
