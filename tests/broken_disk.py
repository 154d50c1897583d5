"""A disk that fails on demand: every step that something takes below a folder is asked about first.

The one seam is the functions of `os`, through which the program writes what people are given. What SQLite writes does
not come by here; `tests.faults.lab` breaks that.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

Fault = Callable[[str, Path], None]
"""Called with the step and the path it is about; raises what is to go wrong."""

BY_PATH: Final = {"mkdir": 0, "link": 1, "replace": 1, "rename": 1, "unlink": 0, "rmdir": 0}
"""The steps that name a path, and which of their arguments is the one that they change."""


@contextmanager
def broken(below: Path, fault: Fault) -> Iterator[None]:
    """Have this asked before each step below a folder: open (to make or to write), write, fsync, fsync_folder, and
    those of `BY_PATH`."""
    opened: dict[int, Path] = {}
    real: dict[str, Callable[..., Any]] = {
        name: getattr(os, name) for name in (*BY_PATH, "open", "write", "fsync", "close")
    }

    def asked(step: str, path: Any) -> None:
        absolute = Path(path).absolute()
        if absolute.is_relative_to(below):
            fault(step, absolute)

    def open_(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
            asked("open", path)
        descriptor: int = real["open"](path, flags, *more, **named)
        if isinstance(path, (str, Path)):
            opened[descriptor] = Path(path).absolute()
        return descriptor

    def close(descriptor: int) -> None:
        opened.pop(descriptor, None)
        real["close"](descriptor)

    def write(descriptor: int, data: Any) -> int:
        if descriptor in opened:
            asked("write", opened[descriptor])
        return int(real["write"](descriptor, data))

    def fsync(descriptor: int) -> None:
        if descriptor in opened:
            path = opened[descriptor]
            asked("fsync_folder" if path.is_dir() else "fsync", path)
        real["fsync"](descriptor)

    def by_path(name: str) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            asked(name, given[BY_PATH[name]])
            return real[name](*given, **named)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in BY_PATH:
            patch.setattr(os, name, by_path(name))
        for name, broken_one in {"open": open_, "close": close, "write": write, "fsync": fsync}.items():
            patch.setattr(os, name, broken_one)
        yield


def failing(
    *steps: str, code: int = errno.ENOSPC, nth: int = 1, exact: tuple[str, ...] = (), locks: bool = False,
    once: bool = False,
) -> Fault:  # fmt: skip
    """The n-th of such steps, and each after it, fails with this error.

    Args:
        steps: The steps.
        code: The error.
        nth: Which is the first to fail.
        exact: Only for what is called so; none for anything.
        locks: For locks too: on a full disk there may be room for them still.
        once: Only that one fails.
    """
    left = [nth]

    def fault(taken: str, path: Path) -> None:
        is_meant = (not exact or path.name in exact) and (locks or path.suffix != ".lock")
        if taken in steps and is_meant:
            left[0] -= 1
            if left[0] == 0 or (left[0] < 0 and not once):
                raise OSError(code, os.strerror(code))

    return fault
