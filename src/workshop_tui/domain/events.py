"""What happened, as values.

Two families. *Journal events* change the small state; they are kept for ever, in order, under a hash chain, and
never hold a key, a vote or a story. *Table events* change the tables of what people say; they are rows, not
history. Adding a field to a journal event needs a default; renaming one is not possible.
"""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.domain.agenda import Item
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.commands import Handling, NoteKind
from workshop_tui.domain.rows import AnswerRow, ContributionRow
from workshop_tui.domain.state import Compared, Screen, Step


class Journaled(Struct, frozen=True, kw_only=True):
    """What every journal event is; one look tells it from a row, where the union below takes thirty."""

    at: int
    """When, UTC milliseconds."""


class WorkshopStarted(Journaled, frozen=True, kw_only=True, tag="workshop_started"):
    """The first item was opened."""

    planned_end: int
    late_ms: int = 0
    """How late against the agenda's start; 0 when it has none."""


class ItemOpened(Journaled, frozen=True, kw_only=True, tag="item_opened"):
    """The room went to an item; its timer runs and the one before stands."""

    item: str


class ItemReplaced(Journaled, frozen=True, kw_only=True, tag="item_replaced"):
    """An item not opened yet was edited."""

    item: Item


class ItemSkipped(Journaled, frozen=True, kw_only=True, tag="item_skipped"):
    """An item was left out."""

    item: str
    reason: str


class ItemRestored(Journaled, frozen=True, kw_only=True, tag="item_restored"):
    """A skipped item came back."""

    item: str


class ItemInserted(Journaled, frozen=True, kw_only=True, tag="item_inserted"):
    """An item came in that the agenda did not have."""

    item: Item
    after: str


class MinutesSet(Journaled, frozen=True, kw_only=True, tag="minutes_set"):
    """Items have new lengths."""

    minutes: tuple[tuple[str, int], ...]


class TimerStarted(Journaled, frozen=True, kw_only=True, tag="timer_started"):
    """The open item's timer runs."""


class TimerPaused(Journaled, frozen=True, kw_only=True, tag="timer_paused"):
    """The open item's timer stands."""


class ClockShifted(Journaled, frozen=True, kw_only=True, tag="clock_shifted"):
    """Moments noted on the wall clock were moved: the clock jumped, the laptop slept, or no room ran."""

    by_ms: int
    slept: bool
    away: bool = False


class RoundOpened(Journaled, frozen=True, kw_only=True, tag="round_opened"):
    """Phones may vote."""

    round: str
    item: str
    number: int
    kind: str
    question: str
    config: dict[str, object]
    again: str = ""
    """The earlier round whose question this asks a second time; empty for a question asked once."""


class RoundClosed(Journaled, frozen=True, kw_only=True, tag="round_closed"):
    """Votes are no longer taken."""

    round: str
    present: int | None
    joined: int


class RoundReopened(Journaled, frozen=True, kw_only=True, tag="round_reopened"):
    """The closing was taken back."""

    round: str


class RoundSealed(Journaled, frozen=True, kw_only=True, tag="round_sealed"):
    """The round is counted, and its key is destroyed: nobody can link a ballot to a phone any more."""

    round: str
    kept_for: str = ""
    """The item that will ask the same again: until then the key is kept. Empty where it is destroyed."""


class RoundReleased(Journaled, frozen=True, kw_only=True, tag="round_released"):
    """The key of a round that was kept for a second count is destroyed."""

    round: str


class RoundsCompared(Journaled, frozen=True, kw_only=True, tag="rounds_compared"):
    """The two counts of one question were held side by side. Only these counts are kept, never who."""

    first: str
    second: str
    counts: Compared


class TieBroken(Journaled, frozen=True, kw_only=True, tag="tie_broken"):
    """The facilitator named one of those that tie for the first place, as the agenda allows, and said why."""

    round: str
    option: str
    reason: str


class TieLeft(Journaled, frozen=True, kw_only=True, tag="tie_left"):
    """What was named out of a tie was taken back; the line that named it stays where it is."""

    round: str


class ResultRevealed(Journaled, frozen=True, kw_only=True, tag="result_revealed"):
    """The room may see the result."""

    round: str


class ResultHidden(Journaled, frozen=True, kw_only=True, tag="result_hidden"):
    """The result left the screens."""

    round: str


class RoundVoided(Journaled, frozen=True, kw_only=True, tag="round_voided"):
    """The round does not count; it stays in the record."""

    round: str
    reason: str


class GatheringOpened(Journaled, frozen=True, kw_only=True, tag="gathering_opened"):
    """Phones may send to the item."""

    item: str


class GatheringClosed(Journaled, frozen=True, kw_only=True, tag="gathering_closed"):
    """Phones may no longer send to the item."""

    item: str


class OptionsChosen(Journaled, frozen=True, kw_only=True, tag="options_chosen"):
    """A poll got its options from what the room said."""

    item: str
    options: tuple[Option, ...]


class PresentSet(Journaled, frozen=True, kw_only=True, tag="present_set"):
    """The facilitator counted the room."""

    people: int | None


class ScreenSet(Journaled, frozen=True, kw_only=True, tag="screen_set"):
    """The big screen shows something else."""

    screen: Screen


class Handled(Journaled, frozen=True, kw_only=True, tag="contribution_moderated"):
    """A contribution was read, approved or held. Changes no small state: the table event does the work."""

    contribution: str
    handling: Handling


class QuestionAnswered(Journaled, frozen=True, kw_only=True, tag="question_answered"):
    """A question was marked as answered or taken away, or no longer. Changes no small state, as `Handled`."""

    contribution: str
    answered: bool


