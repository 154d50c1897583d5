"""A run-off: the best of one vote are the options of the next, and no tie is ever broken silently."""

from __future__ import annotations

import msgspec
import pytest

from tests.sayings import said
from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.deciding import Done
from workshop_tui.domain.earlier import going_on
from workshop_tui.errors import AgendaError, CommandRefused
from workshop_tui.kinds.registry import KINDS

PEOPLE = ("ana", "ben", "cem", "dee", "eve", "fay")


def desk(*, leaders: int = 2, ties: str = "report", extra: list[dict[str, object]] | None = None) -> Desk:
    """Four ways, then the leaders of them."""
    ways = options("Front", "Side", "Ramp", "Car park")
    first = item(1, "Ways in", kind="single", options=ways, ties=ties)
    last = item(2, "The last", kind="single", options=extra or [], options_from="leaders", leaders_of="Ways in",
                leaders=leaders)  # fmt: skip
    found = Desk(an_agenda(first, last))
    found.join(*PEOPLE)
    found.open("i01")
    found.open_vote()
    return found


def counted(room: Desk, choices: str) -> str:
    """Everybody chooses, in the order of `PEOPLE`, and the result is shown."""
    for person, choice in zip(PEOPLE, choices, strict=False):
        room.vote(person, choice)
    assert room.state.last_round is not None
    round_ = room.state.last_round.key
    room.give(cmd.Reveal())
    return round_


def run_off(room: Desk) -> tuple[list[str], str]:
    """The letters that are asked in the run-off, and what its opening said."""
    room.open("i02")
    answer = room.give(cmd.OpenVote(key=b"r" * 32))
    assert isinstance(answer, Done)
    assert room.state.last_round is not None
    asked = msgspec.convert(room.state.last_round.config["options"], list[Option])
    return [option.key for option in asked], said(answer)


def test_the_best_two_go_on_with_their_letters_and_it_is_journalled() -> None:
    room = desk()
    counted(room, "bbbddc")

    keys, said = run_off(room)

    assert keys == ["b", "d"]
    assert "“Side” and “Car park” go on from “Ways in”: the best 2." in said
    chosen = [event for event in room.events if isinstance(event, ev.OptionsChosen)]
    assert [[option.text for option in event.options] for event in chosen] == [["Side", "Car park"]]


def test_a_tie_at_the_edge_lets_all_in_and_says_so() -> None:
    room = desk()
    counted(room, "aaabcd")

    keys, said = run_off(room)

    assert keys == ["a", "b", "c", "d"]
    assert "4 and not 2, because some of them tie at the edge" in said


@pytest.mark.parametrize(
    ("places", "leaders", "on"),
    [
        ([["a"], ["b"], ["c"]], 2, "ab"),
        ([["a", "b"], ["c"]], 2, "ab"),
        ([["a"], ["b", "c"], ["d"]], 2, "abc"),
        ([["a", "b", "c"]], 2, "abc"),
        ([["a"], ["b"]], 5, "ab"),
        ([], 2, ""),
    ],
)
def test_going_on_stops_at_the_first_place_with_enough(places: list[list[str]], leaders: int, on: str) -> None:
    assert "".join(going_on(places, leaders)) == on


def test_a_run_off_waits_for_its_first_vote_and_for_somebody_to_answer() -> None:
    room = desk()
    room.open("i02", vote="close")
    with pytest.raises(CommandRefused, match="Show the result of “Ways in” first"):
        room.open_vote()
    room.open("i01")
    room.give(cmd.Reveal())
    room.open("i02")
    with pytest.raises(CommandRefused, match="nobody answered it"):
        room.open_vote()


def test_what_the_agenda_adds_comes_last_with_a_letter_of_its_own() -> None:
    room = desk(extra=[{"key": "a", "text": "Neither", "other": True}])
    counted(room, "aaabb")

    keys, _ = run_off(room)

    assert keys == ["a", "b", "c"]
    assert room.state.last_round is not None
    assert room.state.last_round.config["options"][2] == {"key": "c", "text": "Neither", "other": True, "texts": []}


def test_a_new_round_of_the_run_off_starts_from_the_newest_count() -> None:
    room = desk()
    counted(room, "aaabb")
    assert run_off(room)[0] == ["a", "b"]
    room.give(cmd.Reveal())
    room.open("i01")
    room.open_vote()
    counted(room, "cccdd")

    room.open("i02")
    room.open_vote()

    assert [option["key"] for option in room.state.last_round.config["options"]] == ["c", "d"]


def test_what_the_facilitator_named_out_of_a_tie_stands_first_in_the_run_off() -> None:
    room = desk(leaders=2, ties="facilitator")
    round_ = counted(room, "aabbcc")
    assert going_on((("a", "b", "c"), ("d",)), 2) == ("a", "b", "c")

    room.give(cmd.BreakTie(round=round_, option="b", reason="It has a ramp already"))

    # The one that was named, and those that still tie for the place behind it.
    assert run_off(room)[0] == ["a", "b", "c"]
    assert room.state.rounds[0].tie is not None


FILE = """
title = "A day"
stage = "plan"
[[item]]
title = "Ways in"
minutes = 5
question = "Which?"
phone = {{ kind = "single", options = ["Front", "Side"] }}
[[item]]
title = "Thoughts"
minutes = 5
question = "What else?"
phone = {{ kind = "ideas" }}
[[item]]
title = "The last"
minutes = 5
question = "Which?"
phone = {{ {keys} }}
"""


def a_file(keys: str) -> str:
    """An agenda whose last item has these keys; one choice where they name no other kind."""
    return FILE.format(keys=keys if "kind" in keys else f'kind = "single", {keys}')


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('options_from = "leaders", leaders_of = "Ways out"', "no item “Ways out” with a vote before this one"),
        ('options_from = "leaders", leaders_of = "Way in"', "Did you mean “Ways in”?"),
        ('options_from = "leaders", leaders_of = "Thoughts"', "“Thoughts” has no vote"),
        ('options_from = "leaders", leaders_of = "The last"', "no item “The last” with a vote before this one"),
        ('options_from = "leaders"', "needs “leaders_of”"),
        ('options_from = "leaders", leaders_of = "Ways in", leaders = 1', "“leaders” is 1; it can be 2 to 26"),
        ('options = ["A", "B"], leaders_of = "Ways in"', "for votes with options_from = “leaders” only"),
        ('options = ["A", "B"], ties = "chance"', "ties"),
        ('kind = "impact", options = ["A", "B"], ties = "facilitator"', "put options in an order"),
        ('options = ["A", "B"], options_from = "leaders", leaders_of = "Ways in"', "exclude each other"),
    ],
)
def test_check_refuses_a_run_off_that_cannot_be_and_names_the_nearest(keys: str, words: str) -> None:
    with pytest.raises(AgendaError) as refused:
        parse_agenda(a_file(keys), KINDS, file="a.toml")

    assert words in str(refused.value)


def test_a_run_off_in_an_agenda_is_read_with_its_keys() -> None:
    keys = 'options_from = "leaders", leaders_of = "Ways in", leaders = 3, extra = ["Neither"]'
    activity = parse_agenda(a_file(keys), KINDS, file="a.toml").items[2].activity

    assert activity is not None
    assert (activity.config["leaders_of"], activity.config["leaders"]) == ("Ways in", 3)
