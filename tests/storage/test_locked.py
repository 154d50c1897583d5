"""A locked file: what its bytes, its copies and every text say, and what is refused, as far as that can be known."""

from __future__ import annotations

import io
import logging
import os
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.storage import samples
from tests.storage.doors import KEY, RAW
from workshop_tui.domain import events as ev
from workshop_tui.errors import (
    DamagedSessionFile,
    LockedSessionFile,
    NewerSessionFile,
    NotASessionFile,
    SessionFileError,
    WrongKey,
)
from workshop_tui.storage import db, disk, schema
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing

# Keys are given by hand here, whatever the doors would use.
pytestmark = pytest.mark.plain_only("about locked files, by name")

OTHER = FileKey(b"another key than the file's own!")
WORDS = ("Tell it once", "story 1", samples.SECRET, "workshop", "present_set", "CREATE TABLE", "SQLite format")

Opener = Callable[..., object]
openers = pytest.mark.parametrize("how", [open_existing, read_record])


def fresh(folder: Path, key: FileKey | None = KEY) -> SessionFile:
    folder.mkdir(exist_ok=True)
    return create(folder / "session.workshop", samples.info(), samples.AGENDA_TEXT, samples.STORY_KEY, key=key)


def begun(store: SessionFile) -> None:
    store.commit([*samples.started(), samples.cast(1), samples.story(1)], 1)
    store.commit([samples.story(10, kind="private", body=samples.SECRET), ev.PresentSet(at=2, people=40)], 2)


def finished(folder: Path, key: FileKey | None = KEY) -> Path:
    """A file of some pages that was closed in order."""
    store = fresh(folder, key)
    begun(store)
    store.commit([samples.story(n, body=f"{n} " * 400) for n in range(20, 60)], 3)
    store.close()
    return store.path


def killed(folder: Path) -> Path:
    """A locked file whose room was killed: part of it is only in the log."""
    store = fresh(folder / "live")
    begun(store)
    for each in (store.path, disk.beside(store.path, "wal")):
        shutil.copy(each, folder / each.name)
    store.close()
    return folder / store.path.name


def content(path: Path) -> dict[str, bytes]:
    """Every file in a folder, byte for byte, but not what SQLite needs for looking at a log."""
    return {
        each.name: each.read_bytes()
        for each in path.parent.iterdir()
        if each.is_file() and not each.name.endswith("-shm")
    }


