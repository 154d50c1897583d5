"""Every copy of a session that the program made: listed before it is written, and found again to be removed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from workshop_tui.errors import StoreUnavailable
from workshop_tui.storage import db
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.lock import FileLock, lock_path
from workshop_tui.storage.peeking import may_be_session
from workshop_tui.storage.tables import copy
from workshop_tui.storage.tables.copy import CopyKind

RESCUED: Final = "rescued-"
"""How the names of copies begin that were made when somebody moved the file away."""

BESIDE: Final = ("wal", "shm", "journal")
"""What SQLite keeps beside a file that it writes."""


_ADDED: Final = r"(\.part|\.lock|-(wal|shm|journal))*"
"""What stands behind the name of a file in the names of those that belong to it."""


def part_of(target: Path) -> Path:
    """The name that a copy, or a new session file, has while it is written."""
    return target.with_name(f".{target.name}.part")


def snapshots_of(session: Path) -> Path:
    """The folder of a session's snapshots."""
    return session.with_name(f"{session.name}.snapshots")


def note(connection: Connection, path: Path, kind: CopyKind) -> None:
    """List a copy that is about to be written; those made for reports that are gone by now leave the list.

    Raises:
        DBError: it could not be listed; then it must not be made.
    """
    listed = copy.read(connection)
    gone = [each for each, what in listed.items() if what == "export" and each != path and not is_there(each)]
    if path in listed and not gone:
        return
    with db.transaction(connection):
        copy.forget(connection, gone)
        copy.write(connection, path, kind)


def beside(session: Path) -> dict[Path, CopyKind]:
    """The copies that lie beside a session file under names that the program gives, written whole or begun."""
    rescued = re.compile(rf"\.?({RESCUED}\d+-{re.escape(session.name)}){_ADDED}")
    found: dict[Path, CopyKind] = {}
    for each in _names_in(session.parent):
        if match := rescued.fullmatch(each):
            found[session.with_name(match[1])] = "rescue"
    folder = snapshots_of(session)
    if not folder.is_symlink():
        ending = re.compile(rf"\.?(.+?){_ADDED}")
        for each in _names_in(folder):
            if match := ending.fullmatch(each):
                found[folder / match[1]] = "snapshot"
    return found


def remove(
    found: Collection[Path], session: Path, session_id: str, key: FileKey | None, *, in_use: Collection[Path] = ()
) -> dict[Path, str]:
    """Remove copies, and what lies beside them while they are written.

    Args:
        found: Their paths; those where nothing of this session lies any more are fine.
        session: The session file, which is never removed whatever the list says.
        session_id: The session's id.
        key: What the session is locked with.
        in_use: Those that may be removed although a program reads them.

    Returns:
        Why, by path, for each that is still there.
    """
    left: dict[Path, str] = {}
    folders = set()
    for path in found:
        try:
            if path == session or not is_ours_to_remove(path, session_id, key):
                continue
            with contextlib.nullcontext() if path in in_use else _alone(path):
                for each in files_of(path):
                    each.unlink(missing_ok=True)
        except StoreUnavailable:
            left[path] = "a room has it open"
        except OSError as problem:
            left[path] = (problem.strerror or type(problem).__name__).lower()
        else:
            folders.add(path.parent)
    for folder in folders:
        # A folder that is gone took its names along.
        with contextlib.suppress(FileNotFoundError):
            db.sync_folder(folder)
    return left


def files_of(path: Path) -> Iterator[Path]:
    """Every name that a copy may have left something under; its own last, so that it is found until all are gone."""
    yield lock_path(path)
    for each in (part_of(path), path):
        yield from (db.beside(each, what) for what in BESIDE)
        yield each


def is_of_session(path: Path, session_id: str, key: FileKey | None) -> bool:
    """Whether a file is a copy of this session, or a damaged one that can be nothing else."""
    try:
        connection = db.connect(path, key, query="mode=ro&immutable=1")
        try:
            row = connection.execute("SELECT id FROM session").fetchone()
        finally:
            connection.close()
    except DBError:
        return may_be_session(path, key)
    return row is not None and row[0] == session_id


def is_ours_to_remove(path: Path, session_id: str, key: FileKey | None) -> bool:
    """Whether a copy lies there, or only what was to become one; what somebody put in its place stays."""
    if not is_there(path):
        return True
    return not path.is_symlink() and path.is_file() and is_of_session(path, session_id, key)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Remove nothing that a room runs: somebody may have gone on with a copy."""
    if not is_there(path):
        yield
        return
    lock = FileLock(path)
    try:
        yield
    finally:
        lock.release()


def is_there(path: Path) -> bool:
    """Whether something has this name, be it a link to nowhere; where nobody may look, it may well be."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except OSError:
        return []
