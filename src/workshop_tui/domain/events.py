"""What happened, as values.

Two families. *Journal events* change the small state; they are kept for ever, in order, under a hash chain, and
never hold a key, a vote or a word that anybody typed. *Table events* change the tables of what people say; they are
rows, not history. Both say completely what happened: whoever applies one decides nothing.

Some journal events are about words or counts. In memory they are whole (`Worded`); in the chain stands a salted digest
in place of those, and what the digest is of lies in a table, from which it can go (`domain.journal`). Where the words
of a journal event are rows of a table of their own, the event carries the digest of that row.

Adding a field to a journal event needs a default; renaming one is not possible.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from workshop_tui.domain.agenda import Item
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.commands import Handling, NoteKind, Who
from workshop_tui.domain.own_care import OwnCareRow
from workshop_tui.domain.points import Tie
from workshop_tui.domain.private_codes import CodeRow
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.redaction import Redaction
from workshop_tui.domain.registers import EntryRow, Register
from workshop_tui.domain.rows import AnswerRow, ContributionRow, IssuedRow, ReasonRow
from workshop_tui.domain.safeguarding import SafeguardingRow
from workshop_tui.domain.state import Compared, ItemTimes, Screen
from workshop_tui.domain.steps import Step


class Journaled(Struct, frozen=True, kw_only=True):
    """What every journal event is; one look tells it from a row, where the union below takes thirty."""

    at: int
    """When, UTC milliseconds; of what a phone did only the minute."""
    who: Who = "facilitator"
    """Who asked for it."""


class Worded(Journaled, frozen=True, kw_only=True):
    """A journal event that is about words or counts which must be able to go."""

    is_kept: ClassVar[bool] = True
    """Whether its content is kept beside the journal; else it is known only as long as the event is carried out."""
    content: ClassVar[tuple[str, ...]]
    """The fields that the journal never holds; each has a value for when it is gone."""
    salt: bytes = b""
    """Random, and kept with the content; gone with it."""
    digest: bytes = b""
    """SHA-256 of the salt and the content as JSON: all that the journal says of it."""


_NO_ITEM = Item(key="", title="", minutes=1)


class WorkshopStarted(Journaled, frozen=True, kw_only=True, tag="workshop_started"):
    """The first item was opened."""

    planned_end: int
    late_ms: int = 0
    """How late against the agenda's start; 0 when it has none."""


class ItemOpened(Journaled, frozen=True, kw_only=True, tag="item_opened"):
    """The room went to an item; its timer runs and the one before stands."""

    item: str


class OpeningTakenBack(Journaled, frozen=True, kw_only=True, tag="opening_taken_back"):
    """The room is where it was before an item was opened; everything of it that was there is as it was."""

    item: str
    """The item whose opening was taken back."""
    current: str
    """The item that is open again; empty for none, before the start."""
    items: tuple[ItemTimes, ...]
    """How these items stand from now on."""
    started_at: int | None
    planned_end: int | None


class ItemReplaced(Worded, frozen=True, kw_only=True, tag="item_replaced"):
    """An item not opened yet was edited."""

    content: ClassVar[tuple[str, ...]] = ("new",)
    item: str
    new: Item = _NO_ITEM
    minutes: int | None = None
    """The minutes it has from now on; None for those of the new item."""
    edited: bool = True
    """Whether it differs from the agenda's; not where an edit was taken back."""


class ItemSkipped(Worded, frozen=True, kw_only=True, tag="item_skipped"):
    """An item was left out."""

    content: ClassVar[tuple[str, ...]] = ("reason",)
    item: str
    reason: str = ""


class ItemRestored(Journaled, frozen=True, kw_only=True, tag="item_restored"):
    """A skipped item came back."""

    item: str


class ItemInserted(Worded, frozen=True, kw_only=True, tag="item_inserted"):
    """An item came in that the agenda did not have."""

    content: ClassVar[tuple[str, ...]] = ("new",)
    item: str
    new: Item = _NO_ITEM
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


