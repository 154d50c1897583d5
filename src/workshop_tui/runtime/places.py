"""Where session files lie, and which one belongs to an agenda."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from workshop_tui.domain.text import clean_line
from workshop_tui.errors import (
    FolderUnusable,
    LockedSessionFile,
    NewerSessionFile,
    OlderSessionFile,
    WorkshopError,
    WrongKey,
)
from workshop_tui.messages import Text, Verbatim, tr
from workshop_tui.room.clock import local_day
from workshop_tui.runtime import running
from workshop_tui.settings import data_folder
from workshop_tui.storage.copy_names import ENDING, RESCUE, RESCUED, RESTORED, SNAPSHOTS, homes_of

if TYPE_CHECKING:
    from workshop_tui.room.record import SessionRecord
    from workshop_tui.runtime.passphrases import KeyRing
    from workshop_tui.storage.keys import FileKey


class Folder(Struct, frozen=True):
    """Where the sessions of an agenda lie."""

    path: Path
    why: Text
    """Why they do not lie beside the agenda, as a sentence; empty when they do."""


def folder_for(agenda: Path, shipped: bool) -> Folder:
    """The folder for the sessions of an agenda.

    Beside the agenda, unless the agenda is part of an installed package or its folder cannot be trusted with a
    session file: synced, remote, or not writable.
    """
    from workshop_tui.storage.folders import folder_problem

    beside = agenda.resolve().parent
    if shipped and "site-packages" in beside.parts:
        return Folder(data_folder(), tr("The agenda is part of the program."))
    if not os.access(beside, os.W_OK):
        return Folder(data_folder(), tr("The folder {folder} cannot be written to.", folder=Verbatim(str(beside))))
    # Asked about a file in it: the folder's own name may be the one that tells.
    problem = folder_problem(beside / f"session{ENDING}")
    if problem:
        why = tr(
            "The folder {folder} is no safe place for a session: {problem}.",
            folder=Verbatim(str(beside)),
            problem=problem,
        )
        return Folder(data_folder(), why)
    return Folder(beside, "")


def unsafe_words(written: Iterable[Path]) -> tuple[Text, ...]:
    """That files with people's words lie where programs copy them while they are written; nothing where none does.

    Args:
        written: The files; it is said once, of the first such folder.
    """
    from workshop_tui.storage.folders import folder_problem

    for path in dict.fromkeys(each.absolute() for each in written):
        if problem := folder_problem(path):
            folder = Verbatim(clean_line(str(path.parent)))
            return (
                tr("The folder {folder} is no safe place for people's words: {problem}.", folder=folder,
                   problem=problem),
                tr("Keep them in a folder on this computer's disk that no program copies."),
            )  # fmt: skip
    return ()


def new_path(folder: Path, agenda: Path) -> Path:
    """A name for a new session file that is not taken: agenda, local date and, from the second on, a number."""
    from workshop_tui.storage import key_file

    today = local_day()
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", agenda.stem).strip("-")[:60] or "session"
    path = folder / f"{stem}-{today.isoformat()}{ENDING}"
    number = 2
    while path.exists() or key_file.path_of(path).exists():
        path = folder / f"{stem}-{today.isoformat()}-{number}{ENDING}"
        number += 1
    return path


class Resumable(Struct, frozen=True):
    """What is there of a session to go on with."""

    path: Path
    original: Path
    """Its own file; the same where there is nothing wrong with that."""
    alive_ms: int = 0
    """When it was last written to, UTC milliseconds."""
    lines: int = 0
    """How many lines its journal has."""

    @property
    def is_snapshot(self) -> bool:
        """Whether it has to become a session file first."""
        return self.path.parent.suffix == SNAPSHOTS


def to_go_on_with(folder: Path, agenda: Path, ring: KeyRing) -> Resumable | None:
    """The session of this agenda to go on with: one that runs now, else the newest that has not ended; None for none.

    Where a session's own file is gone, damaged or older than what was saved of it, that is gone on with. A file that
    cannot be read is left alone.

    Raises:
        LockedSessionFile, WrongKey: there is a locked one, and nobody said what to do about it.
    """
    live = {run.session_path: run for run in running.find_all()}
    for path in _in_homes(folder, f"*{ENDING}"):
        run = live.get(str(path.resolve()))
        if run is not None and run.agenda_path == str(agenda.resolve()):
            return Resumable(path, path)
    for session, record in of_agenda(folder, agenda, ring, strict=True):
        if record.state.ended_at is None:
            return session
    return None


def of_agenda(
    folder: Path, agenda: Path, ring: KeyRing, *, strict: bool = False
) -> Iterator[tuple[Resumable, SessionRecord]]:
    """What was written last of each session of an agenda that no room runs, newest first, and what stands in it.

    What cannot be read is left alone; `strict` tells whether also what is locked and nobody can open now.
    """
    paths = [each for name in (f"*{ENDING}", f"*{SNAPSHOTS}/*{ENDING}") for each in _in_homes(folder, name)]
    live = {run.session for run in running.find_all()}
    return _newest(_found(folder, paths, agenda.name, ring, live, strict=strict), live, ring)


def _in_homes(folder: Path, name: str) -> list[Path]:
    return [each for home in homes_of(folder.resolve()) for each in home.glob(name)]


def saved_of(session: Path, ring: KeyRing, *, newer: bool) -> Resumable | None:
    """What was saved of a session, in place of its file; None where there is nothing sound.

    Args:
        session: The file.
        ring: Opens what is locked.
        newer: Whether it must be newer than what the file holds, where that can be read.
    """
    from workshop_tui.storage.opening import claims_of

    name = glob.escape(session.name)
    patterns = (f"{RESCUED}*-{name}", f"{RESTORED}*-{name}", f"{name}{SNAPSHOTS}/*{ENDING}")
    candidates = _found(session.parent, [each for to in patterns for each in _in_homes(session.parent, to)], "", ring)
    own = claims_of(session, _quietly(ring, session)) if newer and session.is_file() else None
    if own is not None:
        written = (own.alive_ms, own.writes)
        candidates = [each for each in candidates if each.written > written and each.session_id == own.session]
    return next((saved for saved, _ in _newest(candidates, set(), ring)), None)


def restored(session: Resumable, ring: KeyRing) -> Path:
    """The session file to go on with; a snapshot becomes one.

    Raises:
        FolderUnusable: it could not be written.
    """
    from workshop_tui.storage import copies

    if not session.is_snapshot:
        return session.path
    try:
        return copies.restore(session.path, session.original, ring.key_of(session.path))
    except OSError as problem:
        raise FolderUnusable(
            tr(
                "The second copy of “{name}” cannot be written to its folder ({strerror}).",
                name=Verbatim(session.original.name),
                strerror=Verbatim(str(problem.strerror)),
            ),
            advice=tr("Free some space there. The copy is “{path}”.", path=Verbatim(str(session.path))),
        ) from problem


class _Candidate(NamedTuple):
    written: tuple[int, int]
    """When it was last written to, and how often by then."""
    rank: int
    """Which to prefer of those that were written last: a session's own file, else a rescue, else a snapshot."""
    resumable: Resumable
    session_id: str


