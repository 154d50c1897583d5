"""What deciding may look up: single rows of the tables, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

from workshop_tui.domain.commands import Handling
from workshop_tui.domain.consent import LEAST
from workshop_tui.domain.private_codes import CodeRow

if TYPE_CHECKING:
    from workshop_tui.domain.events import CareTaken, NoteWritten
    from workshop_tui.domain.redaction import Redaction
    from workshop_tui.domain.safeguarding import SafeguardingRow
    from workshop_tui.domain.steps import Step


class BallotRow(Struct, frozen=True):
    """The ballot of one voter in one round."""

    choice: str | None
    """Canonical JSON; None for a skip."""
    revision: int
    receipt: bytes
    """Keyed names of its last sendings, newest first, of 32 bytes each: see `domain.events.BallotCast.receipt`."""
    segment: str = ""
    """Which group it is counted in beside the whole; empty for none, and where groups were too small to keep."""


class SealedRow(Struct, frozen=True):
    """What was counted of one round for good."""

    counts: tuple[tuple[str | None, int], ...]
    """How often each choice was made, as (canonical JSON or None for a skip, people); sorted, skips first."""
    changes: int
    """How often somebody changed a vote."""
    salt: bytes
    """With it the journal's digest of both is made."""


class ReasonRow(Struct, frozen=True):
    """What one person gave as the reason for one answer."""

    key: str
    """Random, so that no order of keys tells an order of people."""
    round: str
    voter: bytes
    """As of the ballot beside which it was given, so that it can be changed; empty once the round's key is destroyed:
    then nobody can tell whose it is, which answer stands beside it or which reasons are of one person."""
    body: str
    """Canonical JSON of the kind's ballot type: the one answer that it explains, and the words."""
    salt: bytes = b""
    """With it the journal's digest of the body is made; empty until the round is sealed."""


class ContributionRow(Struct, frozen=True):
    """One story, idea or private word."""

    key: str
    item: str
    kind: str
    body: str
    """Canonical JSON of the kind's type; empty once wiped."""
    consent: str
    """C0 to C4."""
    author: bytes
    """HMAC(story key, person); empty once the write-up is finished."""
    moderation: Handling
    """Begins as "new", or as "on_hold" when everything from its phone is."""
    minute: int
    """When it came, UTC minutes: nothing finer is stored."""
    submission_id: str
    """The phone's name for the sending."""
    digest: bytes
    """Salted, of item, consent and body as they were sent: in the journal too, and to know a resend from a reuse. Empty
    once wiped."""
    salt: bytes = b""
    """Random; empty once wiped."""
    gone: Literal["", "withdrawn", "day_over"] = ""
    """Why its words are gone: their owner took them back, or they were only for the day. Empty while they are there."""
    withheld: bool = False
    """Whether it is for nobody, whatever its owner allowed. Kept apart from what they chose, of which the journal has
    the digest (`domain.events.CareTaken`)."""

    @property
    def level(self) -> str:
        """The level that holds: its owner's, or the least."""
        return LEAST if self.withheld else self.consent


class AnswerRow(Struct, frozen=True):
    """What became of a question from the room."""

    words: str
    """What the answer was, in short; empty where nobody typed it."""
    owner: str
    """Who took it away to find out; empty for one that was answered."""


class IssuedRow(Struct, frozen=True):
    """Files that were written out of the session, at one time."""

    at: int
    """UTC milliseconds."""
    folder: str
    names: tuple[str, ...]