class RoundOpened(Worded, frozen=True, kw_only=True, tag="round_opened"):
    """Phones may vote."""

    content: ClassVar[tuple[str, ...]] = ("question", "config")
    round: str
    item: str
    number: int
    kind: str
    question: str = ""
    config: dict[str, object] = {}
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
    digest: bytes = b""
    """Salted, of what was counted: see `BallotsSealed`."""
    reasons: tuple[tuple[str, bytes], ...] = ()
    """The keys of the reasons given in it, sorted, each with its salted digest."""


class RoundReleased(Journaled, frozen=True, kw_only=True, tag="round_released"):
    """The key of a round that was kept for a second count is destroyed."""

    round: str


class RoundsCompared(Worded, frozen=True, kw_only=True, tag="rounds_compared"):
    """The two counts of one question were held side by side. Only these counts are kept, never who."""

    content: ClassVar[tuple[str, ...]] = ("counts",)
    first: str
    second: str
    counts: Compared = Compared(few=True)


class TieBroken(Worded, frozen=True, kw_only=True, tag="tie_broken"):
    """The facilitator named one of those that tie for the first place, as the agenda allows, and said why."""

    content: ClassVar[tuple[str, ...]] = ("reason",)
    round: str
    option: str
    """Its key."""
    reason: str = ""


class TieLeft(Journaled, frozen=True, kw_only=True, tag="tie_left"):
    """What was named out of a tie was taken back; the line that named it stays where it is."""

    round: str


class ResultRevealed(Journaled, frozen=True, kw_only=True, tag="result_revealed"):
    """The room may see the result."""

    round: str


class ResultHidden(Journaled, frozen=True, kw_only=True, tag="result_hidden"):
    """The result left the screens."""

    round: str


class RoundVoided(Worded, frozen=True, kw_only=True, tag="round_voided"):
    """The round does not count; it stays in the record."""

    content: ClassVar[tuple[str, ...]] = ("reason",)
    round: str
    reason: str = ""
    digest_of_counts: bytes = b""
    """Salted, of what was counted, where the round was not sealed before; empty where it was."""


class GatheringOpened(Journaled, frozen=True, kw_only=True, tag="gathering_opened"):
    """Phones may send to the item."""

    item: str


class GatheringClosed(Journaled, frozen=True, kw_only=True, tag="gathering_closed"):
    """Phones may no longer send to the item."""

    item: str


class OptionsChosen(Worded, frozen=True, kw_only=True, tag="options_chosen"):
    """A poll got its options from what the room said."""

    content: ClassVar[tuple[str, ...]] = ("options",)
    item: str
    options: tuple[Option, ...] = ()


class QuotationsTakenOut(Worded, frozen=True, kw_only=True, tag="quotations_taken_out"):
    """What was made or typed on the day repeats words which are taken back no more; what was kept of it says so too."""

    is_kept: ClassVar[bool] = False
    content: ClassVar[tuple[str, ...]] = ("words",)
    items: tuple[str, ...]
    """The items whose options came from the room."""
    words: tuple[str, ...] = ()


class JoiningSet(Journaled, frozen=True, kw_only=True, tag="joining_set"):
    """Phones may join, or no longer."""

    is_open: bool


class CodeRenewed(Journaled, frozen=True, kw_only=True, tag="code_renewed"):
    """Phones join by another code from now on."""

    code: str
    """Empty for the one that the session was made with."""


class SeatsFreed(Journaled, frozen=True, kw_only=True, tag="seats_freed"):
    """Phones that joined and never did anything are not counted any more; whose they were is not written."""

    seats: int


class TalkAsked(Journaled, frozen=True, kw_only=True, tag="talk_asked"):
    """Somebody wants to talk to someone; who, and about what, is written nowhere."""


class TalkHeard(Journaled, frozen=True, kw_only=True, tag="talk_heard"):
    """A desk has heard that somebody wants to talk."""


class PresentSet(Journaled, frozen=True, kw_only=True, tag="present_set"):
    """The facilitator counted the room."""

    people: int | None
    by_video: int | None = None
    """How many take part by video link; None where that stays as it was."""


