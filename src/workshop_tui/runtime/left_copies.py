"""Copies of sessions that reports are made from, and that somebody killed before they could be removed."""

from __future__ import annotations

import shutil

from workshop_tui.runtime.processes import is_alive
from workshop_tui.settings import runtime_folder


def remove() -> None:
    """Remove those whose process has gone: there are stories in them that nobody may see."""
    for folder in runtime_folder().glob("copy-*"):
        pid = folder.name.split("-")[1]
        if not pid.isdigit() or not is_alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)
