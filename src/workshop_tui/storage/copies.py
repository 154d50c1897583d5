"""Copies that the program makes of its own accord: where they lie, how one is made, and how one goes.

Nothing else makes or removes one, so that there is one place that knows of all of them.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import itertools
import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from workshop_tui.errors import FolderUnusable, WorkshopError
from workshop_tui.settings import data_folder
from workshop_tui.storage import db, opening
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.opening import Contents
from workshop_tui.storage.whole import write_whole

log = logging.getLogger(__name__)

RESCUED: Final = "rescued-"
"""How the names of files begin that were written when a session file was lost."""

RESTORED: Final = "restored-"
"""How the names of session files begin that were a snapshot."""

SNAPSHOTS: Final = ".snapshots"
"""How the name of the folder ends that lies beside a session file and holds its snapshots."""

ENDING: Final = ".workshop"

_ID: Final = re.compile("[0-9a-f]{16}")
_RESCUED: Final = re.compile(r"rescued-\d+-.+")


def rescue(path: Path, contents: Contents, key: FileKey | None) -> Path | None:
    """Write what is known of a lost session under a free name beside it, or else in the user's data folder.

    Returns:
        The new file; None where neither folder takes it.
    """
    for here in (True, False):
        try:
            target = _free(path.parent if here else made(elsewhere(path.parent)), RESCUED, path.name)
            write_whole(target, contents, key)
        except (WorkshopError, OSError) as problem:
            log.warning("no rescue in one of the folders", extra={"why": type(problem).__name__})
            continue
        return target
    return None


def write(memory: Connection, target: Path, key: FileKey | None) -> None:
    """Write a database in memory to a new file: whole, checked and on disk before it has its name.

    Raises:
        DBError: it could not be written, or does not pass its check.
        OSError: the same, or there is a file of that name.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        db.remove(part)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        file = db.connect(part, key)
        try:
            # It is whole or it is thrown away: nothing has to be rolled back, and one fsync at the end is enough.
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                file.execute(f"PRAGMA {pragma}").fetchone()
            memory.backup(file)
        finally:
            file.close()
        db.sync_file(part)
        _check(part, key)
        db.give_name(part, target)
        db.sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            db.remove(part)


def restore(snapshot: Path, path: Path) -> Path:
    """Let a snapshot be a session file, under the name that its session had or, where that is taken, another one.

    Raises:
        OSError: it could not be written.
    """
    folder = path.parent if os.access(path.parent, os.W_OK) else made(elsewhere(path.parent))
    target = folder / path.name
    if target.exists():
        target = _free(folder, RESTORED, path.name)
    part = target.with_name(f".{target.name}.part")
    try:
        db.remove(part)
        with (
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to,
            snapshot.open("rb") as of,
        ):
            shutil.copyfileobj(of, to)
        db.sync_file(part)
        db.give_name(part, target)
        db.sync_folder(folder)
    finally:
        with contextlib.suppress(OSError):
            db.remove(part)
    return target


def remove(paths: Iterable[Path]) -> None:
    """Remove copies, and what SQLite may have left beside them, so that no power cut brings one back.

    Raises:
        OSError: something of one is still there; the others are gone.
    """
    problem: OSError | None = None
    folders = set()
    for path in paths:
        try:
            db.remove(path)
            folders.add(path.parent)
        except OSError as found:
            problem = found
    for folder in folders:
        db.sync_folder(folder)
    if problem is not None:
        raise problem


def tag_of(session: str) -> str:
    """A session's id as it stands in the names of its copies: a file says its id, and may say anything."""
    return session if _ID.fullmatch(session) else hashlib.sha256(session.encode()).hexdigest()[:16]


def snapshots_of(path: Path, session: str) -> list[Path]:
    """Every snapshot of a session, oldest first, whichever of its files it was made of."""
    found = [each for home in homes_of(path.parent) for each in home.glob(f"*{SNAPSHOTS}/{tag_of(session)}-*{ENDING}")]
    return sorted(found, key=lambda each: each.name)


def parts_of(path: Path, session: str) -> Iterator[Path]:
    """What a room that was killed left of copies that it had begun."""
    for home in homes_of(path.parent):
        yield from home.glob(f"*{SNAPSHOTS}/.{tag_of(session)}-*{ENDING}.part")
        yield from home.glob(f".{RESCUED}*-{glob.escape(path.name)}.part")


def rescues_of(path: Path, session: str, key: FileKey | None) -> Iterator[Path]:
    """Every rescue of a session but the one that is its file now. What does not open with the key is left alone."""
    for home in homes_of(path.parent):
        for each in home.glob(f"{RESCUED}*{ENDING}"):
            found = opening.find_in(each, key) if each != path and _RESCUED.fullmatch(each.name) else None
            if found is not None and found.session == session:
                yield each


def homes_of(folder: Path) -> list[Path]:
    """Where copies of sessions in a folder may lie: there, and in the user's data folder."""
    with contextlib.suppress(FolderUnusable):
        return [folder, elsewhere(folder)]
    return [folder]


def elsewhere(folder: Path) -> Path:
    """Where copies of sessions in a folder lie while they cannot lie there; another place for each folder.

    Raises:
        FolderUnusable: the user has no data folder, and none can be made.
    """
    return data_folder() / hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]


def made(folder: Path) -> Path:
    """A folder that nobody else may look into, made where it is not there.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _check(path: Path, key: FileKey | None) -> None:
    with opening.look_at(path, key) as connection:
        if db.check(connection, thorough=False):
            raise DBError("what was written does not read as it should")


def _free(folder: Path, prefix: str, name: str) -> Path:
    names = (folder / f"{prefix}{n}-{name}" for n in itertools.count(1))
    return next(each for each in names if not each.exists())
