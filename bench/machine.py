"""The machine this runs on: what it is, how busy it is, and what one process has used of it. Linux only."""

from __future__ import annotations

import os
import platform
import resource
import tempfile
import time
from pathlib import Path
from statistics import median

_TICKS = os.sysconf("SC_CLK_TCK")


def line() -> str:
    """Cores, processor, Python, kernel: no names of machines or folders."""
    model = next(
        (row.split(":", 1)[1].strip() for row in _read("/proc/cpuinfo").splitlines() if row.startswith("model name")),
        platform.machine(),
    )
    system = f"{platform.system()} {platform.release().split('-', 1)[0]}"
    return f"{len(os.sched_getaffinity(0))} cores, {model}, Python {platform.python_version()}, {system}"


def busy(for_s: float) -> float:
    """How much of the machine other programs use while this one waits, from 0 to 1."""
    before = _jiffies()
    time.sleep(for_s)
    idle, everything = (now - then for now, then in zip(_jiffies(), before, strict=True))
    return 1.0 - idle / max(1, everything)


def _jiffies() -> tuple[int, int]:
    """Time that no core had work for, and all time."""
    fields = [int(each) for each in _read("/proc/stat").splitlines()[0].split()[1:9]]
    return fields[3] + fields[4], sum(fields)


def cpu_s(pid: int) -> float:
    """Processor time a process has used so far, all its threads, user and system; in seconds of 10 ms steps."""
    # The name in parentheses may hold spaces; what follows it does not.
    fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def ran_s(pid: int) -> float:
    """How long the first thread of a process was on a core so far, in seconds: what others do hardly changes it."""
    return int(_read(f"/proc/{pid}/schedstat").split()[0]) / 1e9


def waited_s(pid: int) -> float:
    """How long the first thread of a process had work and no core so far, in seconds: what others took from it."""
    return int(_read(f"/proc/{pid}/schedstat").split()[1]) / 1e9


def allow_files(wanted: int = 8_192) -> None:
    """Let this process open many sockets; as many as it may where it may not open so many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def fsync_ms(folder: Path, times: int = 50) -> float:
    """How long the disk takes to say that 4 kB are safe: the median, in milliseconds."""
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(times):
            file.write(b"x" * 4_096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            taken.append((time.perf_counter() - began) * 1_000)
    return median(taken)


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")
