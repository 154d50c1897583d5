"""Every copy of a session that the program made: listed before it is written, found again, and removed.

Nothing else finds or removes one, so that there is one place that knows of all of them.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from workshop_tui.errors import DamagedKeyFile, StoreUnavailable
from workshop_tui.lock import FileLock, lock_path
from workshop_tui.messages import Text, tr
from workshop_tui.storage import db, disk, heads, key_file, words
from workshop_tui.storage.copy_names import (
    ENDING,
    RESCUED,
    RESTORED,
    SNAPSHOTS,
    folders_of,
    homes_of,
    originals_of,
    part_of,
    tag_of,
)
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.peeking import may_be_locked, may_be_session
from workshop_tui.storage.tables import copy
from workshop_tui.storage.tables.copy import CopyKind
from workshop_tui.storage.tables.session import read_id
from workshop_tui.whole_files import sync_folder

_ADDED: Final = r"(?:\.part|\.lock|\.key|-(?:wal|shm|journal))*"
"""What stands behind the name of a file in the names of those that belong to it."""

_BEGUN: Final = re.compile(rf"\.?(.+?){_ADDED}")
_RESCUE: Final = re.compile(rf"\.?((?:{RESCUED}|{RESTORED})\d+-.+?){_ADDED}")
_SNAPSHOT: Final = re.compile(rf"([0-9a-f]{{16}})-\d+{re.escape(ENDING)}")


_TAGGED: Final = re.compile(r"([0-9a-f]{16})[-.]")


def note(connection: Connection, path: Path, kind: CopyKind) -> None:
    """List a copy that is about to be written; those that are gone by now leave the list.

    Raises:
        DBError: it could not be listed.
    """
    listed = copy.read(connection)
    # A snapshot that is listed may be about to be written, on another thread; one after the other.
    settled = [
        each
        for each, what in listed.items()
        if each != path and what != "original" and (what != "snapshot" or kind == what)
    ]
    gone = [each for each in settled if not is_left_of(each)]
    if listed.get(path) == kind and not gone:
        return
    with db.transaction(connection):
        copy.forget(connection, gone)
        copy.write(connection, path, kind)


def find(session: Path, session_id: str, key: FileKey | None) -> dict[Path, CopyKind]:
    """The copies of a session that lie under names which the program gives, written whole or begun.

    Args:
        session: Its file, which may be gone.
        session_id: Its id: finds what was made of another file of the session too, and leaves out what is by its name
            of another session. Empty where nobody knows it: then the file's name alone tells.
        key: What the session is locked with.
    """
    found: dict[Path, CopyKind] = {}
    for home in homes_of(session.parent):
        for name in _names_in(home):
            if name.endswith(SNAPSHOTS):
                found |= dict.fromkeys(_snapshots_in(home / name, session, session_id), "snapshot")
            elif (match := _RESCUE.fullmatch(name)) and (path := home / match[1]) != session:
                of_this_file = session.name in [each.name for each in originals_of(path)]
                if of_this_file or (path.suffix == ENDING and session_id and _id_in(path, key) == session_id):
                    found[path] = "rescue"
    return found


def _snapshots_in(folder: Path, session: Path, session_id: str) -> Iterator[Path]:
    if folder.is_symlink():
        return
    of = folder.with_name(folder.name.removesuffix(SNAPSHOTS))
    of_this_file = session.name in (of.name, *(each.name for each in originals_of(of)))
    for name in map(_file_of, [each for each in _names_in(folder) if key_file.ENDING not in each]):
        named = _SNAPSHOT.fullmatch(name)
        if named and session_id:
            ours = named[1] == tag_of(session_id)
        else:
            ours = of_this_file and not name.endswith(heads.ENDING)
        if ours:
            yield folder / name


def snapshots_of(session: Path, session_id: str) -> list[Path]:
    """Every whole snapshot of a session, oldest first, whichever of its files it was made of."""
    pattern = f"*{SNAPSHOTS}/{tag_of(session_id)}-*{ENDING}"
    found = [each for home in homes_of(session.parent) for each in home.glob(pattern) if not each.parent.is_symlink()]
    return sorted(found, key=lambda each: each.name)


def remove(
    found: Collection[Path],
    session: Path,
    session_id: str,
    key: FileKey | None,
    *,
    in_use: Collection[Path] = (),
    newer: Collection[Path] = (),
    originals: Collection[Path] = (),
) -> dict[Path, Text]:
    """Remove copies, and what lies beside them while they are written.

    Args:
        found: Their paths; those where nothing of this session lies any more are fine.
        session: The session file, which is never removed whatever the list says.
        session_id: The session's id.
        key: What the session is locked with.
        in_use: Those that may be removed although a program reads them.
        newer: Those that hold more than the session file: they stay as long as they are there.
        originals: Those in whose place the session file is: they may be damaged beyond recognition, or gone but for
            their logs.

    Returns:
        Why, by path, for each that is still there.
    """
    left: dict[Path, Text] = {}
    folders = set()
    for path in found:
        try:
            original = path in originals
            ours = (is_of_original if original else is_ours_to_remove)(path, session_id, key)
            if path == session or not (ours or (original and _is_no_database(path))):
                continue
            if path in newer and disk.is_there(path):
                left[path] = tr("it holds more than this file")
                continue
            # No room runs a snapshot, and on a full disk there is no place for a lock.
            free = path in in_use or path.parent.suffix == SNAPSHOTS
            with contextlib.nullcontext() if free else _alone(path):
                for each in files_of(path):
                    if ours or each != path:
                        each.unlink(missing_ok=True)
        except StoreUnavailable:
            left[path] = tr("a room has it open")
        except OSError as problem:
            left[path] = words.reason(problem)
        else:
            folders.add(path.parent)
    for folder in folders:
        # A folder that is gone took its names along.
        with contextlib.suppress(FileNotFoundError):
            sync_folder(folder)
    return left


def files_of(path: Path) -> Iterator[Path]:
    """Every name that a copy may have left something under; its own last, so that it is found until all are gone."""
    # The snapshots of a session have one key together, which is none of one of them.
    yield from keys_of(path)
    yield lock_path(path)
    for each in (part_of(path), path):
        yield from (disk.beside(each, what) for what in disk.BESIDE)
        yield each


def keys_of(path: Path) -> tuple[Path, ...]:
    """Where the key of a session file, or of a copy that is none of its snapshots, lies, written or begun."""
    return () if path.parent.suffix == SNAPSHOTS else (key_file.begun_at(path), key_file.path_of(path))


def is_left_of(path: Path) -> bool:
    """Whether anything of a copy is there, be it only begun."""
    return any(map(disk.is_there, files_of(path)))


def is_of_session(path: Path, session_id: str, key: FileKey | None) -> bool:
    """Whether a file is a copy of this session, or a damaged one that can be nothing else."""
    named = _SNAPSHOT.fullmatch(path.name) if path.parent.suffix == SNAPSHOTS else None
    if named and named[1] == tag_of(session_id):
        return True
    said = _id_in(path, key)
    return may_be_session(path, key) if said is None else said == session_id


def id_by_key(session: Path) -> str:
    """The name of a locked session by its key file or, where that is gone already, by its snapshots; else empty."""
    with contextlib.suppress(DamagedKeyFile):
        if (known := key_file.read(session)) is not None:
            return known.session
    if not session.is_file() or not may_be_locked(session):
        return ""
    tags = {name[1] for folder in folders_of(session) for each in _names_in(folder) if (name := _TAGGED.match(each))}
    return tags.pop() if len(tags) == 1 else ""


def is_locked_without_key(path: Path) -> bool:
    """Whether a copy is locked for good: its name alone tells then what it was of."""
    return may_be_locked(path) and not key_file.path_of(path).exists()


def with_keys(session: Path, session_id: str) -> Iterator[Path]:
    """A copy for each key file of a session beside its own, wherever one lies."""
    copied = find(session, session_id, None)
    for each in key_file.all_of_snapshots(session, session_id, copied):
        yield each.with_name(f"{each.name.removeprefix('.').partition('.')[0]}-0{ENDING}")
    for path, kind in copied.items():
        if kind == "rescue" and any(map(disk.is_there, keys_of(path))):
            yield path


def _id_in(path: Path, key: FileKey | None) -> str | None:
    """The session that a file says it is of; None where it cannot be read, and no key file beside it says so."""
    if key is None:
        with contextlib.suppress(DamagedKeyFile):
            if (known := key_file.read(path)) is not None:
                return known.session
    try:
        with contextlib.closing(db.connect(path, key, query="mode=ro&immutable=1")) as connection:
            return read_id(connection)
    except DBError:
        return None


def _file_of(name: str) -> str:
    """The file that a name belongs to, be it that of its lock or of what it was while it was written."""
    match = _BEGUN.fullmatch(name)
    return match[1] if match else name


def is_ours_to_remove(path: Path, session_id: str, key: FileKey | None) -> bool:
    """Whether a copy lies there, or only what was to become one; what somebody put in its place stays."""
    if not disk.is_there(path):
        return True
    return not path.is_symlink() and path.is_file() and is_of_session(path, session_id, key)


def is_of_original(path: Path, session_id: str, key: FileKey | None) -> bool:
    """Whether this lies where a session's file was, and is what became of it: its own, or too damaged to be read."""
    if not disk.is_there(path):
        return True
    if path.is_symlink() or not path.is_file():
        return False
    said = _id_in(path, key)
    if said is not None:
        return said == session_id
    # A file of pages without a readable beginning; what somebody wrote is hardly ever of such a length.
    size = disk.bytes_in(path)
    pages = size > 0 and size % db.PAGE_BYTES == 0 and _is_no_database(path)
    return pages or may_be_session(path, key)


def _is_no_database(path: Path) -> bool:
    """Whether a file begins in another way than those of SQLite, so that no log beside it can be its own."""
    try:
        with path.open("rb") as file:
            return file.read(16) != db.MAGIC
    except OSError:
        return False


def _alone(path: Path) -> AbstractContextManager[object]:
    """Remove nothing that a room runs: somebody may have gone on with a copy."""
    there = disk.is_there(path) or disk.is_there(lock_path(path))
    return FileLock(path) if there else contextlib.nullcontext()


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except OSError:
        return []
