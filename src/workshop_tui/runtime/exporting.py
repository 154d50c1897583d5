"""Reports from a session, whether its room runs or not."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from workshop_tui.domain.commands import NoteIssued
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import FolderUnusable, WorkshopError
from workshop_tui.messages import Sentences, Verbatim, as_tuple, tr
from workshop_tui.protocol import paths
from workshop_tui.protocol.answers import CopyAsked, ExportAsked, Exported
from workshop_tui.room.clock import SYSTEM
from workshop_tui.runtime import follow_ups, left_copies, running, seen
from workshop_tui.settings import runtime_folder

if TYPE_CHECKING:
    from workshop_tui.room.ports import Clock
    from workshop_tui.room.record import SessionRecord
    from workshop_tui.room.room import Room
    from workshop_tui.runtime.passphrases import KeyRing
    from workshop_tui.storage.keys import FileKey


def export_folder(session: Path) -> Path:
    """Where the reports of a session lie when nobody says otherwise: beside it, named after it."""
    return session.parent / "exports" / session.stem


def export_folders(session: Path) -> list[Path]:
    """That folder and its later versions, those that are there; not those of a session whose name begins alike."""
    there = export_folder(session).parent
    return sorted(each for each in (there.iterdir() if there.is_dir() else ()) if is_export_folder(session, each.name))


def is_export_folder(session: Path, name: str) -> bool:
    """Whether a folder of this name is that of a session's reports, or of a later version of them."""
    return bool(re.fullmatch(rf"{re.escape(export_folder(session).name)}(-version-\d+)?", name))


def session_meant(session: Path) -> Path:
    """The session file a person means: the one at that path, else that of the running workshop of that name."""
    if session.exists():
        return session
    try:
        return Path(running.find(str(session)).session_path)
    except WorkshopError:
        return session


def write_reports(
    record: SessionRecord, to: Path, only: Sequence[str] = (), *, numbered: bool = False, session: Path | None = None
) -> list[Path]:
    """Write the reports of one session; whole or not at all, and never over something else.

    Args:
        record: The session.
        to: The folder.
        only: Formats; none for all.
        numbered: Where other reports lie there, write to the next version of the folder.
        session: Its file; what was answered since lies beside it. Where that cannot be read, the reports say so. None
            for a session of which nothing was answered.

    Raises:
        InputError: a format is unknown, or other reports lie there already and it is not `numbered`.
        FolderUnusable: the folder cannot be written to.
    """
    from workshop_tui.exports.files import export
    from workshop_tui.kinds.registry import KINDS

    followed = None
    try:
        if session is not None:
            followed = follow_ups.read(follow_ups.path_of(session), record.info.id)
    except WorkshopError as problem:
        record = msgspec.structs.replace(record, damage=(*record.damage, *as_tuple(problem.message)))
    return export(record, KINDS, to, only, numbered=numbered, followed=followed)


async def export_running(room: Room, session: Path, asked: ExportAsked, key: FileKey | None = None) -> Exported:
    """Write the reports of a running session, from a copy, away from the event loop."""
    with _copies() as folder:
        copy = folder / session.name
        await room.copy_to(copy)

        def write() -> tuple[list[Path], WorkshopError | None]:
            # What this computer remembers of the file's journal is not in a copy.
            record = msgspec.structs.replace(read_session(copy, key, room.clock), damage=room.damage)
            to = Path(asked.to).expanduser() if asked.to else export_folder(session)
            written = write_reports(record, to, asked.only, numbered=not asked.to, session=session)
            return written, _noted_withdrawn(session, record, written)

        files, problem = await asyncio.to_thread(write)
    with contextlib.suppress(WorkshopError):
        # A session that cannot be written to now says so by itself; the files are there all the same.
        await room.submit(noted(files, room.clock.now_ms()))
    if problem is not None:
        raise problem
    return Exported(folder=str(files[0].parent), files=tuple(path.name for path in files))


def taken_back_in(room: Room) -> int:
    """How many texts were taken back of a session of which files were written: those may still have them."""
    rows = room.tables.contributions.values()
    return sum(row.gone == "withdrawn" for row in rows) if room.tables.issued() else 0


async def note_taken_back(room: Room, session: Path, key: FileKey | None = None) -> None:
    """Keep beside a running session what was taken back, so that no record that was written before shows it.

    Whoever takes words back by a phone or a page does not come by here: the room looks for it.

    Raises:
        WorkshopError: as `follow_ups.append`.
    """
    with _copies() as folder:
        copy = folder / session.name
        await room.copy_to(copy)

        def note() -> None:
            seen.forget()
            follow_ups.note_withdrawn(session, read_session(copy, key, room.clock))

        await asyncio.to_thread(note)


