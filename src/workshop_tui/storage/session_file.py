"""One open session file: the room's store."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.evolve import evolve_all
from workshop_tui.domain.journal import content_of
from workshop_tui.domain.state import SessionState
from workshop_tui.errors import FileLost, StoreUnavailable
from workshop_tui.lock import FileLock
from workshop_tui.messages import Sentences, tr
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.storage import (
    copies,
    db,
    disk,
    heads,
    key_file,
    listed,
    making,
    opening,
    snapshots,
    tidying,
    words,
    writing,
)
from workshop_tui.storage.chain import JournalRow, chained
from workshop_tui.storage.contents import Contents, read_contents
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.folders import prepare
from workshop_tui.storage.heads import Head
from workshop_tui.storage.held import Held
from workshop_tui.storage.kept_key import KeptKey
from workshop_tui.storage.key_file import KeyFile
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.tables import journal, journal_content, room

log = logging.getLogger(__name__)

_FOLDED_AT = (
    ev.ItemOpened, ev.PeopleLeft, ev.RoundKeyDestroyed, ev.ContributionEmptied, ev.ReasonGone, ev.WordsWiped,
    ev.StoryKeyDestroyed,
)  # fmt: skip
"""After these the write-ahead log is emptied: at steps of the day, and so that destroyed keys and words leave it."""

_RENEWED_AT = (
    ev.BallotsSealed, ev.RoundKeyDestroyed, ev.ContributionEmptied, ev.ReasonGone, ev.WordsWiped, ev.StoryKeyDestroyed,
    ev.PlaceLeft, ev.SeatFreed,
)  # fmt: skip
"""After these there is a new snapshot, and no older copy: what was destroyed leaves those too."""

_SMALL_BATCH = 8
"""A batch of at most so many events means that hardly anybody waits: a good moment to fold the log."""


class SessionFile:
    """A session file that this process alone has open; implements `room.ports.Store`, which says what may go wrong.

    Use `create` or `open_existing`.
    """

    def __init__(
        self, path: Path, lock: FileLock, contents: Contents, connection: Connection, key: FileKey | None,
        known: KeyFile | None = None,
    ) -> None:  # fmt: skip
        lost = heads.missing_from(path, contents.info.id, contents.rows)
        self.path = path
        self._examined: Contents | None = contents
        """What the file was found to hold as it was taken, until it is asked for or something is written."""
        self.info: SessionInfo = contents.info
        self.left_over: tuple[Path, ...] = ()
        """Copies that hold what was destroyed since, because they cannot be removed; it is tried again."""
        self._lock = lock
        self._key = key
        self._log = disk.beside(path, "wal")
        self._was_clean = contents.stored.clean
        self._held = Held(path, connection)
        self._agenda_file = contents.agenda_file
        self._state: SessionState
        self._writes: int
        self._alive_ms: int
        self._rows: list[JournalRow]
        self._beside: dict[int, journal_content.Beside]
        """With those before: what is in the file beside what the room knows."""
        self._know(contents)
        self._kept_key = KeptKey(path, known)
        self._kept_key.look()
        self._kept_key.note(contents.state)
        if known is not None:
            self._kept_key.give_all(listed.with_keys(path, contents.info.id))
        self._snapshots = snapshots.Snapshots(path, contents.info.id, key, self._note_snapshot, self._kept_key)
        self._head_outside = heads.Remembered(path, contents.info.id, lost)
        self._damage = () if lost is None else (words.cut(lost.seq),)
        some_are_ahead = self._snapshots.look_around(connection, contents.claims)
        if contents.owed:
            # All that there are go in a moment, and a new one is due.
            self._snapshots.due = True
        elif lost is None and not some_are_ahead:
            # Else somebody may still want what the file lacks: for now all stay.
            self._snapshots.finish_renewal(connection)
        self._saved: Path | None = None
        """What was written when the file was lost."""
        self._rescued: list[Path] = []
        """Copies saved while the file could not be written: they are not in its list yet."""

    @property
    def ahead(self) -> frozenset[Path]:
        """Copies that stay, because they hold more than the file did when it was opened."""
        return self._snapshots.ahead

    @property
    def locked(self) -> bool:
        """Whether the file is encrypted."""
        return self._key is not None

    @property
    def key_trouble(self) -> Sentences:
        """Why the key file is not where it should be; empty when it is, and for a plain session."""
        return self._kept_key.trouble

    @property
    def is_in_ring(self) -> bool:
        """Whether the system's key ring has the key too."""
        return self._kept_key.is_in_ring

    def left_ring(self) -> None:
        """Let the key file say that the ring has it no more; its copies follow at the next opening."""
        self._kept_key.left_ring()

    # What the room asks for. ---------------------------------------------------------------------

    def load(self) -> StoredSession:
        """Everything in the file, after checking the journal's chain and that the tables agree with it.

        A file that was just opened was read and checked for that, so it is not read a second time.
        """
        contents, self._examined = self._examined, None
        if contents is None or self._held.watch.standing() != "same":
            with self._held.used() as connection:
                contents = read_contents(connection, self.path, locked=self._key is not None)
            self._know(contents)
        if self._held.watch.standing() == "same":
            self._held.trouble = None
        # The file itself has said "not in order" since this room began.
        return replace(contents.stored, clean=self._was_clean, damage=(*self._damage, *contents.stored.damage))

    def commit(self, events: Sequence[ev.Event], alive_ms: int) -> None:
        """Write `events` in one transaction that is on disk when this returns."""
        connection = self._held.for_writing()
        self._examined = None
        journaled = [event for event in events if isinstance(event, ev.Journaled)]
        rows = chained(self.info, self._rows, journaled)
        contents = _contents(rows, journaled)
        after = evolve_all(self._state, journaled)
        try:
            connection.execute("BEGIN IMMEDIATE")
            if rows:
                journal.write(connection, rows)
                journal_content.write(connection, contents)
                writing.write_state(connection, self._state, after)
            writing.write_rows(connection, [each for each in events if not isinstance(each, ev.Journaled)])
            room.note_commit(connection, alive_ms)
            connection.execute("COMMIT")
        except DBError as problem:
            raise self._held.fail(problem) from problem
        except BaseException:
            # A bug of ours in the middle of a batch must not leave half of it to the next one.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
                # A large batch is in the log already, as frames that do not count.
                self._held.watch.has_folded()
            raise
        if not self._held.watch.has_grown():
            # The batch may be in some file or in none. Nobody is told that it is safe.
            raise self._held.lose()
        self._state = after
        self._writes += 1
        self._alive_ms = alive_ms
        self._snapshots.due = self._snapshots.due or bool(events)
        if rows:
            self._rows += rows
            self._beside |= {seq: (content, salt) for seq, content, salt in contents}
            if any(isinstance(event, ev.QuotationsGone) for event in events):
                self._beside = journal_content.read(connection)
            self._head_outside.note(Head(rows[-1].seq, rows[-1].hash))
        self._kept_key.note(after)
        self._tidy(connection, events)

    def recover(self) -> None:
        """Close, open again, check, and write a probe to disk.

        Where the disk failed while a commit was being written, that commit may have reached the file although it
        was refused. Then nothing more is taken until `load` has been called and its values were taken over.
        """
        self._examined = None
        standing = self._held.watch.standing()
        if self._held.connection is not None and standing == "elsewhere":
            # The open connection may be the last hold on a deleted file: keep it until somebody puts the file back.
            raise self._held.why_not()
        # Where only the log is gone, what was in it goes into the file now. Another's file stays as it is.
        self._held.let_go(fold=standing != "changed")
        try:
            connection, writes = opening.reopen(self.path, self._key, self.info.id, self._writes)
        except FileLost as problem:
            self._held.trouble = self._held.trouble if self._saved else problem
            raise
        self._held.take(connection)
        self._saved = None
        self.settle()
        self._held.trouble = None if writes == self._writes else words.ahead(self.path)

    def read_again(self) -> None:
        """Forget what was found when the file was examined."""
        self._examined = None

    def check_in_place(self) -> None:
        """Make sure that file and log are as this store left them and were not let go of, and put a lost key back."""
        self._held.check_in_place()
        self._kept_key.look()

    def rescue(self, stored: StoredSession) -> StoreUnavailable:
        """Write what the room knows to another file, once for each loss."""
        if self._saved is None:
            stored = replace(stored, alive_ms=self._alive_ms)
            contents = Contents(stored, self._rows, self._beside, self._agenda_file, self._state, self._writes)
            self._saved = copies.rescue(self.path, contents, self._key, self._snapshots.originals, self._kept_key)
            self._rescued += [self._saved] if self._saved else []
            standing = self._held.watch.standing()
            self._held.trouble = words.lost(self.path, "behind" if standing == "same" else standing, self._saved)
        return self._held.why_not()

    def snapshot(self) -> Callable[[], None] | None:
        """Take a second copy, where something has changed since the last one."""
        connection = self._held.connection
        if not self._snapshots.due or connection is None or self._held.trouble is not None:
            return None
        try:
            return self._snapshots.take(connection)
        except DBError as problem:
            # A file that cannot be read shows at the next commit too, which knows what to do.
            log.warning("no snapshot could be taken", extra={"code": db.primary_code(problem)})
            return None

    def copy_to(self, target: Path, without: Collection[str]) -> None:
        """Write a consistent copy of the session, without private words and the keys that tie anything to phones.

        A copy of a locked file is locked with the same key. The file lists it before it is made.
        """
        with self._held.used() as connection:
            listed.note(connection, target.absolute(), "export")
        self._held.watch.has_folded()
        copies.without_keys(connection, target, self._key, without)

    def settle(self) -> None:
        """Do what an earlier room, or a fault, left owed; the log was folded as the file was opened.

        Raises:
            StoreUnavailable: it could not be done.
        """
        with self._held.used() as connection:
            for each in filter(disk.is_there, self.ahead):
                listed.note(connection, each, "newer")
            for each in self._snapshots.originals:
                listed.note(connection, each, "original")
            for each in self._rescued:
                listed.note(connection, each, "rescue")
            self._rescued = []
            self.left_over = self._settled(connection)
            self._held.watch.has_folded()

    def close(self) -> None:
        """Fold the write-ahead log into the file, note that all is well, and let go of it. Twice does nothing."""
        connection = self._held.connection
        standing = self._held.watch.standing()
        if connection is not None and standing != "changed":
            try:
                tidying.fold_away(connection, self.path)
                self._settled(connection)
                self._held.watch.has_folded()
                if standing == "same" and (self._snapshots.due or len(self._snapshots.all()) > 1):
                    # Before it is noted that all is well: it is listed in the file.
                    self._snapshots.renew(connection)
                if self._held.connection is not None:
                    room.note_stop(connection)
                    tidying.fold_away(connection, self.path)
            except (DBError, OSError) as problem:
                # Nothing is lost: what was confirmed is in the log, and the next start reads it from there.
                log.warning("the session file was not closed in order", extra={"code": db.primary_code(problem)})
        self._held.let_go(fold=standing != "changed")
        self._head_outside.close()
        self._lock.release()

    # How it keeps its word. ----------------------------------------------------------------------

    def _know(self, contents: Contents) -> None:
        """Stand where the file stands."""
        self._state, self._writes, self._alive_ms = contents.state, contents.writes, contents.stored.alive_ms
        self._rows, self._beside = list(contents.rows), dict(contents.beside)

    def _note_snapshot(self, target: Path) -> None:
        """List a snapshot that is about to be made. Where that fails it is made all the same; the file is let go of.

        Not through `commit`: nothing has changed of which there should be another snapshot.
        """
        connection = self._held.connection
        if connection is None or self._held.trouble is not None or self._held.watch.standing() != "same":
            return
        try:
            listed.note(connection, target, "snapshot")
        except DBError as problem:
            self._held.fail(problem)
        else:
            if not self._held.watch.has_folded():
                self._held.lose()

    def _settled(self, connection: Connection) -> tuple[Path, ...]:
        finished = self._state.finished_at is not None
        return tidying.settle(connection, self.path, self.info.id, self._key, finished=finished)

    def _tidy(self, connection: Connection, events: Sequence[ev.Event]) -> None:
        """Fold the log when it is time. The commit stands whatever happens here; a fault shows at the next look."""
        kinds = set(map(type, events))
        renewed = not kinds.isdisjoint(_RENEWED_AT)
        try:
            if renewed or not kinds.isdisjoint(_FOLDED_AT):
                tidying.fold_away(connection, self.path)
                self.left_over = self._settled(connection)
            elif len(events) <= _SMALL_BATCH and disk.bytes_in(self._log) > db.WAL_BYTES:
                db.fold(connection, "PASSIVE")
            else:
                return
            if not self._held.watch.has_folded():
                self._held.lose()
        except Exception as problem:
            # Of a bug of ours too nothing is told to those whose batch is in the file.
            self._held.fail(problem, folding=True)
        if renewed:
            try:
                self._snapshots.renew(self._held.connection)
            except Exception as bug:
                self._held.fail(bug, folding=True)


