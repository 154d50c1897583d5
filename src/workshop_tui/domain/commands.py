"""What people ask the room to do, as values.

Every command carries its own time and randomness, made where it entered, so that deciding stays pure.
`at` is UTC milliseconds on the laptop's clock, never a phone's. Who asks is said by the listener that it came in at,
from the credential it came with; what a request says of that is not looked at.

What desks ask for is here, with who of them may and when; what phones ask for is in `domain.phone_commands`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from workshop_tui.domain.agenda import Item
from workshop_tui.domain.base_command import (
    ALWAYS,
    DAY,
    DESK_WORK,
    DESKS,
    HELD,
    LEAD,
    LEADS,
    ROOM,
    BaseCommand,
    Rule,
)
from workshop_tui.domain.base_command import EDGE_FIELDS as EDGE_FIELDS
from workshop_tui.domain.base_command import Who as Who
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.own_care import RoutedTo
from workshop_tui.domain.phone_commands import AskContact as AskContact
from workshop_tui.domain.phone_commands import AskToTalk as AskToTalk
from workshop_tui.domain.phone_commands import Cast as Cast
from workshop_tui.domain.phone_commands import Contribute as Contribute
from workshop_tui.domain.phone_commands import Join as Join
from workshop_tui.domain.phone_commands import LeavePlace as LeavePlace
from workshop_tui.domain.phone_commands import NewCode as NewCode
from workshop_tui.domain.phone_commands import PhoneCommand as PhoneCommand
from workshop_tui.domain.phone_commands import TakeBack as TakeBack
from workshop_tui.domain.phone_commands import TakeBackByCode as TakeBackByCode
from workshop_tui.domain.phone_commands import TellRole as TellRole
from workshop_tui.domain.phone_commands import Upvote as Upvote
from workshop_tui.domain.points import Tie
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.registers import Register
from workshop_tui.domain.safeguarding import Agreed, Concern, HandedTo

Handling = Literal["new", "read", "approved", "on_hold"]
"""What the facilitator has done with a text. Only what is approved is shown, or is in a report."""

NoteKind = Literal["note", "concern", "action", "promise"]


class OpenItem(BaseCommand, frozen=True, kw_only=True, tag="open_item"):
    """Go to an item; the first one opened starts the workshop."""

    item: str
    vote: Literal["ask", "close", "keep"] = "ask"
    """What to do with an open vote: refuse and say so, close it, or leave it open."""
    end: Literal["keep", "move"] = "move"
    """At the start only: whether a late start keeps the planned end or moves it."""
    scheduled_start: int | None = None
    """At the start only: when the agenda wanted to start, UTC milliseconds; None when it does not say."""


class OpenVote(BaseCommand, frozen=True, kw_only=True, tag="open_vote"):
    """Open a new round of the open item's poll."""

    key: bytes
    """The round's key for anonymous ballots, 32 random bytes."""


class CloseVote(BaseCommand, frozen=True, kw_only=True, tag="close_vote"):
    """Stop taking ballots for a round."""

    round: str = ""
    """Empty for the open item's, or for the one that was left open when the room went on."""


class ReopenVote(BaseCommand, frozen=True, kw_only=True, tag="reopen_vote"):
    """Take the closing back: soon after it and before reveal."""

    round: str = ""
    """Empty for the open item's newest."""


class Reveal(BaseCommand, frozen=True, kw_only=True, tag="reveal"):
    """Close if need be, seal, and show the room the result."""


class HideResults(BaseCommand, frozen=True, kw_only=True, tag="hide_results"):
    """Take the result off every screen; people cannot unsee it."""


class ShowResults(BaseCommand, frozen=True, kw_only=True, tag="show_results"):
    """Show a result again that was revealed before."""


class VoidRound(BaseCommand, frozen=True, kw_only=True, tag="void_round"):
    """Declare a round not valid; it stays in the record."""

    round: str
    reason: str


class BreakTie(BaseCommand, frozen=True, kw_only=True, tag="break_tie"):
    """Name one of those that tie for the first place of a counted round; only where the agenda allows it."""

    round: str
    option: str
    """Its key."""
    reason: str
    """Why; goes with the result wherever it is shown."""


class LeaveTie(BaseCommand, frozen=True, kw_only=True, tag="leave_tie"):
    """Take back what was named out of a tie: the result stands as a tie again."""

    round: str


class OpenGathering(BaseCommand, frozen=True, kw_only=True, tag="open_gathering"):
    """Let phones send to the open item."""


