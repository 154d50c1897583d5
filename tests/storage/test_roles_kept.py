"""Who is staff: kept for the room, told apart only where both groups are large, and gone from the bytes elsewhere."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from tests.storage import samples
from workshop_tui.domain import events as ev
from workshop_tui.storage import schema
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, open_existing

OLD = Path(__file__).parent / "first_tables.sql"
"""A session that ran under the first tables, as the sqlite3 module writes a whole file down."""


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
    left = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.is_file())
    marks = {n: hashlib.sha256(b"receipt %d" % n).digest() for n in range(600)}
    return [n for n, mark in marks.items() if mark + b"staff" in left or mark + b"public" in left]


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


def test_two_groups_of_ten_stay_apart_but_not_who_skipped(store: SessionFile) -> None:
    store.commit([*samples.started(), *(of(n, "public") for n in range(10))], 1)
    store.commit([of(n, "staff", '"b"') for n in range(10, 20)], 1)
    store.commit([of(20, "staff", None), of(21, "public", None)], 1)

    store.commit(samples.sealed(), 2)

    assert told_apart(store.path) == list(range(20))
    store.close()
    (round_,) = read_record(store.path).rounds
    assert round_.groups == {"public": {'"a"': 10}, "staff": {'"b"': 10}}
    assert (round_.profile, round_.skipped) == ({'"a"': 10, '"b"': 10}, 2)


def test_skips_make_no_group_large(store: SessionFile) -> None:
    store.commit([*samples.started(), *(of(n, "public") for n in range(10))], 1)
    store.commit([*(of(n, "staff") for n in range(10, 19)), of(19, "staff", None)], 1)

    store.commit(samples.sealed(), 2)

    assert told_apart(store.path) == []
    store.close()


def test_a_file_that_says_more_than_the_rule_allows_is_not_believed(store: SessionFile) -> None:
    store.commit([*samples.started(), *(of(n, "public") for n in range(30))], 1)
    store.commit(samples.sealed(), 2)
    store.close()
    hand = sqlite3.connect(store.path)
    hand.execute("UPDATE ballot SET segment = 'public' WHERE voter < x'e0'")
    hand.execute("UPDATE ballot SET segment = 'staff' WHERE segment = ''")
    hand.commit()
    hand.close()

    assert read_record(store.path).rounds[0].groups == {}


def test_a_void_round_forgets_its_small_groups_too(store: SessionFile) -> None:
    store.commit([*samples.started(), of(1, "staff"), of(2, "public")], 1)

    store.commit([ev.RoundVoided(at=3, round="i01.1", reason="wrong"), ev.RoundKeyDestroyed("i01.1")], 2)

    assert told_apart(store.path) == []
    store.close()


def test_a_copy_has_no_group_of_a_vote_that_still_runs(store: SessionFile, tmp_path: Path) -> None:
    store.commit([*samples.started(), *(of(n, "public") for n in range(10))], 1)
    store.commit([of(n, "staff") for n in range(10, 20)], 1)
    (tmp_path / "out").mkdir()

    store.copy_to(tmp_path / "out" / "copy.workshop")

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


# Files of an older version. --------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.workshop"
    connection = sqlite3.connect(path)
    connection.executescript(OLD.read_text("utf-8"))
    connection.close()
    return path


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(found)


def test_an_old_file_is_read_without_changing_a_byte_of_it(old: Path) -> None:
    before = old.read_bytes()

    record = read_record(old)

    assert old.read_bytes() == before
    assert version(old) == 1
    assert [each.profile for each in record.rounds] == [{'"a"': 1, '"c"': 1}, {'"a"': 1}, {'"a"': 1}]
    assert (record.phones, record.looking_on) == (3, 0)


def test_an_old_file_is_brought_up_to_date_when_it_is_opened_to_run(old: Path) -> None:
    store = open_existing(old)
    before = store.load()
    store.commit([ev.RoleTold("p1", "staff"), of(9, "staff", round_="i01.3")], 9)
    after = store.load()
    store.close()

    assert version(old) == schema.VERSION
    assert {row.segment for row in before.ballots["i01.3"].values()} == {""}
    assert after.ballots["i01.3"][samples.voter(9)].segment == "staff"
    assert after.roles == {"p1": "staff"}
    assert open_and_close(old) == after.roles


def open_and_close(path: Path) -> dict[str, str]:
    store = open_existing(path)
    roles = store.load().roles
    store.close()
    return roles


def test_an_old_file_says_in_words_what_its_new_columns_hold(old: Path) -> None:
    open_existing(old).close()

    connection = sqlite3.connect(old)
    about = dict(connection.execute("SELECT place, words FROM about"))
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    ours = [name for name in tables if not name.startswith("_")]
    columns = [f"{name}.{row[1]}" for name in ours for row in connection.execute(f"PRAGMA table_info({name})")]
    connection.close()

    assert set(about) == {*tables, *columns}