def _contents(rows: Sequence[JournalRow], events: Sequence[ev.JournalEvent]) -> list[tuple[int, str, bytes]]:
    """What lies beside the chain of these events, as (number of the row, content, salt)."""
    pairs = zip(rows, events, strict=True)
    worded = ((row, event) for row, event in pairs if isinstance(event, ev.Worded) and event.is_kept)
    return [(row.seq, content_of(event), event.salt) for row, event in worded]


def create(
    path: Path, info: SessionInfo, agenda_text: bytes, story_key: bytes, *, key: FileKey | None = None,
    known: KeyFile | None = None,
) -> SessionFile:  # fmt: skip
    """Make a session file and open it. Whole or absent: it is made under another name first.

    Args:
        path: Where; nothing may be there yet.
        info: What the session is.
        agenda_text: The agenda file, byte for byte.
        story_key: The key of contributions, 32 random bytes.
        key: What the file is to be locked with; None for a plain one.
        known: The key file for it. It is on disk before the session is: never is one locked without its key.

    Raises:
        SessionFileError: there is a file already, or a key file of one that is gone.
        FolderUnusable: the folder cannot be written to.
        StoreUnavailable: the disk is full or fails, or another room makes the same file.
    """
    path = path.resolve()
    prepare(path)
    lock = _locked(path)
    try:
        if known is not None:
            _lay_key(path, known)
        making.make(path, info, agenda_text, story_key, key)
        return _opened(path, lock, key)
    except BaseException:
        lock.release()
        raise


