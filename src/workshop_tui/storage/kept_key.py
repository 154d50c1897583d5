"""The key file of a session that this process has open: kept in memory, put back when lost, given to each copy."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from workshop_tui.domain.state import SessionState
from workshop_tui.errors import DamagedKeyFile, WorkshopError
from workshop_tui.messages import Sentences, Verbatim, tr
from workshop_tui.storage import key_file, words
from workshop_tui.storage.key_file import KeyFile, Outside

log = logging.getLogger(__name__)


class KeptKey:
    """What stands in the key file of one session; with none, as of a plain session, everything here does nothing.

    Args:
        session: The session file.
        known: What stands in its key file; None for none.
    """

    def __init__(self, session: Path, known: KeyFile | None) -> None:
        self._session = session
        self._known = known
        self._seen: tuple[int, int, int] | None = (-1, 0, 0)
        """What the file looked like when it was last read or written; at first nobody has looked."""
        self.trouble: Sentences = ""
        """Why the key file is not at its place; empty when it is, and where there is none."""

    def note(self, state: SessionState) -> None:
        """Let the file say what must be known without a passphrase."""
        if self._known is not None and (outside := outside_of(state)) != self._known.outside:
            self._known = replace(self._known, outside=outside)
            self._write()

    @property
    def is_in_ring(self) -> bool:
        """Whether the system's key ring has the key too."""
        return self._known is not None and self._known.is_in_ring

    def left_ring(self) -> None:
        """Let the file say that the ring has it no more."""
        if self._known is not None and self._known.is_in_ring:
            self._known = self._known.out_of_ring()
            self._write()

    def look(self) -> None:
        """Put the file back where somebody deleted, moved or changed it."""
        if self._known is None or (not self.trouble and _marks(self._session) == self._seen):
            return
        try:
            there = key_file.read(self._session)
        except DamagedKeyFile:
            there = None
        if there == self._known:
            with contextlib.suppress(OSError):
                # What a killed room had begun to write.
                key_file.begun_at(self._session).unlink(missing_ok=True)
            self._seen, self.trouble = _marks(self._session), ""
            return
        log.warning("the key file was not as it was left")
        self._write()

    def give(self, copy: Path) -> None:
        """Lay the key beside a copy of the session that is about to be written.

        Raises:
            OSError: it could not be done.
        """
        if self._known is None:
            return
        try:
            there = key_file.read(copy)
        except WorkshopError:
            there = None
        if there != self._known:
            key_file.write(copy, self._known)

    def give_all(self, copies: Iterable[Path]) -> None:
        """Let every copy of the key say what this one says: whoever changed the passphrase may have been stopped."""
        for each in copies:
            try:
                key_file.begun_at(each).unlink(missing_ok=True)
                self.give(each)
            except OSError as problem:
                log.warning("a copy of the key could not be written", extra={"why": type(problem).__name__})

    def _write(self) -> None:
        assert self._known is not None  # noqa: S101 - callers have looked
        try:
            key_file.write(self._session, self._known)
        except OSError as problem:
            self.trouble = (
                tr(
                    "The key of this session, “{name}”, is not as it was, and cannot be written again: {reason}.",
                    name=Verbatim(key_file.path_of(self._session).name),
                    reason=words.reason(problem),
                ),
                tr("It is tried again. Without a copy of it nobody can open the session once this room has stopped."),
            )
        else:
            self._seen, self.trouble = _marks(self._session), ""


def outside_of(state: SessionState) -> Outside:
    """What stands beside the key of a session in this state."""
    kept = state.keeping
    return Outside(kept.until, kept.is_held, state.finished_at is not None)


def _marks(session: Path) -> tuple[int, int, int] | None:
    try:
        found = os.stat(key_file.path_of(session))  # noqa: PTH116 - at every look, as in `watch`
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
