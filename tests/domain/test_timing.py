"""The day's arithmetic where the facilitator does not simply go on."""

from __future__ import annotations

from tests.sessions import Desk
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.timing import MINUTE, catch_up, day_over_ms, schedule


def over(desk: Desk) -> float:
    """Minutes that the day is over its planned end."""
    return day_over_ms(desk.state, desk.clock.now_ms()) / MINUTE


def start_of(desk: Desk, key: str) -> float:
    """Minutes until an item starts, as expected now."""
    now = desk.clock.now_ms()
    (line,) = (line for line in schedule(desk.state, now) if line.key == key)
    return (line.start - now) / MINUTE


def test_an_item_opened_by_mistake_and_taken_back_still_takes_its_time() -> None:
    desk = Desk()
    desk.open("i01")
    desk.clock.pass_s(60)
    desk.open("i02")

    desk.give(cmd.Undo())

    assert over(desk) == 0
    assert start_of(desk, "i02") == 9
    assert start_of(desk, "i03") == 24


def test_going_back_counts_what_is_left_of_the_items_that_come_again() -> None:
    desk = Desk()
    desk.open("i01")
    desk.clock.pass_s(4 * 60)
    desk.open("i02")
    desk.clock.pass_s(5 * 60)
    assert over(desk) == -6

    desk.open("i01")

    assert over(desk) == 0
    assert start_of(desk, "i02") == 6
    assert start_of(desk, "i03") == 16


def test_an_item_that_ran_over_takes_no_time_when_the_day_comes_through_it_again() -> None:
    desk = Desk()
    desk.open("i01")
    desk.open("i02")
    desk.clock.pass_s(20 * 60)
    desk.open("i01")

    assert start_of(desk, "i02") == start_of(desk, "i03") == 10


def test_less_than_a_minute_over_is_nothing_to_catch_up() -> None:
    desk = Desk()
    desk.open("i01")
    desk.clock.pass_s(10 * 60 + 59)
    assert catch_up(desk.state, desk.clock.now_ms()) == ()

    desk.clock.pass_s(1)

    assert catch_up(desk.state, desk.clock.now_ms())[0].saves_min == 1


def test_catching_up_does_not_shorten_an_item_that_was_opened_before() -> None:
    desk = Desk()
    desk.open("i03")
    desk.open("i01")
    desk.clock.pass_s(30 * 60)

    plans = catch_up(desk.state, desk.clock.now_ms())

    assert plans
    assert "i03" not in {key for plan in plans for key, _ in plan.minutes}
