"""A whole session as one value, as it was read from a file or a copy: what every export is made from."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from workshop_tui.domain.events import JournalEvent, NoteWritten
from workshop_tui.domain.rows import AnswerRow, ContributionRow
from workshop_tui.domain.state import SessionState
from workshop_tui.room.ports import SessionInfo


class RoundRecord(Struct, frozen=True):
    """The ballots of one round, without anything that could tell whose they are."""

    key: str
    profile: Mapping[str, int]
    """How often each choice was made, by canonical JSON; skips are not in it."""
    skipped: int
    """How many people chose to skip."""
    changes: int
    """How often somebody changed a vote."""
    sealed_profile: Mapping[str, int] | None
    """What was counted when the round was sealed; None for a round that is not sealed."""
    sealed_skipped: int | None = None
    """How many skips were counted then; None for a round that is not sealed."""
    groups: Mapping[str, Mapping[str, int]] = {}
    """The profiles of staff and public, by segment; empty where they may not be told apart (`domain.roles`)."""
    reasons: tuple[str, ...] = ()
    """What was given as reasons, by canonical JSON, in the order of their random keys."""


class SessionRecord(Struct, frozen=True, kw_only=True):
    """Everything an export may draw on; the consent gate stands between this and a file."""

    info: SessionInfo
    state: SessionState
    """The journal through `domain.evolve`."""
    journal: tuple[JournalEvent, ...]
    journal_head: str
    """The last hash of the journal's chain, in hexadecimal; empty for an empty journal."""
    rounds: tuple[RoundRecord, ...]
    """In the order of `state.rounds`."""
    contributions: tuple[ContributionRow, ...]
    """In the order they came."""
    votes: Mapping[str, int] = {}
    """How many want to know each question from the room, by contribution; those nobody wants are not in it."""
    answers: Mapping[str, AnswerRow] = {}
    """What became of questions, by contribution; those of which nothing was noted are not in it."""
    retellings: Mapping[str, str] = {}
    """What stories are about in the facilitator's words, by contribution."""
    notes: tuple[NoteWritten, ...]
    """Those not dropped, first to last."""
    phones: int
    """How many phones joined."""
    looking_on: int = 0
    """How many of them only look on: they are in no base."""

    damage: tuple[str, ...] = ()
    """What is not as it was written, and was passed over: plain sentences without anybody's words."""

    @property
    def as_of(self) -> int:
        """The latest time in the journal, UTC milliseconds; when the file was made if there is none.

        Exports carry this and not the time of export, so that the same session gives the same bytes.
        """
        return max((event.at for event in self.journal), default=self.info.created_at)
