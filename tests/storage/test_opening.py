"""How a session file is opened, and which files are refused and left as they are."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.errors import (
    DamagedSessionFile,
    FileLost,
    FolderUnusable,
    NewerSessionFile,
    NotASessionFile,
    OlderSessionFile,
    SessionFileError,
    StoreUnavailable,
    WrongKey,
)
from workshop_tui.storage import db, opening, schema
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import open_existing


def finished(folder: Path) -> Path:
    """A session file of some pages that was closed in order."""
    store = samples.fresh(folder)
    for batch in samples.whole_day():
        store.commit(batch, samples.START)
    store.commit([samples.story(n, body=f"{n} " * 400) for n in range(10, 60)], samples.START)
    store.close()
    return store.path


def killed(folder: Path) -> Path:
    """A session file whose room was killed: part of it is only in the log."""
    store = samples.fresh(folder / "live")
    store.commit(samples.started(), samples.START)
    store.commit([samples.cast(1), ev.PresentSet(at=1, people=40)], samples.START)
    path = folder / "session.workshop"
    # What lies on disk at this moment is what a killed process leaves.
    for each in (folder / "live").iterdir():
        if each.is_file() and not each.name.endswith(".lock"):
            shutil.copy(each, folder / each.name)
    store.close()
    return path


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a session in a folder, without what SQLite needs for looking."""
    return {
        each.name: each.read_bytes() for each in folder.iterdir() if each.is_file() and not each.name.endswith("-shm")
    }


def patch(path: Path, at: int, data: bytes) -> None:
    """Overwrite a few bytes; a negative place counts from the end."""
    with path.open("r+b") as file:
        file.seek(at, 2 if at < 0 else 0)
        file.write(data)


# What is set, and read back. -------------------------------------------------------------------------


