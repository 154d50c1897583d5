"""What was destroyed is gone from the bytes on disk, and copies never have it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.errors import SessionFileError, StoreUnavailable
from workshop_tui.storage import db, disk
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, open_existing

ONE: samples.Counts = (('"a"', 1),)


def on_disk(store: SessionFile) -> bytes:
    """Every byte of the file and of what lies beside it, for somebody who has the file's key."""
    return b"".join(doors.readable(each) for each in store.path.parent.iterdir() if each.is_file())


def key_of(n: int) -> bytes:
    return hashlib.sha256(b"round key %d" % n).digest()


@pytest.fixture
def store(tmp_path: Path) -> SessionFile:
    return samples.fresh(tmp_path)


def test_a_sealed_rounds_key_is_gone_from_file_and_log_as_soon_as_it_is_sealed(store: SessionFile) -> None:
    store.commit([*samples.started(), samples.cast(1)], 1)
    assert samples.ROUND_KEY in on_disk(store)

    store.commit(samples.sealed(), 2)

    assert samples.ROUND_KEY not in on_disk(store)
    store.close()
    assert samples.ROUND_KEY not in on_disk(store)


@pytest.mark.parametrize("fold_between", [False, True])
def test_no_key_of_many_rounds_is_left_behind_by_growing_tables(store: SessionFile, fold_between: bool) -> None:
    """Pages split and cells move while rounds come and go; old places must be overwritten too."""
    for n in range(1, 80):
        store.commit(samples.opened(f"i01.{n}", key_of(n), samples.START + n), n)
        if n % 7 == 0:
            store.commit([ev.PresentSet(at=n, people=n) for _ in range(30)], n)
        if fold_between:
            store.commit([ev.ItemOpened(at=n, item="i01")], n)
    order = [*range(2, 80, 3), *range(3, 80, 3), *range(1, 80, 3)]
    for n in order:
        store.commit(samples.sealed(f"i01.{n}"), n)

    assert [n for n in order if key_of(n) in on_disk(store)] == []
    store.close()


def test_only_the_sealed_rounds_key_is_destroyed(store: SessionFile) -> None:
    store.commit([*samples.started(), *samples.opened("i01.2", key_of(2))], 1)

    store.commit(samples.sealed("i01.1"), 2)

    stored = store.load()
    store.close()
    assert stored.round_keys == {"i01.2": key_of(2)}


