"""Killed at every step of noting answers: the follow-up file is as it was, or has all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.platforms import needs_posix

pytestmark = [needs_posix, pytest.mark.plain_only("a follow-up file is never locked")]


def test_answers_that_are_noted_are_all_there_or_none_is_wherever_it_is_killed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.faults.lab.answering", str(tmp_path)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        },
        capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 40
