"""What was gone on with elsewhere: the file itself is kept until the write-up is finished, and then it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.storage import copies, db, disk
from workshop_tui.storage.copy_names import originals_of
from workshop_tui.storage.folders import folder_now
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing

DAY, TAKEN = "c00010", "c00011"


@pytest.fixture
def lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFile:
    """A room whose file was taken away, so that it wrote a rescue; the file lies in `away`, its log with it."""
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / "day").mkdir()
    store = samples.fresh(tmp_path / "day")
    store.commit([*samples.started(), samples.story(10, kind="private", body=samples.SECRET)], samples.START)
    store.commit([samples.story(11, body=samples.SECRET)], samples.START + 1)
    known = store.load()
    for path in (store.path, disk.beside(store.path, "wal")):
        path.rename(tmp_path / path.name)
    store.rescue(known)
    store.close()
    return store


def put_back(store: SessionFile, tmp_path: Path, how: str) -> list[Path]:
    """Something lies again where the file was; gives its files."""
    path, log = store.path, disk.beside(store.path, "wal")
    content = (tmp_path / path.name).read_bytes()
    if how == "as it was":
        path.write_bytes(content)
    elif how == "damaged":
        path.write_bytes(content[:5_000])
    elif how == "without a beginning":
        path.write_bytes(bytes(db.PAGE_BYTES) + content[db.PAGE_BYTES :])
    elif how == "somebody's letter":
        path.write_text("Dear all, " * 100)
    log.write_bytes((tmp_path / log.name).read_bytes())
    return [each for each in (path, log) if each.exists()]


def finish(store: SessionFile) -> None:
    store.commit(samples.finished_day(DAY, TAKEN), samples.START + 1_000)


@pytest.mark.parametrize("how", ["as it was", "damaged", "without a beginning", "only its log"])
def test_a_lost_file_is_kept_until_the_write_up_is_finished_and_then_it_goes(
    lost: SessionFile, tmp_path: Path, how: str
) -> None:
    files = put_back(lost, tmp_path, how)
    rescue = open_existing(lost.path.with_name("rescued-1-session.workshop"))
    taken_back = [ev.ContributionWithdrawn(at=samples.START, contribution=TAKEN), ev.ContributionEmptied(TAKEN)]
    rescue.commit(taken_back, samples.START + 500)
    assert all(each.exists() for each in files), "it may be all that can be salvaged"
    assert rescue.left_over == ()

    finish(rescue)

    assert [each for each in files if each.exists()] == []
    assert rescue.left_over == ()
    rescue.close()
    assert not read_record(rescue.path, key=doors.in_use()).owed


def test_a_letter_in_its_place_stays_and_the_log_beside_it_goes(lost: SessionFile, tmp_path: Path) -> None:
    letter, log = put_back(lost, tmp_path, "somebody's letter")
    rescue = open_existing(lost.path.with_name("rescued-1-session.workshop"))
    finish(rescue)
    rescue.close()
    assert (letter.exists(), log.exists()) == (True, False)


def test_another_session_in_its_place_stays(lost: SessionFile) -> None:
    other = create(lost.path, samples.info(id="fedcba9876543210"), samples.AGENDA_TEXT, samples.STORY_KEY)
    other.close()
    rescue = open_existing(lost.path.with_name("rescued-1-session.workshop"))
    finish(rescue)
    assert rescue.left_over == ()
    rescue.close()
    open_existing(lost.path).close()


def test_a_file_that_was_gone_on_with_after_all_stays_and_is_named(lost: SessionFile, tmp_path: Path) -> None:
    put_back(lost, tmp_path, "as it was")
    saved = lost.path.with_name("rescued-1-session.workshop")
    content = saved.read_bytes()
    back = open_existing(lost.path)
    back.commit([samples.story(20)], samples.START + 800)
    back.close()
    # Another that was made for the same loss; opening the file removes what holds no more than it.
    saved.write_bytes(content)

    rescue = open_existing(saved)
    finish(rescue)

    assert lost.path in rescue.left_over
    rescue.close()
    assert len(read_record(lost.path, key=doors.in_use()).contributions) == 3


def test_where_the_folder_takes_no_rescue_the_rescue_knows_where_its_original_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / "day").mkdir()
    store = samples.fresh(tmp_path / "day")
    store.commit([*samples.started(), samples.story(10, kind="private", body=samples.SECRET)], samples.START)
    known, here = store.load(), store.path.parent
    here.rename(tmp_path / "away")
    store.rescue(known)
    store.close()
    (rescue,) = (tmp_path / "home").rglob("rescued-1-*.workshop")
    (tmp_path / "away").rename(here)

    room = open_existing(rescue)
    finish(room)
    room.close()

    assert not store.path.exists()
    assert not list(here.glob("*.snapshots/*.workshop"))


def test_a_second_copy_does_not_take_the_log_of_a_file_that_is_gone_for_its_own(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.story(10, body=samples.SECRET)], samples.START)
    write = store.snapshot()
    assert write is not None
    write()
    (snapshot,) = folder_now(store.path).glob("*.workshop")
    log = disk.beside(store.path, "wal").read_bytes()
    store.close()
    store.path.unlink()
    disk.beside(store.path, "wal").write_bytes(log)

    restored = copies.restore(snapshot, store.path, doors.in_use())

    assert restored.name == "restored-1-session.workshop"
    room = open_existing(restored)
    finish(room)
    room.close()
    assert not disk.beside(store.path, "wal").exists()


def test_whose_place_a_file_is_in_is_in_its_name() -> None:
    names = [each.name for each in originals_of(Path("rescued-2-restored-1-rescued-day.workshop"))]
    assert names == ["restored-1-rescued-day.workshop", "rescued-day.workshop"]
    assert originals_of(Path("day.workshop")) == []