class Rows(Protocol):
    """The tables as deciding sees them: with every change of the commands before it in the same batch."""

    def knows(self, person: str) -> bool:
        """Whether this person has joined and has not left since."""

    def has_left(self, person: str) -> bool:
        """Whether this person handed their phone on: nobody speaks for them any more."""

    def people(self) -> int:
        """How many people have joined, those who left since among them."""

    def joined_at(self, person: str) -> int:
        """When somebody joined, in UTC minutes."""

    def role(self, person: str) -> str:
        """Who somebody is here as; empty until they have said, and where nobody is asked."""

    def voters(self) -> int:
        """How many of the phones that have joined may vote: all but those that look on."""

    def round_key(self, round_: str) -> bytes | None:
        """The key of a round that is not sealed; None once it is destroyed."""

    def story_key(self) -> bytes | None:
        """The key of the session's contributions; None once the write-up is finished."""

    def ballot(self, round_: str, voter: bytes) -> BallotRow | None:
        """The ballot of one voter; None where there is none."""

    def reasons_in(self, round_: str) -> Iterable[ReasonRow]:
        """Every reason given in a round, in no order that means anything."""

    def ballots(self, round_: str) -> Iterable[tuple[bytes, BallotRow]]:
        """Every ballot of a round, as (voter, ballot), in no order that means anything."""

    def reason(self, key: str) -> ReasonRow | None:
        """One reason; None where there is none."""

    def reasons_by(self, round_: str, voter: bytes) -> tuple[ReasonRow, ...]:
        """What one voter gives as reasons in a round whose key is alive."""

    def profile(self, round_: str) -> Mapping[str, int]:
        """How often each choice was made in a round, by canonical JSON; skips are not in it."""

    def persons(self) -> Iterable[str]:
        """Every person who has joined."""

    def sent(self, submission_id: str) -> ContributionRow | None:
        """What was kept under a submission id; None where it is new."""

    def contribution(self, key: str) -> ContributionRow | None:
        """A contribution; None where there is none."""

    def all_contributions(self) -> Iterable[ContributionRow]:
        """Every contribution, in the order they came."""

    @property
    def untrusted(self) -> tuple[str, ...]:
        """The keys of contributions that are passed over, because their words are not as they came in."""

    def by_author(self, author: bytes) -> tuple[ContributionRow, ...]:
        """Everything one phone sent."""

    def approved(self, item: str) -> tuple[str, ...]:
        """The keys of what was sent to an item and approved."""

    def upvoted(self) -> Iterable[str]:
        """The keys of what somebody wants to know too."""

    def has_upvoted(self, contribution: str, upvoter: bytes) -> bool:
        """Whether this upvoter wants to know that too."""

    def presses(self, contribution: str, upvoter: bytes) -> int:
        """How often this upvoter changed that, since the room was started."""

    def answer(self, contribution: str) -> AnswerRow | None:
        """What became of a question; None as long as nothing was noted."""

    def retelling(self, contribution: str) -> str:
        """What a story is about, in the facilitator's words; empty where nobody wrote it."""

    def written_of(self) -> tuple[Iterable[str], Iterable[str]]:
        """The keys of the questions that a desk answered, and of every text that it retold, reworded or decided on."""

    def care(self, contribution: str) -> CareTaken:
        """How a contribution is to be treated, beside what its owner allowed."""

    def safeguarding(self, key: str) -> SafeguardingRow | None:
        """A matter that was handed on; None where there is none of that key."""

    def handling(self, text: str) -> Handling | None:
        """How a reason, an answer or a note was dealt with; None as long as nobody has."""

    def rewording(self, text: str) -> str:
        """In which words a text is shown instead of its own; empty for its own."""

    def redactions(self, text: str) -> tuple[Redaction, ...]:
        """What was decided of what may tell who somebody is in a text."""

    def note(self, key: str) -> NoteWritten | None:
        """The note of that key; None where there is none."""

    def codes(self) -> Iterable[CodeRow]:
        """What is kept of every private code."""

    def issued(self) -> tuple[IssuedRow, ...]:
        """What was written out of the session, first to last."""

    def is_held(self, author: bytes) -> bool:
        """Whether everything from this phone is to be held."""

    def approved_in(self, item: str) -> int:
        """How many that are."""

    def unread(self) -> int:
        """How many contributions the facilitator has not handled yet."""

    def unread_of(self, author: bytes) -> int:
        """How many of them one phone sent."""

    def waiting_authors(self) -> int:
        """How many phones sent them."""

    def all_notes(self) -> Iterable[NoteWritten]:
        """Every note, those taken back among them."""

    def has_note(self, key: str) -> bool:
        """Whether there is a note of that key."""

    def is_dropped(self, note: str) -> bool:
        """Whether a note was taken back."""

    def undo(self, desk: str) -> tuple[Step, ...]:
        """What a desk can take back, newest last."""

    def steps_of_others(self, desk: str) -> Iterable[Step]:
        """What every other desk can take back, in no order that means anything."""

    def redo(self, desk: str) -> tuple[Step, ...]:
        """What a desk took back and can do again, newest last."""
