"""Building the shim and running a program behind it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.storage import doors

SOURCE = Path(__file__).with_name("shim.c")


def missing() -> str:
    """Why the fault lab cannot run on this machine; empty when it can."""
    if sys.platform != "linux":
        return "the fault lab needs Linux: it works by LD_PRELOAD"
    # In CI a lab that cannot be built is a failure.
    return "" if shutil.which("gcc") or os.environ.get("CI") else "the fault lab needs gcc"


def build(folder: Path) -> Path:
    """Compile the shim into `folder`."""
    target = folder / "shim.so"
    subprocess.run(
        ["gcc", "-O1", "-Wall", "-shared", "-fPIC", "-o", target, SOURCE, "-ldl"],
        check=True, capture_output=True,
    )  # fmt: skip
    return target


def run(shim: Path, match: Path, *arguments: str, **faults: object) -> subprocess.CompletedProcess[str]:
    """Run the writer behind the shim.

    Args:
        shim: What `build` gave.
        match: Only files below this folder are touched.
        arguments: The writer's, without the way: that is the one in use.
        faults: What is to go wrong, by the names in shim.c without FAULT_ and in small letters.
    """
    environ = {
        **os.environ,
        "LD_PRELOAD": os.fspath(shim),
        "FAULT_MATCH": os.fspath(match),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        **{f"FAULT_{name.upper()}": str(value) for name, value in faults.items()},
    }
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.faults.lab.writer", *arguments, doors.way()],
        env=environ, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
