"""The second copy of a running session: whole and checked, each minute and after whatever must not outlive its time.

A snapshot is the session file page by page, keys still in use included. It is copied into memory between two commits
and written from there: of 30 MB the copy takes 25 ms, of a locked file 100 ms; 90 and 380 ms with writing and checking,
for which nobody has to wait. So it is copied whole: in steps, with commits in between, it would take votes no less long
in sum and could be begun anew by each of them.

Where a key is destroyed or words are wiped, a new one is made and the older ones are removed within that commit.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from workshop_tui.errors import StoreUnavailable, WorkshopError
from workshop_tui.lock import FileLock
from workshop_tui.storage import copies, db, disk, listed, opening
from workshop_tui.storage.contents import Claims
from workshop_tui.storage.copy_names import ENDING, originals_of, tag_of
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.folders import folder_now
from workshop_tui.storage.kept_key import KeptKey
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.table import DamagedTable
from workshop_tui.storage.tables import copy, room
from workshop_tui.storage.tables.copy import CopyKind

log = logging.getLogger(__name__)

KEPT: Final = 2


class Snapshots:
    """The snapshots of one session that this process has open.

    Args:
        path: Its file.
        session: Its id: what is of another session with a file of that name is left alone.
        key: What file and snapshots are locked with.
        kept_key: Lays its key beside them.
        note: Lists in the file one that is about to be written, as far as the file can be written.
    """

    def __init__(self, path: Path, session: str, key: FileKey | None, note: Callable[[Path], None],
                 kept_key: KeptKey | None = None) -> None:  # fmt: skip
        self._path = path
        self._session = session
        self._key = key
        self._note = note
        self._kept_key = kept_key
        self._writing = threading.Lock()
        self._outdated = 0
        """Grows when all that were begun before must not be finished."""
        self.due = False
        """Whether something has changed since the last one, or the last one could not be written."""
        self.ahead: frozenset[Path] = frozenset()
        """Copies that held more than the file when this or an earlier room opened it: they are never removed."""
        self.originals: frozenset[Path] = frozenset()
        """Files in whose place this one is, and which do not hold more."""

    def look_around(self, connection: Connection, now: Claims) -> bool:
        """At the start, before the file is written to, which makes it look newer than it is.

        Returns:
            Whether a copy is ahead of the file.
        """
        noted: dict[Path, CopyKind] = {}
        # What is wrong with the list shows where it is next needed.
        with contextlib.suppress(DBError, DamagedTable):
            noted = copy.read(connection)
        known = [each for each, kind in noted.items() if kind == "newer" and disk.is_there(each)]
        before = {each for each, kind in noted.items() if kind == "original"}
        before |= {each for each in originals_of(self._path) if listed.is_left_of(each)}
        before -= {*known, self._path}
        found = {each for of in (self._path, *before) for each in listed.find(of, self._session, self._key)}
        ahead = [each for each in found - before if each != self._path and self._is_ahead(each, now)]
        # A damaged one goes in the end, although its last page may be newer than what was saved of it.
        ahead_before = [each for each in before if self._is_ahead(each, now) and self._is_sound(each)]
        self.ahead = frozenset((*ahead, *ahead_before, *known))
        self.originals = frozenset(before - self.ahead)
        return bool(ahead)

    def _is_sound(self, path: Path) -> bool:
        """Whether nothing is wrong with a session file; one that a room runs is taken for sound."""
        try:
            lock = FileLock(path)
        except (StoreUnavailable, OSError):
            return True
        with lock:
            try:
                opening.examine(path, self._key)
            except WorkshopError:
                return False
        return True

    def _is_ahead(self, path: Path, now: Claims) -> bool:
        of = opening.claims_of(path, self._key)
        return of is not None and of.session == self._session and (of.alive_ms, of.writes) > (now.alive_ms, now.writes)

    def finish_renewal(self, connection: Connection) -> None:
        """At the start: the last room may have been killed between destroying a key and removing what held it."""
        found = listed.find(self._path, self._session, self._key)
        # A whole rescue alone is no sign of that, and may be what somebody looks for.
        if any(kind == "snapshot" or not disk.is_there(each) for each, kind in found.items()):
            self.renew(connection)

    def take(self, connection: Connection) -> Callable[[], None]:
        """Copy the session as it is now into memory, and list what will be made of it.

        Returns:
            What writes it; may be called on another thread, and once.

        Raises:
            DBError: the file cannot be read.
        """
        memory = self._in_memory(connection)
        try:
            begun, target = self._outdated, self._next()
            self._note(target)
        except BaseException:
            memory.close()
            raise
        self.due = False

        def write() -> None:
            with self._writing, contextlib.closing(memory):
                if begun == self._outdated and self._wrote(memory, target):
                    self._remove(self.all()[:-KEPT])

        return write

    def renew(self, connection: Connection | None) -> None:
        """Make a new one of what is left, and remove every copy that is not ahead; what cannot be done now is due.

        Args:
            connection: The open file; None where it cannot be read: then the older ones go all the same.
        """
        with self._writing:
            self._outdated += 1
            made = None
            if connection is not None:
                with contextlib.suppress(DBError), contextlib.closing(self._in_memory(connection)) as memory:
                    target = self._next()
                    self._note(target)
                    made = target if self._wrote(memory, target) else None
            self.due = made is None
            found = listed.find(self._path, self._session, self._key)
            self._remove([each for each in found if each != made])

    def all(self) -> list[Path]:
        """Every snapshot of the session, oldest first, wherever one was made."""
        return listed.snapshots_of(self._path, self._session)

    def _in_memory(self, connection: Connection) -> Connection:
        memory = db.connect(None, self._key)
        try:
            connection.backup(memory)
            room.note_stop(memory)
        except BaseException:
            memory.close()
            raise
        return memory

    def _next(self) -> Path:
        """Where the next one goes."""
        last = max((int(each.stem.rpartition("-")[2]) for each in self.all()), default=0)
        return folder_now(self._path) / f"{tag_of(self._session)}-{last + 1:06}{ENDING}"

    def _wrote(self, memory: Connection, target: Path) -> bool:
        """Write a new snapshot; False where that could not be done, which is tried again with the next."""
        try:
            disk.private_folder(target.parent)
            if self._kept_key is not None:
                self._kept_key.give(target)
            copies.write(memory, target, self._key)
        except (DBError, OSError) as problem:
            log.warning("no snapshot could be written", extra={"why": type(problem).__name__})
            self.due = True
            return False
        return True

    def _remove(self, paths: Iterable[Path]) -> None:
        going = [each for each in paths if each not in self.ahead]
        if listed.remove(going, self._path, self._session, self._key):
            log.error("a copy could not be removed")
            self.due = True
