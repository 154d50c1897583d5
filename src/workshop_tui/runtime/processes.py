"""Processes, as each system has them: how one starts and is told to end, what it may use, whether another is alive."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import IO, Any, Final

from workshop_tui.limits import CONNECTIONS, KEPT_FILES

# What Windows calls them: Python has these names there only.
CREATE_NEW_PROCESS_GROUP: Final = 0x00000200
CREATE_BREAKAWAY_FROM_JOB: Final = 0x01000000
CREATE_NO_WINDOW: Final = 0x08000000
SYNCHRONIZE: Final = 0x00100000
WAIT_TIMEOUT: Final = 0x00000102
ERROR_ACCESS_DENIED: Final = 5

FILES_WANTED: Final = CONNECTIONS + KEPT_FILES
"""Open files for a room: every connection is one."""

LOOK_S = 1.0
"""Between two looks at whether a parent is there."""


def start_detached(command: Sequence[str], out: int | IO[bytes], handed: bytes = b"") -> subprocess.Popen[bytes]:
    """Start a program that goes on when the terminal or the console is closed.

    Args:
        command: The program and its arguments.
        out: Where it writes to.
        handed: All that it can read.
    """
    child = _started(command, out, subprocess.PIPE if handed else subprocess.DEVNULL)
    if handed and child.stdin is not None:
        # A child that has ended already says why in another way.
        with contextlib.suppress(OSError), child.stdin as pipe:
            pipe.write(handed)
    return child


def _started(command: Sequence[str], out: int | IO[bytes], stdin: int) -> subprocess.Popen[bytes]:
    if os.name != "nt":
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, stdin=stdin, stdout=out, stderr=out, cwd="/", start_new_session=True
        )

    def start(flags: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, stdin=stdin, stdout=out, stderr=out, creationflags=flags
        )

    # A console of its own, which nobody sees: a program without one would open a window for what it starts itself.
    flags = CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP
    try:
        return start(flags | CREATE_BREAKAWAY_FROM_JOB)
    except PermissionError:
        # The job that we run in lets nobody leave it: some terminals and services say so. It ends with that job then.
        return start(flags)


def on_signals(then: Callable[[], object]) -> None:
    """Call `then` when this process is told to end. Windows has no signals to handle: there it ends at once."""
    for each in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(each, then)


def set_limits() -> None:
    """Room for many phones, and no core dump: it would hold what people said. Windows has neither limit."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, FILES_WANTED)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def collect_garbage_after(thresholds: tuple[int, int, int]) -> None:
    """Let the collector of reference cycles look this often, and never at what is there now: it stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*thresholds)


async def until_orphaned(parent: int, then: Callable[[], object]) -> None:
    """Call `then` once the process that started this one has gone, even if it was killed.

    A killed process cannot tell its children; they see that they got another parent. On Windows they keep the number
    of the old one, and between the two may stand another process, of the virtual environment.
    """
    ours = os.getppid()
    while os.getppid() == ours and is_alive(parent):  # noqa: ASYNC110 - the system tells nobody when a parent ends
        await asyncio.sleep(LOOK_S)
    then()


def is_alive(pid: int) -> bool:
    """Whether there is a process of that number."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
        kernel.WaitForSingleObject.restype = wintypes.DWORD
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        return is_alive_for_windows(pid, kernel, ctypes.get_last_error)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_alive_for_windows(pid: int, kernel: Any, last_error: Callable[[], int]) -> bool:
    """Whether Windows knows a process of that number that has not ended.

    Signal 0 is no question there: it is Ctrl+C for everything that shares the other process's console.

    Args:
        pid: Its number.
        kernel: kernel32.
        last_error: What went wrong last, as Windows numbers it.
    """
    handle = kernel.OpenProcess(SYNCHRONIZE, False, pid)
    if not handle:
        return last_error() == ERROR_ACCESS_DENIED
    try:
        # One that has ended is still known while somebody has it open, and is "signalled" from then on.
        return bool(kernel.WaitForSingleObject(handle, 0) == WAIT_TIMEOUT)
    finally:
        kernel.CloseHandle(handle)
