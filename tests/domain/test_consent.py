"""The gate: every level, every destination, every state."""

from __future__ import annotations

import itertools

import pytest

from workshop_tui.domain.consent import LEAST, LEVELS, NEEDS, Destination, allowed, level_words

ALL_LEVELS = [level for level, _ in LEVELS]
STATES = ["new", "read", "approved", "on_hold"]

# Written out, not computed: this is the table people were promised.
MAY_GO: dict[str, set[Destination]] = {
    "C0": set(),
    "C1": set(),
    "C2": {"room_screen", "participants", "session_report"},
    "C3": {"room_screen", "participants", "session_report", "cycle_export", "board"},
    "C4": {"room_screen", "participants", "session_report", "cycle_export", "board", "public"},
}


@pytest.mark.parametrize(("level", "destination", "state"), [*itertools.product(ALL_LEVELS, NEEDS, STATES)])
def test_own_words_go_only_where_their_owner_allowed_and_only_once_approved(
    level: str, destination: Destination, state: str
) -> None:
    expected = state == "approved" and destination in MAY_GO[level]

    assert allowed(level, destination, state) is expected


@pytest.mark.parametrize(("level", "destination"), [*itertools.product(ALL_LEVELS, NEEDS)])
def test_a_summary_may_reach_the_room_from_c1_and_nothing_else_changes(level: str, destination: Destination) -> None:
    expected = destination in MAY_GO[level] or (level, destination) == ("C1", "room_screen")

    assert allowed(level, destination, "approved", own_words=False) is expected


@pytest.mark.parametrize("state", ["new", "read", "on_hold", "", "Approved", "APPROVED", "withdrawn"])
def test_nothing_leaves_before_it_is_approved_not_even_a_summary(state: str) -> None:
    assert not allowed("C4", "room_screen", state)
    assert not allowed("C4", "room_screen", state, own_words=False)


@pytest.mark.parametrize("level", ["", "C5", "c4", "4", "C4 ", "C"])
def test_a_level_that_does_not_exist_allows_nothing(level: str) -> None:
    assert not any(allowed(level, destination, "approved") for destination in NEEDS)


def test_a_destination_that_does_not_exist_is_closed() -> None:
    assert not allowed("C4", "press", "approved")  # type: ignore[arg-type]


def test_each_level_allows_all_that_the_level_below_allows() -> None:
    reach = [{d for d in NEEDS if allowed(level, d, "approved")} for level in ALL_LEVELS]

    assert all(lower <= higher for lower, higher in itertools.pairwise(reach))


def test_the_least_shared_level_comes_first_and_is_the_default() -> None:
    assert [level for level, _ in LEVELS] == ["C0", "C1", "C2", "C3", "C4"]
    assert LEVELS[0][0] == LEAST


def test_every_level_has_words_for_the_phone() -> None:
    assert all(level_words(level) for level in ALL_LEVELS)
    assert level_words("C5") == ""
