"""What every kind in the registry promises; a new kind is tested the moment it is registered.

How its blocks look is held in ``tests/contract/test_drawings_of_kinds.py``.
"""

from __future__ import annotations

import inspect
import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import hostile_inputs as hostile
from tests.contract.answers import PostedFields, allowed_answers, field_names, junk_fields
from workshop_tui.domain.activity import AnyGathering, AnyKind, AnyPoll, Gathering, OptionsConfig, Poll
from workshop_tui.domain.blocks import (
    Bars,
    ChooseLevel,
    Distribution,
    Group,
    Matrix,
    Quote,
    Quotes,
    Ranking,
    Statement,
    ViewBlock,
    WriteText,
)
from workshop_tui.domain.consent import LEVELS
from workshop_tui.domain.honesty import NO_ANSWERS
from workshop_tui.domain.plain_profiles import Ordered, Scored, voters
from workshop_tui.domain.text import clean_text
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH, Amount, Counted, Figure, Message, Quoted, Verbatim

every_kind = pytest.mark.parametrize("kind", [pytest.param(kind, id=name) for name, kind in KINDS.items()])
every_poll = pytest.mark.parametrize(
    "poll", [pytest.param(kind, id=name) for name, kind in KINDS.items() if isinstance(kind, Poll)]
)
every_gathering = pytest.mark.parametrize(
    "gathering", [pytest.param(kind, id=name) for name, kind in KINDS.items() if isinstance(kind, Gathering)]
)

every_kind_with_options = pytest.mark.parametrize(
    "kind",
    [pytest.param(k, id=name) for name, k in KINDS.items() if isinstance(k.examples().config, OptionsConfig)],
)
for_the_facilitator = pytest.mark.parametrize(
    "gathering",
    [pytest.param(k, id=n) for n, k in KINDS.items() if isinstance(k, Gathering) and k.readers == "facilitator"],
)

DATA = st.data()


def config_of(kind: AnyKind) -> Any:
    return kind.examples().config


def ballots(kind: AnyKind) -> st.SearchStrategy[Any]:
    """Any ballot that the example's form can lead to."""
    config = config_of(kind)
    return allowed_answers(kind.ask(config)).map(lambda fields: kind.read(config, fields))


def profiles(poll: AnyPoll) -> st.SearchStrategy[dict[Any, int]]:
    """Counts of distinct ballots, as a room keeps them."""
    return st.dictionaries(ballots(poll), st.integers(1, 40), max_size=8)


def shown(poll: AnyPoll, profile: dict[Any, int]) -> tuple[ViewBlock, ...]:
    return poll.show(config_of(poll), poll.tally(config_of(poll), profile))


# Names and words. ------------------------------------------------------------------------------------


def test_the_registry_cannot_be_changed_while_the_program_runs() -> None:
    with pytest.raises(TypeError):
        KINDS["other"] = KINDS["single"]  # type: ignore[index]


def test_the_kinds_of_the_first_agenda_are_there() -> None:
    assert set(KINDS) >= {"single", "dots", "rank", "ideas", "private", "vignette"}


@every_kind
def test_a_kind_is_listed_under_its_own_name_and_says_what_it_is(kind: AnyKind) -> None:
    assert KINDS[kind.kind] is kind
    assert kind.title
    assert inspect.getdoc(inspect.getmodule(kind)), "the file of a kind says what the kind is"


# Configs. --------------------------------------------------------------------------------------------


@every_kind
def test_the_example_is_a_config_without_problems(kind: AnyKind) -> None:
    assert kind.problem(config_of(kind)) == ""


@every_kind
def test_a_config_survives_the_session_file(kind: AnyKind) -> None:
    config = config_of(kind)

    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(config)), kind.config_type) == config


@every_kind
def test_a_key_that_no_config_has_is_refused(kind: AnyKind) -> None:
    data = {**msgspec.to_builtins(config_of(kind)), "max_char": 3}

    with pytest.raises(msgspec.ValidationError, match="max_char"):
        msgspec.convert(data, kind.config_type)