class CloseGathering(BaseCommand, frozen=True, kw_only=True, tag="close_gathering"):
    """Stop taking contributions to the open item."""


class ChooseOptions(BaseCommand, frozen=True, kw_only=True, tag="choose_options"):
    """Give a poll its options out of what the room said: chosen, merged, reworded, added to."""

    item: str
    options: tuple[Option, ...]
    as_they_are: bool = False
    """Whether they were looked at: what in them may tell who somebody is stays."""


class StartTimer(BaseCommand, frozen=True, kw_only=True, tag="start_timer"):
    """Let the open item's timer run."""


class PauseTimer(BaseCommand, frozen=True, kw_only=True, tag="pause_timer"):
    """Stop the open item's timer where it is."""


class AddMinutes(BaseCommand, frozen=True, kw_only=True, tag="add_minutes"):
    """Give the open item more minutes, or fewer."""

    minutes: int


class SetMinutes(BaseCommand, frozen=True, kw_only=True, tag="set_minutes"):
    """Give items new lengths at once: a catch-up plan, or taking one back."""

    minutes: tuple[tuple[str, int], ...]
    """(item key, minutes)."""


class EditItem(BaseCommand, frozen=True, kw_only=True, tag="edit_item"):
    """Replace an item that was not opened yet."""

    item: Item


class SkipItem(BaseCommand, frozen=True, kw_only=True, tag="skip_item"):
    """Leave an item out, saying why."""

    item: str
    reason: str


class RestoreItem(BaseCommand, frozen=True, kw_only=True, tag="restore_item"):
    """Put a skipped item back."""

    item: str


class InsertItem(BaseCommand, frozen=True, kw_only=True, tag="insert_item"):
    """Add an item that is not in the agenda, after another."""

    item: Item
    after: str
    """The key of the item it follows; empty for the first place."""


class OpenJoining(BaseCommand, frozen=True, kw_only=True, tag="open_joining"):
    """Let phones join again."""


class CloseJoining(BaseCommand, frozen=True, kw_only=True, tag="close_joining"):
    """Let no further phone join; those that are in stay in."""


class RenewCode(BaseCommand, frozen=True, kw_only=True, tag="renew_code"):
    """Let nobody in by the code of before, nor by its square; those that are in stay in."""

    code: str = ""
    """The new one, made at the edge."""


class FreeSeats(BaseCommand, frozen=True, kw_only=True, tag="free_seats"):
    """Count those no longer who joined, never did anything, and are not there."""

    persons: tuple[str, ...] = ()
    """Whose phones were not heard of lately; the edge says so. Whoever did something stays all the same."""


class HearTalk(BaseCommand, frozen=True, kw_only=True, tag="hear_talk"):
    """Say that it was heard that somebody wants to talk to someone."""


class SetPresent(BaseCommand, frozen=True, kw_only=True, tag="set_present"):
    """Say how many people are in the room; None when it is not known."""

    people: int | None
    by_video: int | None = None
    """How many take part by video link; None leaves it as it is."""


class ChangePromise(BaseCommand, frozen=True, kw_only=True, tag="change_promise"):
    """Tell the room something else than before: what was promised until then is kept, with its time."""

    promise: Promise
    back: bool = False
    """Whether it only takes back what was told last; then what stood for a moment leaves no version."""


class SetScreen(BaseCommand, frozen=True, kw_only=True, tag="set_screen"):
    """Choose what the big screen shows."""

    mode: Literal["join", "promise", "question", "results", "story", "received", "blank", "closing"]
    subject: str = ""
    """The text of mode "story", or the point of mode "received"."""


class TurnScreen(BaseCommand, frozen=True, kw_only=True, tag="turn_screen"):
    """Show the next part of what the big screen shows, or the one before."""

    by: Literal[1, -1]


class Moderate(BaseCommand, frozen=True, kw_only=True, tag="moderate"):
    """Mark a text as read, approved for the room, or on hold: then it is left out everywhere."""

    contribution: str
    """Its key; of a reason, an answer or a note as well (`domain.texts`)."""
    handling: Handling
    act: str = ""
    """A name for an act that does the same with several, made at the desk: all of them are taken back together."""


class WithdrawWords(BaseCommand, frozen=True, kw_only=True, tag="withdraw_words"):
    """Take words back for their owner, who asked for it: they go for good."""

    contribution: str = ""
    """Its key; empty where there is a code."""
    code: str = ""
    """Its private code, as it was typed."""


