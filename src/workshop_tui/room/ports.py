"""What the room needs from outside: a clock, and a store with the session that it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.commands import Handling
from workshop_tui.domain.events import (
    AnswerWritten,
    CareTaken,
    EntrySorted,
    Event,
    JournalEvent,
    NoteWritten,
    RedactionsWritten,
    RetellingWritten,
    RewordingWritten,
)
from workshop_tui.domain.own_care import OwnCareRow
from workshop_tui.domain.points import Tie
from workshop_tui.domain.private_codes import CodeRow
from workshop_tui.domain.rows import BallotRow, ContributionRow, IssuedRow, ReasonRow, SealedRow
from workshop_tui.domain.safeguarding import SafeguardingRow
from workshop_tui.domain.state import SessionState
from workshop_tui.domain.steps import Step
from workshop_tui.errors import StoreUnavailable
from workshop_tui.messages import Sentences, Text


class SessionInfo(Struct, frozen=True, kw_only=True):
    """What a session is, fixed when its file is made."""

    id: str
    """A random name, 16 hexadecimal digits."""
    code: str
    """The join code: 4 letters that are hard to misread."""
    agenda: Agenda
    """The session's own copy of its agenda."""
    agenda_name: str
    """The file name of the agenda it was made from, without folder."""
    agenda_sha256: str
    """Of the agenda file's bytes, in hexadecimal."""
    created_at: int
    """UTC milliseconds."""
    scheduled_start: int | None = None
    """When the agenda wants to start, on the day the session was made, UTC milliseconds; None if it does not say."""
    write_up_by: str = ""
    """The last day on which the write-up can be finished by hand, as YYYY-MM-DD; empty for one without end."""
    write_up_until: int | None = None
    """The end of that day on this laptop, UTC milliseconds: then it is finished by itself. None for one without end."""
    address: str = ""
    """The address printed in the QR code, kept so that a restart uses it again."""
    port: int = 0


def due_at(info: SessionInfo, state: SessionState) -> int | None:
    """When the write-up is finished by itself, UTC milliseconds by the clock as it is now; None for never."""
    return None if info.write_up_until is None else info.write_up_until + state.clock_set_ms


class StoredSession(Struct, frozen=True, kw_only=True):
    """A session as it was read from its file."""

    info: SessionInfo
    journal: tuple[JournalEvent, ...]
    """Every journal event, first to last."""
    people: dict[str, bytes]
    """Hash of the phone's token, by person; empty of somebody who left."""
    minutes: dict[str, int] = {}
    """When people joined, UTC minutes, by person."""
    roles: dict[str, str] = {}
    """Who people are here as, by person; those who have not said are not in it."""
    round_keys: dict[str, bytes]
    """The keys of rounds that are not sealed, by round."""
    story_key: bytes | None
    ballots: dict[str, dict[bytes, BallotRow]]
    """By round, then voter."""
    sealed: dict[str, SealedRow] = {}
    """What was counted for good, by round."""
    reasons: tuple[ReasonRow, ...] = ()
    """Why people answered as they did, by their random keys."""
    contributions: tuple[ContributionRow, ...]
    """In the order they came."""
    untrusted: tuple[str, ...] = ()
    """The keys of contributions in the file that are not among these, because their words are not as they came in."""
    upvotes: frozenset[tuple[str, bytes]] = frozenset()
    """Who wants to know which question, as (contribution, upvoter)."""
    answers: dict[str, AnswerWritten] = {}
    """What became of questions, by contribution; those of which nothing is noted are not in it."""
    retellings: dict[str, RetellingWritten] = {}
    """What stories are about in the facilitator's words, by contribution."""
    issued: tuple[IssuedRow, ...] = ()
    """What was written out of the session, first to last."""
    codes: tuple[CodeRow, ...] = ()
    """What is kept of private codes."""
    handlings: dict[str, Handling] = {}
    """How reasons, answers and notes were dealt with, by the key of the text; those nobody dealt with are not in it."""
    care: dict[str, CareTaken] = {}
    """How contributions are to be treated, by their keys; those of which nothing was said are not in it."""
    safeguarding: tuple[SafeguardingRow, ...] = ()
    """Matters that were handed on, first to last."""
    own_care: tuple[OwnCareRow, ...] = ()
    """Requests to be contacted about somebody's own care, first to last."""
    rewordings: dict[str, RewordingWritten] = {}
    """In which words texts are shown instead of their own, by the key of the text."""
    redactions: dict[str, RedactionsWritten] = {}
    """What was decided of what may tell who somebody is, by text."""
    undo: dict[str, tuple[Step, ...]] = {}
    """What each desk can take back, newest last."""
    redo: dict[str, tuple[Step, ...]] = {}
    """What each desk can do again, newest last."""
    held_authors: frozenset[bytes]
    notes: tuple[NoteWritten, ...]
    """Every note, first to last."""
    dropped_notes: frozenset[str]
    entries: dict[str, EntrySorted] = {}
    """How notes are sorted, by the note; those that nobody has sorted are not in it."""
    ties: tuple[Tie, ...] = ()
    """What notes rest on, sorted."""
    alive_ms: int
    """When the room last wrote that it was alive, UTC milliseconds; 0 when it never did."""
    damage: tuple[Text, ...] = ()
    """What is not as it was written, in plain sentences without anybody's words; it was passed over."""
    clean: bool = True
    """Whether the room that wrote the file last stopped in order."""