class PromiseChanged(Worded, frozen=True, kw_only=True, tag="promise_changed"):
    """The room is told something else than before."""

    content: ClassVar[tuple[str, ...]] = ("promise",)
    promise: Promise = Promise()
    slip: bool = False
    """Whether what it takes back stood for so short a time that it is no version of its own."""


class ScreenSet(Journaled, frozen=True, kw_only=True, tag="screen_set"):
    """The big screen shows something else."""

    screen: Screen


class ScreenTurned(Journaled, frozen=True, kw_only=True, tag="screen_turned"):
    """The big screen shows another part of the same."""

    turn: int


class ContributionModerated(Journaled, frozen=True, kw_only=True, tag="contribution_moderated"):
    """A text was read, approved or held. Changes no small state: the table event does the work."""

    contribution: str
    """Its key; of a reason, an answer or a note as well."""
    handling: Handling


class ContributionNoted(Journaled, frozen=True, kw_only=True, tag="contribution_noted"):
    """Words came in; they are in their own table. Changes no small state, like all that follow here."""

    contribution: str
    item: str
    digest: bytes
    """Salted, of the words as they came: see `ContributionRow.digest`."""


class ContributionWithdrawn(Journaled, frozen=True, kw_only=True, tag="contribution_withdrawn"):
    """Somebody took back what they had sent; its words are gone."""

    contribution: str
    """Its key; of a reason as well."""


class QuestionAnswered(Journaled, frozen=True, kw_only=True, tag="question_answered"):
    """A question was marked as answered or taken away, or no longer."""

    contribution: str
    answered: bool
    digest: bytes = b""
    """Salted, of what was noted; empty where it was taken back."""


class StoryRetold(Journaled, frozen=True, kw_only=True, tag="story_retold"):
    """The facilitator wrote what a story is about, or took that away."""

    contribution: str
    digest: bytes = b""
    """Salted, of what was written; empty where it was taken away."""


class TextReworded(Journaled, frozen=True, kw_only=True, tag="text_reworded"):
    """A text is shown in other words, or in its own again."""

    text: str
    digest: bytes = b""
    """Salted, of those words; empty where its own are shown again."""


class TextRedacted(Journaled, frozen=True, kw_only=True, tag="text_redacted"):
    """Something was decided of what may tell who somebody is in a text, or a decision was taken away."""

    text: str
    digest: bytes = b""
    """Salted, of all decisions about the text; empty where there are none."""


class PhoneHeld(Journaled, frozen=True, kw_only=True, tag="phone_held"):
    """Everything from one phone is held, or no longer; which phone is not written."""

    contribution: str
    hold: bool


class NoteAdded(Journaled, frozen=True, kw_only=True, tag="note_added"):
    """A note was kept; its words are in its own table."""

    key: str
    kind: NoteKind
    item: str
    digest: bytes = b""
    """Salted, of the note's words, owner and date."""


class NoteRequoted(Journaled, frozen=True, kw_only=True, tag="note_requoted"):
    """A note repeats words no more that were taken back."""

    key: str
    digest: bytes = b""
    """Salted, of the note as it is now."""


class NoteDropped(Journaled, frozen=True, kw_only=True, tag="note_dropped"):
    """A note was taken back, or put back."""

    key: str
    drop: bool


class NoteChanged(Journaled, frozen=True, kw_only=True, tag="note_changed"):
    """A note was given other words."""

    key: str
    digest: bytes = b""
    """Salted, of the note as it is now."""


class NoteSorted(Journaled, frozen=True, kw_only=True, tag="note_sorted"):
    """A note was put into a register, or other things are said of it there."""

    key: str
    register: Register | Literal[""]
    """Empty where it is as if nobody had sorted it."""
    digest: bytes = b""
    """Salted, of what is said of it; empty where nobody has sorted it."""


class NotesTied(Journaled, frozen=True, kw_only=True, tag="notes_tied"):
    """Notes were tied to what they rest on, or untied: each tie that is new, or no more."""

    ties: tuple[Tie, ...]
    tied: bool


class RoomPaused(Journaled, frozen=True, kw_only=True, tag="room_paused"):
    """Everything is stopped: big screen, phones, the open item's timer, and the day's clock."""


