"""What people ask the room to do, as values.

Every command carries its own time and randomness, made where it entered, so that deciding stays pure.
`at` is UTC milliseconds on the laptop's clock, never a phone's. Who asks is said by the listener that it came in at,
from the credential it came with; what a request says of that is not looked at.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.agenda import Item
from workshop_tui.domain.blocks import Option

Handling = Literal["new", "read", "approved", "held"]
"""What the facilitator has done with a contribution."""

NoteKind = Literal["note", "concern", "action", "promise"]

Who = Literal["facilitator", "co_lead", "helper", "phone", "room"]
"""Who can ask for something; what each may is in `domain.policy`."""


class _Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    at: int = 0
    """When it was given; the edge that receives a command sets it, whatever the sender wrote."""
    who: Who = "facilitator"
    desk: str = ""
    """The device of a facilitator, co-lead or helper: each takes back only its own steps. Empty for phones and the
    room."""
    salt: bytes = b""
    """Random bytes: words that this command brings are told apart from others in the journal by a digest with a salt
    made from it (`domain.digests`)."""


EDGE_FIELDS: Final = frozenset(("at", "who", "desk", "salt"))
"""What a listener says of a command itself, from its clock, its chance and the credential; what came in is dropped."""


# The facilitator's. ----------------------------------------------------------------------------------


class OpenItem(_Command, frozen=True, kw_only=True, tag="open_item"):
    """Go to an item; the first one opened starts the workshop."""

    item: str
    vote: Literal["ask", "close", "keep"] = "ask"
    """What to do with an open vote: refuse and say so, close it, or leave it open."""
    end: Literal["keep", "move"] = "move"
    """At the start only: whether a late start keeps the planned end or moves it."""
    scheduled_start: int | None = None
    """At the start only: when the agenda wanted to start, UTC milliseconds; None when it does not say."""


class OpenVote(_Command, frozen=True, kw_only=True, tag="open_vote"):
    """Open a new round of the open item's poll."""

    key: bytes
    """The round's key for anonymous ballots, 32 random bytes."""


class CloseVote(_Command, frozen=True, kw_only=True, tag="close_vote"):
    """Stop taking ballots for a round."""

    round: str = ""
    """Empty for the open item's, or for the one that was left open when the room went on."""


class ReopenVote(_Command, frozen=True, kw_only=True, tag="reopen_vote"):
    """Take the closing back: within 30 seconds and before reveal."""

    round: str = ""
    """Empty for the open item's newest."""


class Reveal(_Command, frozen=True, kw_only=True, tag="reveal"):
    """Close if need be, seal, and show the room the result."""


class HideResults(_Command, frozen=True, kw_only=True, tag="hide_results"):
    """Take the result off every screen; people cannot unsee it."""


class ShowResults(_Command, frozen=True, kw_only=True, tag="show_results"):
    """Show a result again that was revealed before."""


class VoidRound(_Command, frozen=True, kw_only=True, tag="void_round"):
    """Declare a round not valid; it stays in the record."""

    round: str
    reason: str


class BreakTie(_Command, frozen=True, kw_only=True, tag="break_tie"):
    """Name one of those that tie for the first place of a counted round; only where the agenda allows it."""

    round: str
    option: str
    """Its key."""
    reason: str
    """Why; goes with the result wherever it is shown."""


class LeaveTie(_Command, frozen=True, kw_only=True, tag="leave_tie"):
    """Take back what was named out of a tie: the result stands as a tie again."""

    round: str


class OpenGathering(_Command, frozen=True, kw_only=True, tag="open_gathering"):
    """Let phones send to the open item."""


class CloseGathering(_Command, frozen=True, kw_only=True, tag="close_gathering"):
    """Stop taking contributions to the open item."""


class ChooseOptions(_Command, frozen=True, kw_only=True, tag="choose_options"):
    """Give a poll its options out of what the room said: chosen, merged, reworded, added to."""

    item: str
    options: tuple[Option, ...]