def _found(
    folder: Path,
    paths: Iterable[Path],
    agenda_name: str,
    ring: KeyRing,
    live: Collection[str] = (),
    *,
    strict: bool = False,
) -> list[_Candidate]:
    from workshop_tui.storage.opening import claims_of

    candidates: list[_Candidate] = []
    for path in paths:
        if not _is_wanted(path, agenda_name, live):
            continue
        found = claims_of(path, _quietly(ring, path, strict=strict))
        if found is None or agenda_name not in ("", found.agenda_name):
            continue
        rescued = RESCUE.fullmatch(path.name)
        original, rank = path, 2
        if path.parent.suffix == SNAPSHOTS:
            original, rank = folder / path.parent.name.removesuffix(SNAPSHOTS), 0
        elif rescued:
            original, rank = folder / rescued[1], 1
        if original != path and _is_of_another_time(original):
            continue
        resumable = Resumable(path, original, found.alive_ms, found.journal)
        candidates.append(_Candidate((found.alive_ms, found.writes), rank, resumable, found.session))
    return candidates


def _is_wanted(path: Path, agenda_name: str, live: Collection[str]) -> bool:
    """Whether to ask for the passphrase of a locked file: not where what lies beside it says that there is no need."""
    from workshop_tui.storage import key_file

    try:
        known = key_file.find(path)
    except WorkshopError:
        return True
    if known is None:
        return True
    meant = agenda_name in ("", known.agenda)
    return meant and known.session not in live and not (agenda_name and known.outside.finished)


def _quietly(ring: KeyRing, path: Path, *, strict: bool = False) -> FileKey | None:
    """What a file is locked with; None too where nobody opens it: then it cannot be read.

    Raises:
        LockedSessionFile, WrongKey: it is `strict`, the key is there, and nobody was asked or what was given is wrong.
    """
    from workshop_tui.storage import key_file

    try:
        return ring.key_of(path) if key_file.find(path) is not None else None
    except (LockedSessionFile, WrongKey):
        if strict and not ring.is_refused(path):
            raise
        return None
    except WorkshopError:
        return None


def _is_of_another_time(original: Path) -> bool:
    """Whether a session's file is in order, but of another version of this program: it may have gone on there."""
    from workshop_tui.storage.peeking import peek

    try:
        peek(original, None)
    except (NewerSessionFile, OlderSessionFile):
        return True
    except WorkshopError:
        return False
    return False


def _newest(candidates: list[_Candidate], done: set[str], ring: KeyRing) -> Iterator[tuple[Resumable, SessionRecord]]:
    """Of each session that is not `done` the newest that is sound."""
    from workshop_tui.storage.records import read_record

    for each in sorted(candidates, key=lambda each: (each.written, each.rank), reverse=True):
        if each.session_id in done:
            continue
        try:
            record = read_record(each.resumable.path, key=_quietly(ring, each.resumable.path))
        except WorkshopError:
            continue
        done.add(each.session_id)
        yield each.resumable, record
