"""Joining opens and closes, the code is renewed, and seats of those who never did anything are freed."""

from __future__ import annotations

import pytest

from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import Done
from workshop_tui.errors import CommandRefused, Refused

PEOPLE = ("ana", "ben", "cyn", "dee", "eve")


@pytest.fixture
def desk() -> Desk:
    desk = Desk(
        an_agenda(
            item(1, kind="single", options=options("One", "Two")),
            item(2, kind="vignette"),
            item(3, kind="questions"),
        )
    )
    desk.join(*PEOPLE)
    return desk


def test_nobody_joins_while_joining_is_closed_and_those_inside_stay_in(desk: Desk) -> None:
    desk.give(cmd.CloseJoining())

    with pytest.raises(Refused, match="Joining is closed"):
        desk.join("late")
    desk.join("ana")
    desk.open("i01")
    desk.open_vote()
    desk.vote("ana", "a")
    with pytest.raises(CommandRefused, match="closed already"):
        desk.give(cmd.CloseJoining())
    desk.give(cmd.OpenJoining())
    desk.join("late")
    assert desk.tables.people() == 6


@pytest.mark.parametrize("phase", [(), (cmd.PauseRoom(),)])
def test_closing_and_renewing_are_taken_back_and_done_again(desk: Desk, phase: tuple[cmd.Command, ...]) -> None:
    for command in phase:
        desk.give(command)
    desk.give(cmd.CloseJoining())
    desk.give(cmd.RenewCode(code="WXYC"))
    desk.give(cmd.RenewCode(code="ACDE"))

    desk.give(cmd.Undo())
    assert desk.state.joining.code == "WXYC"
    desk.give(cmd.Undo())
    assert desk.state.joining.code == ""
    desk.give(cmd.Undo())
    assert desk.state.joining.is_open
    desk.give(cmd.Redo())
    desk.give(cmd.Redo())
    assert (desk.state.joining.is_open, desk.state.joining.code) == (False, "WXYC")


def test_freeing_leaves_whoever_did_anything_or_is_there(desk: Desk) -> None:
    desk.open("i02")
    desk.tell("ana", '{"parts":[["what_happened","I waited."]],"level":"C2"}', item_="i02")
    desk.open("i03")
    asked = desk.tell("ben", '{"text":"How far is it?"}', item_="i03")
    desk.give(cmd.Moderate(contribution=asked.key, handling="approved"))
    desk.give(cmd.Upvote(person="cyn", contribution=asked.key, on=True))
    desk.open("i01")
    desk.open_vote()
    desk.vote("dee", None)
    desk.join("fay")

    answer = desk.give(cmd.FreeSeats(persons=(*PEOPLE, "nobody")))

    assert isinstance(answer, Done)
    assert str(answer.label) == "freed 1 seat"
    assert desk.events[-1] == ev.SeatFreed("eve")
    assert set(desk.tables.persons()) == {*PEOPLE, "fay"} - {"eve"}
    assert desk.tables.people() == desk.tables.voters() == desk.tables.joined == 5
    assert not desk.tables.knows("eve")
    assert not desk.tables.has_left("eve")
    with pytest.raises(CommandRefused, match="No seat is empty"):
        desk.give(cmd.FreeSeats(persons=PEOPLE))


def test_a_seat_stays_where_nobody_can_tell_any_more_whether_somebody_answered(desk: Desk) -> None:
    desk.open("i01")
    desk.open_vote()
    desk.vote("ana", "a")
    desk.clock.pass_s(120)
    desk.give(cmd.CloseVote())
    desk.give(cmd.Reveal())

    with pytest.raises(CommandRefused, match="No seat is empty"):
        desk.give(cmd.FreeSeats(persons=PEOPLE))

    desk.clock.pass_s(120)
    desk.join("fay", "gus")
    desk.give(cmd.FreeSeats(persons=(*PEOPLE, "fay", "gus")))
    assert set(desk.tables.persons()) == {*PEOPLE}


def test_a_seat_that_was_left_without_a_word_is_freed_too(desk: Desk) -> None:
    desk.give(cmd.LeavePlace(person="ana"))

    desk.give(cmd.FreeSeats(persons=("ana",)))

    assert desk.tables.people() == 4


def test_a_room_that_was_full_takes_people_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.domain.deciding.phones.PEOPLE", 5)
    with pytest.raises(Refused, match="full"):
        desk.join("late")

    desk.give(cmd.FreeSeats(persons=PEOPLE[:3]))

    desk.join("late")
    assert desk.tables.people() == 3


def test_whoever_said_who_they_are_here_as_did_something() -> None:
    desk = Desk(an_agenda(item(1), roles=("patient", "staff")))
    desk.join("ana", "ben")
    desk.give(cmd.TellRole(person="ana", role="staff"))

    desk.give(cmd.FreeSeats(persons=("ana", "ben")))

    assert set(desk.tables.persons()) == {"ana"}