class Store(Protocol):
    """One open session file. Every method is called on one thread, the writer's, and blocks it."""

    @property
    def left_over(self) -> tuple[Path, ...]:
        """Copies that hold what was destroyed since, because they cannot be removed. Any thread may look."""

    @property
    def ahead(self) -> frozenset[Path]:
        """Copies that are not removed because they hold more than the file did when it was opened."""

    @property
    def locked(self) -> bool:
        """Whether the file is encrypted. Any thread may look."""

    @property
    def key_trouble(self) -> Sentences:
        """Why the key of a locked session is not beside it; empty when all is well. Any thread may look."""

    @property
    def is_in_ring(self) -> bool:
        """Whether the system's key ring has the key of a locked session too. Any thread may look."""

    def left_ring(self) -> None:
        """Note that it has it no more."""

    def load(self) -> StoredSession:
        """Everything in the file.

        Raises:
            SessionFileError: it cannot be understood.
        """

    def commit(self, events: Sequence[Event], alive_ms: int) -> None:
        """Write `events` in one transaction that is on disk when this returns.

        `alive_ms` is kept with it, so that a restart knows how long nobody was there.

        Raises:
            StoreUnavailable: nothing of it was written, or nobody can tell; the store takes no more until `recover`
                succeeds.
        """

    def recover(self) -> None:
        """Close, open again, check, and write a probe to disk.

        Raises:
            StoreUnavailable: it still does not work; the message says why in plain words.
        """

    def check_in_place(self) -> None:
        """Make sure that the file is as the store left it and can be written.

        Raises:
            FileLost: somebody deleted, moved, replaced or changed it.
            StoreUnavailable: it failed after the last batch was written, so that nobody was told yet.
        """

    def rescue(self, stored: StoredSession) -> StoreUnavailable:
        """After a `FileLost`, from any method here: write what the room knows to another file.

        `stored` is everything that was acknowledged, but for journal and time: these the store knows. Returns why
        nothing is taken now, and where everything is.
        """

    def snapshot(self) -> Callable[[], None] | None:
        """Take a second copy of the session, if something has changed since the last one.

        Returns what writes it, to be called on a thread of its own; None where there is nothing to do.
        """

    def copy_to(self, target: Path, without: Collection[str]) -> None:
        """Write a consistent copy of the session, without keys and whatever tells what is of one phone.

        `without` are the contributions whose words are not to be in it.

        Raises:
            SessionFileError: there is something at `target`; it was not changed.
            StoreUnavailable: the copy could not be written whole; `target` is then absent.
        """

    def close(self) -> None:
        """Fold the write-ahead log into the file, note that all is well, and let go of it."""


class Clock(Protocol):
    """All time comes from here."""

    def now_ms(self) -> int:
        """The wall clock, UTC milliseconds."""

    def steady_ms(self) -> int:
        """A clock that nobody sets and that goes on while the laptop sleeps; milliseconds from some start."""
