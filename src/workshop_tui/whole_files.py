"""Files for people: each is whole under its name or as it was, and of those that belong together all or none change.

What is new is written and on disk, readable for its owner only, before any of it gets its name. Until then it lies
beside it as `.report.html-0a1b2c3d.part`, and what it replaces is kept as `.report.html-0a1b2c3d.old`. The run that
writes them holds the lock `.writing-0a1b2c3d.lock` in that folder: where that is held by nobody, the run was killed,
and the next one to the same names removes what it left. So two runs never take each other's files.

A power cut while several names are given may leave some files old and some new, each whole; the next run makes all new.

All that touches the disk goes through the functions of `os`, where tests let it fail.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from workshop_tui.errors import StoreUnavailable
from workshop_tui.lock import FileLock, lock_path
from workshop_tui.unwritten import NotWritten

log = logging.getLogger(__name__)

Make = Callable[[], Iterable[bytes]]
"""Makes what is in a file, piece by piece; called when it is its turn, so that one at a time is in memory."""

_BEGUN: Final = re.compile(r"\.(.+)-([0-9a-f]{8})\.(?:part|old)")
_LOCK: Final = re.compile(r"\.writing-([0-9a-f]{8})\.lock")
_PIECE: Final = 1 << 16
_TRIES: Final = 3


def begun_for(name: str) -> str:
    """The name that something was to have which a run began to write; empty where this is no name of such a thing."""
    found = _BEGUN.fullmatch(name)
    return found[1] if found else ""


def is_lock(name: str) -> bool:
    """Whether this is the name of the lock of such a run."""
    return bool(_LOCK.fullmatch(name))


def write(files: Mapping[Path, Make], *, over: bool = False) -> None:
    """Write files into one folder: all of them, or nothing is changed.

    Args:
        files: What makes each, by its path.
        over: Whether they take the place of those that are there.

    Raises:
        NotWritten: one cannot be written; with EEXIST where there is one and it is not `over`.
    """
    first = next(iter(files))
    names = {path.name for path in files}
    with _writing(first, names.__contains__) as token:
        parts = {path: _beside(path, token, "part") for path in files}
        olds = {path: _beside(path, token, "old") for path in files}
        try:
            for path, make in files.items():
                with _told_of(path):
                    _fill(parts[path], make())
            if over and len(files) > 1:
                for path in files:
                    with _told_of(path):
                        _keep(path, olds[path])
            _give_names(parts, olds, over=over)
        finally:
            for left in (*parts.values(), *olds.values()):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)
    settle(first.parent)


def write_folder(folder: Path, files: Mapping[str, Make]) -> None:
    """Write a new folder with these files: it is there with all of them, or not at all.

    Raises:
        NotWritten: it cannot be written, or is there.
    """
    begun = folder.with_name(f"export-{folder.name}")
    with _writing(folder, begun.name.__eq__) as token, _told_of(folder):
        part = _beside(begun, token, "part")
        try:
            os.mkdir(part, 0o700)  # noqa: PTH102 - see above
            for name, make in files.items():
                _fill(part / name, make())
            sync_folder(part)
            os.rename(part, folder)  # noqa: PTH104 - see above
        finally:
            shutil.rmtree(part, ignore_errors=True)
    settle(folder.parent)


def sweep(folder: Path, is_meant: Callable[[str], bool]) -> None:
    """Remove what runs that were killed left in a folder of things whose names are meant."""
    left: dict[str, list[Path]] = {}
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - see above
    except OSError:
        return
    for name in names:
        if (begun := _BEGUN.fullmatch(name)) and is_meant(begun[1]):
            left.setdefault(begun[2], []).append(folder / name)
        elif lock := _LOCK.fullmatch(name):
            left.setdefault(lock[1], [])
    for token, paths in left.items():
        with contextlib.suppress(OSError, StoreUnavailable), _lock_left_by(folder, token):
            for path in paths:
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable; does nothing on Windows, which cannot."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def give_name(part: Path, path: Path) -> None:
    """Give a finished file its name, never that of another one.

    Raises:
        FileExistsError: there is a file of that name.
        OSError: it cannot be done.
    """
    if os.name != "nt":
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:
            # A disk that knows one name for a file; then only this look stands between.
            if path.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(path)) from None
        else:
            part.unlink()
            return
    os.rename(part, path)  # noqa: PTH104 - see above


@contextlib.contextmanager
def _writing(path: Path, is_meant: Callable[[str], bool]) -> Iterator[str]:
    """The right to write into the folder of a path; gives the letters that what is begun there ends in."""
    folder = path.parent
    with _told_of(path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        token, lock = _locked(folder)
    try:
        sweep(folder, is_meant)
        yield token
    finally:
        if lock is not None:
            lock.release()
        else:
            with contextlib.suppress(OSError):
                _lock_of(folder, token).unlink(missing_ok=True)


def _locked(folder: Path) -> tuple[str, FileLock | None]:
    for left in reversed(range(_TRIES)):
        token = secrets.token_hex(4)
        try:
            return token, FileLock(folder / f"writing-{token}")
        except StoreUnavailable:
            # Whoever looked for killed runs at this moment has it for a moment.
            if left:
                _lock_of(folder, token).unlink(missing_ok=True)
    # The name is new each time: nobody has it, but the disk knows no locks. Then nobody else gets it either, and what
    # is begun here is never taken for left.
    return token, None


def _lock_of(folder: Path, token: str) -> Path:
    return lock_path(folder / f"writing-{token}")


@contextlib.contextmanager
def _lock_left_by(folder: Path, token: str) -> Iterator[None]:
    """Pass if a run has been killed, and remove its lock.

    Raises:
        StoreUnavailable: it lives.
    """
    if _lock_of(folder, token).exists():
        with FileLock(folder / f"writing-{token}"):
            yield
    else:
        # It goes last.
        yield


@contextlib.contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Name the file that could not be written."""
    try:
        yield
    except NotWritten:
        raise
    except OSError as problem:
        raise NotWritten(path, problem) from problem


