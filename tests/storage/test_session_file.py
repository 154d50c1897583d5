"""What the room may rely on when it writes a session file."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.platforms import needs_posix
from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import BallotRow
from workshop_tui.errors import FileLost, SessionFileError, StoreUnavailable
from workshop_tui.room.ports import Store, StoredSession
from workshop_tui.room.tables import Tables
from workshop_tui.storage import opening
from workshop_tui.storage.disk import beside
from workshop_tui.storage.session_file import SessionFile, create, open_existing
from workshop_tui.storage.tables import room


def reopened(store: SessionFile) -> StoredSession:
    store.close()
    again = open_existing(store.path)
    stored = again.load()
    again.close()
    return stored


def test_a_session_file_is_a_store(tmp_path: Path) -> None:
    store: Store = samples.fresh(tmp_path)
    store.close()


def test_a_new_file_holds_what_it_was_made_with_and_nothing_else(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)

    stored = store.load()

    store.close()
    assert stored == StoredSession(
        info=samples.info(), journal=(), people={}, round_keys={}, story_key=samples.STORY_KEY, ballots={},
        contributions=(), held_authors=frozenset(), notes=(), dropped_notes=frozenset(), alive_ms=0, clean=True,
    )  # fmt: skip


@pytest.mark.parametrize("until", range(len(samples.whole_day()) + 1))
def test_what_was_committed_is_what_is_read_after_any_part_of_a_day(tmp_path: Path, until: int) -> None:
    store = samples.fresh(tmp_path)
    memory = Tables(store.load())
    day = samples.whole_day()[:until]
    for batch in day:
        store.commit(batch, samples.START)
        for event in batch:
            if not isinstance(event, ev.JournalEvent):
                memory.apply(event)
        memory.commit()

    stored = reopened(store)

    assert stored.journal == tuple(e for batch in day for e in batch if isinstance(e, ev.JournalEvent))
    again = Tables(stored)
    # The hash of a wiped text is wiped in the file too; everything else is as the room had it.
    assert [(c.key, c.body, c.moderation) for c in stored.contributions] == [
        (c.key, c.body, c.moderation) for c in memory.contributions.values()
    ]
    assert again.person_by_token == memory.person_by_token
    assert again.notes == memory.notes
    assert again.story_key() == memory.story_key()
    assert again.votes == memory.votes
    assert [again.answer(c.key) for c in stored.contributions] == [memory.answer(c) for c in memory.contributions]
    assert {k: t.profile for k, t in again.tallies.items()} == {k: t.profile for k, t in memory.tallies.items()}
    assert {k: t.ballots.base for k, t in again.tallies.items()} == {
        k: t.ballots.base for k, t in memory.tallies.items()
    }
    assert {k: again.reasons.kept(k) for k in again.tallies} == {k: memory.reasons.kept(k) for k in memory.tallies}
    assert [again.round_key(k) for k in again.tallies] == [memory.round_key(k) for k in again.tallies]
    assert [again.is_held(samples.voter(n)) for n in range(7)] == [memory.is_held(samples.voter(n)) for n in range(7)]


def test_the_sample_day_has_every_kind_of_event() -> None:
    kinds = {type(event) for batch in samples.whole_day() for event in batch}

    assert kinds == set(ev.Event.__args__)


def test_a_changed_vote_replaces_the_one_before(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.cast(1, '"a"')], 1)

    store.commit([samples.cast(1, None, revision=2, old='"a"')], 2)

    kept = store.load().ballots["i01.1"]
    store.close()
    assert kept == {samples.voter(1): BallotRow(choice=None, revision=2, receipt=samples.cast(1, revision=2).receipt)}


def test_contributions_come_back_in_the_order_they_came(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    numbers = [5, 1, 9, 2, 8]
    for number in numbers:
        store.commit([samples.story(number)], 1)

    keys = [row.key for row in reopened(store).contributions]

    assert keys == [f"c{number:05}" for number in numbers]


@pytest.mark.parametrize("size", [1, 2, 300])
def test_one_batch_is_one_commit(tmp_path: Path, size: int) -> None:
    store = samples.fresh(tmp_path)
    store.commit(samples.started(), 1)
    said: Counter[str] = Counter()
    assert store._held.connection is not None
    store._held.connection.set_trace_callback(lambda sql: said.update([sql.split()[0].upper()]))

    store.commit([samples.cast(n) for n in range(size)] + [samples.story(1)], 2)

    # Before the file is closed: that lists the last snapshot.
    assert said["BEGIN"] == said["COMMIT"] == 1
    store.close()


def test_a_batch_without_events_still_says_that_the_room_lives(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)

    store.commit([], 12345)

    assert reopened(store).alive_ms == 12345


def test_a_batch_that_breaks_in_the_middle_leaves_nothing_and_the_next_one_is_whole(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit(samples.started(), 1)
    unwritable = replace(samples.story(1), row=replace(samples.story(1).row, body="\udc80"))

    with pytest.raises(UnicodeEncodeError):
        store.commit([ev.PresentSet(at=1, people=3), samples.cast(1), unwritable], 2)
    store.commit([ev.PresentSet(at=1, people=4), samples.cast(2)], 3)

    stored = reopened(store)
    assert list(stored.ballots["i01.1"]) == [samples.voter(2)]
    assert stored.journal[-1] == ev.PresentSet(at=1, people=4)


def test_rows_that_contradict_each_other_are_refused_and_the_store_recovers(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.story(1)], 1)

    with pytest.raises(StoreUnavailable):
        store.commit([samples.cast(1), samples.story(1)], 2)
    with pytest.raises(StoreUnavailable):
        store.commit([samples.cast(1)], 3)
    store.recover()
    store.commit([samples.cast(2)], 4)

    stored = reopened(store)
    assert list(stored.ballots["i01.1"]) == [samples.voter(2)]


def test_the_file_knows_whether_its_last_room_stopped_in_order(tmp_path: Path) -> None:
    first = samples.fresh(tmp_path)
    clean = [first.load().clean]
    first.close()
    second = open_existing(first.path)
    clean.append(second.load().clean)
    # A room that is killed lets go without a word.
    second._held.let_go(fold=True)
    second._lock.release()
    third = open_existing(first.path)
    clean.append(third.load().clean)
    third.close()

    assert clean == [True, True, False]


def test_closing_twice_does_nothing_and_leaves_one_file_and_its_second_copy(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit(samples.started(), 1)

    store.close()
    store.close()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["session.workshop", "session.workshop.snapshots"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_owner_may_read_the_file_and_the_folder_made_for_it(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path / "sessions")
    store.commit(samples.started(), 1)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "sessions").iterdir()}
    assert modes.pop("session.workshop.snapshots") == 0o700

    store.close()
    assert set(modes.values()) == {0o600}
    assert "session.workshop-wal" in modes
    assert stat.S_IMODE((tmp_path / "sessions").stat().st_mode) == 0o700


def test_a_file_is_never_made_over_another(tmp_path: Path) -> None:
    path = tmp_path / "session.workshop"
    path.write_bytes(b"precious")

    with pytest.raises(SessionFileError, match="already"):
        create(path, samples.info(), b"", samples.STORY_KEY)

    assert path.read_bytes() == b"precious"
    assert [each.name for each in tmp_path.iterdir()] == ["session.workshop"]


def test_folders_with_odd_names_are_only_folders(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path / "what? #1 100% “day” å")
    store.commit(samples.started(), 1)

    assert len(reopened(store).journal) == 3


def test_a_second_room_is_refused_at_once_and_told_which_process_has_the_file(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)

    with pytest.raises(StoreUnavailable, match=rf"another room \(process {os.getpid()}\)"):
        open_existing(store.path)

    store.commit(samples.started(), 1)
    assert len(reopened(store).journal) == 3


def test_a_lock_file_left_by_a_dead_room_does_not_matter(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.close()
    (tmp_path / ".session.workshop.lock").write_text(str(os.getpid()))

    open_existing(store.path).close()


def test_another_program_that_holds_the_file_is_named_as_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples.fresh(tmp_path).close()
    path = tmp_path / "session.workshop"
    code = (
        f"{doors.there_too()}import sys; from pathlib import Path\n"
        f"c = doors.by_hand(Path({str(path)!r}))\n"
        "c.execute('PRAGMA locking_mode = EXCLUSIVE'); c.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True); sys.stdin.read()\n"
    )
    monkeypatch.setattr("workshop_tui.storage.db.connect.__kwdefaults__", {"query": "mode=rw", "wait_s": 0.1})

    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(StoreUnavailable, match="another program is using it"):
            open_existing(path)
        other.communicate()

    open_existing(path).close()


def test_a_deleted_file_is_noticed_and_everything_confirmed_is_rescued(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.cast(1), samples.story(1)], 1)
    store.check_in_place()
    known = store.load()
    store.path.unlink()

    with pytest.raises(FileLost, match="no longer where it was"):
        store.check_in_place()
    assert "rescued-1-session.workshop" in str(store.rescue(known))
    with pytest.raises(FileLost, match=r"rescued-1-session\.workshop"):
        store.commit([samples.cast(2)], 2)
    with pytest.raises(FileLost, match=r"rescued-1-session\.workshop"):
        store.recover()
    store.load()
    with pytest.raises(FileLost, match="no longer where it was"):
        store.commit([samples.cast(2)], 2)
    assert "rescued-1-session.workshop" in str(store.rescue(known)), "one for each loss is enough"

    store.close()
    assert [each.name for each in tmp_path.glob("*.workshop")] == ["rescued-1-session.workshop"]
    rescued = open_existing(tmp_path / "rescued-1-session.workshop")
    stored = rescued.load()
    rescued.close()
    assert list(stored.ballots["i01.1"]) == [samples.voter(1)]
    assert [row.key for row in stored.contributions] == ["c00001"]
    assert stored.round_keys == known.round_keys
    assert stored.journal == known.journal


Damage = Callable[[Path], None]


def deleted(path: Path) -> None:
    path.unlink()


def both_deleted(path: Path) -> None:
    path.unlink()
    beside(path, "wal").unlink()


def log_deleted(path: Path) -> None:
    beside(path, "wal").unlink()


def log_cut(path: Path) -> None:
    os.truncate(beside(path, "wal"), 32)


def log_replaced(path: Path) -> None:
    beside(path, "wal").rename(path.with_name("away-wal"))
    shutil.copy(path.with_name("away-wal"), beside(path, "wal"))


def copied_over(path: Path) -> None:
    other = samples.fresh(path.parent, "other.workshop")
    other.commit([samples.story(n) for n in range(30)], 1)
    other.close()
    with path.open("r+b") as file:
        file.write(other.path.read_bytes())


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def replaced(path: Path) -> None:
    other = samples.fresh(path.parent, "other.workshop")
    other.close()
    other.path.replace(path)


def folder_removed(path: Path) -> None:
    shutil.rmtree(path.parent)


LOSSES = [deleted, both_deleted, log_deleted, log_cut, log_replaced, copied_over, cut, replaced, folder_removed]


@needs_posix
@pytest.mark.parametrize("lose", LOSSES)
def test_whatever_happens_to_the_file_the_next_batch_is_refused_and_what_was_confirmed_is_saved(
    tmp_path: Path, lose: Damage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    (tmp_path / "day").mkdir()
    store = samples.fresh(tmp_path / "day")
    store.commit([*samples.started(), samples.cast(1)], 1)
    # In the log alone: going to an item has folded the rest into the file.
    store.commit([samples.story(1)], 1)
    known = store.load()
    lose(store.path)
    left = {each: each.read_bytes() for each in tmp_path.glob("day/session.workshop*") if each.is_file()}

    with pytest.raises(FileLost):
        store.commit([samples.cast(2)], 2)
    store.rescue(known)
    with contextlib.suppress(FileLost):
        store.recover()
    if lose in (log_deleted, log_replaced):
        # What was in the log was still in the program's hands, or the new one holds the same: all is there again.
        assert replace(store.load(), clean=known.clean) == known
        store.close()
        return
    with pytest.raises(FileLost):
        store.commit([samples.cast(2)], 2)
    assert {each: each.read_bytes() for each in left if each.exists()} == left, "nothing is written over it"
    store.close()

    (rescued,) = [*tmp_path.glob("day/rescued-*"), *tmp_path.glob("home/data/*/rescued-*")]
    assert stat.S_IMODE(rescued.stat().st_mode) == 0o600
    stored = opening.examine(rescued, doors.in_use()).stored
    assert replace(stored, clean=False) == replace(known, clean=False)


@needs_posix
def test_a_file_that_is_lost_while_a_batch_is_written_is_noticed_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.cast(1)], 1)
    known = store.load()

    def away(*_: object) -> None:
        store.path.unlink()

    monkeypatch.setattr(room, "note_commit", away)
    with pytest.raises(FileLost):
        store.commit([samples.cast(2)], 2)
    store.rescue(known)
    store.close()

    rescued = opening.examine(tmp_path / "rescued-1-session.workshop", doors.in_use())
    assert list(rescued.stored.ballots["i01.1"]) == [samples.voter(1)]


def test_where_no_folder_takes_a_rescue_the_message_promises_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "file"))
    (tmp_path / "file").touch()
    (tmp_path / "day").mkdir()
    store = samples.fresh(tmp_path / "day")
    known = store.load()
    shutil.rmtree(tmp_path / "day")

    said = str(store.rescue(known))

    store.close()
    assert "saved" not in said


def test_a_file_that_was_moved_and_put_back_goes_on(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.cast(1)], 1)
    store.path.rename(tmp_path / "elsewhere")
    with pytest.raises(StoreUnavailable):
        store.check_in_place()

    (tmp_path / "elsewhere").rename(store.path)
    store.recover()
    store.commit([samples.cast(2)], 2)

    assert set(reopened(store).ballots["i01.1"]) == {samples.voter(1), samples.voter(2)}


def test_a_file_replaced_by_another_session_is_noticed(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    create(tmp_path / "other.workshop", samples.info(id="f" * 16), b"", samples.STORY_KEY).close()

    (tmp_path / "other.workshop").replace(store.path)

    with pytest.raises(StoreUnavailable, match="replaced"):
        store.check_in_place()
    with pytest.raises(StoreUnavailable, match="replaced"):
        store.recover()
    store.close()


def test_a_long_session_keeps_its_log_small(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit(samples.started(), 1)
    largest = 0
    for n in range(60):
        store.commit([samples.story(n, body="x" * 200_000)], n)
        largest = max(largest, (tmp_path / "session.workshop-wal").stat().st_size)

    store.close()
    assert largest < 6_000_000