class RoomResumed(Journaled, frozen=True, kw_only=True, tag="room_resumed"):
    """Words and votes are taken again."""

    timer: bool
    """Whether the open item's timer goes on."""
    planned_end: int | None = None
    """Where the end of the day moved to; None where it stays."""


class PeopleLeft(Journaled, frozen=True, kw_only=True, tag="people_left"):
    """The workshop is over for the room: nothing more is taken."""


class WriteUpFinished(Journaled, frozen=True, kw_only=True, tag="write_up_finished"):
    """The day's end: what was only for today is gone."""


ItemEvent = (
    ItemOpened | OpeningTakenBack | ItemReplaced | ItemSkipped | ItemRestored | ItemInserted | MinutesSet | TimerStarted
    | TimerPaused | ClockShifted | GatheringOpened | GatheringClosed | OptionsChosen
)  # fmt: skip


class LockRefused(Worded, frozen=True, kw_only=True, tag="lock_refused"):
    """Whoever started the session was offered a passphrase, and gave a reason instead."""

    content: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str = ""


class RetentionSet(Journaled, frozen=True, kw_only=True, tag="retention_set"):
    """Somebody said until when the session is kept."""

    until: str
    """The last day, as YYYY-MM-DD; empty for not decided yet."""


class HoldPlaced(Worded, frozen=True, kw_only=True, tag="hold_placed"):
    """The session must not be deleted from now on."""

    content: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str = ""


class HoldLifted(Worded, frozen=True, kw_only=True, tag="hold_lifted"):
    """It may be deleted again when its time is over."""

    content: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str = ""


RoundEvent = (
    RoundOpened | RoundClosed | RoundReopened | RoundSealed | RoundReleased | RoundsCompared | TieBroken | TieLeft
    | ResultRevealed | ResultHidden | RoundVoided
)  # fmt: skip

KeepingEvent = LockRefused | RetentionSet | HoldPlaced | HoldLifted

NotedEvent = (
    ContributionNoted | ContributionWithdrawn | ContributionModerated | QuestionAnswered | StoryRetold | TextReworded
    | TextRedacted | PhoneHeld | NoteAdded | NoteRequoted | NoteDropped | NoteChanged | NoteSorted | NotesTied
)  # fmt: skip
"""What changes no small state: something was done with words, and those are rows of tables."""

JournalEvent = (
    WorkshopStarted | QuotationsTakenOut | JoiningSet | CodeRenewed | SeatsFreed | TalkAsked | TalkHeard | PresentSet
    | PromiseChanged | ScreenSet | ScreenTurned | RoomPaused | RoomResumed | PeopleLeft | WriteUpFinished | ItemEvent
    | RoundEvent | NotedEvent | KeepingEvent
)  # fmt: skip


# Rows of the tables. ---------------------------------------------------------------------------------


class PersonJoined(Struct, frozen=True, tag="person_joined"):
    """A phone has a place."""

    person: str
    token_hash: bytes
    minute: int
    """UTC minutes: nothing finer is stored about a person."""


class PlaceLeft(Struct, frozen=True, tag="place_left"):
    """Somebody handed their phone on: its token is forgotten. The person stays, so that counts stay true."""

    person: str


class SeatFreed(Struct, frozen=True, tag="seat_freed"):
    """A phone that joined and never did anything has no seat any more, and is in no count."""

    person: str


class RoleTold(Struct, frozen=True, tag="role_told"):
    """Somebody said who they are here as; a row like any other of a person, never in the journal."""

    person: str
    role: str


class RoundKeyMade(Struct, frozen=True, tag="round_key_made"):
    """A round has its key."""

    round: str
    key: bytes