def test_every_setting_of_the_open_sequence_took(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    connection = store._held.connection
    assert connection is not None

    def answer(pragma: str) -> object:
        row = connection.execute(f"PRAGMA {pragma}").fetchone()
        return row[0] if row else None

    found = {name: answer(name) for name in (
        "journal_mode", "synchronous", "locking_mode", "foreign_keys", "secure_delete", "trusted_schema", "temp_store",
        "cell_size_check", "wal_autocheckpoint", "fullfsync", "checkpoint_fullfsync", "application_id", "user_version",
        "journal_size_limit", "busy_timeout",
    )}  # fmt: skip

    store.close()
    assert found == {
        "journal_mode": "wal", "synchronous": 2, "locking_mode": "exclusive", "foreign_keys": 1, "secure_delete": 1,
        "trusted_schema": 0, "temp_store": 2, "cell_size_check": 1, "wal_autocheckpoint": 0, "fullfsync": 1,
        "checkpoint_fullfsync": 1, "application_id": 0x57535450, "user_version": schema.VERSION,
        "journal_size_limit": 4 << 20, "busy_timeout": 5000,
    }  # fmt: skip


def test_the_sqlite_in_use_does_not_have_the_wal_reset_bug() -> None:
    connection = db.connect(None, None)

    version = connection.execute("SELECT sqlite_version()").fetchone()

    connection.close()
    assert version is not None
    assert tuple(int(part) for part in str(version[0]).split(".")) >= (3, 51, 3)


def test_no_shared_memory_file_is_left_beside_an_open_session(tmp_path: Path) -> None:
    path = killed(tmp_path)

    store = open_existing(path)

    names = {each.name for each in tmp_path.iterdir()}
    store.close()
    assert "session.workshop-shm" not in names


def test_what_is_only_in_the_log_of_a_killed_room_is_read(tmp_path: Path) -> None:
    path = killed(tmp_path)
    assert b"present_set" not in doors.readable(path)

    store = open_existing(path)
    stored = store.load()
    store.close()

    assert list(stored.ballots["i01.1"]) == [samples.voter(1)]
    assert not stored.clean


# What is refused. ------------------------------------------------------------------------------------


def corrupt_header(path: Path) -> None:
    patch(path, 0, b"\xff" * 16)


def corrupt_schema(path: Path) -> None:
    patch(path, 100, b"\xff" * 100)


def corrupt_page(path: Path) -> None:
    for page in range(2, 20):
        patch(path, page * 4096, b"\xff" * 64)


def corrupt_end(path: Path) -> None:
    patch(path, -4096, os.urandom(4096))


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def truncated_inside_a_page(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1000)


def zero_length(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize(
    "damage",
    [corrupt_header, corrupt_schema, corrupt_page, corrupt_end, truncated, truncated_inside_a_page, zero_length],
)
@pytest.mark.parametrize("how", [open_existing, read_record])
def test_a_damaged_file_is_refused_and_not_changed(
    tmp_path: Path, key: FileKey | None, damage: Callable[[Path], None], how: Callable[[Path], object]
) -> None:
    path = finished(tmp_path)
    damage(path)
    before = content(tmp_path)
    # Without its first bytes no page of a locked file fits any key.
    untellable = key is not None and damage is corrupt_header

    with pytest.raises(WrongKey if untellable else DamagedSessionFile) as refusal:
        how(path)

    assert content(tmp_path) == before
    assert "not changed" in str(refusal.value.message)
    assert (".recover" in str(refusal.value.advice)) == (key is None)
    assert "a copy" in str(refusal.value.advice)


def test_a_damaged_file_with_a_log_keeps_its_log(tmp_path: Path) -> None:
    path = killed(tmp_path)
    # Pages that the log does not hold, so that they are read from the file.
    patch(path, 3 * 4096, b"\xff" * 4096 * 6)
    before = content(tmp_path)
    assert len(before["session.workshop-wal"]) > 4096

    with pytest.raises(DamagedSessionFile):
        open_existing(path)

    assert content(tmp_path) == before


@pytest.mark.parametrize("how", [open_existing, read_record])
@pytest.mark.parametrize("bytes_", [b"hello, this is a shopping list\n" * 400, bytes(range(100)) * 500, b"x"])
def test_junk_is_not_a_session_file_and_stays(tmp_path: Path, bytes_: bytes, how: Callable[[Path], object]) -> None:
    path = tmp_path / "list.workshop"
    path.write_bytes(bytes_)

    with pytest.raises(NotASessionFile, match="not made by workshop-tui"):
        how(path)

    assert content(tmp_path) == {"list.workshop": bytes_}


@pytest.mark.parametrize("how", [open_existing, read_record])
def test_the_database_of_another_program_is_left_alone_log_and_all(
    tmp_path: Path, how: Callable[[Path], object]
) -> None:
    path = tmp_path / "accounts.workshop"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE account (name)")
    before = content(tmp_path)
    assert before["accounts.workshop-wal"]

    with pytest.raises(NotASessionFile):
        how(path)

    assert content(tmp_path) == before
    other.close()


@pytest.mark.parametrize("how", [open_existing, read_record])
def test_a_newer_file_is_refused_naming_its_version(tmp_path: Path, how: Callable[[Path], object]) -> None:
    path = finished(tmp_path)
    later = doors.by_hand(path)
    later.execute("PRAGMA user_version = 70")
    later.close()
    before = content(tmp_path)

    with pytest.raises(NewerSessionFile, match=f"file version 70; this one knows {schema.VERSION}"):
        how(path)

    assert content(tmp_path) == before


@pytest.mark.parametrize("made", [finished, killed])
@pytest.mark.parametrize("version", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("how", [open_existing, read_record])
def test_a_file_of_an_earlier_program_is_refused_and_not_changed(
    tmp_path: Path, key: FileKey | None, version: int, how: Callable[[Path], object], made: Callable[[Path], Path]
) -> None:
    path = made(tmp_path)
    if key is None:
        patch(path, 60, version.to_bytes(4, "big"))
    else:
        earlier = doors.by_hand(path)
        earlier.execute(f"PRAGMA user_version = {version}")
        earlier.close()
    before = content(tmp_path)

    with pytest.raises(OlderSessionFile, match=r"“session\.workshop” was made by an earlier workshop-tui") as refusal:
        how(path)

    assert content(tmp_path) == before
    assert "not changed" in str(refusal.value.message)
    assert "Export it with the version that made it" in str(refusal.value.advice)


@pytest.mark.parametrize("how", [open_existing, read_record])
def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path, how: Callable[[Path], object]) -> None:
    with pytest.raises(SessionFileError, match="no file"):
        how(tmp_path / "nothing.workshop")
    with pytest.raises(SessionFileError, match="is a folder"):
        how(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE journal SET at = at + 1 WHERE seq = 2", "row 2 of the journal"),
        ("UPDATE journal SET body = replace(body, '42', '43') WHERE verb = 'present_set'", "row 1 of the journal"),
        ("UPDATE journal SET actor = 'nobody' WHERE seq = 3", "row 3 of the journal"),
        ("DELETE FROM journal WHERE seq = 5", "row 5 of the journal"),
        ("UPDATE session SET agenda_sha256 = 'ff'", "row 1 of the journal"),
        ("UPDATE round SET status = 'void' WHERE round = 'i01.1'", "table “round”"),
        ("UPDATE round SET config = '{}' WHERE round = 'i01.1'", "table “round”"),
        ("UPDATE item SET minutes = 1 WHERE item = 'i01'", "table “item”"),
        ("DELETE FROM journal WHERE seq >= (SELECT max(seq) - 1 FROM journal)", "table “"),
        ("UPDATE session SET agenda = '{}'", "“session” cannot be understood"),
        ("DELETE FROM session", "“session” cannot be understood"),
        ("DELETE FROM room", "“room” cannot be understood"),
    ],
)
@pytest.mark.parametrize("how", [open_existing, read_record])
def test_a_file_that_was_tampered_with_is_refused_naming_the_place(
    tmp_path: Path, change: str, said: str, how: Callable[[Path], object]
) -> None:
    path = finished(tmp_path)
    tampered = doors.by_hand(path)
    assert tampered.execute(change).rowcount > 0
    tampered.close()
    before = content(tmp_path)

    with pytest.raises(DamagedSessionFile, match=said):
        how(path)

    assert content(tmp_path)["session.workshop"] == before["session.workshop"]


@pytest.mark.parametrize("table", ["item", "round", "person", "note", "contribution", "ballot", "reason", "journal"])
def test_a_file_without_one_of_its_tables_is_damaged(tmp_path: Path, table: str) -> None:
    path = finished(tmp_path)
    changed = doors.by_hand(path)
    changed.execute(f"DROP TABLE {table}")
    changed.close()

    with pytest.raises(DamagedSessionFile):
        read_record(path)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "CREATE TRIGGER spy AFTER INSERT ON ballot BEGIN UPDATE room SET starts = 7; END",
            "it has “spy” (trigger), which this program did not make",
        ),
        (
            "CREATE TRIGGER spy AFTER INSERT ON _sqlite_migrations BEGIN UPDATE room SET starts = 7; END",
            "it has “spy” (trigger), which this program did not make",
        ),
        ("CREATE VIEW votes AS SELECT * FROM ballot", "it has “votes” (view), which this program did not make"),
        ("CREATE INDEX who ON ballot (voter)", "it has “who” (index), which this program did not make"),
        ("CREATE TABLE mine (name TEXT)", "it has “mine” (table), which this program did not make"),
        (
            'CREATE TABLE "mine\x1b[31m\u202e" (name TEXT)',
            "it has “mine�[31m�” (table), which this program did not make",
        ),
        ("ALTER TABLE ballot ADD COLUMN at INTEGER", "its table “ballot” is not as this program made it"),
        ("ALTER TABLE note RENAME COLUMN due TO day", "its table “note” is not as this program made it"),
        ("DROP TABLE about", "its table “about” is missing"),
    ],
)
@pytest.mark.parametrize("how", [open_existing, read_record])
def test_a_file_whose_tables_another_program_changed_is_refused_naming_what_is_there(
    tmp_path: Path, statement: str, said: str, how: Callable[[Path], object]
) -> None:
    path = finished(tmp_path)
    other = doors.by_hand(path)
    other.execute(statement)
    other.close()
    before = content(tmp_path)

    with pytest.raises(DamagedSessionFile) as refusal:
        how(path)

    assert f"was changed by another program: {said}." in str(refusal.value.message)
    assert content(tmp_path) == before


