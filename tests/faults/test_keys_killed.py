"""Killed at every step of making, changing or deleting a key: no session is ever locked for good, or left to read."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults.lab import shim
from tests.faults.test_ending_killed import IN_MEMORY

pytestmark = [
    pytest.mark.skipif(bool(shim.missing()), reason=shim.missing()),
    pytest.mark.plain_only("about locked files, by name"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shim.build(tmp_path_factory.mktemp("lab"))


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("act", "steps"), [("make", 20), ("change", 6), ("say", 20), ("delete", 8)])
def test_killed_at_any_step_the_key_is_where_it_opens_something_or_gone_for_good(
    library: Path, act: str, steps: int
) -> None:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as work:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.faults.lab.keying", act, work],
            env={
                **os.environ,
                "LD_PRELOAD": os.fspath(library),
                "FAULT_MATCH": f"{work}/laptop",
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            },
            capture_output=True, text=True, check=False, timeout=1_000,
        )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > steps
