"""What people told in a session, for comparing alone: no answer repeats it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from workshop_tui.cycle.follow_up import Line
from workshop_tui.cycle.record import Record
from workshop_tui.domain.points import Rows, has_row, own_words
from workshop_tui.errors import LockedSessionFile, WorkshopError, WrongKey
from workshop_tui.messages import Message, Sentences, as_tuple, tr
from workshop_tui.room.clock import SYSTEM
from workshop_tui.room.ports import Clock
from workshop_tui.runtime import exporting
from workshop_tui.runtime.passphrases import KeyRing


def texts_of(line: Line) -> tuple[str, ...]:
    """What somebody typed in a line of a follow-up; what names a vote of a later session is nothing of the kind."""
    typed = (line.words, line.where, line.to, line.by_body, line.by_role)
    return typed if line.source == "session" else (*typed, line.reference)


class OwnWords:
    """What people told in a session, which no answer may repeat: it is read further, and stays when that is taken back.

    The session itself is asked, since its record lacks what may be in no report. It is opened only for an answer that
    has words enough to repeat some.

    Args:
        session: Its file. Where that is not there, or None, its words are to be had by nobody here, and its record is
            asked alone.
        record: Its record.
        ring: Opens it where it is locked.
        clock: Says which moment it is.
    """

    def __init__(self, session: Path | None, record: Record, ring: KeyRing, clock: Clock = SYSTEM) -> None:
        self._session, self._record, self._ring, self._clock = session, record, ring, clock
        self.unread: Sentences = ""
        """Why the session could not be asked; empty where it was, or is not there."""

    def repeated_in(self, texts: Iterable[str]) -> Message | None:
        """That some texts repeat what somebody told, with the words; None where none does.

        Raises:
            LockedSessionFile: the session is locked and nobody opens it.
            WrongKey: what was given does not open it.
        """
        for text in filter(has_row, texts):
            if (found := self._rows.first_in(text)) is not None:
                return own_words(text[slice(*found)])
        return None

    @cached_property
    def _rows(self) -> Rows:
        return Rows((*self._record.texts.values(), *self._in_session()))

    def _in_session(self) -> Sequence[str]:
        from workshop_tui.exports.gate import told

        if self._session is None or not self._session.is_file():
            return ()
        try:
            with exporting.session_record(self._session, self._ring, self._clock) as found:
                return tuple(told(found)) if found.info.id == self._record.session.id else ()
        except (LockedSessionFile, WrongKey):
            raise
        except WorkshopError as problem:
            self.unread = (
                tr("What people told could not be compared with this answer, only what reports may say of it."),
                *as_tuple(problem.message),
            )
            return ()
