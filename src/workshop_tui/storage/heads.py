"""The end of a journal's chain, remembered outside its file: rows cut off or replaced there show at the next opening.

It is written after each commit that added to the journal, without waiting for the disk. So what is remembered may be
older than the chain's end, which means nothing; what is not on the chain was on it once.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from workshop_tui.storage import disk
from workshop_tui.storage.chain import JournalRow
from workshop_tui.storage.copy_names import SNAPSHOTS, folders_of, tag_of
from workshop_tui.storage.folders import folder_now

ENDING: Final = ".head"

_LINE: Final = re.compile(rb" *(\d+) ([0-9a-f]{64})\n")
_BINARY: Final = getattr(os, "O_BINARY", 0)
"""Windows alone would write two bytes for the end of a line."""


class Head(NamedTuple):
    """One row of a journal."""

    seq: int
    hash: bytes


def all_of(path: Path, session: str, copied: Iterable[Path]) -> list[Path]:
    """What is remembered of a session outside its file; where nobody knows its id, of every one of that name.

    Args:
        path: Its file.
        session: Its id, or nothing.
        copied: Its copies: the file may have had another name or place when they were made.
    """
    name = _name(session) if session else f"*{ENDING}"
    folders = set(folders_of(path))
    for each in copied if session else ():
        folders |= {each.parent} if each.parent.suffix == SNAPSHOTS else set(folders_of(each))
    return sorted(each for folder in folders if not folder.is_symlink() for each in folder.glob(name))


def missing_from(path: Path, session: str, rows: Sequence[JournalRow]) -> Head | None:
    """The last row of the journal that is remembered for a session file and is not in it."""
    remembered = remembered_in([each / _name(session) for each in folders_of(path)])
    gone = [head for head in remembered if not 0 < head.seq <= len(rows) or rows[head.seq - 1].hash != head.hash]
    return max(gone, default=None)


def remembered_in(paths: Sequence[Path]) -> list[Head]:
    """What these files remember; what cannot be read is nothing."""
    found = []
    for path in paths:
        with contextlib.suppress(OSError):
            found += [Head(int(seq), bytes.fromhex(hash_.decode())) for seq, hash_ in _LINE.findall(path.read_bytes())]
    return found


class Remembered:
    """The file that remembers the end of one journal from now on; it is made with the first row.

    Args:
        path: The session file.
        session: The session's id.
        lost: A row that was found to be missing: it is remembered for good.
    """

    def __init__(self, path: Path, session: str, lost: Head | None) -> None:
        self._path = folder_now(path) / _name(session)
        self._lost = lost
        self._file: int | None = None

    def note(self, head: Head) -> None:
        """Remember the chain's new end; a place that cannot be written to remembers nothing."""
        try:
            if self._file is None:
                disk.private_folder(self._path.parent)
                self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | _BINARY, 0o600)
                if self._lost is not None:
                    os.lseek(self._file, len(_line(head)), os.SEEK_SET)
                    os.write(self._file, _line(self._lost))
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, _line(head))
        except OSError:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        file, self._file = self._file, None
        if file is not None:
            with contextlib.suppress(OSError):
                os.close(file)


def _name(session: str) -> str:
    return f"{tag_of(session)}{ENDING}"


def _line(head: Head) -> bytes:
    return f"{head.seq:>12} {head.hash.hex()}\n".encode()
