"""Files by their names, and as bytes that are to survive a power cut; what is in them is not looked at."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from workshop_tui.whole_files import give_name, sync_folder

BESIDE: Final = ("wal", "shm", "journal")
"""What SQLite keeps beside a file that it writes."""


def beside(path: Path, what: str) -> Path:
    """The file that SQLite keeps beside another: its "wal", "shm" or "journal"."""
    return path.with_name(f"{path.name}-{what}")


def bytes_in(path: Path) -> int:
    """The size of a file; 0 where there is none. Never opens it."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def remove(path: Path) -> None:
    """Remove a database that nobody has open, with everything that SQLite keeps beside it.

    Raises:
        OSError: something of it could not be removed.
    """
    for each in (*(beside(path, what) for what in BESIDE), path):
        each.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_or_absent(part: Path, path: Path) -> Iterator[None]:
    """Have a block fill a new file that only its owner may read; it gets its name once it is whole and on disk.

    Args:
        part: The name it has until then; it is empty when the block begins, and nothing is left of it in the end, as
            far as it can be removed.
        path: Its name.

    Raises:
        FileExistsError: there is a file of that name.
        OSError: it could not be written.
    """
    try:
        remove(part)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        yield
        sync_file(part)
        give_name(part, path)
        try:
            sync_folder(path.parent)
        except OSError:
            # Whoever is told that it could not be written may try again.
            path.unlink(missing_ok=True)
            raise
    finally:
        with contextlib.suppress(OSError):
            remove(part)


def signs_of(path: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What changes when somebody writes to a file or its log: identity, size and time of each; None for none."""
    found: list[tuple[int, int, int] | None] = []
    for each in (path, beside(path, "wal"), beside(path, "journal")):
        try:
            stat = each.stat()
        except OSError:
            found.append(None)
            continue
        # An empty log comes and goes with who looks.
        found.append((stat.st_ino, stat.st_size, stat.st_mtime_ns) if stat.st_size else None)
    return tuple(found)


def is_there(path: Path) -> bool:
    """Whether something has this name, be it a link to nowhere; where nobody may look, it may well be."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def private_folder(folder: Path) -> Path:
    """A folder that nobody else may look into, made where it is not there.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sync_file(path: Path) -> None:
    """Make a closed file's bytes durable. Never call it on a file that a connection has open."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
