"""Killed at every step of an ending, or of a delete: whoever opens the file next finishes it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults.lab import shim
from tests.storage import doors

pytestmark = pytest.mark.skipif(bool(shim.missing()), reason=shim.missing())

IN_MEMORY = Path("/dev/shm")
"""A kill takes nothing from the system's cache, so that no real disk is needed."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shim.build(tmp_path_factory.mktemp("lab"))


def steps_survived(library: Path, act: str, *, every: int = 1) -> int:
    """How many steps an act has, after it was killed at each and what was left behind was looked at."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as work:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.faults.lab.ending", act, work, str(every), doors.way()],
            env={
                **os.environ,
                "LD_PRELOAD": os.fspath(library),
                "FAULT_MATCH": f"{work}/laptop",
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            },
            capture_output=True, text=True, check=False, timeout=1_000,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[0])


@pytest.mark.long_when_locked
def test_an_ending_killed_at_any_step_is_finished_by_whoever_opens_the_file_next(library: Path) -> None:
    assert steps_survived(library, "finish") > 50


def test_a_delete_killed_at_any_step_is_done_again(library: Path) -> None:
    assert steps_survived(library, "delete") > 15


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_a_day_killed_at_any_step_keeps_its_promises(library: Path) -> None:
    assert steps_survived(library, "day") > 500
