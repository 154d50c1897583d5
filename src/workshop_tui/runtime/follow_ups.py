"""The follow-up file beside a session file: read, and added to so that all of an answer is on disk or none of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from workshop_tui import whole_files
from workshop_tui.cycle import follow_up
from workshop_tui.cycle.files import cleaned, refused
from workshop_tui.cycle.follow_up import ENDING, FollowUp, Line
from workshop_tui.domain.events import NoteRequoted
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import FolderUnusable, StoreUnavailable
from workshop_tui.limits import CYCLE_FILE_BYTES
from workshop_tui.lock import FileLock
from workshop_tui.messages import Verbatim, tr
from workshop_tui.unwritten import unwritten, why

if TYPE_CHECKING:
    from workshop_tui.room.record import SessionRecord


def path_of(session: Path) -> Path:
    """Where the follow-up of a session is."""
    return session.with_name(f"{session.stem}{ENDING}")


def whose(path: Path) -> str:
    """The id of the session that a follow-up file is of, by its first line; empty where that does not say it."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.readline(CYCLE_FILE_BYTES), type=follow_up.Head).session
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""


def read(path: Path, session: str) -> FollowUp:
    """What was answered so far; nothing where there is no file yet.

    Args:
        path: The file.
        session: The id of the session whose it has to be.

    Raises:
        CycleFileError: it is damaged, or another session's.
        FolderUnusable: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(CYCLE_FILE_BYTES + 1)
    except FileNotFoundError:
        return FollowUp(session=session)
    except OSError as problem:
        raise FolderUnusable(
            tr("{file} cannot be read ({why}). Nothing was changed.", file=_said(path), why=why(problem)),
            advice=tr("Check who may read the file, and the disk."),
        ) from problem
    found = follow_up.read(data, path.name)
    if found.session != session:
        raise refused(path.name, tr("It is of another session."))
    return found


def append(path: Path, session: str, lines: Sequence[Line], *, after: str = "", once: bool = False) -> FollowUp:
    """Add lines at the end of a follow-up file; a power cut leaves it as it was or with all of them.

    Args:
        path: The file; made where it is not there.
        session: The id of the session.
        lines: What to add.
        after: The hash that the file has to end with, where somebody decided by what was in it; empty for any.
        once: Leave out what is in it already, but for the moment: whoever had to try again finds it noted.

    Raises:
        CycleFileError: the file is damaged, or a line cannot be taken; nothing was changed.
        StoreUnavailable: somebody else is adding to it now, or did since somebody looked.
        FolderUnusable: it cannot be written; nothing was changed.
    """
    try:
        with _locked(path):
            before = read(path, session)
            if after and before.head != after:
                raise StoreUnavailable(
                    tr("Something else was noted in {file} since you looked.", file=_said(path)),
                    advice=tr("Nothing was changed. Please look again."),
                )
            if once:
                noted = [_apart_from_when(each) for each in before.lines]
                lines = [each for each in lines if _apart_from_when(cleaned(each)) not in noted]
            if not lines:
                whole_files.sweep(path.parent, path.name.__eq__)
                return before
            longer = follow_up.added(before, lines)
            whole_files.write({path: lambda: (follow_up.write(longer),)}, over=True)
    except OSError as problem:
        raise unwritten(problem, path) from problem
    return longer


def _apart_from_when(line: Line) -> Line:
    return replace(line, seq=0, at=0, prev="", hash="")


def _locked(path: Path) -> FileLock:
    """The right to add to a file.

    Raises:
        StoreUnavailable: somebody else has it.
    """
    try:
        return FileLock(path)
    except StoreUnavailable as problem:
        raise StoreUnavailable(
            tr("Somebody else is writing to {file} now.", file=_said(path)), advice=tr("Please try again.")
        ) from problem


def note_withdrawn(session: Path, record: SessionRecord) -> None:
    """Keep in the follow-up which words were taken back, so that no export from before shows them in a picture.

    When each was taken back is not told: every line of this says when people left.

    Args:
        session: The session file.
        record: What is in it now.

    Raises:
        WorkshopError: as `append`.
    """
    path = path_of(session)
    gone = {row.key for row in record.contributions if row.gone == "withdrawn"}
    # Notes that repeated them: an export from before has them as they were.
    gone |= {f"{record.info.id}:{event.key}" for event in record.journal if isinstance(event, NoteRequoted)}
    if not gone:
        return
    known = {key for line in read(path, record.info.id).lines if line.what == "withdrawn" for key in line.keys}
    if fresh := tuple(sorted(gone - known)):
        at = record.state.ended_at or record.state.started_at or 0
        append(path, record.info.id, [Line(at=at, what="withdrawn", keys=fresh)])


def _said(path: Path) -> Verbatim:
    return Verbatim(clean_line(str(path)))
