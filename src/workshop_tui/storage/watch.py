"""Whether a session file and its write-ahead log are as this process left them.

SQLite holds both open and looks at neither by name again: what it writes into a file that somebody deleted, moved or
overwrote succeeds and is lost. While a room has it, only the room writes: the log at each commit, the file itself only
when the log is folded into it. So names, identities, lengths and times of the last change tell.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

from workshop_tui.storage import db, disk

Standing = Literal["same", "elsewhere", "log_gone", "changed"]
"""same: as we left both. elsewhere: the file is not at its place, or another one is. log_gone: only the log is missing.
changed: somebody wrote into one of them, or put another log there."""

_Mark = tuple[int, int, int, int]
"""Device, inode, length, time of the last change."""

_TIMES_ARE_TRUE: Final = os.name == "posix"
"""Elsewhere a file that is open tells its last change late."""


class Watch:
    """What the two files looked like after this process touched them last.

    Args:
        path: The session file, open in this process.
    """

    def __init__(self, path: Path) -> None:
        self._names = os.fspath(path), os.fspath(disk.beside(path, "wal"))
        self._file, self._log = (_seen(each) for each in self._names)
        self._logs = self._log is not None
        """Whether commits go to a log: on a few disks they cannot."""

    def standing(self) -> Standing:
        """How both stand against what we left."""
        file, log = (_seen(each) for each in self._names)
        if file is None or self._file is None or file[:2] != self._file[:2]:
            return "elsewhere"
        if file != self._file:
            return "changed"
        if log == self._log:
            return "same"
        return "log_gone" if log is None else "changed"

    def names(self) -> Standing:
        """The same by name and identity alone: for a moment in which we ourselves may have written to either."""
        file, log = (_identity(_seen(each)) for each in self._names)
        if file != _identity(self._file):
            return "elsewhere"
        if log == _identity(self._log):
            return "same"
        return "log_gone" if log is None else "changed"

    def file_is_same(self) -> bool:
        """Whether at least the file itself is as we left it."""
        return _seen(self._names[0]) == self._file

    def has_grown(self) -> bool:
        """Take over what a commit of ours made of the log; False where the commit did not go where it should."""
        file, log = (_seen(each) for each in self._names)
        before_file, before = self._file, self._log
        if not self._logs:
            self._file = file
            return file is not None and before_file is not None and file[:2] == before_file[:2]
        if file != before_file or log is None or before is None or log[:2] != before[:2]:
            return False
        if log[2] < min(before[2], db.WAL_BYTES):
            # Shorter than we left it; SQLite itself cuts one only down to the length that it is told to keep.
            return False
        self._log = log
        return True

    def has_folded(self) -> bool:
        """Take over what folding the log made of both; False where one of them is not the one it was."""
        same = self.names() == "same"
        if same:
            self._file, self._log = (_seen(each) for each in self._names)
        return same


def _seen(name: str) -> _Mark | None:
    try:
        found = os.stat(name)  # noqa: PTH116  # three times as fast, at every commit
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns if _TIMES_ARE_TRUE else 0


def _identity(mark: _Mark | None) -> tuple[int, int] | None:
    return mark[:2] if mark else None
