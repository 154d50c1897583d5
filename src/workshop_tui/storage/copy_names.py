"""What copies that the program makes are called, and in which folders they lie."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from pathlib import Path
from typing import Final

from workshop_tui.errors import FolderUnusable
from workshop_tui.settings import data_folder

ENDING: Final = ".workshop"

RESCUED: Final = "rescued-"
"""How the names of files begin that were written when a session file was lost; a number and the file's name follow."""

RESTORED: Final = "restored-"
"""How the names of session files begin that were a snapshot."""

SNAPSHOTS: Final = ".snapshots"
"""How the name of the folder ends that holds a session's snapshots, after the name of its file."""

RESCUE: Final = re.compile(rf"{RESCUED}\d+-(.+)")
"""The name of a rescue, and in it that of the file that was lost."""

_SAVED: Final = re.compile(rf"(?:{RESCUED}|{RESTORED})\d+-(.+)")

_ID: Final = re.compile("[0-9a-f]{16}")


def part_of(target: Path) -> Path:
    """The name that a copy, or a new session file, has while it is written."""
    return target.with_name(f".{target.name}.part")


def originals_of(path: Path) -> list[Path]:
    """The files in whose place a rescue, or a snapshot that became a session file, may be gone on with."""
    found = []
    name = path.name
    while match := _SAVED.fullmatch(name):
        name = match[1]
        found.append(path.with_name(name))
    return found


def tag_of(session_id: str) -> str:
    """A session's id as it stands in the names of its copies: a file says its id, and may say anything."""
    return session_id if _ID.fullmatch(session_id) else hashlib.sha256(session_id.encode()).hexdigest()[:16]


def folders_of(session: Path) -> list[Path]:
    """Where the snapshots of a session file may lie: beside it, and in the user's data folder."""
    return [home / f"{session.name}{SNAPSHOTS}" for home in homes_of(session.parent)]


def homes_of(folder: Path) -> list[Path]:
    """Where copies of sessions in a folder may lie: there, and in the user's data folder."""
    with contextlib.suppress(FolderUnusable):
        return [folder, elsewhere(folder)]
    return [folder]


def elsewhere(folder: Path) -> Path:
    """Where copies of sessions in a folder lie while they cannot lie there; another place for each folder.

    Raises:
        FolderUnusable: the user has no data folder, and none can be made.
    """
    return data_folder() / hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]
