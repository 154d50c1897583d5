"""Read by Python before anything else, where PYTHONPATH names this folder: our own modules believe to be on Windows.

Whatever is imported by a module of `workshop_tui`, and by nobody else, is as Windows has it: names that only POSIX has
are missing, and those that only Windows has are there, with what Linux has underneath. Python's own modules and other
people's see the machine as it is: that they know Windows is theirs to show.
"""

import builtins
import os
import subprocess
import types

MISSING = ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty", "uvloop")
BREAKAWAY = 0x01000000
real_import = builtins.__import__


class Seen(types.ModuleType):
    """A module as Windows has it."""

    def __init__(self, real, gone=(), **other):
        super().__init__(real.__name__)
        self.__dict__.update(other, real=real, gone=gone)

    def __getattr__(self, name):
        if name in self.gone:
            raise AttributeError(name)
        return getattr(self.real, name)


class Popen(subprocess.Popen):
    """The job that this runs in lets nobody leave it."""

    def __init__(self, *arguments, creationflags=0, **others):
        if creationflags & BREAKAWAY:
            raise PermissionError(13, "Access is denied")
        super().__init__(*arguments, start_new_session=bool(creationflags), **others)


def open_process(_access, _inherit, pid):
    return pid if os.path.exists(f"/proc/{pid}/stat") else 0  # noqa: PTH110


def wait_for_single_object(pid, _ms):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as told:  # noqa: PTH123
        # What nobody reaped yet has ended.
        return 0 if told.read().rpartition(")")[2].split()[0] == "Z" else 0x102


def close_handle(_handle):
    return True


class Kernel32:
    """As much of it as we use."""

    def __init__(self, *_, **__):
        self.OpenProcess, self.WaitForSingleObject = open_process, wait_for_single_object
        self.CloseHandle = close_handle


def open_file(path, flags, mode=0o777):
    if os.path.isdir(path):  # noqa: PTH112
        raise PermissionError(13, "Permission denied", path)
    return os.open(path, flags, mode)


def no_signals(*_):
    raise NotImplementedError


def locking(descriptor, _mode, _bytes):
    import fcntl

    assert os.lseek(descriptor, 0, os.SEEK_CUR) >= 1 << 20, "the hint before it could not be read by others"
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def as_windows_has_it(real):
    match real.__name__:
        case "sys":
            return Seen(real, platform="win32")
        case "os":
            gone = ("fork", "getuid", "geteuid", "kill", "killpg", "pidfd_open", "fchmod", "chown", "setsid", "waitpid")
            return Seen(real, gone, name="nt", open=open_file)
        case "signal":
            return Seen(real, ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGSTOP", "alarm"))
        case "select":
            return Seen(real, ("poll", "epoll"))
        case "time":
            return Seen(real, ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC", "clock_gettime", "clock_gettime_ns"))
        case "socket":
            return Seen(real, SO_EXCLUSIVEADDRUSE=real.SO_REUSEADDR)
        case "subprocess":
            return Seen(real, Popen=Popen)
        case "asyncio":
            real.SelectorEventLoop.add_signal_handler = no_signals
            return real
        case "ctypes":
            return Seen(real, WinDLL=Kernel32, get_last_error=lambda: 87)
    return real


def import_as_windows(name, asking=None, inside=None, fromlist=(), level=0):
    who = (asking or {}).get("__spec__")
    if not who or not who.name.startswith("workshop_tui") or level:
        return real_import(name, asking, inside, fromlist, level)
    if name in MISSING:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    if name == "msvcrt":
        msvcrt = types.ModuleType("msvcrt")
        msvcrt.LK_NBLCK, msvcrt.locking = 2, locking
        return msvcrt
    found = real_import(name, asking, inside, fromlist, level)
    return as_windows_has_it(found) if name.partition(".")[0] == name or fromlist else found


builtins.__import__ = import_as_windows
