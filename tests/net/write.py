"""Writes the golden pages anew: `python -m tests.net.write`, and then read what changed with `git diff`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.net import golden
from tests.net.replay import replay

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        golden.write(replay(Path(folder)).pages)
