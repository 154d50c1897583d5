"""Gone is a state of the file: what is owed is said, and done by whoever opens the file to write next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.errors import StoreUnavailable
from workshop_tui.storage import copies, db, disk, listed, tidying
from workshop_tui.storage.copy_names import folders_of, part_of
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing
from workshop_tui.storage.tables import copy

DAY = "c00010"
TAKEN = "c00011"
DESTROYING = {
    "a round's key": [*samples.sealed(counts=((None, 1), ('"a"', 1)))],
    "words taken back": [ev.ContributionWithdrawn(at=samples.START, contribution=TAKEN), ev.ContributionEmptied(TAKEN)],
    "a reason taken back": [ev.ReasonGone(samples.reason_key(samples.SECRET))],
    "the words of the day": samples.finished_day(DAY),
}


@pytest.fixture
def store(tmp_path: Path) -> SessionFile:
    """A vote with a change and a skip, words for the day, and words that somebody takes back."""
    made = samples.fresh(tmp_path)
    made.commit([*samples.started(), samples.cast(1, '"b"'), samples.cast(1, revision=2, old='"b"')], 1)
    made.commit([samples.cast(2, None), samples.story(1), samples.story(10, kind="private", body=samples.SECRET)], 1)
    made.commit([samples.story(11, body=samples.SECRET), samples.reasons(1, samples.SECRET)], 1)
    return made


def owed(path: Path) -> bool:
    return read_record(path).owed


def killed_before_tidying(store: SessionFile, events: list[ev.Event], monkeypatch: pytest.MonkeyPatch) -> None:
    """The act is on disk, and the room ends in that moment."""
    with monkeypatch.context() as patch:
        patch.setattr(store, "_tidy", lambda *_: None)
        store.commit(events, 2)
    before = {each: each.read_bytes() for each in (store.path, disk.beside(store.path, "wal"))}
    store._held.let_go(fold=True)
    store._lock.release()
    # Letting go folds the log, which a killed process does not.
    for path, content in before.items():
        path.write_bytes(content)


@pytest.mark.parametrize("act", DESTROYING)
def test_what_was_destroyed_is_owed_until_somebody_opens_the_file_to_write(
    store: SessionFile, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not store.left_over
    killed_before_tidying(store, DESTROYING[act], monkeypatch)
    assert owed(store.path)
    assert owed(store.path), "looking changes nothing"

    again = open_existing(store.path)
    again.close()

    assert not owed(store.path)


@pytest.mark.parametrize("act", DESTROYING)
def test_copies_go_with_what_was_destroyed_and_copies_for_reports_only_with_words(
    store: SessionFile, tmp_path: Path, act: str
) -> None:
    snapshot = folders_of(store.path)[0] / "1.workshop"
    snapshot.parent.mkdir(exist_ok=True)
    unlisted, report = tmp_path / "rescued-4-session.workshop", tmp_path / "report.workshop"
    assert store._held.connection is not None
    listed.note(store._held.connection, snapshot, "snapshot")
    for target in (snapshot, unlisted):
        copies.without_keys(store._held.connection, target, doors.in_use(), ())
    store.copy_to(report, ())
    part_of(report).write_bytes(b"half a copy")
    by_hand = tmp_path / "my copy of session.workshop"
    by_hand.write_bytes(report.read_bytes())

    store.commit(DESTROYING[act], 2)

    words = act != "a round's key"
    assert [each.exists() for each in (snapshot, unlisted, report, part_of(report))] == [
        False, False, not words, not words,
    ]  # fmt: skip
    (renewed,) = listed.snapshots_of(store.path, samples.info().id)
    assert set(copy.read(store._held.connection)) == ({renewed} if words else {renewed, report})
    store.close()
    assert by_hand.exists(), "copies that people made are outside the promise"
    assert not owed(store.path)


def test_a_copy_is_listed_before_it_is_written(store: SessionFile, tmp_path: Path) -> None:
    target = tmp_path / "no folder" / "copy.workshop"
    with pytest.raises(StoreUnavailable):
        store.copy_to(target, ())
    assert store._held.connection is not None
    assert copy.read(store._held.connection) == {target: "export"}
    store.copy_to(tmp_path / "copy.workshop", ())
    assert copy.read(store._held.connection) == {tmp_path / "copy.workshop": "export"}, (
        "one that is gone leaves the list"
    )
    store.close()


def test_a_rescued_copy_is_listed_as_soon_as_the_file_can_be_written_again(store: SessionFile, tmp_path: Path) -> None:
    away, known = tmp_path / "away", store.load()
    store.path.rename(away)
    store.rescue(known)
    away.rename(store.path)
    store.recover()

    assert store._held.connection is not None
    assert copy.read(store._held.connection) == {tmp_path / "rescued-1-session.workshop": "rescue"}
    store.close()


def test_a_copy_that_cannot_be_removed_is_owed_named_and_tried_again(
    store: SessionFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.workshop"
    store.copy_to(target, ())
    unlink = Path.unlink

    def stubborn(path: Path, missing_ok: bool = False) -> None:
        if path == target:
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stubborn)
        store.commit(samples.finished_day(DAY), 2)
        assert store.left_over == (target,)
        store.close()
    assert owed(store.path)

    again = open_existing(store.path)
    assert again.left_over == ()
    assert not target.exists()
    again.close()
    assert not owed(store.path)


def test_a_copy_in_a_folder_that_nobody_may_look_into_is_owed_and_the_session_goes_on(
    store: SessionFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    store.copy_to(closed / "copy.workshop", ())
    stat = os.stat

    def refused(path: os.PathLike[str] | int, **more: bool) -> os.stat_result:
        if not isinstance(path, int) and Path(path).parent == closed:
            raise PermissionError(13, "Permission denied")
        return stat(path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", refused)
        store.commit(samples.finished_day(DAY), 2)
        store.copy_to(tmp_path / "another.workshop", ())
        assert store.left_over == (closed / "copy.workshop",)
    store.close()
    assert not (closed / "copy.workshop").exists()
    assert not owed(store.path)


def test_what_somebody_put_in_the_place_of_a_copy_stays(store: SessionFile, tmp_path: Path) -> None:
    """A text, another session, and a link: none of them is a copy of this session any more."""
    places = [tmp_path / f"{each}.workshop" for each in ("text", "other", "link")]
    for each in places:
        store.copy_to(each, ())
    other = create(tmp_path / "another.workshop", samples.info(id="f" * 16), b"", samples.STORY_KEY)
    other.close()
    places[0].write_bytes(b"notes " * 2_000)
    places[1].write_bytes(other.path.read_bytes())
    places[2].unlink()
    places[2].symlink_to(other.path)

    store.commit(samples.finished_day(DAY), 2)

    store.close()
    assert [each.exists() for each in (*places, other.path)] == [True] * 4
    assert not owed(store.path)


def test_a_rescued_copy_that_a_room_goes_on_with_is_not_taken_from_under_it(store: SessionFile, tmp_path: Path) -> None:
    assert store._held.connection is not None
    rescued = tmp_path / "rescued-1-session.workshop"
    copies.without_keys(store._held.connection, rescued, doors.in_use(), ())
    other = open_existing(rescued)

    store.commit(samples.finished_day(DAY), 2)
    assert store.left_over == (rescued,)
    other.close()
    store.close()

    assert not rescued.exists()


def test_a_fault_while_tidying_up_leaves_it_owed_until_the_file_works_again(
    store: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> tuple[Path, ...]:
        raise db.DBError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(tidying, "settle", failing)
        store.commit(samples.finished_day(DAY), 2)
        with pytest.raises(StoreUnavailable):
            store.recover()
    store.recover()
    store.load()
    store.close()
    assert not owed(store.path)


def test_no_sign_of_who_sent_or_changed_what_outlives_its_key(store: SessionFile, tmp_path: Path) -> None:
    """Receipts with their length, the number of changes, ids of sendings: in file, log and every copy."""
    assert store._held.connection is not None
    snapshot = folders_of(store.path)[0] / "1.workshop"
    snapshot.parent.mkdir(exist_ok=True)
    listed.note(store._held.connection, snapshot, "snapshot")
    # Written past the store, which would take it for somebody else's doing.
    store._held.watch.has_folded()
    cast = samples.cast(3)
    receipt = b"a receipt of two sendings" * 3
    store.commit([replace(cast, receipt=receipt, revision=7)], 2)
    store.copy_to(tmp_path / "copy.workshop", ())
    sending = f"{1:032x}".encode()
    assert receipt in on_disk(tmp_path)
    assert sending in on_disk(tmp_path)

    store.commit(samples.sealed(counts=((None, 1), ('"a"', 2))), 2)
    assert receipt not in on_disk(tmp_path)
    rows = store._held.connection.execute("SELECT DISTINCT revision, receipt FROM ballot").fetchall()
    assert rows == [(1, b"")]

    store.commit(samples.finished_day(DAY), 2)
    assert sending not in on_disk(tmp_path)
    store.close()
    assert sending not in on_disk(tmp_path)
    assert receipt not in on_disk(tmp_path)


def on_disk(folder: Path) -> bytes:
    """Every byte below a folder, for somebody who has the file's key."""
    return b"".join(doors.readable(each) for each in sorted(folder.rglob("*")) if each.is_file())
