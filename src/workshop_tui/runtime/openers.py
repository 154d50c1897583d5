"""Opening a page in the browser of this computer, without a shell and without its address on any command line.

The address of the host page is a secret. Other users of a computer see the command lines of all programs, so the
browser is given a file of its owner alone that leads there, as Jupyter does.
"""

from __future__ import annotations

import contextlib
import html
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

GONE_AFTER_S: Final = 60.0
"""How long the file that leads to the page stays: a browser that has to start first takes its time."""


def opener(environ: Mapping[str, str], platform: str) -> tuple[str, ...]:
    """The program that opens a file with what its owner uses for it; none where no window can be shown."""
    name = {"darwin": "open", "win32": "explorer"}.get(platform, "xdg-open")
    has_windows = platform in ("darwin", "win32") or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    found = shutil.which(name) if has_windows else None
    return (found,) if found else ()


def open_page(address: str, folder: Path, start: Callable[[list[str]], object] | None = None) -> bool:
    """Open a page in the browser; whether there was a program to do it.

    Args:
        address: The page.
        folder: Where the file that leads there can lie.
        start: Starts a program and does not wait for it; None for a process of its own.
    """
    program = opener(os.environ, sys.platform)
    if not program:
        return False
    file = _leading_to(address, folder)
    try:
        (start or _start)([*program, str(file)])
    except OSError:
        _remove(file)
        return False
    timer = threading.Timer(GONE_AFTER_S, _remove, (file,))
    timer.daemon = True
    timer.start()
    return True


def _leading_to(address: str, folder: Path) -> Path:
    # For its owner only, from the start: `mkstemp` sees to that.
    handle, name = tempfile.mkstemp(prefix="open-", suffix=".html", dir=folder)
    where = html.escape(address, quote=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(
            f'<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
            f'<meta http-equiv="refresh" content="0;url={where}"><a href="{where}">{where}</a>'
        )
    return Path(name)


def _start(command: list[str]) -> None:
    quiet = subprocess.DEVNULL
    # A program found on the path, and the file made above: nothing of it was typed by anybody.
    subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 - see above


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
