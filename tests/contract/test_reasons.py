"""Words beside a vote leave its ballot: what every kind promises about them, and one that is made up here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from tests.contract.answers import allowed_answers
from workshop_tui.domain.activity import (
    AnyGathering,
    AnyPoll,
    Config,
    Example,
    Explained,
    Fields,
    Gathering,
    Poll,
    SentFields,
)
from workshop_tui.domain.blocks import ChooseOne, FormBlock, Option, Statement, ViewBlock, WriteText, text_fields
from workshop_tui.domain.text import read_text
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

MOODS = (Option("a", "Glad"), Option("b", "Sad"))


class MoodConfig(Config, frozen=True, kw_only=True):
    """Nothing to say."""


class Mood(Struct, frozen=True, order=True):
    """A mood, and two texts about it."""

    mood: str
    now: str = ""
    later: str = ""


class Moods(Struct, frozen=True):
    """How many are glad, of how many."""

    people: int
    glad: int


class MoodPoll(Poll[MoodConfig, Mood, Moods]):
    """A kind of no registry, with two boxes for words beside one answer."""

    kind = "mood"
    title = "a mood"
    config_type = MoodConfig
    ballot_type = Mood

    def ask(self, config: MoodConfig) -> tuple[FormBlock, ...]:
        return (ChooseOne("mood", MOODS), WriteText("now", "Why?", 50), WriteText("later", "What would help?", 50))

    def read(self, config: MoodConfig, fields: Fields) -> Mood:
        moods = [value for value in fields.get("mood", ()) if value in ("a", "b")]
        if len(moods) != 1:
            raise BallotRejected("Please choose one.", field="mood")
        texts = (read_text("\n".join(fields.get(n, ())), 50, "Your words", field=n) for n in ("now", "later"))
        return Mood(moods[0], *texts)

    def fields_of(self, config: MoodConfig, ballot: Mood) -> SentFields:
        words = {"now": ballot.now, "later": ballot.later}
        return {"mood": [ballot.mood], **{name: [said] for name, said in words.items() if said}}

    def tally(self, config: MoodConfig, profile: Mapping[Mood, int]) -> Moods:
        return Moods(sum(profile.values()), sum(people for ballot, people in profile.items() if ballot.mood == "a"))

    def show(self, config: MoodConfig, result: Moods) -> tuple[ViewBlock, ...]:
        return (Statement(f"{result.glad} of {result.people} are glad."),)

    def bare(self, ballot: Mood) -> Mood:
        return Mood(ballot.mood)

    def reasons(self, ballot: Mood) -> tuple[Mood, ...]:
        each = (Mood(ballot.mood, ballot.now), Mood(ballot.mood, later=ballot.later))
        return tuple(reason for reason in each if reason != self.bare(ballot))

    def explained(self, config: MoodConfig, reason: Mood) -> Explained | None:
        words = reason.now or reason.later
        return Explained("", {each.key: each.text for each in MOODS}[reason.mood], words) if words else None

    def rows(self, config: MoodConfig, ballot: Mood) -> dict[str, str | int]:
        return {"mood": ballot.mood}

    def examples(self) -> Example[MoodConfig]:
        return Example(MoodConfig(), ({"mood": ["a"], "now": ["Sun."]},), ({},))


POLLS = [*(kind for kind in KINDS.values() if isinstance(kind, Poll)), MoodPoll()]
every_poll = pytest.mark.parametrize("poll", [pytest.param(poll, id=poll.kind) for poll in POLLS])
DATA = st.data()


def typed(poll: AnyPoll, data: st.DataObject, start: int = 0) -> tuple[Any, list[str]]:
    """A ballot with other canaries in all its texts, and the canaries."""
    config = poll.examples().config
    form = poll.ask(config)
    fields, canaries = data.draw(allowed_answers(form)), []
    for name in sorted(text_fields(form) & fields.keys()):
        if any(fields[name]):
            canaries.append(f"Canary{start + len(canaries):03d}")
            fields[name] = [canaries[-1]]
    return poll.read(config, fields), canaries


def as_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@every_poll
@settings(max_examples=25)
@given(data=DATA)
def test_what_is_counted_holds_nobodys_words(poll: AnyPoll, data: st.DataObject) -> None:
    ballot, _ = typed(poll, data)
    bare = poll.bare(ballot)

    assert "Canary" not in as_json(bare)
    assert isinstance(bare, poll.ballot_type)
    assert poll.bare(bare) == bare
    assert poll.reasons(bare) == ()
    assert poll.explained(poll.examples().config, bare) is None


@every_poll
@settings(max_examples=25)
@given(data=DATA)
def test_each_reason_is_a_ballot_with_one_persons_words_once_and_none_is_lost(
    poll: AnyPoll, data: st.DataObject
) -> None:
    config = poll.examples().config
    ballot, canaries = typed(poll, data)
    reasons = poll.reasons(ballot)

    assert sorted(explained(poll, config, reason).words for reason in reasons) == canaries
    for reason in reasons:
        body = msgspec.json.encode(reason)
        assert body.count(b"Canary") == 1
        assert poll.reasons(reason) == (reason,)
        assert msgspec.json.decode(body, type=poll.ballot_type) == reason
        assert msgspec.json.encode(msgspec.json.decode(body, type=poll.ballot_type)) == body


@every_poll
@settings(max_examples=25)
@given(data=DATA)
def test_words_change_no_count_no_line_and_no_stance(poll: AnyPoll, data: st.DataObject) -> None:
    config = poll.examples().config
    ballots = [typed(poll, data, n * 10)[0] for n in range(3)]
    full = {ballot: ballots.count(ballot) for ballot in ballots}
    bare: dict[Any, int] = {}
    for ballot in ballots:
        bare[poll.bare(ballot)] = bare.get(poll.bare(ballot), 0) + 1

    assert poll.tally(config, bare) == poll.tally(config, full)
    assert poll.places(config, bare) == poll.places(config, full)
    assert "Canary" not in str(poll.plain_profile(config, bare))
    for ballot in ballots:
        assert poll.rows(config, poll.bare(ballot)) == poll.rows(config, ballot)
        assert "Canary" not in str(poll.rows(config, ballot))


@every_poll
@settings(max_examples=15)
@given(data=DATA)
def test_what_lies_behind_a_result_has_each_reason_as_often_as_it_was_given_and_in_no_order_that_tells(
    poll: AnyPoll, data: st.DataObject
) -> None:
    config = poll.examples().config
    found = [typed(poll, data, n * 10) for n in range(3)]
    profile = {poll.bare(ballot): 1 for ballot, _ in found}
    reasons = [reason for ballot, _ in found for reason in poll.reasons(ballot)]
    blocks = poll.details(config, profile, reasons)

    assert str(blocks).count("Canary") in (0, len(reasons))
    assert poll.details(config, profile, reasons[::-1]) == blocks
    assert "Canary" not in str(poll.details(config, profile))
    if poll.kind in KINDS and reasons:
        assert "Canary" in str(blocks)


@pytest.mark.parametrize("kind", ["consensus", "impact", "panel"])
def test_a_kind_that_asks_for_words_gives_them_apart(kind: str) -> None:
    poll = KINDS[kind]
    assert isinstance(poll, Poll)
    config = poll.examples().config
    ballots = [poll.read(config, fields) for fields in poll.examples().answers]

    assert text_fields(poll.ask(config))
    assert any(poll.reasons(ballot) for ballot in ballots)


def explained(poll: AnyPoll, config: Any, reason: Any) -> Explained:
    """The line of a reason; every reason has one."""
    line = poll.explained(config, reason)
    assert line is not None
    options = {option.key for option in getattr(config, "options", ())}
    assert line.option in options or not line.option
    assert ENGLISH.text(line.answer)
    return line


@pytest.mark.parametrize("poll", [pytest.param(poll, id=poll.kind) for poll in POLLS if poll.is_apart])
def test_answers_that_may_be_joined_with_nothing_come_without_words(poll: AnyPoll) -> None:
    assert not text_fields(poll.ask(poll.examples().config))


@every_poll
@settings(max_examples=15)
@given(data=DATA)
def test_a_reason_in_other_words_has_the_same_answer_and_none_of_its_own_words(
    poll: AnyPoll, data: st.DataObject
) -> None:
    config = poll.examples().config
    ballot, _ = typed(poll, data)

    for reason in poll.reasons(ballot):
        other = poll.reworded(reason, "Zeppelin")
        assert "Canary" not in as_json(other)
        if poll.kind in KINDS:
            was, now = explained(poll, config, reason), explained(poll, config, other)
            assert (now.option, now.answer, now.name, now.words) == (was.option, was.answer, was.name, "Zeppelin")


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=kind.kind) for kind in KINDS.values() if isinstance(kind, Gathering)]
)
def test_what_was_sent_in_other_words_has_the_same_readers_and_none_of_its_own_words(kind: AnyGathering) -> None:
    example = kind.examples()
    form = kind.ask(example.config)
    for fields in example.answers:
        canaries = {name: ["Canary"] for name in text_fields(form) & fields.keys()}
        said = kind.read(example.config, {**fields, **canaries})
        other = kind.reworded(said, "Zeppelin")

        assert kind.consent(other) == kind.consent(said)
        assert [words for _, words in kind.quote(example.config, other).parts] == ["Zeppelin"]
        line = kind.rows(example.config, other)
        assert "Canary" not in str(line)
        assert "Zeppelin" in line.values() or kind.readers == "facilitator"


@every_poll
def test_nobody_has_to_type_a_reason(poll: AnyPoll) -> None:
    config = poll.examples().config
    texts = text_fields(poll.ask(config))

    for fields in poll.examples().answers:
        assert poll.read(config, {name: given for name, given in fields.items() if name not in texts})