class BallotsSealed(Struct, frozen=True, tag="ballots_sealed"):
    """A round is counted for good: what its ballots say from now on, and what is kept beside them."""

    round: str
    counts: tuple[tuple[str | None, int], ...]
    """How often each choice was made, as (canonical JSON or None for a skip, people); sorted, skips first."""
    changes: int
    """How often somebody changed a vote."""
    groups: Literal["none", "kept"]
    """Whether the ballots still say which are of staff and which of the public: only where both groups are large enough
    (`domain.roles.may_part`), and never of a skip."""
    instead: tuple[tuple[bytes, str], ...] = ()
    """Other choices in place of those that were made, as (voter, canonical JSON), where a kind lets nobody's answers be
    read together: as many as there were. Empty for no change."""
    salt: bytes = b""
    """With it the journal's digest of `counts` and `changes` is made."""
    reasons: tuple[tuple[str, bytes], ...] = ()
    """The keys of the reasons given in it, sorted, each with the salt of its digest in the journal."""


class RoundKeyDestroyed(Struct, frozen=True, tag="round_key_destroyed"):
    """A round's key is gone, and with it receipts, numbers of changes of single ballots, and whose a reason is."""

    round: str


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
    and of the ids and choices before it. So a resend counts once, and an older vote that comes late not at all.
    Reasons count as part of the choice here: the same one with other words is a change."""
    segment: str = ""
    """Which group the ballot is counted in beside the whole; the same for every revision. Empty for none."""


class ReasonsGiven(Struct, frozen=True, tag="reasons_given"):
    """What one voter gives as reasons in a round takes the place of all that they gave in it before."""

    round: str
    voter: bytes
    reasons: tuple[ReasonRow, ...]
    """None where they give none any more."""
    gone: tuple[str, ...]
    """The keys of those they gave before."""


class ReasonGone(Struct, frozen=True, tag="reason_gone"):
    """A reason is gone for good, with all that was written of it; the vote beside which it was given stays."""

    key: str


class ContributionKept(Struct, frozen=True, tag="contribution_kept"):
    """A story, an idea or a private word is in the file."""

    row: ContributionRow


class CodeGiven(Struct, frozen=True, tag="code_given"):
    """Words have a private code from now on, in place of any before."""

    row: CodeRow


class ModerationSet(Struct, frozen=True, tag="moderation_set"):
    """A contribution's handling changed."""

    key: str
    handling: Handling


class TextHandled(Struct, frozen=True, tag="text_handled"):
    """A reason, an answer or a note is dealt with otherwise."""

    text: str
    handling: Handling


class RewordingWritten(Struct, frozen=True, tag="rewording_written"):
    """In which words a text is shown instead of its own; empty words take them away."""

    text: str
    words: str
    salt: bytes = b""
    """With it the journal's digest of the words is made."""


class RedactionsWritten(Struct, frozen=True, tag="redactions_written"):
    """All that is decided of what may tell who somebody is in one text; none takes them away."""

    text: str
    decisions: tuple[Redaction, ...]
    salt: bytes = b""
    """With it the journal's digest of the decisions is made."""


class Upvoted(Struct, frozen=True, tag="upvoted"):
    """One more wants to know what a contribution asks, or one fewer: only ever what changes something."""

    contribution: str
    upvoter: bytes
    """HMAC(story key, person and contribution): the same phone has another name at each contribution."""
    on: bool


class AnswerWritten(Struct, frozen=True, tag="answer_written"):
    """What became of a question; None when that was taken back."""

    contribution: str
    answer: AnswerRow | None
    salt: bytes = b""
    """With it the journal's digest of the answer is made."""


class RetellingWritten(Struct, frozen=True, tag="retelling_written"):
    """What a story is about, in the facilitator's words; empty words take it away."""

    contribution: str
    words: str
    salt: bytes = b""
    """With it the journal's digest of the words is made."""


class ContributionEmptied(Struct, frozen=True, tag="contribution_emptied"):
    """The words of a contribution are gone, with their salt, all that was written of them, and who wants to know.

    The row stays, so that counts of what came in stay true.
    """

    key: str


class FilesIssued(Struct, frozen=True, tag="files_issued"):
    """Files were written that may hold people's words."""

    row: IssuedRow


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
    salt: bytes = b""
    """With it the journal's digest of text, owner and date is made."""


