"""Whatever a kind's ballots are published as, reading the file back gives the same vote: profile, limits and counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.contract.test_kinds import config_of, profiles
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.formats.about_vote import AboutVote
from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.formats.pabulib_writing import fits_pabulib, write_pabulib
from workshop_tui.counting.formats.preflib_writing import fits_preflib, write_preflib
from workshop_tui.counting.methods import METHODS, Ballots
from workshop_tui.domain.activity import AnyPoll, Poll
from workshop_tui.domain.plain_profiles import Approved, Candidate, Ordered, PlainProfile, lines_of, voters
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

every_published_poll = pytest.mark.parametrize(
    "poll",
    [
        pytest.param(kind, id=name)
        for name, kind in KINDS.items()
        if isinstance(kind, Poll) and kind.plain_profile(kind.examples().config, {}) is not None
    ],
)

COMMA_AND_BRACKETS = "[workshop-tui: places=1 most=1 values=9,8 order=b,a unpriced=1 rule=none]"
"""Words of an agenda that look like what our files say at the end."""


def about(profile: PlainProfile) -> AboutVote:
    return AboutVote(
        title=COMMA_AND_BRACKETS,
        question="Which?",
        key="i01.1",
        language="en",
        answered=voters(profile),
        skipped=2,
        joined=voters(profile) + 2,
        opened="2026-11-27",
        closed="2026-11-27",
        written="2026-11-28",
    )


def spoken(profile: PlainProfile) -> PlainProfile:
    """The profile without blank ballots, which no line of such a file can be."""
    return replace(profile, lines=tuple((count, ballot) for count, ballot in profile.lines if ballot))


def numbered(profile: PlainProfile) -> PlainProfile:
    """The profile with numbers for keys, as PrefLib names candidates."""
    number = {each.key: str(at) for at, each in enumerate(profile.candidates, 1)}

    def ballot(given: Any) -> Any:
        if isinstance(profile, Ordered):
            return tuple(tuple(sorted(number[key] for key in group)) for group in given)
        if isinstance(profile, Approved):
            return tuple(sorted(number[key] for key in given))
        return tuple(sorted((number[key], value) for key, value in given))

    return replace(
        profile,
        candidates=tuple(Candidate(str(at), each.name) for at, each in enumerate(profile.candidates, 1)),
        lines=lines_of((ballot(given), count) for count, given in profile.lines),
    )


def read(name: str, content: bytes) -> BallotFile:
    (found,) = read_ballots(name, content)
    return found


@every_published_poll
def test_the_ballots_of_every_kind_have_one_format(poll: AnyPoll) -> None:
    profile = poll.plain_profile(config_of(poll), {})

    assert fits_preflib(profile) != fits_pabulib(profile)


@every_published_poll
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_reading_back_what_was_published_gives_the_same_vote(poll: AnyPoll, data: st.DataObject) -> None:
    profile = poll.plain_profile(config_of(poll), data.draw(profiles(poll).filter(bool)))
    assert profile is not None

    if fits_preflib(profile):
        found = read(*write_preflib(profile, about(profile), ENGLISH))
        # Choices of nothing and scores of nothing are ballots in this format; orders of nothing are none.
        expected = numbered(spoken(profile) if isinstance(profile, Ordered) else profile)
    else:
        found = read(*write_pabulib(profile, about(profile), ENGLISH))
        expected = spoken(profile)

    assert found.profile == expected
    assert [str(odd) for odd in found.oddities if "several in one place" not in str(odd)] == []
    for method in METHODS.values():
        assert method.fits(found.profile) == method.fits(expected)
        if method.fits(expected):
            assert method.count(Ballots(found.profile)) == method.count(Ballots(expected))


def test_an_order_that_is_read_back_has_its_places_and_the_same_points() -> None:
    lines = lines_of({(("a",), ("b",)): 3, (("c",),): 2})
    profile = Ordered(candidates=tuple(Candidate(key, key.upper()) for key in "abcde"), lines=lines, places=3)

    name, content = write_preflib(profile, about(profile), ENGLISH)
    bare = content.replace(b"[workshop-tui: places=3]", b"")

    assert isinstance(read(name, content).profile, Ordered)
    assert METHODS["borda"].count(Ballots(read(name, content).profile)) == METHODS["borda"].count(
        Ballots(numbered(profile))
    )
    assert METHODS["borda"].count(Ballots(read(name, bare).profile)) != METHODS["borda"].count(
        Ballots(numbered(profile))
    )


def test_points_that_are_read_back_have_no_budget_so_no_rule_spends_one() -> None:
    poll = KINDS["dots"]
    assert isinstance(poll, Poll)
    ballots = [poll.bare(poll.read(poll.examples().config, fields)) for fields in poll.examples().answers]
    profile = poll.plain_profile(poll.examples().config, dict.fromkeys(ballots, 2))
    assert fits_pabulib(profile)

    name, content = write_pabulib(profile, about(profile), ENGLISH)

    assert b"budget;1" in content
    assert read(name, content).profile.budget == 0
    assert not METHODS["greedy"].fits(read(name, content).profile)


@pytest.mark.parametrize(
    "note", ["places=99", "places=0", "places=x", "values=1", "values=1,1,1", "order=a,a", "most=-1"]
)
def test_a_note_that_anybody_made_up_changes_nothing_that_the_file_does_not_bear(note: str) -> None:
    profile = Ordered(candidates=(Candidate("a", "A"), Candidate("b", "B")), lines=lines_of({(("a",),): 2}))
    name, content = write_preflib(profile, about(profile), ENGLISH)
    made_up = content.replace(b"phones.", f"phones. [workshop-tui: {note}]".encode(), 1)

    assert made_up != content
    assert read(name, made_up).profile == numbered(profile)


@every_published_poll
def test_the_same_vote_gives_the_same_file_whoever_came_first(poll: AnyPoll) -> None:
    config, answers = config_of(poll), poll.examples().answers
    ballots = [poll.bare(poll.read(config, fields)) for fields in answers]
    orders = [poll.plain_profile(config, dict.fromkeys(each, 2)) for each in (ballots, ballots[::-1])]

    for fits, write in ((fits_preflib, write_preflib), (fits_pabulib, write_pabulib)):
        if fits(orders[0]):
            assert write(orders[0], about(orders[0]), ENGLISH) == write(orders[1], about(orders[1]), ENGLISH)  # type: ignore[arg-type]