@every_kind_with_options
def test_options_may_be_missing_only_where_the_room_gives_them(kind: AnyKind) -> None:
    config = config_of(kind)

    for few in range(config.fewest):
        assert kind.problem(msgspec.structs.replace(config, options=config.options[:few]))
    for options in ((), config.options):
        problem = ENGLISH.text(kind.problem(msgspec.structs.replace(config, options=options, options_from="ideas")))
        # A kind whose options need more than words, such as costs, says that they cannot come from the room.
        assert not problem or "options_from" in problem


@every_kind_with_options
def test_a_form_without_options_yet_can_be_drawn_and_refuses_answers(kind: AnyKind) -> None:
    config = config_of(kind)
    empty = msgspec.structs.replace(config, options=(), options_from="ideas")

    assert kind.ask(empty)
    for fields in kind.examples().answers:
        with pytest.raises(BallotRejected):
            kind.read(empty, fields)


# Words. ----------------------------------------------------------------------------------------------


@every_kind
def test_a_kind_speaks_in_messages_and_every_bare_string_is_a_word_of_the_agenda(kind: AnyKind) -> None:
    config = config_of(kind)
    blocks: tuple[Any, ...] = kind.ask(config)
    if isinstance(kind, Poll):
        ballots_ = [kind.read(config, fields) for fields in kind.examples().answers]
        reasons = [reason for ballot in ballots_ for reason in kind.reasons(ballot)]
        profile = Counter(map(kind.bare, ballots_))
        for each in ({}, profile):
            blocks += (*kind.show(config, kind.tally(config, each)), *kind.details(config, each))
        blocks += (kind.who_sees(config), *(kind.recall(config, ballot, profile) for ballot in profile))
        blocks += tuple(each.title for each in kind.details(config, profile, reasons) if isinstance(each, Quotes))
    else:
        blocks += (kind.noun,)

    assert set(bare_strings((kind.title, blocks))) <= {*texts_in(plain(config)), ""}


TECHNICAL = {"key", "letter", "name", "style", "unit", "weight"}
"""Fields of blocks that no person reads as they stand."""


def bare_strings(value: Any) -> Iterator[str]:
    """What is not a message and would be shown as somebody's own words, also inside of messages."""
    match value:
        case str():
            yield value
        case Amount() | Counted() | Figure() | Quoted() | Verbatim():
            return
        case Message():
            yield from bare_strings(tuple(place for _, place in value.places))
        case ChooseLevel():
            yield from bare_strings(tuple(words for _, words in value.levels))
        case Group():
            yield from bare_strings((value.label, value.own, *(words for _, words in value.choices)))
        case msgspec.Struct():
            names = set(value.__struct_fields__) - TECHNICAL
            yield from bare_strings(tuple(getattr(value, name) for name in sorted(names)))
        case tuple():
            for each in value:
                yield from bare_strings(each)


# Answers. --------------------------------------------------------------------------------------------


@every_kind
def test_every_example_is_read_the_same_each_time(kind: AnyKind) -> None:
    example = kind.examples()

    assert example.answers
    for fields in example.answers:
        first, second = kind.read(example.config, fields), kind.read(example.config, fields)
        assert isinstance(first, kind.ballot_type)
        assert first == second
        assert hash(first) == hash(second)


@every_kind
def test_every_junk_example_is_refused_with_words_and_a_field_of_the_form(kind: AnyKind) -> None:
    example = kind.examples()
    names = {getattr(block, "name", "") for block in kind.ask(example.config)}

    assert example.junk
    for fields in example.junk:
        with pytest.raises(BallotRejected) as refusal:
            kind.read(example.config, fields)
        assert str(refusal.value).endswith((".", "?"))
        assert isinstance(refusal.value.message, Message)
        assert refusal.value.field.split(".")[0] in names


@every_kind
@given(data=DATA)
def test_every_answer_the_form_allows_is_accepted(kind: AnyKind, data: st.DataObject) -> None:
    config = config_of(kind)
    fields = data.draw(allowed_answers(kind.ask(config)))

    assert isinstance(kind.read(config, fields), kind.ballot_type)


