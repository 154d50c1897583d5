"""A session file can be read by a person with any SQLite tool."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage import samples
from workshop_tui.storage.tables import TABLES

pytestmark = pytest.mark.plain_only("what any SQLite tool can read is a plain file")


@pytest.fixture
def plain(tmp_path: Path) -> sqlite3.Connection:
    store = samples.fresh(tmp_path)
    for batch in samples.whole_day():
        store.commit(batch, samples.START)
    store.close()
    connection = sqlite3.connect(store.path)
    yield connection  # type: ignore[misc]  # a fixture
    connection.close()


def test_every_table_and_column_says_in_words_what_it_holds(plain: sqlite3.Connection) -> None:
    tables = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    ours = [name for name in tables if not name.startswith("_")]
    columns = [f"{name}.{row[1]}" for name in ours for row in plain.execute(f"PRAGMA table_info({name})")]

    about = dict(plain.execute("SELECT place, words FROM about"))

    assert set(about) == {*tables, *columns}
    assert all(words.endswith(".") for words in about.values())


def test_every_table_of_ours_is_strict(plain: sqlite3.Connection) -> None:
    strict = {row[1]: row[5] for row in plain.execute("PRAGMA table_list") if not row[1].startswith(("_", "sqlite_"))}

    assert len(strict) == len(TABLES)
    assert set(strict.values()) == {1}


def test_the_day_can_be_read_without_this_program(plain: sqlite3.Connection) -> None:
    items = plain.execute(
        "SELECT title, planned_title, planned_minutes, minutes, status, reason FROM item ORDER BY place"
    ).fetchall()
    rounds = plain.execute("SELECT round, status, key, reason FROM round ORDER BY opened_at").fetchall()
    counts = plain.execute("SELECT choice, count FROM sealed_count WHERE round = 'i01.1'").fetchall()

    assert items == [
        ("What first?", "What first?", 10, 12, "done", ""),
        ("One more thing", None, None, 5, "planned", ""),
        ("Stories", "Stories", 20, 20, "done", ""),
        ("A longer break", "Break", 15, 25, "skipped", "running late"),
    ]
    assert [row[:3] for row in rounds] == [
        ("i01.1", "sealed", None),
        ("i01.2", "void", None),
        ("i01.3", "sealed", None),
        ("i01.4", "sealed", None),
        ("i01.5", "sealed", None),
    ]
    assert rounds[1][3] == "wrong question"
    assert sorted(counts, key=str) == [('"a"', 1), ('"c"', 1), (None, 1)]
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_agenda_file_is_kept_byte_for_byte(plain: sqlite3.Connection) -> None:
    assert plain.execute("SELECT agenda_file FROM session").fetchone() == (samples.AGENDA_TEXT,)


def test_the_slow_library_is_not_imported_on_the_way_to_opening_a_file() -> None:
    code = (
        "import sys, workshop_tui.storage.session_file, workshop_tui.storage.records\n"
        "print([name for name in sys.modules if name.startswith('sqlite_utils')])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
