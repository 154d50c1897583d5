"""What every poll promises to the items after it: places for a run-off, and an answer that can be asked for twice."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.answers import allowed_answers
from tests.sessions import Desk, an_agenda
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import AnyPoll, OptionsConfig, Poll
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.asking import as_data
from workshop_tui.domain.blocks import text_fields
from workshop_tui.domain.earlier import earlier_problem
from workshop_tui.drawing.text import draw_text
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

POLLS = [pytest.param(kind, id=name) for name, kind in KINDS.items() if isinstance(kind, Poll)]
every_poll = pytest.mark.parametrize("poll", POLLS)
with_options = pytest.mark.parametrize(
    "poll", [each for each in POLLS if issubclass(each.values[0].config_type, OptionsConfig)]
)
DATA = st.data()


def example_items(poll: AnyPoll, **second: object) -> tuple[Item, Item]:
    """The kind's own example, and an item that builds on it."""
    config = as_data(poll.examples().config)
    activity = Activity(poll.kind, {**config, **second}, again="" if second else "First")
    return (
        Item("i01", "First", 5, question="?", activity=Activity(poll.kind, config)),
        Item("i02", "Second", 5, question="?", activity=activity),
    )


def _example_profile(poll: AnyPoll) -> dict[Any, int]:
    example = poll.examples()
    return {poll.read(example.config, fields): 1 for fields in example.answers}


def answered(room: Desk, poll: AnyPoll, people: int) -> None:
    """People answer the open vote of an example as the example says, in turn, and the result is shown."""
    assert room.state.last_round is not None
    answers = poll.examples().answers
    for n in range(people):
        with contextlib.suppress(BallotRejected):
            room.answer(f"p{n}", answers[n % len(answers)])
    room.give(cmd.Reveal())


@every_poll
@settings(max_examples=15)
@given(data=DATA)
def test_places_hold_options_and_each_at_most_once(poll: AnyPoll, data: st.DataObject) -> None:
    config = poll.examples().config
    ballots = allowed_answers(poll.ask(config)).map(lambda fields: poll.read(config, fields))
    profile: dict[Any, int] = data.draw(st.dictionaries(ballots, st.integers(1, 9), max_size=4))

    placed = [key for place in poll.places(config, profile) for key in place]

    assert len(placed) == len(set(placed))
    assert set(placed) <= {option.key for option in getattr(config, "options", ())}
    assert poll.places(config, {}) == ()


@every_poll
@settings(max_examples=15)
@given(data=DATA)
def test_the_same_answer_in_other_words_is_the_same_answer(poll: AnyPoll, data: st.DataObject) -> None:
    config = poll.examples().config
    form = poll.ask(config)
    texts = text_fields(form)
    fields = data.draw(allowed_answers(form))
    said = poll.bare(poll.read(config, fields))
    other = {name: ["In other words"] if name in texts and any(values) else values for name, values in fields.items()}

    assert poll.bare(poll.read(config, other)) == said
    assert poll.stance(poll.bare(poll.read(config, other))) == poll.stance(said)
    hash(poll.stance(said))


@every_poll
@settings(max_examples=10)
@given(data=DATA)
def test_a_phone_is_reminded_of_nobody_elses_words(poll: AnyPoll, data: st.DataObject) -> None:
    config = poll.examples().config
    fields = data.draw(allowed_answers(poll.ask(config)))
    others = {name: ["CANARY"] if name.endswith(".why") else values for name, values in fields.items()}
    mine, theirs = poll.read(config, fields), poll.read(config, others)

    for own in (None, mine):
        for profile in ({}, {theirs: 3}):
            assert "CANARY" not in ENGLISH.text(poll.recall(config, own, profile))
    assert not poll.recall(config, None, {})


@with_options
def test_a_run_off_of_any_kind_opens_unless_the_agenda_is_refused(poll: AnyPoll) -> None:
    first, second = example_items(poll, options=[], options_from="leaders", leaders_of="First")
    room = Desk(an_agenda(first, second))
    room.join(*(f"p{n}" for n in range(12)))
    room.open("i01")
    room.open_vote()
    answered(room, poll, 12)
    best = poll.examples().config
    room.open("i02")

    assert second.activity is not None
    if poll.problem(msgspec.convert(second.activity.config, poll.config_type)):
        return
    if wrong := earlier_problem(second, [first], KINDS):
        assert not poll.places(best, _example_profile(poll)), wrong
        return
    room.open_vote()
    asked = msgspec.convert(room.state.rounds[-1].config, poll.config_type)
    assert 2 <= len(asked.options) <= len(best.options)
    assert {option.text for option in asked.options} <= {option.text for option in best.options}
    poll.ask(asked)
    poll.show(asked, poll.tally(asked, {}))


@every_poll
def test_any_question_can_be_asked_twice_unless_names_or_forms_forbid_it(poll: AnyPoll) -> None:
    first, second = example_items(poll)
    wrong = earlier_problem(second, [first], KINDS)
    assert bool(wrong) == (poll.is_named or poll.is_apart)
    if wrong:
        return
    room = Desk(an_agenda(first, second))
    room.join(*(f"p{n}" for n in range(12)))
    for key in ("i01", "i02"):
        room.open(key)
        room.give(cmd.OpenVote(key=key.encode().ljust(32)))
        answered(room, poll, 12)

    compared = room.state.rounds[1].compared
    assert compared is not None
    assert (compared.both, compared.changed) == (12, 0)
    assert room.tables.round_key("i01.1") is None
    assert draw_text(poll.show(poll.examples().config, poll.tally(poll.examples().config, {})), 80)