@every_poll
@given(data=DATA)
def test_the_fields_of_a_ballot_are_read_as_that_ballot(poll: AnyPoll, data: st.DataObject) -> None:
    config = config_of(poll)
    ballot = data.draw(ballots(poll))
    kept = poll.fields_of(config, poll.bare(ballot))
    for reason in poll.reasons(ballot):
        kept |= poll.fields_of(config, reason)

    assert poll.read(config, poll.fields_of(config, ballot)) == ballot
    # What a room keeps of it: the answer, and each reason for itself.
    assert poll.read(config, kept) == ballot
    assert set(kept) <= set(field_names(poll.ask(config)))


@every_kind
@given(data=DATA)
def test_junk_is_refused_with_words_or_fits_and_nothing_else_happens(kind: AnyKind, data: st.DataObject) -> None:
    config = config_of(kind)
    fields = data.draw(junk_fields(kind.ask(config)))

    assert_refused_or_sound(kind, config, fields)


@every_kind
@pytest.mark.parametrize("payload", [pytest.param(payload, id=name) for name, payload, _ in hostile.ALL])
def test_a_hostile_payload_in_every_field_breaks_nothing(kind: AnyKind, payload: str) -> None:
    config = config_of(kind)
    names = [name for name in field_names(kind.ask(config)) if name]

    assert_refused_or_sound(kind, config, {name: [payload] for name in names})


def assert_refused_or_sound(kind: AnyKind, config: Any, fields: PostedFields) -> None:
    try:
        ballot = kind.read(config, fields)
    except BallotRejected:
        return
    body = msgspec.json.encode(ballot)
    assert msgspec.json.decode(body, type=kind.ballot_type) == ballot
    assert all(clean_text(text) == text for text in texts_in(msgspec.json.decode(body)))


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for each in value for text in texts_in(each)] if isinstance(value, list) else []


@every_kind
@given(data=DATA)
def test_a_ballot_survives_the_session_file_byte_for_byte(kind: AnyKind, data: st.DataObject) -> None:
    ballot = data.draw(ballots(kind))
    body = msgspec.json.encode(ballot)
    again = msgspec.json.decode(body, type=kind.ballot_type)

    assert again == ballot
    assert hash(again) == hash(ballot)
    assert msgspec.json.encode(again) == body


@every_kind
@given(data=DATA)
def test_every_ballot_is_a_line_of_the_same_table(kind: AnyKind, data: st.DataObject) -> None:
    config = config_of(kind)
    first, second = kind.rows(config, data.draw(ballots(kind))), kind.rows(config, data.draw(ballots(kind)))

    assert list(first) == list(second)
    assert all(type(value) in (str, int) for value in (*first.values(), *second.values()))
    # No column at all means that a ballot is a line of no table: then the kind says so of every ballot.
    assert first or not second


# Counting. -------------------------------------------------------------------------------------------


@every_poll
def test_a_poll_nobody_answered_has_a_result_that_says_so(poll: AnyPoll) -> None:
    blocks = shown(poll, {})

    assert any(isinstance(block, Statement) and ENGLISH.text(block.text) == str(NO_ANSWERS) for block in blocks)
    assert not any(bar.leads for block in blocks if isinstance(block, Bars) for bar in block.bars)


@every_poll
@given(data=DATA)
def test_the_order_of_ballots_does_not_matter(poll: AnyPoll, data: st.DataObject) -> None:
    profile = data.draw(profiles(poll))
    shuffled = list(profile.items())
    data.draw(st.randoms(use_true_random=False)).shuffle(shuffled)

    assert poll.tally(config_of(poll), dict(shuffled)) == poll.tally(config_of(poll), profile)


@every_poll
@given(data=DATA)
def test_counting_merged_profiles_is_counting_all_ballots_together(poll: AnyPoll, data: st.DataObject) -> None:
    config = config_of(poll)
    ones = data.draw(st.lists(ballots(poll), max_size=20))
    cut = data.draw(st.integers(0, len(ones)))
    phones, paper = Counter(ones[:cut]), Counter(ones[cut:])
    merged = {ballot: phones[ballot] + paper[ballot] for ballot in {**phones, **paper}}

    assert poll.tally(config, merged) == poll.tally(config, Counter(ones))


@every_poll
@given(data=DATA)
def test_a_result_survives_json(poll: AnyPoll, data: st.DataObject) -> None:
    result = poll.tally(config_of(poll), data.draw(profiles(poll)))

    assert msgspec.json.decode(msgspec.json.encode(result), type=type(result)) == result