def noted(files: Sequence[Path], at: int = 0) -> NoteIssued:
    """That these files were written, to be kept in the session."""
    return NoteIssued(
        at=at, who="room", folder=str(files[0].parent.absolute()), names=tuple(each.name for each in files)
    )


def note_issued(session: Path, files: Sequence[Path], ring: KeyRing, clock: Clock = SYSTEM) -> Sentences:
    """Keep in a session which files were written out of it, whether it runs or not.

    Returns:
        Why that could not be done, in sentences; empty when it was.
    """
    from workshop_tui.runtime import withdrawing

    try:
        run = running.room_of(session)
        if run is not None:
            running.ask(run, "POST", paths.COMMAND, noted(files))
        else:
            withdrawing.give(session, noted(files), ring, clock)
    except WorkshopError as problem:
        told = tr("The session does not know of these files: list them when somebody takes their words back.")
        return (told, *as_tuple(problem.message))
    return ""


@contextmanager
def _copies() -> Iterator[Path]:
    """A folder for one copy, gone at the end of the block."""
    left_copies.remove()
    with tempfile.TemporaryDirectory(dir=runtime_folder(), prefix=f"copy-{os.getpid()}-") as folder:
        yield Path(folder)


def read_session(path: Path, key: FileKey | None = None, clock: Clock = SYSTEM) -> SessionRecord:
    """What may be read now of a session in a file that no room has: every reader comes this way.

    Args:
        path: The file.
        key: What it is locked with; None for a plain one.
        clock: Says which moment it is.

    Raises:
        SessionFileError: the file cannot be used.
        StoreUnavailable: it cannot be read now.
    """
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.room.record import as_it_may_be_read
    from workshop_tui.storage.records import read_record

    return as_it_may_be_read(read_record(path, key=key, kinds=KINDS), KINDS, clock.now_ms())


@contextmanager
def session_record(session: Path, ring: KeyRing, clock: Clock = SYSTEM) -> Iterator[SessionRecord]:
    """A session as one value: asked from its room when it runs, read from its file otherwise.

    Args:
        session: Its file.
        ring: Opens it where it is locked: what a running room copies is locked too.
        clock: Says which moment it is.

    Raises:
        SessionFileError: the file cannot be used.
        StoreUnavailable: the room could not copy it.
    """
    run = running.room_of(session)
    key = ring.key_of(session) if session.exists() else None
    if run is None:
        yield read_session(session, key, clock)
        return
    with _copies() as folder:
        copy = folder / session.name
        running.ask(run, "POST", paths.COPY, CopyAsked(str(copy)))
        damage = running.about_file(run).damage
        yield msgspec.structs.replace(read_session(copy, key, clock), damage=damage)


class Written(Struct, frozen=True):
    """What was exported of a session."""

    files: tuple[Path, ...]
    left_out: Sentences
    """What could not be read of it; empty for nothing."""
    untold: Sentences
    """Why the session does not know of these files; empty where it does."""


def export(
    session: Path, ring: KeyRing, to: Path | None = None, only: Sequence[str] = (), clock: Clock = SYSTEM
) -> Written:
    """Write the reports of a session, whether it runs or not, and let it know of them.

    Args:
        session: Its file.
        ring: Opens it where it is locked.
        to: The folder; None for the one beside the session, or its next version.
        only: Formats; none for all.
        clock: Says which moment it is.

    Raises:
        WorkshopError: it cannot be read, or the folder cannot be written to.
    """
    with session_record(session, ring, clock) as record:
        files = write_reports(record, to or export_folder(session), only, numbered=to is None, session=session)
        problem = _noted_withdrawn(session, record, files)
        left_out = record.left_out
    untold = note_issued(session, files, ring, clock)
    if problem is not None:
        raise problem
    return Written(tuple(files), left_out, untold)


def _noted_withdrawn(session: Path, record: SessionRecord, files: Sequence[Path]) -> WorkshopError | None:
    """Keep beside a session what was taken back; what to say where that fails although the reports are written."""
    try:
        follow_ups.note_withdrawn(session, record)
    except WorkshopError as problem:
        return FolderUnusable(
            (
                tr("The reports are in {folder}.", folder=Verbatim(clean_line(str(files[0].parent)))),
                tr("What was taken back since could not be noted beside the session: a record over it may show it."),
                *as_tuple(problem.message),
            ),
            advice=problem.advice,
        )
    return None