def _beside(path: Path, token: str, ending: str) -> Path:
    return path.with_name(f".{path.name}-{token}.{ending}")


def _fill(part: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file that only its owner may read, and have it on disk."""
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        waiting = bytearray()
        for piece in pieces:
            waiting += piece
            if len(waiting) >= _PIECE:
                _write(descriptor, waiting)
                waiting = bytearray()
        _write(descriptor, waiting)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, data: bytearray) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _keep(path: Path, old: Path) -> None:
    """Keep what is in a file, so that it can be put back."""
    if not path.exists():
        return
    try:
        os.link(path, old)
    except OSError:
        # A disk that knows one name for a file.
        _fill(old, (path.read_bytes(),))


def _give_names(parts: Mapping[Path, Path], olds: Mapping[Path, Path], *, over: bool) -> None:
    """Give finished files their names; where one cannot have it, all is as before."""
    given: list[Path] = []
    try:
        for path, part in parts.items():
            with _told_of(path):
                if over:
                    os.replace(part, path)  # noqa: PTH105 - see above
                else:
                    give_name(part, path)
            given.append(path)
    except BaseException as problem:
        changed = tuple(path for path in given if not _put_back(path, olds[path]))
        if changed and isinstance(problem, NotWritten):
            raise NotWritten(problem.path, problem, changed) from problem
        raise


def _put_back(path: Path, old: Path) -> bool:
    """Whether a file is as it was again."""
    try:
        if old.exists():
            os.replace(old, path)  # noqa: PTH105 - see above
        else:
            path.unlink()
    except OSError:
        return False
    return True


def settle(folder: Path) -> None:
    """Have names on disk that were given.

    Where that fails all is in place, and a power cut leaves each file old or new.
    """
    try:
        sync_folder(folder)
    except OSError as problem:
        log.warning("a folder could not be made durable", extra={"why": problem.errno})