def test_a_key_kept_for_a_second_count_is_gone_from_file_log_and_copies_with_it(
    store: SessionFile, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    store.commit([*samples.opened("i01.1", key_of(1)), samples.cast(1), *samples.kept("i01.1", counts=ONE)], 1)
    store.copy_to(tmp_path / "out" / "between.workshop", ())
    assert key_of(1) in on_disk(store)

    store.commit([*samples.again("i01.2", key_of(2), samples.START, "i01.1"), samples.cast(1, round_="i01.2")], 2)
    store.commit([*samples.sealed("i01.2", counts=ONE), *samples.compared("i01.1", "i01.2")], 3)
    store.copy_to(tmp_path / "out" / "after.workshop", ())

    left = on_disk(store) + b"".join(doors.readable(each) for each in (tmp_path / "out").iterdir())
    store.close()
    assert [n for n in (1, 2) if key_of(n) in left + on_disk(store)] == []
    record = read_record(store.path)
    assert [each.sealed_profile for each in record.rounds] == [{'"a"': 1}, {'"a"': 1}]


def test_private_words_and_the_story_key_are_gone_once_the_workshop_has_ended(store: SessionFile) -> None:
    long = f"{samples.SECRET} " * 2_000
    store.commit([samples.story(n) for n in range(5)], 1)
    store.commit([samples.story(10, kind="private", body=samples.SECRET)], 1)
    store.commit([samples.story(11, kind="private", body=long)], 1)
    store.commit([samples.story(n) for n in range(20, 200)], 1)
    assert samples.SECRET.encode() in on_disk(store)
    assert samples.STORY_KEY in on_disk(store)

    store.commit([*samples.finished_day("c00010", "c00011")], 2)

    left = on_disk(store)
    assert samples.SECRET.encode() not in left
    assert samples.STORY_KEY not in left
    # Nor does anything tell which stories are of one phone.
    assert [n for n in range(7) if samples.voter(n) in left] == []
    # The hash of a few private words would be as good as the words.
    assert hashlib.sha256(samples.SECRET.encode()).digest() not in left
    assert b"story 4" in left
    store.close()


def test_private_words_are_gone_after_a_fault_in_the_moment_of_ending(
    store: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([*samples.started(), samples.story(10, kind="private", body=samples.SECRET)], 1)
    real, log = db.fold, disk.beside(store.path, "wal")
    left_behind: dict[Path, bytes] = {}

    def fold(connection: db.Connection, how: str) -> None:
        if not left_behind:
            left_behind.update({each: each.read_bytes() for each in (store.path, log)})
            raise db.DBError("disk I/O error")
        real(connection, how)

    monkeypatch.setattr(db, "fold", fold)
    store.commit([*samples.sealed(), *samples.finished_day("c00010")], 2)
    for path, content in left_behind.items():
        # Closing the connection folds the log too, on a disk that works by then; this one does not.
        path.write_bytes(content)
    assert samples.SECRET.encode() in on_disk(store)
    store.recover()

    left = on_disk(store)
    assert samples.SECRET.encode() not in left
    assert samples.STORY_KEY not in left
    assert samples.ROUND_KEY not in left


def test_private_words_are_in_no_copy_but_a_rescued_one_which_goes_with_them(
    store: SessionFile, tmp_path: Path
) -> None:
    store.commit([samples.story(1), samples.story(10, kind="private", body=samples.SECRET)], 1)
    away, copied = tmp_path / "away", tmp_path / "copy.workshop"
    store.copy_to(copied, ("c00010",))
    known = store.load()
    store.path.rename(away)
    store.rescue(known)
    away.rename(store.path)
    store.recover()
    (rescued,) = tmp_path.glob("rescued-*")
    assert samples.SECRET.encode() not in doors.readable(copied)
    assert samples.SECRET.encode() in doors.readable(rescued)

    store.commit([*samples.finished_day("c00010", "c00011")], 2)

    assert not rescued.exists()
    assert samples.SECRET.encode() not in on_disk(store)
    store.close()


def test_a_copy_of_a_running_session_has_no_key_and_everything_else(store: SessionFile, tmp_path: Path) -> None:
    store.commit([*samples.started(), samples.cast(1), samples.story(1)], 1)
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "copy.workshop"

    store.copy_to(target, ())
    store.commit([samples.cast(2)], 2)

    copied = doors.readable(target)
    store.close()
    assert samples.ROUND_KEY not in copied
    assert samples.STORY_KEY not in copied
    assert [each.name for each in target.parent.iterdir()] == ["copy.workshop"]
    record = read_record(target)
    assert record.rounds[0].profile == {'"a"': 1}
    assert record.rounds[0].sealed_profile is None
    assert [row.key for row in record.contributions] == ["c00001"]


def test_a_copy_can_stand_in_for_its_original(store: SessionFile, tmp_path: Path) -> None:
    store.commit([*samples.started(), samples.cast(1)], 1)
    store.copy_to(tmp_path / "copy.workshop", ())
    store.close()

    again = open_existing(tmp_path / "copy.workshop")
    stored = again.load()
    again.commit([*samples.sealed(counts=ONE), *samples.opened("i01.2")], 2)
    again.close()

    assert stored.round_keys == {}
    assert read_record(tmp_path / "copy.workshop").rounds[0].sealed_profile == {'"a"': 1}


def test_a_copy_that_cannot_be_written_is_absent_and_the_session_goes_on(store: SessionFile, tmp_path: Path) -> None:
    store.commit(samples.started(), 1)

    with pytest.raises(StoreUnavailable, match="was not written"):
        store.copy_to(tmp_path / "no such folder" / "copy.workshop", ())

    store.commit([samples.cast(1)], 2)
    assert len(store.load().ballots["i01.1"]) == 1
    store.close()


def test_a_copy_is_whole_or_absent_and_never_over_an_older_one(
    store: SessionFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.workshop"

    def fail(_: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("workshop_tui.storage.disk.sync_file", fail)
        with pytest.raises(StoreUnavailable):
            store.copy_to(target, ())
    assert not target.exists()

    store.copy_to(target, ())
    before = target.read_bytes()
    store.commit(samples.started(), 1)
    with pytest.raises(SessionFileError, match="already"):
        store.copy_to(target, ())
    store.close()
    assert target.read_bytes() == before


def test_the_ballot_table_has_no_time_and_no_order_of_arrival(store: SessionFile) -> None:
    store.commit([*samples.started(), *(samples.cast(n) for n in (3, 1, 2))], 1)
    assert store._held.connection is not None

    columns = [str(row[1]) for row in store._held.connection.execute("PRAGMA table_info(ballot)").fetchall()]
    voters = [row[0] for row in store._held.connection.execute("SELECT voter FROM ballot").fetchall()]
    with pytest.raises(Exception, match="rowid"):
        store._held.connection.execute("SELECT rowid FROM ballot")

    store.close()
    assert columns == ["round", "voter", "choice", "revision", "receipt", "segment"]
    assert voters == sorted(samples.voter(n) for n in (1, 2, 3))