class NoteIssued(BaseCommand, frozen=True, kw_only=True, tag="note_issued"):
    """Files with people's words were written: whoever has one can be asked when words are taken back."""

    folder: str
    names: tuple[str, ...]


class MarkAnswered(BaseCommand, frozen=True, kw_only=True, tag="mark_answered"):
    """Say that a question from the room was answered, or that somebody took it away; or take that back."""

    contribution: str
    words: str = ""
    """What the answer was, in short; empty where nobody typed it."""
    owner: str = ""
    """Who took it away to find out; empty for one that was answered."""
    answered: bool = True
    """Whether it is; no longer, with False."""


class HoldPhone(BaseCommand, frozen=True, kw_only=True, tag="hold_phone"):
    """Hold everything from the phone that sent this contribution, without saying whose it is."""

    contribution: str
    hold: bool = True


class AddNote(BaseCommand, frozen=True, kw_only=True, tag="add_note"):
    """Keep a note, concern, action or promise, tied to the open item."""

    key: str
    """A random name made at the edge."""
    kind: NoteKind
    text: str
    owner: str = ""
    due: str = ""
    """A date as YYYY-MM-DD, or empty."""
    register: Register | Literal[""] = ""
    """In which register it is kept at once; empty for that of its kind, and for a line to be sorted later."""
    fields: Mapping[str, str] = {}
    """What is said of it there."""


class SortNote(BaseCommand, frozen=True, kw_only=True, tag="sort_note"):
    """Put a note into a register, or say other things of it there."""

    note: str
    register: Register | Literal[""]
    """Empty to have it where it was before anybody sorted it."""
    fields: Mapping[str, str] = {}
    """By their names, as typed; all of them, and what is not in it is not said any more."""
    act: str = ""
    """A name for an act that sorts several, made at the desk: all of them are taken back together."""


class TieNotes(BaseCommand, frozen=True, kw_only=True, tag="tie_notes"):
    """Tie notes to what they rest on, or untie them; many at once."""

    ties: tuple[Tie, ...]
    tied: bool = True


class RewriteNote(BaseCommand, frozen=True, kw_only=True, tag="rewrite_note"):
    """Give a note other words; of those before nothing is kept."""

    note: str
    text: str


class Retell(BaseCommand, frozen=True, kw_only=True, tag="retell"):
    """Write what a story is about in the facilitator's words, where its owner allows no more than that."""

    contribution: str
    words: str
    """Empty to take it away again."""


class Reword(BaseCommand, frozen=True, kw_only=True, tag="reword"):
    """Say a text in other words wherever it is shown; its own words are kept."""

    contribution: str
    """Its key; of a reason, an answer or a note as well."""
    words: str
    """Empty to show its own words again."""


class Redact(BaseCommand, frozen=True, kw_only=True, tag="redact"):
    """Decide what becomes of a piece of a text that may tell who somebody is; its own words are kept."""

    contribution: str
    """Its key; of a reason, an answer or a note as well."""
    place: str
    """As in `domain.redaction.Redaction`, and so are the next two."""
    start: int
    end: int
    decision: Literal["accepted", "edited", "dismissed", "open"]
    """The last takes a decision away."""
    words: str = ""
    """What is read instead, where it is edited."""


class DropNote(BaseCommand, frozen=True, kw_only=True, tag="drop_note"):
    """Take a note back; it stays in the file, marked."""

    key: str
    drop: bool = True
    asked: bool = False
    """Whether whoever raised it asked for that: without it nobody takes a concern back, or what is contested."""


class Warn(BaseCommand, frozen=True, kw_only=True, tag="warn"):
    """Say what a text speaks of, so that nobody meets it unprepared; beside what its teller said."""

    contribution: str
    warnings: tuple[str, ...]
    """Of `domain.content_warnings`; none to take them away."""


class Safeguard(BaseCommand, frozen=True, kw_only=True, tag="safeguard"):
    """Note that a matter of somebody's safety is handed on; never what was said."""

    key: str = ""
    """A random name made at the edge."""
    concern: Concern
    spoke_privately: bool
    agreed: Agreed
    handed_to: HandedTo
    reference: str = ""
    contribution: str = ""
    """The text that it came from: it is for nobody from then on. The note does not say which."""


