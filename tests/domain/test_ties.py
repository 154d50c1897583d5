"""A tie stays a tie unless the agenda said beforehand that the facilitator may name one, with a reason."""

from __future__ import annotations

import pytest

from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import with_choice
from workshop_tui.errors import CommandRefused


def tied(ties: str = "facilitator", choices: str = "aabb") -> Desk:
    """A counted vote of four people between three options."""
    room = Desk(an_agenda(item(1, kind="single", options=options("One", "Two", "Three"), ties=ties)))
    people = ("ana", "ben", "cem", "dee")
    room.join(*people)
    room.open("i01")
    room.open_vote()
    for person, choice in zip(people, choices, strict=False):
        room.vote(person, choice)
    room.give(cmd.Reveal())
    return room


def name(room: Desk, option: str, reason: str = "It costs less") -> None:
    room.give(cmd.BreakTie(round="i01.1", option=option, reason=reason))


def test_the_facilitator_names_one_of_those_that_tie_and_says_why() -> None:
    room = tied()

    name(room, "b", "  It costs\tless ")

    assert room.state.rounds[0].tie is not None
    assert (room.state.rounds[0].tie.option, room.state.rounds[0].tie.reason) == ("b", "It costs less")
    assert isinstance(room.events[-1], ev.TieBroken)


def test_naming_another_one_is_journalled_too_and_the_last_counts() -> None:
    room = tied()

    name(room, "b")
    name(room, "a", "I was wrong")

    assert [event.option for event in room.events if isinstance(event, ev.TieBroken)] == ["b", "a"]
    assert room.state.rounds[0].tie is not None
    assert room.state.rounds[0].tie.option == "a"


@pytest.mark.parametrize(
    ("ties", "choices", "option", "reason", "words"),
    [
        ("report", "aabb", "a", "Why not", "did not say before"),
        ("facilitator", "aaab", "a", "Why not", "Nothing ties"),
        ("facilitator", "", "a", "Why not", "Nothing ties"),
        ("facilitator", "aabb", "c", "Why not", "Only one of those that tie can be named: One, Two"),
        ("facilitator", "aabb", "zz", "Why not", "Only one of those that tie"),
        ("facilitator", "aabb", "a", " \t ", "type why"),
    ],
)
def test_anything_else_is_refused_and_changes_nothing(
    ties: str, choices: str, option: str, reason: str, words: str
) -> None:
    room = tied(ties, choices)
    before = room.state

    with pytest.raises(CommandRefused, match=words):
        name(room, option, reason)

    assert room.state == before


def test_a_vote_that_is_not_counted_for_good_has_no_tie_to_break() -> None:
    room = Desk(an_agenda(item(1, kind="single", options=options("One", "Two"), ties="facilitator")))
    room.join("ana")
    room.open("i01")
    room.open_vote()
    with pytest.raises(CommandRefused, match="counted for good"):
        name(room, "a")
    with pytest.raises(CommandRefused, match="no such round"):
        room.give(cmd.BreakTie(round="i09.1", option="a", reason="Why not"))


def test_a_tie_can_be_broken_after_the_end_as_well() -> None:
    room = tied()
    room.give(cmd.EndWorkshop(confirm="END"))

    name(room, "a")

    assert room.state.rounds[0].tie is not None


@pytest.mark.parametrize(
    ("places", "chosen", "then"),
    [
        ((("a", "b"), ("c",)), "b", (("b",), ("a",), ("c",))),
        ((("a", "b", "c"),), "b", (("b",), ("a", "c"))),
        ((("a", "b"), ("c",)), "", (("a", "b"), ("c",))),
        ((("a", "b"), ("c",)), "c", (("a", "b"), ("c",))),
        ((), "a", ()),
    ],
)
def test_the_named_one_stands_alone_before_the_others_of_its_place(
    places: tuple[tuple[str, ...], ...], chosen: str, then: tuple[tuple[str, ...], ...]
) -> None:
    assert with_choice(places, chosen) == then
