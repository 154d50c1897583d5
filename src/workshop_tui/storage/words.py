"""What the product says about a session file that cannot be used or written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from workshop_tui.errors import (
    DamagedSessionFile,
    FileLost,
    FolderUnusable,
    NotASessionFile,
    SessionFileError,
    StoreUnavailable,
)
from workshop_tui.messages import Message, Sentences, Text, Verbatim, as_tuple, tr
from workshop_tui.storage.db import CORRUPT, NOTADB, primary_code

ERROR, BUSY, NOMEM, READONLY, IOERR, FULL, CANTOPEN = 1, 5, 7, 8, 10, 13, 14
"""The rest of SQLite's primary result codes (sqlite.org/rescode.html)."""

_REASONS: Final = {
    BUSY: tr("another program is using it"),
    NOMEM: tr("the computer has no memory left"),
    READONLY: tr("it may only be read"),
    IOERR: tr("the disk answered with an error, or is full"),
    CORRUPT: tr("it is damaged"),
    FULL: tr("the disk is full"),
    CANTOPEN: tr("it cannot be opened"),
    NOTADB: tr("it is damaged"),
}

_ADVICE: Final = {
    BUSY: tr("Close other programs that look at this file."),
    READONLY: tr("Make the file and its folder writable again."),
    IOERR: tr("Free some space, or check the disk and its cable."),
    FULL: tr("Free some space on the disk."),
    CANTOPEN: tr("Put the file and its folder back where they were."),
}


def missing(path: Path) -> SessionFileError:
    """There is no file at that path, or something that is no file."""
    if path.exists():
        what = tr("a folder") if path.is_dir() else tr("a device or a pipe")
        return SessionFileError(
            tr("“{path}” is {what}, not a session file.", path=Verbatim(str(path)), what=what),
            advice=tr("Give the session file itself."),
        )
    return SessionFileError(
        tr("There is no file “{path}”.", path=Verbatim(str(path))), advice=tr("Check the name and the folder.")
    )


def taken(path: Path) -> SessionFileError:
    """A new file was to be made where there is one."""
    return SessionFileError(
        tr("There is a file “{path}” already. It was not changed.", path=Verbatim(str(path))),
        advice=tr("Choose another name."),
    )


def not_made(path: Path, problem: BaseException, *, left: Path | None = None) -> StoreUnavailable:
    """A new file could not be written.

    Args:
        path: Where it was to be.
        problem: Why.
        left: What was begun and could not be removed again; None for nothing.
    """
    behind = (
        tr("“{name}” could not be removed from its folder.", name=Verbatim(left.name))
        if left
        else tr("Nothing was left behind.")
    )
    return StoreUnavailable(
        tr(
            "The session file “{path}” could not be made: {reason}. {behind}",
            path=Verbatim(str(path)),
            reason=reason(problem),
            behind=behind,
        ),
        advice=tr("Free some space or choose another folder, then try again."),
    )


def not_ours(path: Path) -> NotASessionFile:
    """Some other file."""
    return NotASessionFile(
        tr("“{name}” was not made by workshop-tui. It was not changed.", name=Verbatim(path.name)),
        advice=tr("A session file ends in .workshop; “workshop-tui status” lists those that run."),
    )


def damaged(path: Path, how: Text, *, locked: bool) -> DamagedSessionFile:
    """Its pages or its contents do not hold together.

    Args:
        path: The file.
        how: What is wrong with it.
        locked: Whether it needs a key; other programs can then save nothing out of it.
    """
    command = Verbatim(f'sqlite3 "{path.name}" ".recover" | sqlite3 "saved.db"')
    advice = (
        tr("Keep it. If there is a copy of it, use the copy.")
        if locked
        else tr(
            "Keep it. If there is a copy of it, use the copy. Else the program sqlite3 from sqlite.org can save what "
            "is left, for any SQLite tool to read (the one that comes with Debian or Ubuntu cannot): {command}",
            command=command,
        )
    )
    return DamagedSessionFile(
        tr(
            "“{name}” is damaged: {how}. It was not changed and will not be written to.",
            name=Verbatim(path.name),
            how=how,
        ),
        advice=advice,
    )


def unavailable(path: Path, problem: BaseException) -> StoreUnavailable:
    """The file cannot be written now."""
    return _not_written(
        path, reason(problem), _ADVICE.get(primary_code(problem), tr("It is tried again every few seconds."))
    )


def cramped(path: Path) -> StoreUnavailable:
    """The file could be written again, but for a moment only: almost nothing is free on its disk."""
    return _not_written(path, _REASONS[FULL], _ADVICE[FULL])


def _not_written(path: Path, reason: Text, advice: Text) -> StoreUnavailable:
    return StoreUnavailable(
        tr(
            "“{name}” cannot be written: {reason}. Everything confirmed so far is safe; nothing new is taken.",
            name=Verbatim(path.name),
            reason=reason,
        ),
        advice=advice,
    )


