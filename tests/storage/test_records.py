"""What an export and a recount may draw on."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage import doors, samples
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.state import new_state
from workshop_tui.errors import StoreUnavailable
from workshop_tui.storage.records import read_record


def finished(folder: Path) -> Path:
    store = samples.fresh(folder)
    for batch in samples.whole_day():
        store.commit(batch, samples.START)
    store.close()
    return store.path


def test_a_record_holds_the_whole_day(tmp_path: Path) -> None:
    record = read_record(finished(tmp_path))

    assert record.info == samples.info()
    assert record.state == evolve_all(new_state(samples.agenda()), record.journal)
    assert (
        [each.key for each in record.rounds]
        == [each.key for each in record.state.rounds]
        == ["i01.1", "i01.2", "i01.3", "i01.4", "i01.5"]
    )
    first, void, _, _, last = record.rounds
    assert (dict(first.profile), first.skipped, first.changes) == ({'"a"': 1, '"c"': 1}, 1, 2)
    assert (first.sealed_profile, first.sealed_skipped) == (first.profile, first.skipped)
    assert (void.profile, void.sealed_profile) == ({'"a"': 1}, {'"a"': 1})
    assert last.sealed_profile == {'"a"': 1}
    assert [(row.key, row.kind, bool(row.body)) for row in record.contributions] == [
        ("c00001", "vignette", True), ("c00002", "vignette", True), ("c00003", "private", False),
        ("c00004", "vignette", False),
    ]  # fmt: skip
    assert record.notes == ()
    assert record.phones == 3
    assert record.as_of == samples.START + 100


def test_reading_a_record_changes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    path = finished(tmp_path)
    before = path.read_bytes()
    there = sorted(tmp_path.glob("**/*"))

    assert read_record(path) == read_record(path)

    assert path.read_bytes() == before
    assert sorted(tmp_path.glob("**/*")) == there


def test_a_running_session_is_not_read_past_its_room(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit(samples.started(), 1)

    with pytest.raises(StoreUnavailable, match="open in another room"):
        read_record(store.path)

    # Looking must not have loosened the room's hold on its file.
    code = f"import sqlite3; sqlite3.connect({str(store.path)!r}, timeout=0.05).execute('SELECT 1 FROM journal')"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr
    store.commit([samples.cast(1)], 2)
    store.close()


def test_a_ballot_changed_after_sealing_shows_against_what_was_counted(tmp_path: Path) -> None:
    path = finished(tmp_path)
    changed = doors.by_hand(path)
    changed.execute("UPDATE ballot SET choice = '\"b\"' WHERE round = 'i01.1' AND choice = '\"a\"'")
    changed.close()

    round_ = read_record(path).rounds[0]

    assert round_.profile != round_.sealed_profile
    assert round_.sealed_profile == {'"a"': 1, '"c"': 1}


def test_the_head_of_the_chain_can_be_recomputed_from_what_about_says(tmp_path: Path) -> None:
    """With nothing but SQLite, SHA-256 and the words in the file."""
    path = finished(tmp_path)
    plain = doors.by_hand(path)
    id_, agenda = plain.execute("SELECT id, agenda_sha256 FROM session").fetchone()
    head = hashlib.sha256(f"{id_} {agenda}".encode()).digest()
    for seq, at, actor, verb, body in plain.execute(
        "SELECT seq, at, actor, verb, body FROM journal ORDER BY seq"
    ).fetchall():
        row = json.dumps([seq, at, actor, verb, body], separators=(",", ":"), ensure_ascii=False)
        head = hashlib.sha256(head + row.encode()).digest()
    plain.close()

    assert head.hex() == read_record(path).journal_head


def test_an_empty_session_has_an_empty_head(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.close()

    record = read_record(store.path)

    assert (record.journal_head, record.rounds, record.as_of) == ("", (), samples.START)


def test_the_journal_never_holds_a_key_a_vote_or_words_of_a_person(tmp_path: Path) -> None:
    path = finished(tmp_path)
    plain = doors.by_hand(path)
    bodies = "".join(str(row) for row in plain.execute("SELECT * FROM journal").fetchall())
    plain.close()

    for canary in ("story 1", samples.SECRET, "Ring them", samples.voter(1).hex(), samples.ROUND_KEY.decode()):
        assert canary not in bodies