@every_poll
@given(data=DATA)
def test_bars_of_people_know_how_many_answered_and_no_other_bars_do(poll: AnyPoll, data: st.DataObject) -> None:
    profile = data.draw(profiles(poll))

    for chart in (block for block in shown(poll, profile) if isinstance(block, Bars)):
        assert chart.people == (sum(profile.values()) if chart.unit == "people" else 0)


@every_poll
@given(data=DATA)
def test_ties_are_shown_as_ties_and_every_leader_is_named(poll: AnyPoll, data: st.DataObject) -> None:
    profile = data.draw(profiles(poll))
    blocks = shown(poll, profile)
    sentences = [ENGLISH.text(block.text) for block in blocks if isinstance(block, Statement)]
    charts = [block for block in blocks if isinstance(block, Bars | Ranking)]

    assert any(isinstance(block, Bars | Ranking | Distribution | Matrix) for block in blocks)
    for chart in charts:
        leaders = leaders_of(chart)
        assert_places_hold(chart)
        assert bool(leaders) == bool(profile)
        assert not profile or any(all(f"“{label}”" in text for label in leaders) for text in sentences)
        assert len(leaders) < 2 or any("tie" in text for text in sentences)


@every_poll
@given(data=DATA)
def test_a_distribution_loses_no_answer(poll: AnyPoll, data: st.DataObject) -> None:
    profile = data.draw(profiles(poll))

    for block in shown(poll, profile):
        if isinstance(block, Distribution):
            assert all(len(line.counts) == len(block.scale) for line in block.lines)
            assert all(0 <= sum(line.counts) <= sum(profile.values()) for line in block.lines)


@every_poll
@given(data=DATA)
def test_what_people_typed_is_in_no_result_that_the_room_sees(poll: AnyPoll, data: st.DataObject) -> None:
    profile = data.draw(profiles(poll))
    typed = {text for ballot in profile for text in texts_in(plain(ballot)) if text.startswith("A")}
    blocks = shown(poll, profile)

    assert not any(isinstance(block, Quotes) for block in blocks)
    assert not any(word in text for word in typed if len(word) > 3 for text in texts_in(plain(blocks)))


@pytest.mark.parametrize(
    "poll", [k for k in KINDS.values() if isinstance(k, Poll) and k.is_apart], ids=lambda k: k.kind
)
@given(data=DATA)
def test_what_may_be_joined_with_nothing_is_in_no_table_no_group_and_no_rule(
    poll: AnyPoll, data: st.DataObject
) -> None:
    config, profile = config_of(poll), data.draw(profiles(poll))
    numbers = plain_cells(shown(poll, profile) + poll.details(config, profile))

    assert all(poll.rows(config, ballot) == {} for ballot in profile)
    assert poll.plain_profile(config, profile) is None
    assert poll.places(config, profile) == ()
    assert not poll.has_groups
    # 5 is what 3 to 7 would be to the nearest 5: it must not be told either.
    assert not any(re.search(r"(?<!\d)[1-7](?!\d)", number) for number in numbers)


def plain_cells(blocks: tuple[ViewBlock, ...]) -> set[str]:
    """Every number that a result shows, as it is read."""
    cells = {
        ENGLISH.text(cell) for block in blocks if isinstance(block, Matrix) for row in block.rows for cell in row.cells
    }
    values = {str(bar.value) for block in blocks if isinstance(block, Bars) for bar in block.bars}
    spread = {
        str(count)
        for block in blocks
        if isinstance(block, Distribution)
        for line in block.lines
        for count in line.counts
    }
    return cells | values | spread


@every_poll
@given(data=DATA)
def test_details_and_places_hold_for_every_profile(poll: AnyPoll, data: st.DataObject) -> None:
    config, profile = config_of(poll), data.draw(profiles(poll))
    places = poll.places(config, profile)
    keys = [key for place in places for key in place]

    poll.details(config, profile)
    assert len(keys) == len(set(keys))
    assert all(place for place in places)
    if isinstance(config, OptionsConfig):
        assert set(keys) <= {option.key for option in config.options}


