"""What not every system has. On Linux all of it is there, so that nothing here skips a test on it."""

from __future__ import annotations

import sys

import pytest

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="what it looks at, or with, only Linux has")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals, modes and paths")
needs_every_loopback = pytest.mark.skipif(sys.platform == "darwin", reason="macOS has 127.0.0.1 and no other loopback")

NO_TERMINALS = "Windows has no pseudo-terminals"
"""For `pytest.importorskip`: a module whose imports only POSIX has is skipped as a whole."""
