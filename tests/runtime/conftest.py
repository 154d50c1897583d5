"""What the tests of processes share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.laptop import Laptop, a_laptop


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    """A laptop of this test's own."""
    with a_laptop(tmp_path) as laptop:
        yield laptop


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with the short evening in it that nobody may write to, not even an administrator."""
    if sys.platform == "win32":
        pytest.skip("Windows folders have no such modes")
    folder = tmp_path / "may only be read"
    folder.mkdir()
    agenda = tmp_path / "evening.toml"
    if os.geteuid():
        (folder / agenda.name).write_bytes(agenda.read_bytes())
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)
        return
    # Modes do not bind an administrator; a disk that may only be read does.
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("as an administrator this needs the right to mount a disk")
    try:
        (folder / agenda.name).write_bytes(agenda.read_bytes())
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
