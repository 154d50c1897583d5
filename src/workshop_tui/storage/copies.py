"""Copies that the program makes of its own accord: where they lie, how one is made, and how one goes.

Nothing else makes or removes one, so that there is one place that knows of all of them.
"""

from __future__ import annotations

import itertools
import logging
from pathlib import Path
from typing import Final

from workshop_tui.errors import WorkshopError
from workshop_tui.settings import data_folder
from workshop_tui.storage import db
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.opening import Contents
from workshop_tui.storage.whole import write_whole

log = logging.getLogger(__name__)

RESCUED: Final = "rescued-"
"""How the names of files begin that were written when a session file was lost."""


def rescue(path: Path, contents: Contents, key: FileKey | None) -> Path | None:
    """Write what is known of a lost session under a free name beside it, or else in the user's data folder.

    Returns:
        The new file; None where neither folder takes it.
    """
    for here in (True, False):
        try:
            target = _free(path.parent if here else data_folder(), path.name)
            write_whole(target, contents, key)
        except (WorkshopError, OSError) as problem:
            log.warning("no rescue in one of the folders", extra={"why": type(problem).__name__})
            continue
        return target
    return None


def remove(path: Path) -> None:
    """Remove a copy, and what SQLite may have left beside it.

    Raises:
        OSError: something of it is still there.
    """
    db.remove(path)


def _free(folder: Path, name: str) -> Path:
    names = (folder / f"{RESCUED}{n}-{name}" for n in itertools.count(1))
    return next(each for each in names if not each.exists())
