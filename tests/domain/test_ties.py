"""A tie stays a tie unless the agenda said beforehand that the facilitator may name one, with a reason."""

from __future__ import annotations

import pytest

from tests.sayings import said
from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import with_choice
from workshop_tui.domain.asking import ballots_of, round_config, round_poll
from workshop_tui.domain.blocks import Statement
from workshop_tui.domain.deciding import Done
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.honesty import Turnout
from workshop_tui.domain.results import CountedRound, result_blocks
from workshop_tui.domain.state import TieBreak, new_state
from workshop_tui.domain.wire import wire_name
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import ENGLISH


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
    assert journal(room) == ["tie_broken", "step_done"]


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
        ("facilitator", "aabb", "c", "Why not", "Only one of those that tie can be named: One or Two"),
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


def shown(room: Desk) -> list[str]:
    """What the result says of ties, wherever it is shown."""
    round_ = room.state.rounds[0]
    poll = round_poll(round_, room.kinds)
    profile = ballots_of(poll, room.tables.profile(round_.key))
    turnout = Turnout(answered=4, skipped=0, joined=4, present=None)
    blocks = result_blocks(CountedRound(round_, poll, round_config(round_, poll), profile, turnout), None)
    said = [ENGLISH.text(block.text) for block in blocks if isinstance(block, Statement)]
    return [text for text in said if "facilitator" in text]


NAMED = "“One” and “Two” tie. The facilitator chose “Two”: It costs less"
TAKEN_BACK = "“One” and “Two” tie. The facilitator had chosen “Two” and took that back: it is a tie."


def journal(room: Desk) -> list[str]:
    """The lines about the tie that stay, in order."""
    kept = (ev.TieBroken, ev.TieLeft, ev.StepDone, ev.StepUndone, ev.StepRedone)
    names = [wire_name(type(event)) for event in room.events if isinstance(event, kept)]
    return names[names.index("tie_broken") :]


def test_undo_takes_the_choice_back_and_redo_names_it_again_and_every_line_stays() -> None:
    room = tied()
    name(room, "b", "  It costs\tless ")
    named = room.state.rounds

    assert str(room.tables.undo("")[-1].label) == "chose “Two” out of a tie"
    assert said(room.give(cmd.Undo())) == "Undone: chose “Two” out of a tie"
    assert room.state.rounds[0].tie is None
    room.give(cmd.Redo())

    assert room.state.rounds == named
    assert journal(room) == ["tie_broken", "step_done", "tie_left", "step_undone", "tie_broken", "step_redone"]
    made = [event for event in room.events if isinstance(event, ev.JournalEvent)]
    assert evolve_all(new_state(room.state.agenda), made) == room.state


def test_undo_of_another_choice_brings_the_first_one_back_with_its_reason() -> None:
    room = tied()
    name(room, "b")
    name(room, "a", "I was wrong")

    room.give(cmd.Undo())
    assert room.state.rounds[0].tie == TieBreak("b", "It costs less")
    room.give(cmd.Undo())

    assert room.state.rounds[0].tie is None


def test_a_choice_is_taken_back_without_undo_too_and_that_can_be_undone() -> None:
    room = tied()
    name(room, "b")
    room.give(cmd.SetPresent(people=9))

    room.give(cmd.LeaveTie(round="i01.1"))
    assert room.state.rounds[0].tie is None
    room.give(cmd.Undo())

    assert room.state.rounds[0].tie == TieBreak("b", "It costs less")


def test_what_the_room_saw_named_is_said_to_be_taken_back_until_another_one_is_named() -> None:
    room = tied()
    name(room, "b")
    assert shown(room) == [NAMED]

    room.give(cmd.Undo())
    assert shown(room) == [TAKEN_BACK]
    # Hiding the result does not undo that it was seen.
    room.give(cmd.HideResults())
    assert shown(room) == [TAKEN_BACK]

    name(room, "a", "It is nearer")
    assert shown(room) == ["“One” and “Two” tie. The facilitator chose “One”: It is nearer"]


def test_what_was_named_and_taken_back_before_the_room_saw_the_result_is_not_told() -> None:
    room = Desk(an_agenda(
        item(1, kind="single", options=options("One", "Two"), ties="facilitator"), item(2, "Talk"),
    ))  # fmt: skip
    room.join("ana", "ben")
    room.open("i01")
    room.open_vote()
    room.vote("ana", "a")
    room.vote("ben", "b")
    room.give(cmd.EndWorkshop(confirm="END"))
    name(room, "b")
    assert shown(room) == [NAMED]

    room.give(cmd.Undo())

    assert shown(room) == []
    assert journal(room)[-3:] == ["step_done", "tie_left", "step_undone"]


def test_there_is_nothing_to_take_back_where_nothing_is_named_or_the_round_does_not_count() -> None:
    room = tied()
    for round_ in ("i01.1", "i09.1"):
        with pytest.raises(CommandRefused, match="Nothing is named"):
            room.give(cmd.LeaveTie(round=round_))
    name(room, "b")
    room.give(cmd.VoidRound(round="i01.1", reason="a mistake"))

    answer = room.give(cmd.Undo())

    assert isinstance(answer, Done)
    assert "This can no longer be undone" in str(answer.refusal)
    assert room.state.rounds[0].tie == TieBreak("b", "It costs less")


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
