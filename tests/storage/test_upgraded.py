"""A session file of the version before opens, and what nobody has read in it is unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.workshops import text_of
from tests.fakes import FakeClock
from tests.sessions import Desk, an_agenda, an_info, item, options
from tests.storage import doors
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.exports.files import export
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.desk import round_details
from workshop_tui.room.queue import queue_page
from workshop_tui.room.room import Room
from workshop_tui.storage import schema
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import create, open_existing

ADDED = [table.name for table in schema.tables_of(schema.VERSION) if table.since > schema.OLDEST]


def of_version_6(path: Path) -> Path:
    """A session with two reasons beside a counted vote and a note, as the version before left it."""
    agenda = an_agenda(item(1, "Doors", kind="impact", options=options("East", "West")))
    desk = Desk(agenda)
    desk.join("ana", "ben")
    desk.open("i01")
    desk.open_vote()
    desk.answer("ana", {"impact.a": "bit_harder", "impact.a.why": "Mr Vane of 9 Mill Road"})
    desk.answer("ben", {"impact.b": "much_easier", "impact.b.why": "It is near"})
    desk.give(cmd.Reveal())
    desk.give(cmd.AddNote(key="n1", kind="action", text="Look at the kerb"))
    store = create(path, an_info(agenda), b"", b"s" * 32)
    store.commit(desk.events, 1)
    store.close()
    file = doors.by_hand(path)
    for name in ADDED:
        file.execute(f"DROP TABLE {name}")
        file.execute("DELETE FROM about WHERE place = ? OR place LIKE ?", (name, f"{name}.%"))
    file.execute("DELETE FROM _sqlite_migrations WHERE name <> 'first_tables'")
    file.execute("PRAGMA user_version = 6")
    file.close()
    return path


def tables_in(path: Path) -> set[str]:
    file = doors.by_hand(path)
    found = {str(name) for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    (version,) = file.execute("PRAGMA user_version").fetchone()
    places = {str(place) for (place,) in file.execute("SELECT place FROM about")}
    file.close()
    assert version == schema.VERSION
    assert places >= found
    return found


def test_a_file_of_the_version_before_gets_its_tables_when_a_room_opens_it_and_nothing_is_lost(tmp_path: Path) -> None:
    path = of_version_6(tmp_path / "day.workshop")
    before = read_record(path, kinds=KINDS)

    store = open_existing(path)
    stored = store.load()
    store.close()

    assert set(ADDED) <= tables_in(path)
    assert stored.handlings == {}
    after = read_record(path, kinds=KINDS)
    assert (after.rounds, after.notes, after.state) == (before.rounds, before.notes, before.state)
    assert open_existing(path).close() is None


def test_a_file_of_version_7_becomes_one_that_may_say_how_it_is_kept(tmp_path: Path) -> None:
    store = create(tmp_path / "day.workshop", an_info(), b"", b"s" * 32)
    store.close()
    file = doors.by_hand(store.path)
    for table in schema.TABLES:
        if table.since > 7:
            file.execute(f"DROP TABLE {table.name}")
            file.execute("DELETE FROM about WHERE place = ? OR place LIKE ?", (table.name, f"{table.name}.%"))
    file.execute("DELETE FROM _sqlite_migrations WHERE name NOT IN ('first_tables', 'texts_dealt_with')")
    file.execute("PRAGMA user_version = 7")
    file.close()
    assert read_record(store.path).state.keeping.until is None

    store = open_existing(store.path)
    store.commit([ev.RetentionSet(at=1, until="2027-03-31")], 1)
    store.close()

    assert read_record(store.path).state.keeping.until == "2027-03-31"
    tables_in(store.path)


def test_reading_a_file_of_the_version_before_changes_no_byte_of_it(tmp_path: Path) -> None:
    path = of_version_6(tmp_path / "day.workshop")
    before = path.read_bytes()

    read_record(path, kinds=KINDS)

    assert path.read_bytes() == before


def test_reasons_of_the_version_before_are_unread_and_in_no_file_until_somebody_has_read_them(tmp_path: Path) -> None:
    path = of_version_6(tmp_path / "day.workshop")

    def written(name: str) -> str:
        record = read_record(path, kinds=KINDS)
        return "".join(map(text_of, export(record, KINDS, tmp_path / name)))

    assert "Vane" not in written("as it was")
    assert "Look at the kerb" in written("once more")

    store = open_existing(path)
    room = Room(store, store.load(), KINDS, FakeClock())
    unread = queue_page(room, "unread", 0, 20)
    assert sorted(entry.parts[0][1] for entry in unread.entries) == ["It is near", "Mr Vane of 9 Mill Road"]
    assert {entry.kind for entry in unread.entries} == {"reason"}
    assert "Vane" not in repr(round_details(room).blocks)
    store.close()
    assert "It is near" not in written("opened")


@pytest.mark.plain_only("the version is looked for in the bytes of a plain file")
def test_a_file_that_says_it_is_of_the_version_before_and_has_the_new_tables_was_changed(tmp_path: Path) -> None:
    path = of_version_6(tmp_path / "day.workshop")
    file = doors.by_hand(path)
    file.execute("CREATE TABLE handling (text TEXT)")
    file.close()

    with pytest.raises(Exception, match="this program did not make"):
        open_existing(path)
