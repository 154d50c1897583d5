"""What the product says about a session file that cannot be used or written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from workshop_tui.errors import (
    DamagedSessionFile,
    FileLost,
    FolderUnusable,
    LockedSessionFile,
    NewerSessionFile,
    NotASessionFile,
    OlderSessionFile,
    SessionFileError,
    StoreUnavailable,
    WrongKey,
)
from workshop_tui.storage.db import CORRUPT, NOTADB, primary_code

ERROR, BUSY, NOMEM, READONLY, IOERR, FULL, CANTOPEN = 1, 5, 7, 8, 10, 13, 14
"""The rest of SQLite's primary result codes (sqlite.org/rescode.html)."""

_REASONS: Final = {
    BUSY: "another program is using it",
    NOMEM: "the computer has no memory left",
    READONLY: "it may only be read",
    IOERR: "the disk answered with an error, or is full",
    CORRUPT: "it is damaged",
    FULL: "the disk is full",
    CANTOPEN: "it cannot be opened",
    NOTADB: "it is damaged",
}

_ADVICE: Final = {
    BUSY: "Close other programs that look at this file.",
    READONLY: "Make the file and its folder writable again.",
    IOERR: "Free some space, or check the disk and its cable.",
    FULL: "Free some space on the disk.",
    CANTOPEN: "Put the file and its folder back where they were.",
}


def missing(path: Path) -> SessionFileError:
    """There is nothing at that path."""
    return SessionFileError(f"There is no file “{path}”.", advice="Check the name and the folder.")


def taken(path: Path) -> SessionFileError:
    """A new file was to be made where there is one."""
    return SessionFileError(f"There is a file “{path}” already. It was not changed.", advice="Choose another name.")


def not_made(path: Path, problem: BaseException, *, left: Path | None = None) -> StoreUnavailable:
    """A new file could not be written.

    Args:
        path: Where it was to be.
        problem: Why.
        left: What was begun and could not be removed again; None for nothing.
    """
    behind = f"“{left.name}” could not be removed from its folder." if left else "Nothing was left behind."
    return StoreUnavailable(
        f"The session file “{path}” could not be made: {reason(problem)}. {behind}",
        advice="Free some space or choose another folder, then try again.",
    )


def not_ours(path: Path) -> NotASessionFile:
    """Some other file."""
    return NotASessionFile(
        f"“{path.name}” was not made by workshop-tui. It was not changed.",
        advice="A session file ends in .workshop; “workshop-tui status” lists those that run.",
    )


def locked(path: Path) -> LockedSessionFile:
    """No key was given for something that only a key could make sense of."""
    return LockedSessionFile(
        f"“{path.name}” is not a plain session file: it is locked with a passphrase, its beginning is damaged, or some "
        "other program made it. It was not changed.",
        advice="Check that it is the file you meant.",
    )


def wrong_key(path: Path) -> WrongKey:
    """A locked file of which no page fits the key."""
    return WrongKey(
        f"“{path.name}” does not open with this key. It was not changed.",
        advice=(
            "Try the passphrase again. If it is surely the right one, the beginning of the file is damaged or some "
            "other program made it: whoever has no key that fits cannot tell these apart. Then use a copy."
        ),
    )


def not_locked(path: Path) -> SessionFileError:
    """A key was given for a plain file."""
    return SessionFileError(
        f"“{path.name}” is not locked: anybody can read it. It was not changed.",
        advice="Open it without a passphrase, if this is the file you meant.",
    )


def newer(path: Path, version: int, ours: int) -> NewerSessionFile:
    """A later version of the program made it."""
    return NewerSessionFile(
        f"“{path.name}” was made by a newer workshop-tui (file version {version}; this one knows {ours}). "
        "It was not changed.",
        advice="Update workshop-tui and try again.",
    )


def older(path: Path) -> OlderSessionFile:
    """An earlier version of the program made it."""
    return OlderSessionFile(
        f"“{path.name}” was made by an earlier workshop-tui, before its files were settled. It was not changed.",
        advice="Export it with the version that made it. This version starts a new session with “--new”.",
    )


def altered(path: Path, how: str) -> DamagedSessionFile:
    """Its pages hold together, but another program changed what its tables are."""
    return DamagedSessionFile(
        f"“{path.name}” was changed by another program: {how}. It was not changed now and will not be written to.",
        advice="If there is a copy of it from before, use the copy.",
    )


def damaged(path: Path, how: str, *, locked: bool) -> DamagedSessionFile:
    """Its pages or its contents do not hold together.

    Args:
        path: The file.
        how: What is wrong with it.
        locked: Whether it needs a key; other programs can then save nothing out of it.
    """
    advice = "Keep it. If there is a copy of it, use the copy."
    if not locked:
        advice += (
            " Else the program sqlite3 from sqlite.org can save what is left, for any SQLite tool to read (the one "
            f'that comes with Debian or Ubuntu cannot): sqlite3 "{path.name}" ".recover" | sqlite3 "saved.db"'
        )
    return DamagedSessionFile(
        f"“{path.name}” is damaged: {how}. It was not changed and will not be written to.", advice=advice
    )


