"""Read by Python before anything else, where PYTHONPATH names this folder: modules that only POSIX has are missing."""

import sys

for name in ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty", "uvloop"):
    sys.modules[name] = None  # type: ignore[assignment]