class StartTimer(_Command, frozen=True, kw_only=True, tag="start_timer"):
    """Let the open item's timer run."""


class PauseTimer(_Command, frozen=True, kw_only=True, tag="pause_timer"):
    """Stop the open item's timer where it is."""


class AddMinutes(_Command, frozen=True, kw_only=True, tag="add_minutes"):
    """Give the open item more minutes, or fewer."""

    minutes: int


class SetMinutes(_Command, frozen=True, kw_only=True, tag="set_minutes"):
    """Give items new lengths at once: a catch-up plan, or taking one back."""

    minutes: tuple[tuple[str, int], ...]
    """(item key, minutes)."""


class EditItem(_Command, frozen=True, kw_only=True, tag="edit_item"):
    """Replace an item that was not opened yet."""

    item: Item


class SkipItem(_Command, frozen=True, kw_only=True, tag="skip_item"):
    """Leave an item out, saying why."""

    item: str
    reason: str


class RestoreItem(_Command, frozen=True, kw_only=True, tag="restore_item"):
    """Put a skipped item back."""

    item: str


class InsertItem(_Command, frozen=True, kw_only=True, tag="insert_item"):
    """Add an item that is not in the agenda, after another."""

    item: Item
    after: str
    """The key of the item it follows; empty for the first place."""


class SetPresent(_Command, frozen=True, kw_only=True, tag="set_present"):
    """Say how many people are in the room; None when it is not known."""

    people: int | None


class SetScreen(_Command, frozen=True, kw_only=True, tag="set_screen"):
    """Choose what the big screen shows."""

    mode: Literal["join", "question", "results", "story", "blank"]
    subject: str = ""


class Moderate(_Command, frozen=True, kw_only=True, tag="moderate"):
    """Mark a contribution as read, approved for the screen, or held."""

    contribution: str
    handling: Handling


class MarkAnswered(_Command, frozen=True, kw_only=True, tag="mark_answered"):
    """Say that a question from the room was answered, or that somebody took it away; or take that back."""

    contribution: str
    words: str = ""
    """What the answer was, in short; empty where nobody typed it."""
    owner: str = ""
    """Who took it away to find out; empty for one that was answered."""
    answered: bool = True
    """Whether it is; no longer, with False."""


class HoldPhone(_Command, frozen=True, kw_only=True, tag="hold_phone"):
    """Hold everything from the phone that sent this contribution, without saying whose it is."""

    contribution: str
    hold: bool = True


class AddNote(_Command, frozen=True, kw_only=True, tag="add_note"):
    """Keep a note, concern, action or promise, tied to the open item."""

    key: str
    """A random name made at the edge."""
    kind: NoteKind
    text: str
    owner: str = ""
    due: str = ""
    """A date as YYYY-MM-DD, or empty."""


class Retell(_Command, frozen=True, kw_only=True, tag="retell"):
    """Write what a story is about in the facilitator's words, where its owner allows no more than that."""

    contribution: str
    words: str
    """Empty to take it away again."""


class DropNote(_Command, frozen=True, kw_only=True, tag="drop_note"):
    """Take a note back; it stays in the file, marked."""

    key: str
    drop: bool = True


class Undo(_Command, frozen=True, kw_only=True, tag="undo"):
    """Take the last facilitator action back."""


class Redo(_Command, frozen=True, kw_only=True, tag="redo"):
    """Do again what was last taken back."""


class ClockMoved(_Command, frozen=True, kw_only=True, tag="clock_moved"):
    """The laptop slept, no room ran, or somebody set the clock; sent by the room itself."""

    who: Who = "room"
    by_ms: int
    """How far the wall clock went beyond the time that really passed in view of the room."""
    slept: bool
    """Whether the laptop slept: timers pause. A changed clock only shifts what was noted by it."""
    away: bool = False
    """Whether no room ran: that time counts for the day, which really passed, and not against the open item."""