def patch(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def refused(path: Path, how: Opener, key: FileKey | None, kind: type[Exception]) -> str:
    """What is said of a file that is refused and not changed."""
    before = content(path)
    with pytest.raises(kind) as refusal:
        how(path, key=key)
    assert type(refusal.value) is kind
    assert content(path) == before
    assert "changed" in str(refusal.value)
    return str(refusal.value)


# What the bytes say. ---------------------------------------------------------------------------------


def every_byte(folder: Path, key: FileKey | None) -> bytes:
    """What lies on disk of a running session, of a copy of it, and once it is closed."""
    store = fresh(folder, key)
    begun(store)
    copied = folder / "copy.workshop"
    store.copy_to(copied, ())
    found = b"".join(each.read_bytes() for each in (store.path, disk.beside(store.path, "wal"), copied))
    store.close()
    return found + store.path.read_bytes()


def test_no_byte_of_a_locked_file_its_log_or_a_copy_tells_anything(tmp_path: Path) -> None:
    plain, locked = every_byte(tmp_path / "plain", None), every_byte(tmp_path / "locked", KEY)

    told = [*map(str.encode, WORDS), samples.ROUND_KEY, samples.STORY_KEY]
    assert [each for each in told if each not in plain] == []
    assert [each for each in told if each in locked] == []
    assert RAW not in locked
    assert RAW.hex().encode() not in locked


def test_a_copy_and_a_rescued_file_are_locked_with_the_same_key(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    begun(store)
    private = [row.key for row in store.load().contributions if row.kind == "private"]
    store.copy_to(tmp_path / "copy.workshop", private)
    known = store.load()
    store.path.rename(tmp_path / "away")
    assert "rescued-1" in str(store.rescue(known))
    store.close()

    for name, words in (("copy.workshop", ""), ("rescued-1-session.workshop", samples.SECRET)):
        refused(tmp_path / name, read_record, None, LockedSessionFile)
        refused(tmp_path / name, read_record, OTHER, WrongKey)
        again = open_existing(tmp_path / name, key=KEY)
        stored = again.load()
        again.close()
        assert [row.body for row in stored.contributions if row.kind == "private"] == [words]


def test_nothing_of_a_locked_session_can_be_copied_into_a_plain_memory(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    begun(store)
    assert store._held.connection is not None
    plain, keyed = db.connect(None, None), db.connect(None, KEY)

    with pytest.raises(db.DBError):
        store._held.connection.backup(plain)
    store._held.connection.backup(keyed)

    assert plain.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert keyed.execute("SELECT count(*) FROM contribution").fetchone() == (2,)
    for each in (plain, keyed):
        each.close()
    store.close()


def test_the_ciphers_settings_are_its_own_and_every_page_is_signed(tmp_path: Path) -> None:
    connection = db.connect(finished(tmp_path), KEY)

    settings = {str(row[0]) for row in connection.execute("PRAGMA cipher_settings").fetchall()}

    assert {"PRAGMA cipher_page_size = 4096;", "PRAGMA cipher_use_hmac = 1;"} <= settings
    assert "PRAGMA cipher_plaintext_header_size = 0;" in settings
    assert db.check(connection, thorough=True) == ""
    assert db.pages_that_fail(connection) == 0
    connection.close()


def test_a_locked_store_gets_well_with_its_key(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    begun(store)
    store._held.fail(db.DBError("disk I/O error"))

    store.recover()
    store.commit([samples.cast(2)], 3)

    assert len(store.load().ballots["i01.1"]) == 2
    store.close()


# What no text says. ----------------------------------------------------------------------------------


def test_no_text_about_a_key_has_a_byte_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logging.getLogger().addHandler(handler)
    store = fresh(tmp_path)
    store.load()
    wanted: list[BaseException] = []

    def fail(*_: object) -> None:
        raise db.DBError("disk I/O error")

    with monkeypatch.context() as broken:
        broken.setattr(db, "check", fail)
        for act in (store.load, store.recover, lambda: open_existing(store.path, key=OTHER)):
            try:
                act()
            except Exception as problem:
                wanted.append(problem)
    store.close()
    try:
        open_existing(store.path, key=OTHER)
    except WrongKey as problem:
        wanted.append(problem)
    logging.getLogger().removeHandler(handler)

    assert len(wanted) == 4
    for each in wanted:
        # With the values of every variable on the way, as reports of faults may show them.
        said.write("".join(traceback.TracebackException.from_exception(each, capture_locals=True).format()))
    said.write(f"{KEY} {KEY!r} {[KEY]} {vars(store)}")
    text = said.getvalue()
    for key in (KEY, OTHER):
        assert key.hex() not in text
        assert repr(bytes.fromhex(key.hex())) not in text


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_none(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        FileKey(b"k" * length)


# What is refused. ------------------------------------------------------------------------------------


@openers
@pytest.mark.parametrize("state", [finished, killed])
def test_a_locked_file_is_told_from_a_plain_one_and_from_one_with_another_key(
    tmp_path: Path, how: Opener, state: Callable[[Path], Path]
) -> None:
    path = state(tmp_path)

    said = refused(path, how, None, LockedSessionFile)
    assert "locked with a passphrase, its beginning is damaged, or some other program made it" in said
    said = refused(path, how, OTHER, WrongKey)
    assert "does not open with this key" in said
    assert "cannot tell these apart" in said
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith("-shm")] == []
    assert len(read_record(path, key=KEY).journal) == 4


@openers
def test_a_plain_file_is_not_opened_with_a_key(tmp_path: Path, how: Opener) -> None:
    path = finished(tmp_path, None)

    assert "is not locked" in refused(path, how, KEY, SessionFileError)


@openers
def test_a_rollback_left_beside_a_locked_file_is_done_with_its_own_key_only(tmp_path: Path, how: Opener) -> None:
    path = finished(tmp_path / "one")
    hand = db.connect(path, KEY)
    hand.execute("PRAGMA journal_mode = DELETE")
    # So small a memory that half a transaction is in the file before it ends.
    hand.execute("PRAGMA cache_size = 1")
    hand.execute("BEGIN")
    hand.execute("UPDATE contribution SET body = 'never said'")
    torn = tmp_path / "two" / path.name
    torn.parent.mkdir()
    for each in (path, disk.beside(path, "journal")):
        shutil.copy(each, torn.with_name(each.name))
    hand.close()
    assert disk.bytes_in(disk.beside(torn, "journal")) > db.PAGE_BYTES
    assert torn.read_bytes() != path.read_bytes()

    refused(torn, how, OTHER, WrongKey)
    how(torn, key=KEY)

    if how is read_record:
        assert "never said" not in str(read_record(torn, key=KEY).contributions)


@openers
@pytest.mark.parametrize(
    ("at", "length", "kind", "said"),
    [
        # The file's salt: without it no page fits any key.
        (0, 16, WrongKey, "the beginning of the file is damaged"),
        (16, 64, DamagedSessionFile, "its beginning was overwritten"),
        (0x0800, 1, DamagedSessionFile, "its beginning was overwritten"),
        (4 * 4096 + 2000, 1, DamagedSessionFile, "its pages do not fit together"),
        (9 * 4096, 4096, DamagedSessionFile, "its pages do not fit together"),
    ],
)
def test_a_damaged_locked_file_is_told_from_a_wrong_key_as_long_as_its_first_bytes_stand(
    tmp_path: Path, how: Opener, at: int, length: int, kind: type[SessionFileError], said: str
) -> None:
    path = finished(tmp_path)
    before = path.read_bytes()[at : at + length]
    patch(path, at, bytes(255 - each for each in before))

    assert said in refused(path, how, KEY, kind)
    refused(path, how, OTHER, WrongKey)
    refused(path, how, None, LockedSessionFile)


@openers
def test_a_locked_file_that_was_cut_off_is_damaged(tmp_path: Path, how: Opener) -> None:
    path = finished(tmp_path)

    os.truncate(path, path.stat().st_size - 1_000)
    assert "its end is missing" in refused(path, how, KEY, DamagedSessionFile)
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)
    refused(path, how, KEY, DamagedSessionFile)
    os.truncate(path, 3_000)
    refused(path, how, KEY, WrongKey)
    os.truncate(path, 0)
    assert "it is empty" in refused(path, how, KEY, DamagedSessionFile)


def test_a_first_page_torn_in_the_file_and_whole_in_the_log_is_no_damage(tmp_path: Path) -> None:
    store = fresh(tmp_path / "live")
    begun(store)
    assert store._held.connection is not None
    # What it says already, but in a new first page.
    store._held.connection.execute(f"PRAGMA user_version = {schema.VERSION}")
    path = tmp_path / store.path.name
    for each in (store.path, disk.beside(store.path, "wal")):
        shutil.copy(each, path.with_name(each.name))
    store.close()
    patch(path, 512, b"\xff" * 512)

    assert len(read_record(path, key=KEY).journal) == 4
    refused(path, read_record, OTHER, WrongKey)


def test_a_locked_file_whose_log_was_being_folded_when_its_room_was_killed_is_read(tmp_path: Path) -> None:
    """The first page, which says how long the file is, goes into the file first."""
    store = fresh(tmp_path / "live")
    begun(store)
    store.commit([samples.story(n, body="x" * 9_000) for n in range(20, 30)], 3)
    path = tmp_path / store.path.name
    for each in (store.path, disk.beside(store.path, "wal")):
        shutil.copy(each, path.with_name(each.name))
    store.close()
    patch(path, 0, store.path.read_bytes()[: db.PAGE_BYTES])
    assert disk.bytes_in(path) < disk.bytes_in(store.path)

    assert len(read_record(path, key=KEY).contributions) == 12


@openers
def test_a_locked_file_whose_first_page_is_empty_is_not_said_to_be_some_other_programs(
    tmp_path: Path, how: Opener
) -> None:
    path = finished(tmp_path)
    patch(path, 0, bytes(db.PAGE_BYTES))

    refused(path, how, KEY, WrongKey)
    refused(path, how, None, LockedSessionFile)


@openers
def test_a_newer_locked_file_says_so_to_whoever_has_its_key(tmp_path: Path, how: Opener) -> None:
    path = finished(tmp_path)
    later = db.connect(path, KEY)
    later.execute("PRAGMA user_version = 70")
    later.close()

    assert "file version 70" in refused(path, how, KEY, NewerSessionFile)
    refused(path, how, OTHER, WrongKey)


@openers
def test_what_another_program_locked_with_the_same_key_is_not_ours(tmp_path: Path, how: Opener) -> None:
    path = tmp_path / "accounts.workshop"
    path.touch()
    other = db.connect(path, KEY)
    other.execute("CREATE TABLE account (name)")
    other.close()

    assert "not made by workshop-tui" in refused(path, how, KEY, NotASessionFile)
    refused(path, how, OTHER, WrongKey)


@openers
@pytest.mark.parametrize("length", [600, 4_096, 50_000])
def test_noise_may_be_a_locked_file_and_is_said_to_be_one_only_perhaps(
    tmp_path: Path, how: Opener, length: int
) -> None:
    path = tmp_path / "noise.workshop"
    # The same noise each time: every value about equally often.
    path.write_bytes(bytes(n * 167 % 251 ^ n >> 8 for n in range(length)) if length < 4_096 else os.urandom(length))

    assert "or some other program made it" in refused(path, how, None, LockedSessionFile)
    assert "some other program made it" in refused(path, how, KEY, WrongKey)


@openers
@pytest.mark.parametrize("bytes_", [b"hello, this is a shopping list\n" * 400, b"\0" * 8192, b"x"])
def test_text_is_no_locked_file_whatever_key_is_given(tmp_path: Path, how: Opener, bytes_: bytes) -> None:
    path = tmp_path / "list.workshop"
    path.write_bytes(bytes_)

    for key in (None, KEY):
        assert "not made by workshop-tui" in refused(path, how, key, NotASessionFile)