class NoteRewritten(Struct, frozen=True, tag="note_rewritten"):
    """A note has other words, and nothing of those before is kept."""

    key: str
    text: str
    salt: bytes
    owner: str | None = None
    """Who does it; None where that stays."""


class EntrySorted(Struct, frozen=True, tag="entry_sorted"):
    """In which register a note is and what is said of it there; None where nobody has sorted it."""

    note: str
    entry: EntryRow | None
    salt: bytes = b""
    """With it the journal's digest of what is said is made."""


class TiesChanged(Struct, frozen=True, tag="ties_changed"):
    """Notes rest on more than before, or on less; what they rested on already is in it no second time."""

    ties: tuple[Tie, ...]
    tied: bool


class QuotationsGone(Struct, frozen=True, tag="quotations_gone"):
    """What is kept beside the journal repeats these words no more, nor does what desks can take back."""

    items: tuple[str, ...]
    words: tuple[str, ...]
    spared: frozenset[str] = frozenset()
    """Texts of the agenda, which stay."""


class NoteMarked(Struct, frozen=True, tag="note_marked"):
    """A note is dropped, or back."""

    key: str
    dropped: bool


class CareTaken(Struct, frozen=True, tag="care_taken"):
    """How a contribution is to be treated, whatever its owner allowed: the newest takes the place of any before."""

    key: str
    withheld: bool = False
    """Whether it is for nobody from now on."""
    warnings: tuple[str, ...] = ()
    """What it speaks of, as a desk said (`domain.content_warnings`)."""


class SafeguardingNoted(Struct, frozen=True, tag="safeguarding_noted"):
    """A matter was handed on, or what became of it; the newest row of a key takes the place of the one before.

    The journal says nothing of it: that is in exports and stays for ever.
    """

    row: SafeguardingRow


class OwnCareNoted(Struct, frozen=True, tag="own_care_noted"):
    """Somebody asked to be contacted about their own care, or what became of that.

    As of `SafeguardingNoted`, the journal says nothing of it.
    """

    row: OwnCareRow


class OwnCareGone(Struct, frozen=True, tag="own_care_gone"):
    """Of these requests nothing is kept any more."""

    requests: tuple[str, ...]


class WordsWiped(Struct, frozen=True, tag="words_wiped"):
    """The words of these contributions are gone, with their salts: nobody can guess them from what is left."""

    contributions: tuple[str, ...]


class StoryKeyDestroyed(Struct, frozen=True, tag="story_key_destroyed"):
    """Nothing tells any more which words are of one phone: authors, submission ids and holds are gone with the key."""


class StepDone(Struct, frozen=True, tag="step_done"):
    """A desk did what it can take back; what it had taken back before can no longer be done again."""

    desk: str
    step: Step


class StepUndone(Struct, frozen=True, tag="step_undone"):
    """The last step of a desk was taken back."""

    desk: str
    dropped: bool = False
    """Whether it can never fit again: then it is on no list any more."""


class StepRedone(Struct, frozen=True, tag="step_redone"):
    """The last step that a desk had taken back was done again."""

    desk: str
    dropped: bool = False
    """Whether it can never fit again: then it is on no list any more."""


class StepsForgotten(Struct, frozen=True, tag="steps_forgotten"):
    """Nothing that was done before can be taken back any more, by any desk."""


TableEvent = (
    PersonJoined | PlaceLeft | SeatFreed | RoleTold | RoundKeyMade | BallotsSealed | RoundKeyDestroyed | BallotCast
    | ReasonsGiven | ReasonGone | ContributionKept | CodeGiven | ModerationSet | ContributionEmptied | Upvoted
    | AnswerWritten | RetellingWritten | TextHandled | RewordingWritten | RedactionsWritten | AuthorHeld | NoteWritten
    | NoteMarked | WordsWiped | StoryKeyDestroyed | FilesIssued | NoteRewritten | QuotationsGone | StepDone | StepUndone
    | StepRedone | StepsForgotten | CareTaken | SafeguardingNoted | EntrySorted | TiesChanged
    | OwnCareNoted | OwnCareGone
)  # fmt: skip

Event = JournalEvent | TableEvent