class EnterStory(BaseCommand, frozen=True, kw_only=True, tag="enter_story"):
    """A story that somebody told on paper is typed at a desk, as it stands and as its owner ticked it."""

    item: str
    words: str
    level: str
    """C0 to C4."""
    key: str = ""
    """A random name made at the edge."""
    code: str = ""
    """The private code with which its owner can take it back, made at the edge."""


class FollowUp(BaseCommand, frozen=True, kw_only=True, tag="follow_up"):
    """Note what became of such a matter."""

    note: str
    """Its key."""
    handed_to: HandedTo
    reference: str = ""
    closed: bool = False


class NoteContact(BaseCommand, frozen=True, kw_only=True, tag="note_contact"):
    """Somebody asked at the desk to be contacted about their own care; never about what."""

    key: str = ""
    """A random name made at the edge."""
    routed_to: RoutedTo = "nobody"
    reference: str = ""


class FollowContact(BaseCommand, frozen=True, kw_only=True, tag="follow_contact"):
    """Note to whom such a request went, and whether whoever asked was contacted."""

    request: str
    """Its key."""
    routed_to: RoutedTo
    reference: str = ""
    contacted: bool = False


class Undo(BaseCommand, frozen=True, kw_only=True, tag="undo"):
    """Take the last facilitator action back."""


class Redo(BaseCommand, frozen=True, kw_only=True, tag="redo"):
    """Do again what was last taken back."""


class ClockMoved(BaseCommand, frozen=True, kw_only=True, tag="clock_moved"):
    """The laptop slept, no room ran, or somebody set the clock; sent by the room itself."""

    who: Who = "room"
    by_ms: int
    """How far the wall clock went beyond the time that really passed in view of the room."""
    slept: bool
    """Whether the laptop slept: timers pause. A changed clock only shifts what was noted by it."""
    away: bool = False
    """Whether no room ran: that time counts for the day, which really passed, and not against the open item."""


class EndWorkshop(BaseCommand, frozen=True, kw_only=True, tag="end_workshop"):
    """People leave: take nothing more, seal every round, and let nothing from before be taken back.

    What is written up stays open until `FinishWriteUp`.
    """

    confirm: str
    """The typed word END."""


class FinishWriteUp(BaseCommand, frozen=True, kw_only=True, tag="finish_write_up"):
    """The day's end: wipe every word that was only for today, and whatever tells which words are of one phone."""

    confirm: str
    """The typed word FINISH; the room itself types it when the last day for it has come."""


class RefuseLock(BaseCommand, frozen=True, kw_only=True, tag="refuse_lock"):
    """Note why a session that gathers words was begun without a passphrase."""

    reason: str


class SetRetention(BaseCommand, frozen=True, kw_only=True, tag="set_retention"):
    """Say until when the session is kept."""

    until: str
    """The last day, as YYYY-MM-DD; empty for not decided yet."""


class PlaceHold(BaseCommand, frozen=True, kw_only=True, tag="place_hold"):
    """Let nobody delete the session, whatever day it is."""

    reason: str


class LiftHold(BaseCommand, frozen=True, kw_only=True, tag="lift_hold"):
    """Let it be deleted again when its time is over."""

    reason: str


class PauseRoom(BaseCommand, frozen=True, kw_only=True, tag="pause_room"):
    """Stop everything at once: nothing but a neutral picture on the big screen, nothing taken from phones, no clock.

    Whoever sees the need does it, at any desk and in any phase, and twice does no harm.
    """


class ResumeRoom(BaseCommand, frozen=True, kw_only=True, tag="resume_room"):
    """Go on where the pause came; the timer goes on if it ran."""

    end: Literal["keep", "move"] = "keep"
    """Whether the planned end stays, or moves by as long as the pause was."""
    minutes: tuple[tuple[str, int], ...] = ()
    """New lengths of items to come, as (item key, minutes): how the day catches up; none where they stay."""


FacilitatorCommand = (
    OpenItem | OpenVote | CloseVote | ReopenVote | Reveal | HideResults | ShowResults | VoidRound | BreakTie
    | LeaveTie | OpenGathering | CloseGathering | ChooseOptions | StartTimer | PauseTimer | AddMinutes | SetMinutes
    | EditItem | SkipItem | RestoreItem | InsertItem | SetPresent | ChangePromise | SetScreen | TurnScreen
    | Moderate | HoldPhone
    | MarkAnswered | Retell | Reword | Redact | AddNote | SortNote | TieNotes | RewriteNote
    | DropNote | Undo | Redo | ClockMoved | PauseRoom | ResumeRoom
    | EndWorkshop | FinishWriteUp | OpenJoining | CloseJoining | RenewCode | FreeSeats | HearTalk
    | WithdrawWords | NoteIssued | RefuseLock | SetRetention | PlaceHold | LiftHold | Warn | Safeguard | FollowUp
    | NoteContact | FollowContact | EnterStory
)  # fmt: skip

