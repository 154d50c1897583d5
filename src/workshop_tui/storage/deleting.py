"""What belongs to a session file on disk, so that it can be deleted as a whole; the file itself need not be sound."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from workshop_tui.errors import FolderUnusable, NotASessionFile, StoreUnavailable, WorkshopError
from workshop_tui.lock import FileLock
from workshop_tui.messages import Sentences, Verbatim, tr
from workshop_tui.storage import disk, heads, key_file, listed, opening, words
from workshop_tui.storage.copy_names import SNAPSHOTS, folders_of, homes_of, originals_of
from workshop_tui.storage.db import DBError
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.peeking import peek
from workshop_tui.storage.table import DamagedTable
from workshop_tui.storage.tables import copy
from workshop_tui.storage.tables.copy import CopyKind
from workshop_tui.storage.tables.session import read_id
from workshop_tui.whole_files import sync_folder


class OnDisk(Struct, frozen=True, kw_only=True):
    """A session on disk."""

    session: Path
    id: str
    """Its random name; empty where the file cannot say it."""
    copies: tuple[Path, ...]
    """Copies that the program made, of which something is there; they may be begun only."""
    own: tuple[Path, ...]
    """The session file with what SQLite keeps beside it and what is remembered of it, as far as it is there, itself
    last."""
    keys: tuple[Path, ...] = ()
    """The key of a locked session, wherever it lies: once it is gone, nobody can read what else there is."""

    @property
    def is_foreign(self) -> bool:
        """Whether there is nothing but a file that this program never made."""
        if self.id or self.copies or any(each.suffix == heads.ENDING for each in self.own):
            return False
        try:
            peek(self.session, None)
        except NotASessionFile:
            return True
        except (WorkshopError, DBError):
            pass
        return False

    @property
    def paths(self) -> list[Path]:
        """Everything that is there, in the order in which it goes."""
        copied = [each for path in self.copies for each in listed.files_of(path) if disk.is_there(each)]
        return [*self.keys, *(each for each in (*copied, *self.own) if each not in self.keys)]


def find(session: Path, *, key: FileKey | None = None) -> OnDisk:
    """What there is of a session that no room has open; nothing at all is fine too.

    Raises:
        StoreUnavailable: a room has it open.
        FolderUnusable: its folder cannot be written to, or one of its copies is out of reach.
    """
    with _alone(session):
        id_, in_its_list = _told_by(session, key)
    is_read = bool(id_)
    id_ = id_ or listed.id_by_key(session)
    originals = {each for each, kind in in_its_list.items() if kind == "original"}
    originals |= set(originals_of(session)) if id_ else set()
    found = {each for of in (session, *originals) for each in listed.find(of, id_, key)} - {session, *originals}
    # Of a file that cannot be read only names tell what belongs to it.
    ours = [
        each
        for each in found
        if not disk.is_there(each) or not id_ or listed.is_of_session(each, id_, key)
        or (not is_read and listed.is_locked_without_key(each))
    ]  # fmt: skip
    try:
        ours += [
            each
            for each in {*in_its_list, *originals}
            if each not in found
            and each != session
            and (listed.is_of_original if each in originals else listed.is_ours_to_remove)(each, id_, key)
        ]
    except OSError as problem:
        raise FolderUnusable(
            tr(
                "A copy of “{name}” lies in a folder that cannot be looked into ({reason}). Nothing was deleted.",
                name=Verbatim(session.name),
                reason=words.reason(problem),
            ),
            advice=tr("Make the folder readable and try again: what belongs together is deleted together."),
        ) from problem
    remembered = heads.all_of(session, id_, [*ours, *in_its_list, *originals])
    copies = tuple(sorted(filter(listed.is_left_of, ours)))
    named = {each for path in copies for each in listed.files_of(path)}
    keys = [
        *(each for path in (*copies, session) for each in listed.keys_of(path)),
        *key_file.all_of_snapshots(session, id_, [*ours, *in_its_list, *originals]),
    ]
    return OnDisk(
        keys=tuple(dict.fromkeys(filter(disk.is_there, keys))),
        session=session,
        id=id_,
        copies=copies,
        own=tuple(
            each for each in (*remembered, *listed.files_of(session)) if each not in named and disk.is_there(each)
        ),
    )


def delete(stored: OnDisk, others: Sequence[Path], folders: Iterable[Path]) -> dict[Path, Sentences]:
    """Delete keys, then copies, then what else belongs to the session, and only when all is gone the session file.

    Without any key nothing else of it can be read, wherever bytes of it still lie. Until its end the file
    can say what is still to be deleted. Links are never followed.

    Args:
        stored: What was found.
        others: Files that other parts of the program made of this session.
        folders: Those to be removed if nothing is left in them.

    Returns:
        Why, by path, for each that is still there.

    Raises:
        StoreUnavailable: a room has the session open.
        FolderUnusable: its folder cannot be written to.
    """
    with _alone(stored.session):
        left: dict[Path, Sentences] = _unlinked(stored.keys)
        if left:
            return left
        for path in stored.copies:
            try:
                with _alone(path):
                    left |= _unlinked(listed.files_of(path))
            except (StoreUnavailable, FolderUnusable) as problem:
                left[path] = problem.message
        left |= _unlinked(others)
        left = left or _unlinked(stored.own)
        emptied = {each.parent for each in (*stored.copies, *stored.own) if each.parent.suffix == SNAPSHOTS}
        homes = homes_of(stored.session.parent)[1:]
        for folder in (*folders_of(stored.session), *emptied, *homes, *folders):
            # What people put there stays, and the folder with it.
            with contextlib.suppress(OSError):
                folder.rmdir()
        return left


def _unlinked(paths: Iterable[Path]) -> dict[Path, Sentences]:
    left: dict[Path, Sentences] = {}
    changed = set()
    for path in paths:
        try:
            path.unlink()
            changed.add(path.parent)
        except FileNotFoundError:
            continue
        except OSError as problem:
            left[path] = words.reason(problem)
    for folder in changed:
        sync_folder(folder)
    return left


def _told_by(session: Path, key: FileKey | None) -> tuple[str, dict[Path, CopyKind]]:
    """The session's name and its list of copies, as far as the file can say them."""
    if not session.is_file():
        return "", {}
    try:
        with opening.look_at(session, key) as connection:
            return read_id(connection), copy.read(connection)
    except (DBError, DamagedTable):
        return "", {}


def _alone(path: Path) -> AbstractContextManager[object]:
    if not path.parent.is_dir():
        # Nothing can be locked in a folder that is gone.
        return contextlib.nullcontext()
    try:
        return FileLock(path)
    except OSError as problem:
        raise words.not_deleted(path, words.reason(problem)) from problem
