"""Copies of a running session: consistent, without keys and private words, whole or absent."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection
from pathlib import Path

from workshop_tui.storage import db, words, writing
from workshop_tui.storage.copy_names import part_of
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.tables import contribution


def copy(source: Connection, target: Path, key: FileKey | None, without: Collection[str]) -> None:
    """Write a copy of an open session file to `target`, never over anything.

    Keys and whatever tells what is of one phone are taken out in memory, so that they never reach a second file; so is
    who of a vote that still runs is staff.

    Args:
        source: The open file.
        target: Where the copy goes.
        key: What the source is locked with; the copy is locked with the same. None for a plain one.
        without: Contributions whose words are not to be in it: no reader of a copy needs those for the day only.

    Raises:
        SessionFileError: there is something at `target`; it was not changed.
        StoreUnavailable: it could not be written; nothing was left.
    """
    # A link that leads nowhere is something too.
    if os.path.lexists(target):
        raise words.in_the_way(target)
    part = part_of(target)
    try:
        with db.whole_or_absent(part, target), contextlib.closing(db.connect(None, key)) as memory:
            source.backup(memory)
            writing.redact(memory)
            contribution.leave_out(memory, without)
            # SQLite takes over an empty file, which keeps the permissions it was made with, and writes it with the key.
            memory.execute("VACUUM INTO ?", (os.fspath(part.absolute()),))
    except FileExistsError as problem:
        raise words.in_the_way(target) from problem
    except (DBError, OSError) as problem:
        raise words.not_copied(target, problem) from problem