Command = FacilitatorCommand | PhoneCommand

RULES: Final[dict[type[BaseCommand], Rule]] = {
    # The day itself.
    OpenItem: Rule(LEADS, DAY),
    StartTimer: Rule(LEADS, DAY),
    PauseTimer: Rule(LEADS, DAY),
    AddMinutes: Rule(LEADS, HELD),
    SetMinutes: Rule(LEADS, HELD),
    EditItem: Rule(LEADS, HELD),
    SkipItem: Rule(LEADS, HELD),
    RestoreItem: Rule(LEADS, HELD),
    InsertItem: Rule(LEADS, HELD),
    ChooseOptions: Rule(LEADS, HELD),
    HearTalk: Rule(DESKS, ALWAYS),
    SetPresent: Rule(DESKS, HELD),
    ChangePromise: Rule(LEADS, DESK_WORK),
    OpenJoining: Rule(LEADS, HELD),
    CloseJoining: Rule(LEADS, HELD),
    RenewCode: Rule(LEADS, HELD),
    FreeSeats: Rule(LEADS, HELD),
    PauseRoom: Rule(DESKS, ALWAYS),
    ResumeRoom: Rule(LEADS, ALWAYS),
    ClockMoved: Rule(ROOM, ALWAYS),
    # Votes.
    OpenVote: Rule(LEADS, DAY),
    CloseVote: Rule(LEADS, HELD),
    ReopenVote: Rule(LEADS, DAY),
    Reveal: Rule(LEADS, DAY),
    HideResults: Rule(LEADS, ALWAYS),
    ShowResults: Rule(LEADS, frozenset({"running", "people_left", "finished"})),
    VoidRound: Rule(LEAD, DESK_WORK),
    BreakTie: Rule(LEAD, DESK_WORK),
    LeaveTie: Rule(LEAD, DESK_WORK),
    # Words.
    OpenGathering: Rule(LEADS, DAY),
    CloseGathering: Rule(LEADS, HELD),
    Moderate: Rule(LEADS, DESK_WORK),
    HoldPhone: Rule(LEADS, DESK_WORK),
    MarkAnswered: Rule(DESKS, DESK_WORK),
    WithdrawWords: Rule(LEADS, ALWAYS),
    NoteIssued: Rule(LEADS | ROOM, ALWAYS),
    Retell: Rule(LEADS, DESK_WORK),
    Reword: Rule(LEADS, DESK_WORK),
    Redact: Rule(LEADS, DESK_WORK),
    AddNote: Rule(DESKS, DESK_WORK),
    # Who does these reads what people sent.
    SortNote: Rule(LEADS, DESK_WORK),
    TieNotes: Rule(LEADS, DESK_WORK),
    RewriteNote: Rule(LEADS, DESK_WORK),
    DropNote: Rule(DESKS, DESK_WORK),
    Warn: Rule(LEADS, DESK_WORK),
    EnterStory: Rule(DESKS, DESK_WORK),
    # What became of a matter is often known days later.
    Safeguard: Rule(LEADS, ALWAYS),
    FollowUp: Rule(LEADS, ALWAYS),
    NoteContact: Rule(DESKS, DESK_WORK),
    FollowContact: Rule(LEADS, ALWAYS),
    # The screen, and taking back.
    SetScreen: Rule(LEADS, ALWAYS),
    TurnScreen: Rule(LEADS, ALWAYS),
    Undo: Rule(DESKS, DESK_WORK),
    Redo: Rule(DESKS, DESK_WORK),
    # How it is kept.
    RefuseLock: Rule(LEAD, DESK_WORK),
    SetRetention: Rule(LEAD, ALWAYS),
    PlaceHold: Rule(LEAD, ALWAYS),
    LiftHold: Rule(LEAD, ALWAYS),
    # The two moments at the end.
    EndWorkshop: Rule(LEAD | ROOM, HELD),
    FinishWriteUp: Rule(LEAD | ROOM, frozenset({"people_left"})),
}
"""Every one of them. Before the first item is opened a session runs; what needs an open item says so by itself."""
