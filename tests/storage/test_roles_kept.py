"""Who is staff: kept for the room, told apart only where both groups are large, and gone from the bytes elsewhere."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, open_existing


def of(n: int, segment: str, choice: str | None = '"a"', *, round_: str = "i01.1") -> ev.BallotCast:
    """The n-th voter's ballot, counted in a group."""
    receipt = hashlib.sha256(b"receipt %d" % n).digest()
    return ev.BallotCast(
        round=round_,
        voter=samples.voter(n),
        old=None,
        new=choice,
        first=True,
        revision=1,
        receipt=receipt,
        segment=segment,
    )


def told_apart(path: Path) -> list[int]:
    """The voters whose group can still be read from some byte in the folder, free pages and logs included."""
    left = b"".join(doors.readable(each) for each in path.parent.iterdir() if each.is_file())
    # A row is its voter, the choice, two numbers, the receipt, the group.
    said = {found[1] for found in re.finditer(rb"(?s)(?=(.{32})(?:\".\")?.{0,34}?(?:staff|public))", left)}
    return [n for n in range(600) if samples.voter(n) in said]


@pytest.fixture
def store(tmp_path: Path) -> SessionFile:
    return samples.fresh(tmp_path)


def test_a_group_of_nine_is_gone_from_every_byte_once_the_round_is_sealed(store: SessionFile) -> None:
    store.commit([*samples.started(), *(of(n, "public") for n in range(300))], 1)
    store.commit([of(n, "staff") for n in range(300, 309)], 2)
    assert len(told_apart(store.path)) == 309

    store.commit(samples.sealed(), 3)

    assert told_apart(store.path) == []
    kept = store.load().ballots["i01.1"]
    store.close()
    assert told_apart(store.path) == []
    assert {row.segment for row in kept.values()} == {""}
    assert len(kept) == 309
    assert read_record(store.path).rounds[0].groups == {}


def test_no_group_is_left_behind_by_pages_that_split_while_votes_come_in(store: SessionFile) -> None:
    store.commit(samples.started(), 1)
    for n in range(0, 300, 3):
        store.commit([of(each, "staff" if each % 100 == 1 else "public") for each in range(n, n + 3)], n)
        if n % 60 == 0:
            store.commit([ev.ItemOpened(at=n, item="i01")], n)

    store.commit(samples.sealed(), 400)

    assert told_apart(store.path) == []
    store.close()


def counted(*counts: tuple[str | None, int], groups: Literal["none", "kept"]) -> list[ev.Event]:
    """The first round is counted for good, with its groups or without them."""
    return [
        replace(event, counts=counts, groups=groups) if isinstance(event, ev.BallotsSealed) else event
        for event in samples.sealed()
    ]


def test_two_groups_of_ten_stay_apart_but_not_who_skipped(store: SessionFile) -> None:
    store.commit([*samples.started(), *(of(n, "public") for n in range(10))], 1)
    store.commit([of(n, "staff", '"b"') for n in range(10, 20)], 1)
    store.commit([of(20, "staff", None), of(21, "public", None)], 1)

    store.commit(counted((None, 2), ('"a"', 10), ('"b"', 10), groups="kept"), 2)

    assert told_apart(store.path) == list(range(20))
    store.close()
    (round_,) = read_record(store.path).rounds
    assert round_.groups == {"public": {'"a"': 10}, "staff": {'"b"': 10}}
    assert (round_.profile, round_.skipped) == ({'"a"': 10, '"b"': 10}, 2)


def test_a_file_that_says_more_than_the_rule_allows_is_not_believed(store: SessionFile) -> None:
    store.commit([*samples.started(), *(of(n, "public") for n in range(30))], 1)
    store.commit(samples.sealed(), 2)
    store.close()
    hand = doors.by_hand(store.path)
    hand.execute("UPDATE ballot SET segment = 'public' WHERE voter < x'e0'")
    hand.execute("UPDATE ballot SET segment = 'staff' WHERE segment = ''")
    hand.close()

    assert read_record(store.path).rounds[0].groups == {}


def test_a_void_round_forgets_its_small_groups_too(store: SessionFile) -> None:
    store.commit([*samples.started(), of(1, "staff"), of(2, "public")], 1)

    sealed = ev.BallotsSealed("i01.1", (('"a"', 2),), 0, "none")
    store.commit([ev.RoundVoided(at=3, round="i01.1", reason="wrong"), sealed, ev.RoundKeyDestroyed("i01.1")], 2)

    assert told_apart(store.path) == []
    store.close()


def test_a_copy_has_no_group_of_a_vote_that_still_runs(store: SessionFile, tmp_path: Path) -> None:
    store.commit([*samples.started(), *(of(n, "public") for n in range(10))], 1)
    store.commit([of(n, "staff") for n in range(10, 20)], 1)
    (tmp_path / "out").mkdir()

    store.copy_to(tmp_path / "out" / "copy.workshop", ())

    assert told_apart(tmp_path / "out" / "copy.workshop") == []
    assert {row.segment for row in store.load().ballots["i01.1"].values()} == {"public", "staff"}
    store.close()


def test_a_change_of_a_vote_keeps_its_group(store: SessionFile) -> None:
    store.commit([*samples.started(), of(1, "staff")], 1)
    store.commit([samples.cast(1, '"b"', revision=2, old='"a"')], 2)

    row = store.load().ballots["i01.1"][samples.voter(1)]

    store.close()
    assert (row.choice, row.segment) == ('"b"', "staff")


def test_a_role_is_there_again_after_a_restart(store: SessionFile) -> None:
    store.commit([ev.PersonJoined("p1", samples.voter(1), 5), ev.PersonJoined("p2", samples.voter(2), 5)], 1)
    store.commit([ev.RoleTold("p1", "staff")], 1)
    store.commit([ev.RoleTold("p1", "observer")], 1)
    store.close()

    again = open_existing(store.path)
    stored = again.load()
    again.close()

    assert stored.roles == {"p1": "observer"}
    assert list(stored.people) == ["p1", "p2"]
    assert read_record(store.path).looking_on == 1
