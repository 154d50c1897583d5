"""One room for one file: a lock that the operating system lets go of when its owner dies.

The file beside the session file holds the owner's process id, but only as a hint for people; the lock decides.
SQLite's own exclusive lock stands behind it and keeps other programs out. The session file itself is never opened
for locking: closing any second descriptor would drop SQLite's locks.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from workshop_tui.errors import StoreUnavailable
from workshop_tui.messages import Verbatim, tr

if sys.platform == "win32":
    import msvcrt
else:
    try:
        import fcntl
    except ImportError:
        # A system with neither: SQLite's lock decides alone there, and nobody is told whose it is.
        fcntl = None  # type: ignore[assignment]  # that a module is missing cannot be said otherwise


def _grab(descriptor: int) -> None:
    if sys.platform == "win32":
        # Far behind the process id, so that others can still read it.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    elif fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_path(path: Path) -> Path:
    """Where the lock of a session file is."""
    return path.with_name(f".{path.name}.lock")


class FileLock:
    """The right to be the only room of one session file; in a `with` statement, until the end of its block.

    Args:
        path: The session file.

    Raises:
        StoreUnavailable: somebody else has it; the message names their process id if it is known.
        OSError: the lock's file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = lock_path(path)
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _grab(descriptor)
            except OSError as problem:
                os.lseek(descriptor, 0, os.SEEK_SET)
                owner = os.read(descriptor, 20).decode("ascii", "replace").strip()
                os.close(descriptor)
                name = Verbatim(path.name)
                told = tr("“{name}” is open in another room. Nothing was changed.", name=name)
                if owner.isdigit():
                    told = tr(
                        "“{name}” is open in another room (process {owner}). Nothing was changed.",
                        name=name,
                        owner=Verbatim(owner),
                    )
                raise StoreUnavailable(
                    told,
                    advice=tr(
                        "Use “workshop-tui attach” to come to that room, or “workshop-tui stop” to end it first."
                    ),
                ) from problem
            if self._is_ours(descriptor):
                break
            # Its last owner removed it between our opening and our locking.
            os.close(descriptor)
        self._descriptor: int | None = descriptor
        # On a full disk the hint stays away; the lock is held all the same.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, str(os.getpid()).encode())

    def _is_ours(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type_: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let others in. Doing it twice does nothing."""
        if self._descriptor is None:
            return
        with contextlib.suppress(OSError):
            self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = None
        if sys.platform == "win32":
            # An open file cannot be removed there; one that somebody else has locked meanwhile stays too.
            with contextlib.suppress(OSError):
                self.path.unlink()
