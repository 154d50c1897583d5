"""Gone is a state: until what was destroyed has left the log and every copy, the file says that this is owed."""

from __future__ import annotations

import logging
from pathlib import Path

from workshop_tui.storage import db, disk, listed
from workshop_tui.storage.db import Connection
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.tables import copy, room
from workshop_tui.storage.tables.copy import CopyKind

log = logging.getLogger(__name__)


def fold_away(connection: Connection, path: Path) -> None:
    """Empty the write-ahead log into the file, on disk.

    Raises:
        DBError, OSError: it could not be done.
    """
    db.fold(connection, "TRUNCATE")
    wal = disk.beside(path, "wal")
    if wal.exists():
        # Else a power cut could bring a destroyed key back with the old log.
        disk.sync_file(wal)


def settle(
    connection: Connection, path: Path, session_id: str, key: FileKey | None, *, finished: bool
) -> tuple[Path, ...]:
    """Do what is owed once the log is folded away: remove copies, and only then say that nothing is owed.

    Args:
        connection: The open file.
        path: Its path.
        session_id: The session's id.
        key: What file and copies are locked with.
        finished: Whether the write-up is finished: before that, an original may be all that can be salvaged.

    Returns:
        The copies that could not be removed, or hold more than this file; then it is still owed.

    Raises:
        DBError, OSError: it could not be done; it is still owed.
    """
    owed = room.read(connection).owed
    noted = copy.read(connection)
    originals = [each for each, kind in noted.items() if kind == "original"]
    if not owed and not (finished and originals):
        return ()
    found: dict[Path, CopyKind] = {}
    for each in (path, *originals):
        found |= listed.find(each, session_id, key)
    found |= noted
    # Copies that reports are made from never have a key.
    stays = {"original": not finished, "export": owed == room.KEYS}
    going = [each for each, kind in found.items() if not stays.get(kind) and each != path]
    in_use = [each for each, kind in found.items() if kind == "export"]
    newer = [each for each, kind in found.items() if kind == "newer"]
    left = listed.remove(going, path, session_id, key, in_use=in_use, newer=newer, originals=originals)
    with db.transaction(connection):
        copy.forget(connection, [each for each in going if each not in left])
        if not left:
            room.note_settled(connection)
    # What was destroyed is in no page that SQLite keeps in memory.
    connection.execute("PRAGMA shrink_memory")
    if left:
        log.warning("copies with destroyed words could not be removed", extra={"count": len(left)})
    return tuple(left)