def ahead(path: Path) -> StoreUnavailable:
    """The disk failed in the middle of a commit, and what was refused got into the file all the same."""
    return StoreUnavailable(
        tr(
            "“{name}” works again, but holds words that this room does not know yet. Nothing is lost.",
            name=Verbatim(path.name),
        ),
        advice=tr("Stop the room and start it again."),
    )


def refused(path: Path, problem: BaseException, *, locked: bool) -> SessionFileError | StoreUnavailable:
    """What an error while reading means: the file is damaged, or it is in order but out of reach."""
    # Plain ERROR comes of a table or a column that is missing.
    if primary_code(problem) in (ERROR, CORRUPT, NOTADB):
        return damaged(path, tr("its pages do not fit together"), locked=locked)
    return unreadable(path, problem)


def unreadable(path: Path, problem: BaseException) -> StoreUnavailable:
    """The file cannot be read now."""
    return StoreUnavailable(
        tr(
            "“{name}” cannot be read: {reason}. It was not changed.",
            name=Verbatim(path.name),
            reason=reason(problem),
        ),
        advice=_ADVICE.get(primary_code(problem), tr("Check who may read the file, and the disk.")),
    )


_LOST: Final = {
    "elsewhere": tr("is no longer where it was: it was deleted, moved or replaced"),
    "log_gone": tr("has lost a part of itself: the file that ends in -wal was deleted or moved"),
    "changed": tr("was changed by something else while the room had it"),
    "behind": tr("lacks a part of what was confirmed"),
    "unsound": tr("is not as the room left it"),
}


def lost(path: Path, how: str, rescued: Path | None = None, *, why: Sentences = "") -> FileLost:
    """The file is not there any more as the running room left it.

    Args:
        path: Where it was.
        how: One of the keys of `_LOST`.
        rescued: What the room wrote instead; None when nothing could be written yet.
        why: What was found when it was opened again; empty for no more than that.
    """
    here = Verbatim(path.name)
    gone = _LOST[how]
    if rescued is None:
        message = tr("“{name}” {gone}. Nothing new is taken.", name=here, gone=gone)
    else:
        message = tr(
            "“{name}” {gone}. Everything confirmed so far was saved as “{saved}”. Nothing new is taken.",
            name=here,
            gone=gone,
            saved=Verbatim(rescued.name if rescued.parent == path.parent else str(rescued)),
        )
    told = (message, *as_tuple(why)) if why else message
    return FileLost(told, advice=_what_to_do(path, how, rescued is not None))


def _what_to_do(path: Path, how: str, is_saved: bool) -> Message:
    there = Verbatim(str(path))
    if how == "elsewhere" and is_saved:
        return tr(
            "Put it back as “{path}”, from the wastebasket or from where it was moved to. Or stop the room and run it "
            "again: it goes on with what was saved.",
            path=there,
        )
    if how == "elsewhere":
        return tr("Put it back as “{path}”, from the wastebasket or from where it was moved to.", path=there)
    if is_saved:
        # Nothing to put back: what stands there now is another file's, or lacks something.
        return tr("Leave it as it is, and stop the room and run it again: it goes on with what was saved.")
    return tr("Leave it as it is. Saving what is known in another file is tried again every few seconds.")


def cut(seq: int) -> Message:
    """A row of the journal is remembered outside the file and not in it."""
    return tr(
        "The journal of this session was cut or replaced: this computer remembers its line {seq}, and the file does "
        "not have it.",
        seq=Verbatim(str(seq)),
    )


def in_the_way(target: Path) -> SessionFileError:
    """A copy was to be written where there is something."""
    return SessionFileError(
        tr(
            "There is something at “{target}” already. It was not changed, and nothing was copied.",
            target=Verbatim(str(target)),
        ),
        advice=tr("Choose a name that is free."),
    )


def folder_problem_error(folder: Path, problem: Text) -> FolderUnusable:
    """The folder cannot take a session file."""
    return FolderUnusable(
        tr(
            "A session cannot be kept in “{folder}”: {problem}. Nothing was written.",
            folder=Verbatim(str(folder)),
            problem=problem,
        ),
        advice=tr("Choose a folder of your own on this computer's disk."),
    )


def not_deleted(path: Path, reason: Text) -> FolderUnusable:
    """The folder of a file that is to be deleted cannot be written to."""
    return FolderUnusable(
        tr(
            "“{name}” cannot be deleted: its folder “{parent}” cannot be written to ({reason}).",
            name=Verbatim(path.name),
            parent=Verbatim(str(path.parent)),
            reason=reason,
        ),
        advice=tr("Make the folder writable and try again: what belongs together is deleted together."),
    )


def reason(problem: BaseException) -> Text:
    """Why something of a file could not be done, in a few words."""
    if isinstance(problem, OSError):
        return (problem.strerror or type(problem).__name__).lower()
    unexpected = tr("something unexpected happened ({name})", name=Verbatim(type(problem).__name__))
    return _REASONS.get(primary_code(problem), unexpected)