class EndWorkshop(_Command, frozen=True, kw_only=True, tag="end_workshop"):
    """People leave: take nothing more, seal every round, and let nothing from before be taken back.

    What is written up stays open until `FinishWriteUp`.
    """

    confirm: str
    """The typed word END."""


class FinishWriteUp(_Command, frozen=True, kw_only=True, tag="finish_write_up"):
    """The day's end: wipe every word that was only for today, and whatever tells which words are of one phone."""

    confirm: str
    """The typed word FINISH; the room itself types it when the last day for it has come."""


class PauseRoom(_Command, frozen=True, kw_only=True, tag="pause_room"):
    """Take nothing from phones for a while, and stand the timer; what people wrote stays on their phones."""


class ResumeRoom(_Command, frozen=True, kw_only=True, tag="resume_room"):
    """Take words and votes again; the timer goes on if it ran."""


FacilitatorCommand = (
    OpenItem | OpenVote | CloseVote | ReopenVote | Reveal | HideResults | ShowResults | VoidRound | BreakTie
    | LeaveTie | OpenGathering | CloseGathering | ChooseOptions | StartTimer | PauseTimer | AddMinutes | SetMinutes
    | EditItem | SkipItem | RestoreItem | InsertItem | SetPresent | SetScreen | Moderate | HoldPhone
    | MarkAnswered | Retell | AddNote | DropNote | Undo | Redo | ClockMoved | PauseRoom | ResumeRoom | EndWorkshop
    | FinishWriteUp
)  # fmt: skip


# The phones'. ----------------------------------------------------------------------------------------


class _PhoneCommand(_Command, frozen=True, kw_only=True):
    who: Who = "phone"


class Join(_PhoneCommand, frozen=True, kw_only=True, tag="join"):
    """A phone takes its place."""

    person: str
    """A random name, 32 hexadecimal digits; only ever stored beside the hash of the phone's token."""
    token_hash: bytes
    """SHA-256 of the 256-bit token in the phone's cookie."""


class TellRole(_PhoneCommand, frozen=True, kw_only=True, tag="tell_role"):
    """A person says who they are here as, where the agenda asks."""

    person: str
    role: str
    """A word of the agenda's `roles`."""


class Cast(_PhoneCommand, frozen=True, kw_only=True, tag="cast"):
    """A vote, or a change of it."""

    person: str
    round: str
    choice: str | None
    """The bare ballot as canonical JSON; None to skip the question."""
    submission_id: str
    """The phone's name for this sending, 32 hexadecimal digits; the same again counts once."""
    instead: tuple[str, ...] = ()
    """Sendings that this one replaces and that the phone had no answer to: they may still be under way."""
    reasons: tuple[tuple[str, str], ...] = ()
    """(random key, canonical JSON) of each of the ballot's reasons, as its kind parts them from it."""


class Contribute(_PhoneCommand, frozen=True, kw_only=True, tag="contribute"):
    """A story, an idea or a private word."""

    person: str
    item: str
    body: str
    """What was said, as canonical JSON of the kind's type."""
    consent: str
    """C0 to C4."""
    key: str
    """A random name for the contribution, made at the edge."""
    submission_id: str


class Upvote(_PhoneCommand, frozen=True, kw_only=True, tag="upvote"):
    """Somebody wants to know this too, or no longer."""

    person: str
    contribution: str
    on: bool
    """What it is to be; so the same sent again changes nothing."""
    seen: int | None = None
    """How often this phone had pressed there when its page was made: a press from an older page comes too late. None
    where the page did not say."""


class TakeBack(_PhoneCommand, frozen=True, kw_only=True, tag="take_back"):
    """Somebody takes back what they sent: its words go at once, for good."""

    person: str
    contribution: str


class LeavePlace(_PhoneCommand, frozen=True, kw_only=True, tag="leave_place"):
    """Somebody hands their phone on: its token is good for nothing from now on; what they sent stays."""

    person: str


PhoneCommand = Join | TellRole | Cast | Contribute | Upvote | TakeBack | LeavePlace
Command = FacilitatorCommand | PhoneCommand
