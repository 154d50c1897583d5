"""The second copy: whole, checked, never older than what must be gone, and what is remembered of the journal's end."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from tests.platforms import needs_posix
from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.errors import LockedSessionFile, StoreUnavailable
from workshop_tui.storage import copies, db, disk, listed, opening, snapshots, tidying
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing
from workshop_tui.storage.tables import copy

ONE = (('"a"', 1),)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFile:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / "day").mkdir()
    store = samples.fresh(tmp_path / "day")
    joined = ev.PersonJoined("p1", samples.voter(101), 1)
    given = samples.reasons(1, "It is near")
    store.commit([joined, *samples.started(), samples.cast(1), given, samples.story(1)], 1)
    return store


def made(store: SessionFile) -> list[Path]:
    """Every file of every snapshot, beside the session and in the data folder."""
    home = store.path.parent.parent
    return sorted(each for each in home.glob("**/*.snapshots/*") if each.suffix != ".head")


def minute(store: SessionFile) -> bool:
    """A minute is over; says whether a snapshot was made."""
    write = store.snapshot()
    if write is not None:
        write()
    return write is not None


def holding(paths: list[Path], secret: bytes) -> list[str]:
    return [each.name for each in paths if secret in doors.readable(each)]


def test_a_snapshot_is_the_whole_session_with_the_keys_still_in_use(store: SessionFile) -> None:
    assert minute(store)

    (snapshot,) = made(store)
    stored = store.load()
    store.close()
    assert snapshot.parent == store.path.with_name("session.workshop.snapshots")
    found = opening.examine(snapshot, doors.in_use()).stored
    assert (found.round_keys, found.story_key) == ({"i01.1": samples.ROUND_KEY}, samples.STORY_KEY)
    assert (found.ballots, found.contributions, found.journal) == (stored.ballots, stored.contributions, stored.journal)


def listed_in(store: SessionFile) -> dict[Path, str]:
    assert store._held.connection is not None
    return dict(copy.read(store._held.connection))


def test_a_snapshot_is_listed_before_it_is_written_and_forgotten_when_it_is_gone(store: SessionFile) -> None:
    for n in range(2, 6):
        write = store.snapshot()
        assert write is not None
        coming = max(listed_in(store))
        assert not coming.exists()
        write()
        assert coming.exists()
        assert set(listed_in(store)) >= set(made(store))
        assert len(listed_in(store)) <= snapshots.KEPT + 1
        assert store.snapshot() is None, "its own record makes no other one due"
        store.commit([samples.cast(n)], n)

    store.commit(samples.sealed(counts=ONE), 9)
    assert set(listed_in(store)) >= set(made(store))
    store.close()
    again = open_existing(store.path)
    assert again.load().clean, "its own record is not taken for somebody else's doing"
    assert set(listed_in(again)) >= set(made(again))
    again.close()


def test_a_copy_for_a_report_does_not_forget_a_snapshot_that_is_about_to_be_written(store: SessionFile) -> None:
    write = store.snapshot()
    assert write is not None
    store.copy_to(store.path.with_name("report.workshop"), ())
    write()

    assert set(made(store)) <= set(listed_in(store))
    store.close()


def test_a_snapshot_is_made_although_it_cannot_be_listed(store: SessionFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise db.DBError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(listed, "note", full)
        assert minute(store)
    assert len(made(store)) == 1

    # An error came from the connection: nothing is taken through it any more, and who looks sees that.
    with pytest.raises(StoreUnavailable):
        store.check_in_place()
    with pytest.raises(StoreUnavailable):
        store.commit([samples.cast(2)], 2)
    store.recover()
    store.check_in_place()
    store.commit([samples.cast(2)], 2)
    store.close()


def test_a_snapshot_that_met_a_bug_stays_due(store: SessionFile, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(listed, "note", a_bug)
        with pytest.raises(ZeroDivisionError):
            store.snapshot()

    assert minute(store)
    assert len(made(store)) == 1
    store.close()


@pytest.mark.parametrize("where", ["log", "list"])
def test_a_batch_that_is_in_the_file_stands_whatever_goes_wrong_while_copies_are_renewed(
    store: SessionFile, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(*((tidying, "fold_away", a_bug) if where == "log" else (listed, "note", a_bug)))
        store.commit([*samples.sealed(counts=ONE)], 2)

    with pytest.raises(StoreUnavailable):
        store.check_in_place()
    store.recover()
    stored = store.load()
    assert "i01.1" in stored.sealed
    assert holding(made(store), samples.ROUND_KEY) == []
    store.commit([samples.story(2)], 3)
    store.close()


def a_bug(*_: object) -> None:
    raise ZeroDivisionError


@needs_posix
def test_nobody_else_on_the_laptop_can_read_a_snapshot(store: SessionFile) -> None:
    minute(store)

    (snapshot,) = made(store)
    store.close()
    assert stat.S_IMODE(snapshot.stat().st_mode) == 0o600
    assert stat.S_IMODE(snapshot.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in snapshot.parent.iterdir()} == {0o600}


def test_a_snapshot_of_a_locked_session_is_locked(store: SessionFile) -> None:
    minute(store)

    (snapshot,) = made(store)
    store.close()
    if doors.in_use() is None:
        assert samples.ROUND_KEY in snapshot.read_bytes()
        return
    assert samples.ROUND_KEY not in snapshot.read_bytes()
    with pytest.raises(LockedSessionFile):
        read_record(snapshot, key=None)


def test_only_what_changes_something_is_worth_another_snapshot_and_two_are_kept(store: SessionFile) -> None:
    made_at = [minute(store)]
    for n in range(2, 5):
        # That a room is alive is noted each second.
        store.commit([], n)
        made_at.append(minute(store))
        store.commit([samples.cast(n)], n)
        made_at.append(minute(store))

    assert made_at == [True, False, True, False, True, False, True]
    votes = [len(opening.examine(each, doors.in_use()).stored.ballots["i01.1"]) for each in made(store)]
    store.close()
    assert votes == [3, 4]


GONE = {
    "a round is counted": ([*samples.sealed(counts=ONE)], samples.ROUND_KEY),
    "words are taken back": ([ev.ContributionEmptied("c00001")], b"story 1"),
    "a reason is taken back": ([ev.ReasonGone(samples.reason_key("It is near"))], b"It is near"),
    "the write-up is finished": ([*samples.finished_day("c00001")], b"story 1"),
    "a phone is handed on": ([ev.PlaceLeft("p1")], samples.voter(101)),
    "the key of stories is destroyed": ([*samples.finished_day("c00001")], samples.STORY_KEY),
}


@pytest.mark.parametrize("what", GONE)
def test_what_is_destroyed_is_in_no_copy_when_the_act_is_answered(store: SessionFile, what: str) -> None:
    events, secret = GONE[what]
    minute(store)
    store.commit([samples.cast(2)], 2)
    minute(store)
    known = store.load()
    store.path.rename(store.path.with_name("away"))
    store.rescue(known)
    store.path.with_name("away").rename(store.path)
    store.recover()
    others = [*made(store), *store.path.parent.glob("rescued-*")]
    assert len(holding(others, secret)) == 3

    store.commit(events, 3)

    (snapshot,) = made(store)
    store.close()
    assert [each for each in others if each.exists() and each != snapshot] == []
    assert holding([snapshot], secret) == []
    assert read_record(snapshot).journal == read_record(store.path).journal


def test_a_snapshot_that_was_begun_before_a_key_was_destroyed_is_never_finished(store: SessionFile) -> None:
    write = store.snapshot()
    assert write is not None

    store.commit(samples.sealed(counts=ONE), 2)
    write()

    (snapshot,) = made(store)
    store.close()
    assert holding([snapshot], samples.ROUND_KEY) == []


def test_where_a_new_snapshot_cannot_be_written_the_older_ones_go_all_the_same_and_it_is_tried_again(
    store: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    minute(store)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(copies, "write", full)
        store.commit(samples.sealed(counts=ONE), 2)
        assert made(store) == []
        assert minute(store)
        assert made(store) == []

    assert minute(store)
    (snapshot,) = made(store)
    store.close()
    assert opening.examine(snapshot, doors.in_use()).stored.sealed["i01.1"].counts == ONE


def test_a_snapshot_that_does_not_read_as_it_should_is_not_kept(
    store: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = snapshots.db.check
    monkeypatch.setattr(snapshots.db, "check", lambda connection, *, thorough: "a page is missing")
    minute(store)
    monkeypatch.setattr(snapshots.db, "check", real)

    store.close()
    assert len(made(store)) == 1, "only the one of the clean stop"


def test_a_room_killed_before_an_older_copy_was_removed_is_made_good_for_by_the_next(
    store: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    minute(store)
    before = made(store)
    with monkeypatch.context() as patch:
        patch.setattr(snapshots.Snapshots, "renew", lambda *_: None)
        patch.setattr(tidying, "settle", lambda *_, **__: ())
        store.commit(samples.sealed(counts=ONE), 2)
        half = before[0].with_name(f".{before[0].stem}9.workshop.part")
        shutil.copy(before[0], half)
        store.close()
    assert len(holding(made(store), samples.ROUND_KEY)) == 2

    open_existing(store.path).close()

    (snapshot,) = made(store)
    assert holding([snapshot], samples.ROUND_KEY) == []


def test_a_clean_stop_leaves_one_snapshot_and_it_is_up_to_date(store: SessionFile) -> None:
    minute(store)
    store.commit([samples.cast(2)], 2)
    minute(store)
    store.commit([samples.cast(3)], 3)
    assert len(made(store)) == 2

    store.close()

    (snapshot,) = made(store)
    assert len(opening.examine(snapshot, doors.in_use()).stored.ballots["i01.1"]) == 3


def test_what_is_of_another_session_with_a_file_of_that_name_is_left_alone(store: SessionFile) -> None:
    minute(store)
    (mine,) = made(store)
    theirs = mine.with_name("f" * 16 + "-000007.workshop")
    other = create(store.path.parent / "other.workshop", samples.info(id="f" * 16), b"", samples.STORY_KEY)
    other.close()
    shutil.copy(other.path, theirs)

    store.commit(samples.sealed(counts=ONE), 2)
    store.close()

    assert theirs.exists()
    assert holding(made(store), samples.ROUND_KEY) == []


def test_what_was_made_of_another_file_of_the_session_goes_as_well(store: SessionFile) -> None:
    minute(store)
    (mine,) = made(store)
    of_rescue = store.path.with_name("rescued-1-session.workshop.snapshots") / mine.name
    of_rescue.parent.mkdir()
    shutil.copy(mine, of_rescue)

    store.commit(samples.sealed(counts=ONE), 2)
    store.close()

    assert not of_rescue.exists()
    assert holding(made(store), samples.ROUND_KEY) == []


@pytest.mark.parametrize("why", ["copied by others", "gone"])
def test_where_the_folder_is_no_safe_place_snapshots_go_to_the_data_folder(
    store: SessionFile, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    home = store.path.parent.parent / "home" / "data"
    if why == "gone":
        store.path.parent.rename(store.path.parent.with_name("elsewhere"))
        write = store._snapshots.take(store._held.connection)  # type: ignore[arg-type]  # it is open
        write()
    else:
        monkeypatch.setenv("OneDrive", str(store.path.parent))
        minute(store)

    (snapshot,) = made(store)
    store.close()
    assert snapshot.parent.parent.parent == home
    assert listed.snapshots_of(store.path, samples.info().id) == [snapshot]


# What is remembered of the journal's end. ------------------------------------------------------------


def by_hand(path: Path, *statements: str) -> None:
    connection = doors.by_hand(path)
    for statement in statements:
        connection.execute(statement)
    connection.close()


CUT = (
    "DELETE FROM journal_content WHERE seq = 4",
    "DELETE FROM journal WHERE seq = 4",
)
"""What somebody does who wants the last line not to have been there."""


def with_a_last_line(store: SessionFile) -> None:
    store.commit([ev.PresentSet(at=samples.START, people=42)], 2)


def test_a_journal_whose_last_line_was_cut_is_noticed_said_and_still_run(store: SessionFile) -> None:
    with_a_last_line(store)
    assert store.load().damage == ()
    store.close()
    by_hand(store.path, *CUT)

    again = open_existing(store.path)
    (said,) = again.load().damage
    again.commit([samples.cast(5)], 3)
    again.close()

    assert "line 4" in str(said)
    assert read_record(store.path).damage == (said,)


def test_a_cut_is_remembered_although_the_journal_has_grown_again(store: SessionFile) -> None:
    with_a_last_line(store)
    store.close()
    by_hand(store.path, *CUT)
    again = open_existing(store.path)
    for n in range(3):
        again.commit([ev.PresentSet(at=samples.START, people=n)], 3)
    again.close()

    (said,) = read_record(store.path).damage

    assert "line 4" in str(said)


def test_what_is_remembered_may_be_older_than_the_journal(store: SessionFile) -> None:
    (head,) = store.path.parent.glob("*.snapshots/*.head")
    before = head.read_bytes()
    with_a_last_line(store)
    store.close()
    head.write_bytes(before)

    again = open_existing(store.path)
    damage = again.load().damage
    again.close()
    assert damage == ()


@pytest.mark.parametrize("content", [b"", b"nothing of ours", b"9" * 5_000, bytes(77), b"3 abc\n"])
def test_a_memory_that_cannot_be_read_remembers_nothing(store: SessionFile, content: bytes) -> None:
    store.close()
    (head,) = store.path.parent.glob("*.snapshots/*.head")
    head.write_bytes(content)

    assert read_record(store.path).damage == ()


def test_a_session_whose_memory_cannot_be_written_goes_on(store: SessionFile) -> None:
    store.close()
    shutil.rmtree(store.path.with_name("session.workshop.snapshots"))
    store.path.with_name("session.workshop.snapshots").touch()

    again = open_existing(store.path)
    with_a_last_line(again)
    again.commit(samples.sealed(counts=ONE), 3)
    again.close()

    assert len(read_record(store.path).journal) == 6


def test_snapshots_that_are_ahead_of_their_file_are_not_thrown_away_at_the_start(store: SessionFile) -> None:
    before = store.path.read_bytes(), store.path.with_name("session.workshop-wal").read_bytes()
    store.commit([samples.cast(2)], 2)
    minute(store)
    store.commit([samples.cast(3)], 3)
    store.close()
    (kept,) = made(store)
    store.path.write_bytes(before[0])
    store.path.with_name("session.workshop-wal").write_bytes(before[1])

    open_existing(store.path).close()

    assert kept.exists()


def test_a_copy_that_is_newer_than_the_file_is_never_removed_and_is_named(store: SessionFile) -> None:
    """An older state of the file was put back, and words go from it: what was saved later is all that has the rest."""
    old = store.path.read_bytes(), disk.beside(store.path, "wal").read_bytes()
    store.commit([samples.cast(2), samples.cast(3)], samples.START + 5)
    known = store.load()
    store.path.rename(store.path.with_name("away"))
    store.rescue(known)
    store.close()
    rescued = store.path.with_name("rescued-1-session.workshop")
    held = rescued.read_bytes()
    for path in (store.path, disk.beside(store.path, "wal")):
        path.write_bytes(old[path != store.path])

    again = open_existing(store.path)
    again.commit(samples.sealed(counts=ONE), samples.START + 50)
    again.commit(samples.finished_day(), samples.START + 60)
    for _ in range(3):
        minute(again)
    assert rescued in again.left_over
    again.close()
    # By now the older state was written to later.
    again = open_existing(store.path)
    again.commit([samples.story(7)], samples.START + 70)
    again.close()

    assert rescued.read_bytes() == held
    assert read_record(store.path, key=doors.in_use()).owed
    again = open_existing(store.path)
    rescued.unlink()
    again.settle()
    assert again.left_over == ()
    again.close()


@needs_posix
def test_no_snapshot_is_written_through_a_link(store: SessionFile, tmp_path: Path) -> None:
    away, link = tmp_path / "away", store.path.with_name("session.workshop.snapshots")
    store.close()
    shutil.move(link, away)
    link.symlink_to(away)
    before = {each.name: each.read_bytes() for each in away.iterdir()}

    again = open_existing(store.path)
    again.commit(samples.sealed(counts=ONE), 2)
    for n in range(4, 8):
        again.commit([samples.story(n)], n)
        assert minute(again)
    again.close()

    after = {each.name: each.read_bytes() for each in away.iterdir()}
    assert after.items() <= before.items(), "what is listed and holds a destroyed key may go, and nothing comes"
    assert list((tmp_path / "home").rglob("*.snapshots/*.workshop"))