def leaders_of(chart: Bars | Ranking) -> list[str]:
    if isinstance(chart, Bars):
        return [ENGLISH.text(bar.label) for bar in chart.bars if bar.leads]
    return [ENGLISH.text(place.label) for place in chart.places if place.place == 1 and place.amounts[0] > 0]


def assert_places_hold(chart: Bars | Ranking) -> None:
    if isinstance(chart, Bars):
        values = [bar.value for bar in chart.bars]
        assert values == sorted(values, reverse=True)
        assert all(bar.leads == (bar.value == values[0] > 0) for bar in chart.bars)
        return
    points = [place.amounts[0] for place in chart.places]
    assert points == sorted(points, reverse=True)
    assert [place.place for place in chart.places] == [1 + sum(other > own for other in points) for own in points]
    assert all(len(place.amounts) == len(chart.columns) for place in chart.places)


@every_poll
def test_every_option_is_shown_also_where_nobody_chose_it(poll: AnyPoll) -> None:
    config = config_of(poll)
    options = {option.text for option in getattr(config, "options", ())}

    for profile in ({}, {poll.read(config, poll.examples().answers[0]): 3}):
        said = "\n".join(texts_in(plain(shown(poll, profile))))
        assert all(text in said for text in options)


@every_poll
def test_a_million_votes_in_two_hundred_profiles_are_counted_exactly(poll: AnyPoll) -> None:
    config = config_of(poll)
    lot = random.Random(7)
    read = [poll.read(config, fields) for fields in poll.examples().answers]
    whole: Counter[Any] = Counter()
    for _ in range(200):
        whole.update({lot.choice(read): 5_000})

    assert poll.tally(config, whole).people == 1_000_000


@every_poll
@given(data=DATA)
def test_the_plain_form_of_ballots_holds_every_one_of_them_and_only_the_options(
    poll: AnyPoll, data: st.DataObject
) -> None:
    config, profile = config_of(poll), data.draw(profiles(poll))
    plain = poll.plain_profile(config, profile)

    if plain is None:
        return
    assert voters(plain) == sum(profile.values())
    known = {candidate.key for candidate in plain.candidates}
    options = {option.key for option in getattr(config, "options", ())}
    assert known == options or not options
    for _, said in plain.lines:
        named = {key for group in said for key in group} if isinstance(plain, Ordered) else keys_in(said)
        assert named <= known
    if isinstance(plain, Scored):
        places = {value for value, _ in (*plain.scale, *plain.aside)}
        assert all(value in places for _, sheet in plain.lines for _, value in sheet)


def keys_in(said: Any) -> set[str]:
    return {each if isinstance(each, str) else each[0] for each in said}


@every_poll
def test_a_form_that_takes_words_says_who_sees_them(poll: AnyPoll) -> None:
    config = config_of(poll)
    takes_words = any(isinstance(block, WriteText) or getattr(block, "why", "") for block in poll.ask(config))

    assert not takes_words or "only show numbers" not in ENGLISH.text(poll.who_sees(config))


# Gathering. ------------------------------------------------------------------------------------------


@every_gathering
@given(data=DATA)
def test_what_was_said_is_quoted_whole(gathering: AnyGathering, data: st.DataObject) -> None:
    config = config_of(gathering)
    fields = data.draw(allowed_answers(gathering.ask(config)))
    quote = gathering.quote(config, gathering.read(config, fields))
    quoted = [words for _, words in quote.parts]

    assert isinstance(quote, Quote)
    assert all(quoted)
    boxes = [block.name for block in gathering.ask(config) if isinstance(block, WriteText)]
    assert quoted == [clean_text(fields[name][0]) for name in boxes if clean_text(fields[name][0])]


@every_gathering
@given(data=DATA)
def test_every_contribution_has_a_level_of_consent(gathering: AnyGathering, data: st.DataObject) -> None:
    said = data.draw(ballots(gathering))

    assert gathering.consent(said) in dict(LEVELS)


@for_the_facilitator
def test_what_only_the_facilitator_may_read_allows_nothing_and_is_in_no_table(gathering: AnyGathering) -> None:
    config = config_of(gathering)
    said = gathering.read(config, gathering.examples().answers[0])

    assert gathering.consent(said) == "C0"
    assert gathering.rows(config, said) == {}
