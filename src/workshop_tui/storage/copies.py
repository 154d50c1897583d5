"""How the copies are made that the program makes of its own accord, and how one becomes a session file."""

from __future__ import annotations

import contextlib
import errno
import itertools
import logging
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from workshop_tui.errors import DamagedKeyFile, StoreUnavailable, WorkshopError
from workshop_tui.messages import Verbatim, tr
from workshop_tui.storage import db, disk, key_file, opening, words, writing
from workshop_tui.storage.contents import Contents
from workshop_tui.storage.copy_names import RESCUED, RESTORED, elsewhere, part_of
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.kept_key import KeptKey
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.making import write_whole
from workshop_tui.storage.tables import contribution, copy

log = logging.getLogger(__name__)


def rescue(path: Path, contents: Contents, key: FileKey | None, originals: Iterable[Path] = (),
           kept_key: KeptKey | None = None) -> Path | None:  # fmt: skip
    """Write what is known of a lost session under a free name beside it, or else in the user's data folder.

    Args:
        path: The file that was lost.
        contents: What is known.
        key: What it was locked with.
        originals: Those in whose place that one was.
        kept_key: Lays its key beside the new one.

    Returns:
        The new file; None where neither folder takes it.
    """
    for here in (True, False):
        try:
            target = _free(path.parent if here else disk.private_folder(elsewhere(path.parent)), RESCUED, path.name)
            if kept_key is not None:
                _give(kept_key, target)
            write_whole(target, contents, key, (path, *originals))
        except (WorkshopError, OSError) as problem:
            log.warning("no rescue in one of the folders", extra={"why": type(problem).__name__})
            continue
        return target
    return None


def _give(kept_key: KeptKey, target: Path) -> None:
    # Better a copy whose key lies beside the original alone than none.
    with contextlib.suppress(OSError):
        kept_key.give(target)


def write(memory: Connection, target: Path, key: FileKey | None) -> None:
    """Write a database in memory to a new file: whole, checked and on disk before it has its name.

    Raises:
        DBError: it could not be written, or does not pass its check.
        OSError: the same, or there is a file of that name.
    """
    part = part_of(target)
    with disk.whole_or_absent(part, target):
        with contextlib.closing(db.connect(part, key)) as file:
            # It is whole or it is thrown away: nothing has to be rolled back, and one fsync at the end is enough.
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                file.execute(f"PRAGMA {pragma}").fetchone()
            memory.backup(file)
        with opening.look_at(part, key) as file:
            if db.check(file, thorough=False):
                raise DBError("what was written does not read as it should")


def without_keys(source: Connection, target: Path, key: FileKey | None, without: Collection[str]) -> None:
    """Write a copy of an open session file to `target`, never over anything.

    Keys and whatever tells what is of one phone are taken out in memory, so that they never reach a second file; so is
    who of a vote that still runs is staff.

    Args:
        source: The open file.
        target: Where the copy goes.
        key: What the source is locked with; the copy is locked with the same. None for a plain one.
        without: Contributions whose words are not to be in it: no reader of a copy needs those for the day only.

    Raises:
        SessionFileError: there is something at `target`; it was not changed.
        StoreUnavailable: it could not be written; nothing was left.
    """
    # A link that leads nowhere is something too.
    if os.path.lexists(target):
        raise words.in_the_way(target)
    part = part_of(target)
    try:
        with disk.whole_or_absent(part, target), contextlib.closing(db.connect(None, key)) as memory:
            source.backup(memory)
            writing.redact(memory)
            contribution.leave_out(memory, without)
            # SQLite takes over an empty file, which keeps the permissions it was made with, and writes it with the key.
            memory.execute("VACUUM INTO ?", (os.fspath(part.absolute()),))
    except FileExistsError as problem:
        raise words.in_the_way(target) from problem
    except (DBError, OSError) as problem:
        raise StoreUnavailable(
            tr(
                "“{name}” was not written: {reason}. The session itself is safe.",
                name=Verbatim(target.name),
                reason=words.reason(problem),
            ),
            advice=tr("Free some space or choose another folder, then try again."),
        ) from problem


def restore(snapshot: Path, path: Path, key: FileKey | None = None) -> Path:
    """Let a snapshot be a session file, under the name that its session had or, where that is taken, another one.

    It says of itself in whose place it is, where anything is left of that.

    Raises:
        OSError: it could not be written.
    """
    folder = path.parent if os.access(path.parent, os.W_OK) else disk.private_folder(elsewhere(path.parent))
    target = folder / path.name
    # The log of a file that is gone would be taken for that of the new one.
    if target.exists() or any(disk.bytes_in(disk.beside(target, what)) for what in ("wal", "journal")):
        target = _free(folder, RESTORED, path.name)
    part = part_of(target)
    _lay_key(snapshot, path, target)
    with disk.whole_or_absent(part, target):
        shutil.copyfile(snapshot, part)
        if target != path:
            _note_original(part, path, key)
    return target


def _lay_key(snapshot: Path, path: Path, target: Path) -> None:
    """Lay the key of a session beside what is to be its file: its own where that is sound, else that of its copies."""
    for each in (path, snapshot):
        with contextlib.suppress(DamagedKeyFile):
            if (known := key_file.read(each)) is not None:
                if each != target:
                    key_file.write(target, known)
                return


def _note_original(part: Path, original: Path, key: FileKey | None) -> None:
    try:
        with contextlib.closing(db.connect(part, key)) as connection:
            copy.write(connection, original, "original")
            db.fold(connection, "TRUNCATE")
    except DBError as problem:
        raise OSError(errno.EIO, str(problem)) from problem


def _free(folder: Path, prefix: str, name: str) -> Path:
    names = (folder / f"{prefix}{n}-{name}" for n in itertools.count(1))
    return next(each for each in names if not each.exists())