def test_what_sqlite_notes_for_its_planner_is_no_change(tmp_path: Path) -> None:
    path = finished(tmp_path)
    other = doors.by_hand(path)
    other.execute("ANALYZE")
    assert other.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0]
    other.close()

    assert read_record(path).info == samples.info()


def test_a_row_that_is_no_such_value_is_passed_over_and_named_without_its_words(tmp_path: Path) -> None:
    path = finished(tmp_path)
    changed = doors.by_hand(path)
    changed.execute("PRAGMA ignore_check_constraints = ON")
    changed.execute("UPDATE contribution SET moderation = 'shout the secret' WHERE number = 1")
    changed.close()

    record = read_record(path)

    assert [str(each) for each in record.damage] == ["A row of “contribution” (c00001) cannot be read. It is left out."]
    assert "c00001" not in [row.key for row in record.contributions]


# Where it cannot be. ---------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that not even the superuser may write to")
def test_a_folder_that_cannot_be_written_to_is_said_so() -> None:
    with pytest.raises(FolderUnusable, match="cannot be written to"):
        samples.fresh(Path("/proc"))


def test_a_folder_that_is_a_file_cannot_hold_a_session(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_bytes(b"")

    with pytest.raises(FolderUnusable, match="Choose a folder"):
        samples.fresh(tmp_path / "sessions")


def test_a_file_that_was_not_finished_is_not_there_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening.disk, "sync_file", fail)

    with pytest.raises(StoreUnavailable, match="no space left on device"):
        samples.fresh(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_opened_again_says_what_was_found(tmp_path: Path) -> None:
    path = finished(tmp_path)
    path.write_text("a shopping list")

    with pytest.raises(FileLost) as lost:
        opening.reopen(path, None, "any", 0)

    assert "is not as the room left it. Nothing new is taken." in str(lost.value)
    found = lost.value.__cause__
    assert isinstance(found, SessionFileError)
    assert str(found.message) in str(lost.value)
