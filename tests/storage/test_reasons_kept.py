"""Reasons in a real file: linked to a voter while a vote can be changed, and in no byte of it afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage import doors, samples
from workshop_tui.room.tables import Tables
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, open_existing


@pytest.fixture
def store(tmp_path: Path) -> SessionFile:
    store = samples.fresh(tmp_path)
    store.commit(samples.started(), 1)
    return store


def on_disk(folder: Path) -> bytes:
    return b"".join(doors.readable(each) for each in folder.iterdir() if each.is_file())


def linked(folder: Path, people: int = 300) -> list[int]:
    """Who can still be read to have said something from any byte in the folder, free pages and logs included."""
    left = on_disk(folder)
    return [n for n in range(people) if samples.voter(n) + b'{"why"' in left]


def test_reasons_come_back_by_their_random_keys_with_whose_they_are(store: SessionFile) -> None:
    store.commit([samples.reasons(1, "It is near", "It is warm"), samples.reasons(2, "No stairs")], 2)

    rows = store.load().reasons

    store.close()
    assert [row.key for row in rows] == sorted(map(samples.reason_key, ("It is near", "It is warm", "No stairs")))
    assert {row.voter for row in rows} == {samples.voter(1), samples.voter(2)}


def test_what_somebody_says_instead_takes_the_place_even_in_one_batch(store: SessionFile, tmp_path: Path) -> None:
    gone = (samples.reason_key("Too soon"),)
    store.commit([samples.reasons(1, "Too soon"), samples.reasons(1, "Too late", gone=gone)], 2)

    (row,) = store.load().reasons

    store.close()
    assert row.body == '{"why":"Too late"}'
    assert b"Too soon" not in doors.readable(tmp_path / "session.workshop")


def test_whose_they_are_is_in_no_byte_once_the_key_is_gone(store: SessionFile, tmp_path: Path) -> None:
    for n in range(300):
        store.commit([samples.cast(n), samples.reasons(n, f"reason {n} one", f"reason {n} two")], n)
    assert linked(tmp_path) == list(range(300))

    store.commit(samples.sealed(), 400)

    assert linked(tmp_path) == []
    rows = store.load().reasons
    store.close()
    assert linked(tmp_path) == []
    assert len(rows) == 600
    assert {row.voter for row in rows} == {b""}


def test_another_round_stays_linked_until_its_own_key_goes(store: SessionFile) -> None:
    store.commit([samples.reasons(1, "One"), *samples.opened("i01.2", b"other")], 2)
    store.commit([samples.reasons(1, "Two", round_="i01.2"), *samples.sealed()], 3)

    found = {row.round: row.voter for row in store.load().reasons}

    store.close()
    assert found == {"i01.1": b"", "i01.2": samples.voter(1)}


def test_no_copy_tells_whose_they_are_although_the_vote_is_still_open(store: SessionFile, tmp_path: Path) -> None:
    store.commit([samples.cast(1), samples.reasons(1, "It is near")], 2)
    folder = tmp_path / "copies"
    folder.mkdir()

    store.copy_to(folder / "copy.workshop", ())

    assert linked(folder) == []
    assert b"It is near" in on_disk(folder)
    assert linked(tmp_path) == [1]
    store.close()


def test_a_record_has_the_words_of_each_round_and_no_voter(store: SessionFile) -> None:
    store.commit([samples.reasons(2, "Two"), samples.reasons(1, "One"), *samples.sealed()], 2)
    store.close()

    (round_,) = read_record(store.path).rounds

    bodies = {samples.reason_key(each): f'{{"why":"{each}"}}' for each in ("One", "Two")}
    assert round_.reasons == tuple(sorted(bodies.items()))
    assert samples.voter(1).hex() not in repr(round_)


def test_a_room_that_starts_again_lets_people_change_what_they_said(store: SessionFile) -> None:
    store.commit([samples.cast(1), samples.reasons(1, "It is near")], 2)
    store.close()

    again = open_existing(store.path)
    tables = Tables(again.load())
    again.close()

    assert [row.key for row in tables.reasons_by("i01.1", samples.voter(1))] == [samples.reason_key("It is near")]
    assert tables.reasons_by("i01.1", samples.voter(2)) == ()


def test_the_table_has_no_time_and_no_order_of_arrival(store: SessionFile) -> None:
    store.commit([samples.reasons(n, f"reason {n}") for n in (3, 1, 2)], 2)
    store.close()
    plain = doors.by_hand(store.path)

    columns = [row[1] for row in plain.execute("PRAGMA table_info(reason)").fetchall()]
    keys = [str(row[0]) for row in plain.execute("SELECT reason FROM reason").fetchall()]
    with pytest.raises(Exception, match="rowid"):
        plain.execute("SELECT rowid FROM reason")

    plain.close()
    assert columns == ["reason", "round", "voter", "body", "salt"]
    assert keys == sorted(keys)


def test_a_second_reason_under_a_key_that_is_there_is_refused_whole(store: SessionFile) -> None:
    store.commit([samples.reasons(1, "It is near")], 2)

    with pytest.raises(Exception, match="cannot be written"):
        store.commit([samples.cast(2), samples.reasons(2, "It is near")], 3)

    store.recover()
    assert store.load().ballots["i01.1"] == {}
    store.close()