def open_existing(path: Path, *, key: FileKey | None = None) -> SessionFile:
    """Open a session file to run it. A file that fails its checks is not changed.

    Args:
        path: The file.
        key: What it is locked with; None for a plain one.

    Raises:
        NotASessionFile: some other program made it.
        LockedSessionFile: it seems to be locked, and no key was given.
        WrongKey: it does not open with this key.
        NewerSessionFile: a later version made it.
        OlderSessionFile: an earlier version made it.
        DamagedSessionFile: it fails its checks.
        SessionFileError: there is none.
        FolderUnusable: its folder cannot be written to.
        StoreUnavailable: another room has it, or it cannot be written.
    """
    path = path.resolve()
    if not path.is_file():
        raise words.missing(path)
    lock = _locked(path)
    try:
        return _opened(path, lock, key)
    except BaseException:
        lock.release()
        raise


def _lay_key(path: Path, known: KeyFile) -> None:
    if path.exists():
        raise words.taken(path)
    try:
        key_file.write_new(path, known)
    except FileExistsError as problem:
        raise words.taken(key_file.path_of(path)) from problem
    except OSError as problem:
        raise words.not_made(path, problem) from problem


def change_key(path: Path, known: KeyFile) -> None:
    """Write another key file for a session that no room has open, and for each copy that has one; its own first.

    Raises:
        StoreUnavailable: a room has the session open, or it could not be written: then its own key file tells what
            holds, and the next change, or the next room, gives it to the copies.
    """
    with _locked(path):
        try:
            key_file.write(path, known)
            for each in listed.with_keys(path, known.session):
                key_file.write(each, known)
        except OSError as problem:
            raise words.unavailable(path, problem) from problem


def _locked(path: Path) -> FileLock:
    try:
        return FileLock(path)
    except OSError as problem:
        why = tr("it cannot be written to ({reason})", reason=words.reason(problem))
        raise words.folder_problem_error(path.parent, why) from problem


def _opened(path: Path, lock: FileLock, key: FileKey | None) -> SessionFile:
    found = disk.signs_of(path)
    contents = opening.examine(path, key)
    is_as_found = disk.signs_of(path) == found
    known = key_file.find(path) if key is not None else None
    store = SessionFile(path, lock, contents, opening.take(path, key, start=True), key, known)
    if not is_as_found:
        # Another program wrote to it, or a rollback was left to do, while it was examined.
        store.read_again()
    store.settle()
    return store
