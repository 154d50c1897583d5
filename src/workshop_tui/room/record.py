"""A whole session as one value, as it was read from a file or a copy: what every export is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.events import JournalEvent, NoteWritten
from workshop_tui.domain.points import Standing, Tie
from workshop_tui.domain.reach import gone_by_the_end
from workshop_tui.domain.registers import EntryRow
from workshop_tui.domain.rows import AnswerRow, ContributionRow
from workshop_tui.domain.standing import Known, standing_of
from workshop_tui.domain.state import SessionState
from workshop_tui.domain.texts import Dealt
from workshop_tui.messages import Day, Message, Sentences, Text, tr, trn
from workshop_tui.room.clock import day_at
from workshop_tui.room.ports import SessionInfo, due_at

_FINISHES: Final = tr("Opening the session with “workshop-tui run” does it.")

OWED: Final = tr(
    "Words or keys of this session were destroyed, and may still be in its log or in copies: the program was stopped "
    "before it had removed those, or could not remove them. Opening the session with “workshop-tui run” tries it again."
)
"""What readers say of a file in which something is owed."""


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
    reasons: tuple[tuple[str, str], ...] = ()
    """What was given as reasons, as (random key, canonical JSON), in the order of their keys."""


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
    dealt: Dealt = Dealt()
    """What the facilitator did with texts: everything that shows one asks it."""
    notes: tuple[NoteWritten, ...]
    """Those not dropped, first to last."""
    entries: Mapping[str, EntryRow] = {}
    """How notes are sorted, by the note; those that nobody has sorted are not in it."""
    ties: Mapping[str, tuple[Tie, ...]] = {}
    """What notes rest on, by the note."""
    phones: int
    """How many phones joined."""
    looking_on: int = 0
    """How many of them only look on: they are in no base."""
    locked: bool = False
    """Whether the file it was read from is encrypted."""
    owed: bool = False
    """Whether what was destroyed may still be in the file's log and in copies."""
    awaits_award: bool = False
    """Whether the day on which the contract is awarded is still to come: a panel's scores leave in nothing."""
    is_overdue: bool = False
    """Whether the last day of its write-up has passed and nobody finished it."""
    left_out: Sentences = ""
    """What is not as it should be about words that were to be gone, in a sentence; empty when all is well."""

    damage: tuple[Text, ...] = ()
    """What is not as it was written, and was passed over: plain sentences without anybody's words."""

    @property
    def standings(self) -> Mapping[str, tuple[tuple[Tie, Standing], ...]]:
        """What each note rests on, and whether it is there."""
        known = Known(
            rounds={each.key: each.status for each in self.state.rounds},
            contributions={row.key: row for row in self.contributions},
            reasons=frozenset(key for each in self.rounds for key, _ in each.reasons),
            answers=self.answers,
            notes=frozenset(note.key for note in self.notes),
            received=frozenset(each.id for each in self.state.agenda.received),
            dealt=self.dealt,
        )
        return {note: tuple((tie, standing_of(tie, known)) for tie in ties) for note, ties in self.ties.items()}

    @property
    def as_of(self) -> int:
        """The latest time in the journal, UTC milliseconds; when the file was made if there is none.

        Exports carry this and not the time of export, so that the same session gives the same bytes.
        """
        return max((event.at for event in self.journal), default=self.info.created_at)


def as_it_may_be_read(record: SessionRecord, kinds: Kinds, now: int) -> SessionRecord:
    """A session as anybody may read it now: without words whose time is over, even where nobody has wiped them yet.

    Whoever reads a file does not write to it. What should be gone is left out, and that is said.

    Args:
        record: The session as it stands in its file.
        kinds: The registry.
        now: UTC milliseconds.
    """
    award_on = record.state.agenda.award_on
    if award_on:
        record = replace(record, awaits_award=day_at(now).isoformat() < award_on)
    until = due_at(record.info, record.state)
    if record.state.finished_at is None and until is not None and now >= until:
        over = set(gone_by_the_end(record.contributions, kinds))
        rows = (replace(row, body="", gone="day_over") if row.key in over else row for row in record.contributions)
        return replace(record, contributions=tuple(rows), is_overdue=True, left_out=_overdue(record, len(over)))
    return replace(record, left_out=OWED) if record.owed else record


def _overdue(record: SessionRecord, words: int) -> tuple[Message, ...]:
    day = Day(record.info.write_up_by)
    said = tr("The write-up of this session was to be finished by {day}, and nobody has.", day=day)
    left = trn(
        "Until then the words of {n} contribution are left out here, and still in the file.",
        "Until then the words of {n} contributions are left out here, and still in the file.",
        words,
    )
    return (said, _FINISHES, left) if words else (said, _FINISHES)
