"""A pause stops everything, in any phase; the day's clock stands, and coming back plans the rest anew."""

from __future__ import annotations

import pytest

from tests.domain.acts import Scene
from tests.sessions import Desk, an_agenda, item
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.state import Phase
from workshop_tui.domain.timing import MINUTE, catch_up, day_over_ms, projected_end, schedule
from workshop_tui.errors import CommandRefused, NotAllowed


def paused(minutes: int) -> Desk:
    desk = Desk(an_agenda(item(1), item(2, minutes=30), item(3, minutes=20)))
    desk.open("i01")
    desk.clock.pass_s(60)
    desk.give(cmd.PauseRoom())
    desk.clock.pass_s(minutes * 60)
    return desk


@pytest.mark.parametrize("phase", ["running", "people_left", "finished"])
@pytest.mark.parametrize("who", ["facilitator", "co_lead", "helper"])
def test_whoever_has_a_desk_can_pause_in_any_phase_and_twice_does_no_harm(phase: Phase, who: cmd.Who) -> None:
    scene = Scene()
    scene.come_to(phase)
    for _ in range(2):
        scene.give(cmd.PauseRoom(who=who))

    assert scene.state.pause is not None
    scene.give(cmd.ResumeRoom())
    assert scene.state.pause is None


def test_a_helper_does_not_go_on_for_everybody_and_a_phone_pauses_nothing() -> None:
    scene = Scene()
    scene.give(cmd.PauseRoom())

    with pytest.raises(NotAllowed):
        scene.give(cmd.ResumeRoom(who="helper"))
    with pytest.raises(NotAllowed):
        scene.give(cmd.PauseRoom(who="phone"))


def test_before_the_start_it_pauses_and_goes_on_too() -> None:
    desk = Desk()
    desk.give(cmd.PauseRoom())
    with pytest.raises(CommandRefused, match="Everything is paused"):
        desk.open("i01")
    desk.give(cmd.ResumeRoom(end="move"))

    assert (desk.state.pause, desk.state.planned_end) == (None, None)


def test_time_stands_from_the_beginning_of_a_pause_to_its_end() -> None:
    desk = paused(0)
    at_once = (projected_end(desk.state, desk.clock.now_ms()), schedule(desk.state, desk.clock.now_ms()))
    desk.clock.pass_s(9 * 60)
    now = desk.clock.now_ms()

    assert (projected_end(desk.state, now), schedule(desk.state, now)) == at_once
    assert day_over_ms(desk.state, now) == 0
    desk.give(cmd.ResumeRoom())
    assert day_over_ms(desk.state, now) == 9 * MINUTE
    assert desk.state.here.left_ms(now) == 9 * MINUTE


def test_the_end_can_move_by_as_long_as_the_pause_was() -> None:
    desk = paused(9)
    end = desk.state.planned_end
    desk.give(cmd.ResumeRoom(end="move"))

    assert desk.state.planned_end == end + 9 * MINUTE
    assert day_over_ms(desk.state, desk.clock.now_ms()) == 0


def test_items_to_come_can_give_the_time_back_and_that_can_be_taken_back() -> None:
    desk = paused(9)
    plan = catch_up(desk.state, desk.clock.now_ms())[0]
    before = [each.minutes for each in desk.state.items]
    desk.give(cmd.ResumeRoom(minutes=plan.minutes))

    assert day_over_ms(desk.state, desk.clock.now_ms()) == (9 - plan.saves_min) * MINUTE
    desk.give(cmd.Undo())
    assert [each.minutes for each in desk.state.items] == before
    assert desk.state.pause is None


def test_a_clock_that_is_set_during_a_pause_makes_it_no_longer() -> None:
    desk = paused(9)
    desk.clock.set_by_s(3600)
    desk.give(cmd.ClockMoved(by_ms=3_600_000, slept=False))
    end = desk.state.planned_end
    desk.give(cmd.ResumeRoom(end="move"))

    assert desk.state.planned_end == end + 9 * MINUTE
