"""What is said when a file cannot be written, and what to do about it: one place for every command."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from workshop_tui.domain.text import clean_line
from workshop_tui.errors import FolderUnusable
from workshop_tui.messages import Listed, Sentences, Text, Verbatim, tr

NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IN_USE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})
_NO_PLACE: Final = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ENAMETOOLONG, errno.ELOOP,
     errno.EINVAL}
)  # fmt: skip


class NotWritten(OSError):
    """A file that could not be written.

    Args:
        path: The file.
        problem: Why.
        changed: Files that were to be written with it, are new already, and could not be put back.
    """

    def __init__(self, path: Path, problem: OSError, changed: tuple[Path, ...] = ()) -> None:
        super().__init__(problem.errno, problem.strerror or str(problem))
        self.path = path
        self.changed = changed


def why(problem: OSError) -> Verbatim:
    """Why, in the words of the system."""
    return Verbatim(clean_line(problem.strerror or str(problem)))


def advice(problem: OSError, path: Path, option: str = "") -> Text:
    """What to do when a file cannot be written.

    Args:
        problem: Why it cannot.
        path: The file.
        option: The option that gives another place; empty where there is none.
    """
    to = Verbatim(option)
    if problem.errno in NO_SPACE:
        return (
            tr("Free some space on the disk and try again, or choose another place with {option}.", option=to)
            if option
            else tr("Free some space on the disk and try again.")
        )
    # Only a system that lets programs keep a file for themselves forbids it where the folder may be written to.
    if problem.errno in _IN_USE and path.is_file() and os.access(path.parent, os.W_OK):
        return tr("If {file} is open in another program, please close it there and try again.",
                  file=Verbatim(clean_line(path.name)))  # fmt: skip
    if problem.errno in _FORBIDDEN:
        return (
            tr("Make the folder writable and try again, or choose another place with {option}.", option=to)
            if option
            else tr("Make the folder writable and try again.")
        )
    if problem.errno in _NO_PLACE:
        return (
            tr("Check the name and the folder, or choose another place with {option}.", option=to)
            if option
            else tr("Check the name and the folder.")
        )
    return (
        tr("Check the disk and its cable and try again, or choose another place with {option}.", option=to)
        if option
        else tr("Check the disk and its cable and try again.")
    )


def unwritten(problem: OSError, path: Path, option: str = "", *, said: Sentences = "") -> FolderUnusable:
    """The error of a file that cannot be written.

    Args:
        problem: Why; one that names a file is said of that.
        path: The file that was to be written.
        option: The option that gives another place; empty where there is none.
        said: What happened to what is written out of a session; empty for the usual words.
    """
    if isinstance(problem, NotWritten):
        path = problem.path
    changed = problem.changed if isinstance(problem, NotWritten) else ()
    file = Verbatim(clean_line(str(path)))
    todo = advice(problem, path, option)
    if changed:
        new = Listed(tuple(Verbatim(clean_line(each.name)) for each in changed), "and")
        return FolderUnusable(
            (
                tr("{file} cannot be written ({why}).", file=file, why=why(problem)),
                tr("New already, and not as before: {files}.", files=new),
            ),
            advice=todo,
        )
    if said:
        return FolderUnusable(said, advice=(tr("The session is safe."), todo))
    return FolderUnusable(
        tr("{file} cannot be written ({why}). Nothing was changed.", file=file, why=why(problem)), advice=todo
    )
