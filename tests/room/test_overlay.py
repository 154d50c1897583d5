"""What a batch changes is kept or thrown away as a whole: in every table."""

from __future__ import annotations

import pytest

from tests.sessions import Desk
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_was_noted_of_a_story_and_could_not_be_written_is_not_noted(desk: Desk) -> None:
    desk.tables.apply(ev.RetellingWritten("k", "Of a bus"))
    desk.tables.rollback()

    assert desk.tables.retelling("k") == ""


def test_words_for_a_story_can_be_read_once_they_are_on_disk(desk: Desk) -> None:
    desk.tables.apply(ev.RetellingWritten("k", "Of a bus"))
    desk.tables.commit()

    assert desk.tables.kept_retelling("k") == "Of a bus"


def test_a_step_that_could_not_be_written_cannot_be_taken_back(desk: Desk) -> None:
    desk.give(cmd.SetPresent(people=12))
    (step,) = desk.tables.undo("")
    desk.tables.apply(ev.StepDone("", step))
    assert desk.tables.kept_steps("") == ((step,), ()), "a desk is shown what is on disk"
    desk.tables.rollback()

    assert desk.tables.undo("") == (step,)