class PhoneHeld(Journaled, frozen=True, kw_only=True, tag="phone_held"):
    """Everything from one phone is held, or no longer; which phone is not written."""

    contribution: str
    hold: bool


class NoteAdded(Journaled, frozen=True, kw_only=True, tag="note_added"):
    """A note was kept; its words are in its own table."""

    key: str
    kind: NoteKind
    item: str


class NoteDropped(Journaled, frozen=True, kw_only=True, tag="note_dropped"):
    """A note was taken back, or put back."""

    key: str
    drop: bool


class StepDone(Journaled, frozen=True, kw_only=True, tag="step_done"):
    """A facilitator action that can be taken back; follows the events it made."""

    step: Step


class StepUndone(Journaled, frozen=True, kw_only=True, tag="step_undone"):
    """The last step was taken back; follows the events that did it."""

    dropped: bool = False
    """Whether it could not be done again afterwards."""


class StepRedone(Journaled, frozen=True, kw_only=True, tag="step_redone"):
    """The last step taken back was done again."""


class WorkshopEnded(Journaled, frozen=True, kw_only=True, tag="workshop_ended"):
    """The workshop is over; nothing more is taken."""


JournalEvent = (
    WorkshopStarted | ItemOpened | ItemReplaced | ItemSkipped | ItemRestored | ItemInserted | MinutesSet
    | TimerStarted | TimerPaused | ClockShifted | RoundOpened | RoundClosed | RoundReopened | RoundSealed
    | RoundReleased | RoundsCompared | TieBroken | TieLeft | ResultRevealed | ResultHidden | RoundVoided
    | GatheringOpened | GatheringClosed | OptionsChosen | PresentSet | ScreenSet | Handled | QuestionAnswered
    | PhoneHeld | NoteAdded | NoteDropped | StepDone | StepUndone | StepRedone | WorkshopEnded
)  # fmt: skip


# Rows of the tables. ---------------------------------------------------------------------------------


class PersonJoined(Struct, frozen=True, tag="person_joined"):
    """A phone has a place."""

    person: str
    token_hash: bytes
    minute: int
    """UTC minutes: nothing finer is stored about a person."""


class RoleTold(Struct, frozen=True, tag="role_told"):
    """Somebody said who they are here as; a row like any other of a person, never in the journal."""

    person: str
    role: str


class RoundKeyMade(Struct, frozen=True, tag="round_key_made"):
    """A round has its key."""

    round: str
    key: bytes


class RoundCounted(Struct, frozen=True, tag="round_counted"):
    """What a round's ballots say is kept beside them although its key lives on for a second count.

    Which ballots are of staff and which of the public goes already now, as with `RoundKeyDestroyed`.
    """

    round: str


class RoundKeyDestroyed(Struct, frozen=True, tag="round_key_destroyed"):
    """A round's key is gone; its counts are kept beside the ballots.

    With it goes which ballots are of staff and which of the public, unless both groups are large enough
    (`domain.roles.may_part`): whoever applies this decides it from the ballots before it.
    """

    round: str
    instead: tuple[tuple[str, int], ...] = ()
    """What stands in the ballots from now on, as (canonical JSON, how often), where a kind lets nobody's answers be
    read together; as many as there were. It goes to them in the order of the voters' names. Empty for no change."""


class BallotCast(Struct, frozen=True, tag="ballot_cast"):
    """A ballot is new or changed."""

    round: str
    voter: bytes
    """HMAC(round key, person)."""
    old: str | None
    """The choice before; meaningless when `first`."""
    new: str | None
    first: bool
    """Whether this voter had no ballot in the round before."""
    revision: int
    """1 for the first, one more for each change."""
    receipt: bytes
    """HMACs under the round key, 32 bytes each: of this sending's id and choice, of its id, of the ids it stands for,
    and of the ids and choices before it. So a resend counts once, and an older vote that comes late not at all."""
    segment: str = ""
    """Which group the ballot is counted in beside the whole; the same for every revision. Empty for none."""


class ContributionKept(Struct, frozen=True, tag="contribution_kept"):
    """A story, an idea or a private word is in the file."""

    row: ContributionRow


class ContributionHandled(Struct, frozen=True, tag="moderation_set"):
    """A contribution's handling changed."""

    key: str
    handling: Handling


class Supported(Struct, frozen=True, tag="upvoted"):
    """One more wants to know what a contribution asks, or one fewer: only ever what changes something."""

    contribution: str
    supporter: bytes
    """HMAC(story key, person and contribution): the same phone has another name at each contribution."""
    on: bool


class AnswerWritten(Struct, frozen=True, tag="answer_written"):
    """What became of a question; None when that was taken back."""

    contribution: str
    answer: AnswerRow | None


class AuthorHeld(Struct, frozen=True, tag="author_held"):
    """Everything new from one phone is to be held, or no longer."""

    author: bytes
    hold: bool


class NoteWritten(Struct, frozen=True, tag="note_written"):
    """The words of a note."""

    key: str
    kind: NoteKind
    item: str
    text: str
    owner: str
    due: str
    at: int


class NoteMarked(Struct, frozen=True, tag="note_marked"):
    """A note is dropped, or back."""

    key: str
    dropped: bool


class PrivateWiped(Struct, frozen=True, tag="private_wiped"):
    """Every private word is wiped, and with the story key whatever tells which words are of one phone."""


TableEvent = (
    PersonJoined | RoleTold | RoundKeyMade | RoundCounted | RoundKeyDestroyed | BallotCast | ContributionKept
    | ContributionHandled | Supported | AnswerWritten | AuthorHeld | NoteWritten | NoteMarked | PrivateWiped
)  # fmt: skip

Event = JournalEvent | TableEvent
