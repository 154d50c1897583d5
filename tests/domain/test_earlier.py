"""What the vote of an item takes from an item before it, through the hook of its kind."""

from __future__ import annotations

from types import MappingProxyType
from typing import ClassVar

import pytest

from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Earlier, Kinds
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.plain_profiles import Approved
from workshop_tui.errors import AgendaError, CommandRefused
from workshop_tui.kinds.registry import KINDS
from workshop_tui.kinds.single import Single, SingleConfig


class WeighedConfig(SingleConfig, frozen=True, kw_only=True):
    """One choice that wants to know how people chose before."""

    weights: tuple[int, ...] = ()
    weights_from: str = ""


class Weighed(Single):
    """Takes the counts of an earlier vote as weights."""

    kind = "weighed"
    config_type: ClassVar[type[WeighedConfig]] = WeighedConfig

    def earlier(self, config: WeighedConfig) -> str:
        return config.weights_from

    def misfit(self, config: WeighedConfig, earlier: Earlier) -> str:
        return "" if earlier.kind == "single" else f"“{earlier.title}” is not one choice."

    def fill(self, config: WeighedConfig, earlier: Earlier) -> WeighedConfig:
        assert isinstance(earlier.plain, Approved)
        if not earlier.profile:
            raise CommandRefused(f"Nobody answered “{earlier.title}”.")
        counts = {keys[0]: count for count, keys in earlier.plain.lines}
        return WeighedConfig(
            options=config.options,
            weights_from=config.weights_from,
            weights=tuple(counts.get(each.key, 0) for each in earlier.config.options),
        )


BOTH: Kinds = MappingProxyType({**KINDS, "weighed": Weighed()})


def desk() -> Desk:
    """What matters, dots, and a vote with weights from what matters."""
    first = item(1, "What matters", kind="single", options=options("Cost", "Quality", "Place"))
    second = item(2, "Dots", kind="dots", options=options("x", "y"))
    third = item(3, "Which one", kind="weighed", options=options("Bid 1", "Bid 2"), weights_from="what MATTERS")
    found = Desk(an_agenda(first, second, third), BOTH)
    found.join("ana", "ben", "cem")
    return found


def test_a_vote_is_filled_from_the_newest_counted_round_of_the_item_it_names() -> None:
    room = desk()
    room.open("i01")
    room.open_vote()
    room.vote("ana", "a")
    room.give(cmd.Reveal())
    room.open_vote()
    for person, choice in (("ana", "b"), ("ben", "b"), ("cem", "c")):
        room.vote(person, choice)
    room.give(cmd.Reveal())

    room.open("i03")
    room.open_vote()

    assert room.state.last_round is not None
    assert room.state.last_round.config["weights"] == [0, 2, 1]


@pytest.mark.parametrize("how_far", ["not asked", "open", "closed", "void"])
def test_a_vote_waits_until_the_item_it_names_has_a_counted_round(how_far: str) -> None:
    room = desk()
    room.open("i01")
    if how_far != "not asked":
        round_ = room.open_vote()
        room.vote("ana", "a")
        if how_far == "closed":
            room.give(cmd.CloseVote())
        if how_far == "void":
            room.give(cmd.VoidRound(round=round_, reason="A mistake"))
    room.open("i03", vote="keep")

    with pytest.raises(CommandRefused, match="Show the result of “What matters” first"):
        room.open_vote()

    assert room.state.rounds_of("i03") == ()


def test_a_kind_says_itself_that_what_was_counted_is_of_no_use() -> None:
    room = desk()
    room.open("i01")
    room.open_vote()
    room.give(cmd.Reveal())
    room.open("i03")

    with pytest.raises(CommandRefused, match="Nobody answered “What matters”"):
        room.open_vote()


def test_the_newest_counts_include_ballots_of_the_same_batch() -> None:
    room = desk()
    room.open("i01")
    round_ = room.open_vote()
    room.vote("ana", "a")
    kept = room.tables.profile(round_)
    room.tables.commit = lambda: None  # type: ignore[method-assign]  # everything from here on is one batch

    room.vote("ana", "b")
    room.vote("ben", "b")
    room.vote("cem", None)

    assert kept == {'{"option":"a"}': 1}
    assert room.tables.profile(round_) == {'{"option":"b"}': 2}
    room.tables.rollback()
    assert room.tables.profile(round_) == kept


def agenda(naming: str) -> str:
    return f"""
title = "A day"
stage = "plan"
[[item]]
title = "What matters"
minutes = 5
question = "What matters?"
phone = {{ kind = "single", options = ["Cost", "Quality"] }}
[[item]]
title = "Talk"
minutes = 5
[[item]]
title = "Dots"
minutes = 5
question = "Where?"
phone = {{ kind = "dots", options = ["x", "y"] }}
[[item]]
title = "Which one"
minutes = 5
question = "Which?"
phone = {{ kind = "weighed", options = ["Bid 1", "Bid 2"], weights_from = "{naming}" }}
"""


def test_an_agenda_may_name_an_item_before_in_any_capitals() -> None:
    assert parse_agenda(agenda("WHAT matters"), BOTH, file="a.toml").items[3].activity is not None


@pytest.mark.parametrize(
    ("naming", "words"),
    [
        ("What maters", "there is no item “What maters” with a vote before this one. Did you mean “What matters”?"),
        ("Which one", "no item “Which one” with a vote before this one"),
        ("Talk", "“Talk” has no vote"),
        ("Dots", "“Dots” is not one choice"),
    ],
)
def test_an_agenda_that_names_an_item_that_cannot_be_it_is_refused_with_the_nearest(naming: str, words: str) -> None:
    with pytest.raises(AgendaError, match=r"item 4 “Which one”, phone") as refused:
        parse_agenda(agenda(naming), BOTH, file="a.toml")

    assert words in str(refused.value)


def test_an_item_added_on_the_day_may_only_name_one_before_it() -> None:
    room = desk()
    room.open("i01")
    new = item(9, "Again", kind="weighed", options=options("1", "2"), weights_from="What mater")

    with pytest.raises(CommandRefused, match=r"there is no item “What mater”.*Did you mean “What matters”"):
        room.give(cmd.InsertItem(item=new, after="i01"))
    moved = item(3, "Which one", kind="weighed", options=options("1", "2"), weights_from="Dots")
    with pytest.raises(CommandRefused, match="“Dots” is not one choice"):
        room.give(cmd.EditItem(item=moved))


def test_an_item_that_was_renamed_on_the_day_is_still_the_one_named() -> None:
    room = desk()
    first = room.state.items[0].item
    room.give(cmd.EditItem(item=item(1, "What is important", kind="single", options=first.activity.config["options"])))
    room.open("i01")
    room.open_vote()
    room.vote("ana", "a")
    room.give(cmd.Reveal())

    room.open("i03")
    room.open_vote()

    assert room.state.last_round.config["weights"] == [1, 0, 0]
