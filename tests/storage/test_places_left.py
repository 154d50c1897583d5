"""A place that was left is left in the file too: no token, and the same number of people."""

from __future__ import annotations

from pathlib import Path

from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.room.tables import Tables
from workshop_tui.storage.session_file import open_existing

TOKEN = b"the hash of a token, and 32 long"


def test_the_token_of_who_left_is_nowhere_in_the_file(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([ev.PersonJoined("ann", TOKEN, 1), ev.PersonJoined("ben", b"another", 2)], 1)
    store.commit([ev.PlaceLeft("ann")], 2)
    store.close()

    connection = doors.by_hand(store.path)
    rows = connection.execute("SELECT person, token_hash, minute FROM person ORDER BY person").fetchall()
    connection.close()
    assert rows == [("ann", None, 1), ("ben", b"another", 2)]
    assert TOKEN not in store.path.read_bytes()


def test_a_room_that_starts_again_counts_who_left_and_knows_no_token_of_theirs(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([ev.PersonJoined("ann", TOKEN, 1), ev.PersonJoined("ben", b"another", 2)], 1)
    store.commit([ev.PlaceLeft("ann"), ev.PersonJoined("cy", b"a third", 2), ev.PlaceLeft("cy")], 2)
    store.close()

    again = open_existing(store.path)
    tables = Tables(again.load())
    again.close()

    assert tables.joined == 3
    assert tables.person_by_token == {b"another": "ben"}
    assert [tables.has_left(person) for person in ("ann", "ben", "cy", "nobody")] == [True, False, True, False]