def unavailable(path: Path, problem: BaseException) -> StoreUnavailable:
    """The file cannot be written now."""
    return _not_written(
        path, reason(problem), _ADVICE.get(primary_code(problem), "It is tried again every few seconds.")
    )


def cramped(path: Path) -> StoreUnavailable:
    """The file could be written again, but for a moment only: almost nothing is free on its disk."""
    return _not_written(path, _REASONS[FULL], _ADVICE[FULL])


def _not_written(path: Path, reason: str, advice: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"“{path.name}” cannot be written: {reason}. Everything confirmed so far is safe; nothing new is taken.",
        advice=advice,
    )


def ahead(path: Path) -> StoreUnavailable:
    """The disk failed in the middle of a commit, and what was refused got into the file all the same."""
    return StoreUnavailable(
        f"“{path.name}” works again, but holds words that this room does not know yet. Nothing is lost.",
        advice="Stop the room and start it again.",
    )


def refused(path: Path, problem: BaseException, *, locked: bool) -> SessionFileError | StoreUnavailable:
    """What an error while reading means: the file is damaged, or it is in order but out of reach."""
    # Plain ERROR comes of a table or a column that is missing.
    if primary_code(problem) in (ERROR, CORRUPT, NOTADB):
        return damaged(path, "its pages do not fit together", locked=locked)
    return unreadable(path, problem)


def unreadable(path: Path, problem: BaseException) -> StoreUnavailable:
    """The file cannot be read now."""
    return StoreUnavailable(
        f"“{path.name}” cannot be read: {reason(problem)}. It was not changed.",
        advice=_ADVICE.get(primary_code(problem), "Check who may read the file, and the disk."),
    )


_LOST: Final = {
    "elsewhere": "is no longer where it was: it was deleted, moved or replaced",
    "log_gone": "has lost a part of itself: the file that ends in -wal was deleted or moved",
    "changed": "was changed by something else while the room had it",
    "behind": "lacks a part of what was confirmed",
}


def lost(path: Path, how: str, rescued: Path | None = None) -> FileLost:
    """The file is not there any more as the running room left it.

    Args:
        path: Where it was.
        how: One of the keys of `_LOST`, or a sentence's end of its own.
        rescued: What the room wrote instead; None when nothing could be written yet.
    """
    safe = f" Everything confirmed so far was saved as “{_named(path, rescued)}”." if rescued else ""
    go_on = "stop the room and run it again: it goes on with what was saved."
    if how == "elsewhere":
        advice = f"Put it back as “{path}”, from the wastebasket or from where it was moved to."
        advice += f" Or {go_on}" if rescued else ""
    elif rescued:
        # Nothing to put back: what stands there now is another file's, or lacks something.
        advice = f"Leave it as it is, and {go_on}"
    else:
        advice = "Leave it as it is. Saving what is known in another file is tried again every few seconds."
    return FileLost(f"“{path.name}” {_LOST.get(how, how)}.{safe} Nothing new is taken.", advice=advice)


def _named(path: Path, other: Path) -> str:
    return other.name if other.parent == path.parent else str(other)


def cut(seq: int) -> str:
    """A row of the journal is remembered outside the file and not in it."""
    return (
        f"The journal of this session was cut or replaced: this computer remembers its line {seq}, and the file does "
        "not have it."
    )


def in_the_way(target: Path) -> SessionFileError:
    """A copy was to be written where there is something."""
    return SessionFileError(
        f"There is something at “{target}” already. It was not changed, and nothing was copied.",
        advice="Choose a name that is free.",
    )


def not_copied(target: Path, problem: BaseException) -> StoreUnavailable:
    """A copy was not made."""
    return StoreUnavailable(
        f"“{target.name}” was not written: {reason(problem)}. The session itself is safe.",
        advice="Free some space or choose another folder, then try again.",
    )


def folder_problem_error(folder: Path, problem: str) -> FolderUnusable:
    """The folder cannot take a session file."""
    return FolderUnusable(
        f"A session cannot be kept in “{folder}”: {problem}. Nothing was written.",
        advice="Choose a folder of your own on this computer's disk.",
    )


def copy_out_of_reach(path: Path, reason: str) -> FolderUnusable:
    """A copy that is to be deleted with its session lies where nobody may look."""
    return FolderUnusable(
        f"A copy of “{path.name}” lies in a folder that cannot be looked into ({reason}). Nothing was deleted.",
        advice="Make the folder readable and try again: what belongs together is deleted together.",
    )


def not_deleted(path: Path, reason: str) -> FolderUnusable:
    """The folder of a file that is to be deleted cannot be written to."""
    return FolderUnusable(
        f"“{path.name}” cannot be deleted: its folder “{path.parent}” cannot be written to ({reason}).",
        advice="Make the folder writable and try again: what belongs together is deleted together.",
    )


def reason(problem: BaseException) -> str:
    """Why something of a file could not be done, in a few words."""
    if isinstance(problem, OSError):
        return (problem.strerror or type(problem).__name__).lower()
    return _REASONS.get(primary_code(problem), f"something unexpected happened ({type(problem).__name__})")
