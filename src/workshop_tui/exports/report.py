"""A session as one audience may know it: the one value that its pages and files are made from.

What is not in here can be in no file. Private words, join codes, addresses, who said what and in which order
never come in; stories and ideas come in through the consent gate only (`exports.gate`). What programs read of it has
keys of its own (`formats.session_json`), so that a name here can change without a change for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from workshop_tui.cycle.answers import Answer, Confirmed
from workshop_tui.domain.activity import Noun
from workshop_tui.domain.agenda import HandedIn, Jurisdiction, Level
from workshop_tui.domain.blocks import ViewBlock, Words
from workshop_tui.domain.commands import Who
from workshop_tui.domain.plain_profiles import PlainProfile
from workshop_tui.domain.promise import Promise, Section
from workshop_tui.domain.registers import Fields, Register
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.domain.state import Compared, TieBreak
from workshop_tui.domain.texts import LeftOut
from workshop_tui.exports.local_time import ClockFace
from workshop_tui.messages import Place, Sentences, Text


class Origin(Struct, frozen=True, kw_only=True):
    """Where a report comes from, so that it can be held against the session file."""

    id: str
    """The session's random name."""
    agenda: str
    """The file name of the agenda."""
    agenda_sha256: str
    """Of the agenda file, in hexadecimal."""
    journal_head: str
    """The last hash of the session file's journal; empty for an empty one."""
    as_of: int
    """The time of the last journal entry: everything up to then is in the report."""
    utc_offset_minutes: int
    """How far the clock at the place was ahead of UTC; 0 where the session does not tell."""
    clock_known: bool
    """Whether the session tells: it does when the agenda has a start."""
    left_out: Sentences = ""
    """What is not as it should be about words that were to be gone, in a sentence; empty when all is well."""

    @property
    def clock(self) -> ClockFace:
        """The clock that the report's moments are told by."""
        return ClockFace(self.utc_offset_minutes, known=self.clock_known)


class PlannedItem(Struct, frozen=True, kw_only=True):
    """An item as the agenda had it."""

    title: str
    question: str
    minutes: int
    start: int | None
    """None when the workshop has not started and the agenda has no start."""


class ItemReport(Struct, frozen=True, kw_only=True):
    """One item as it was run, beside what was planned."""

    key: str
    number: int
    """Its place in the order that was run, from 1."""
    title: str
    question: str
    type: str
    level: Level | None
    """How far people took part in it, where the agenda says so of the item itself."""
    lead: str
    capture: str
    access: str
    minutes: int
    """The minutes it had in the end, after catching up and adding."""
    planned: PlannedItem | None
    """None for an item that was added during the session."""
    status: str
    """"done", "open", "skipped", or "planned" for one that was not reached."""
    opened_at: int | None
    left_at: int | None
    spent_ms: int
    """Time on its timer."""
    edited: bool
    """Whether its words, minutes or what phones do were changed before it was opened."""
    reason: str
    """Why it was skipped."""


class BallotLine(Struct, frozen=True, kw_only=True):
    """Equal ballots of one round."""

    count: int
    group: str
    """"public" or "staff"; empty where people were not asked, a group is too small, or answers came with reasons."""
    columns: dict[str, str | int]
    """What was chosen, in the columns of its kind."""


class ReasonLine(Struct, frozen=True, kw_only=True):
    """What one person gave as the reason for one answer. Nothing tells what else they answered."""

    option: str
    """The letter of the option that was answered; empty where the question itself was."""
    answer: Words
    """The answer, as the form words it."""
    name: str
    """The name its owner chose, in a vote where people do; else empty."""
    words: str


class RoundReport(Struct, frozen=True, kw_only=True):
    """One opening of a vote."""

    key: str
    item: str
    item_number: int
    number: int
    """1 for the first round of its item."""
    kind: str
    question: str
    options: tuple[tuple[str, Words], ...]
    """(letter, words)."""
    status: str
    """"open", "closed", "sealed" or "void"; only sealed rounds count."""
    reason: str
    """Why it is void."""
    shown_to_room: bool
    """Whether the room ever saw the result."""
    opened_at: int
    closed_at: int | None
    revealed_at: int | None
    rounded: bool
    """Whether the number of answers is told rounded, 5 standing for 1 to 7, and skips and changes are not told."""
    answered: int
    skipped: int
    joined: int
    """Phones that had joined when it closed, without those that only looked on."""
    present: int | None
    """People in the room, as the facilitator counted; None when nobody said."""
    with_video: bool = False
    """Whether some of them took part by video link."""
    changes: int
    """How often somebody changed an answer before it closed."""
    again: str = ""
    """The key of the earlier round whose question this asked again; empty for none."""
    awaits_award: bool = False
    """Whether what it says leaves only once a contract is awarded."""
    linked: bool = False
    """Whether answers are still linked to phones, because the question will be asked again: until that is counted."""
    compared: Compared | None = None
    """How the answers differ from those of `again`; None where nothing was compared."""
    tie: TieBreak | None = None
    """Which of those that tied for the first place the facilitator named, and why; None where nobody did."""
    result: tuple[ViewBlock, ...]
    """Empty until the round is sealed. With the earlier result first, where the question was asked again."""
    sentences: tuple[Text, ...]
    """What must be read with the result: the base first."""
    details: tuple[ViewBlock, ...]
    """What lies behind the result and was never on a screen: other ways of counting, tables, people's reasons."""
    ballots: Iterable[BallotLine]
    """Sorted by what was chosen, which tells nothing about who came first. Empty until the round is sealed. Can be gone
    through more than once; each line is made anew."""
    reasons: tuple[ReasonLine, ...] = ()
    """By option, then in the order of the alphabet. Empty until the round is sealed."""
    reasons_left_out: LeftOut = LeftOut()
    """How many reasons are not among those, and why."""
    reasons_given: int = 0
    """How many there are, whoever may read them."""
    unexplained: int = 0
    """Of scores: how many have no reason; at a second look only those that were changed need one."""
    plain: PlainProfile | None
    """The same as counting rules take it; None until the round is sealed, and for kinds that no rule can take."""


class NoteReport(Struct, frozen=True, kw_only=True):
    """A concern, action, promise or note of the facilitator."""

    key: str
    """A random name, which stays the same."""
    item: str
    item_number: int | None
    """None for a note from before the start."""
    text: str
    owner: str
    due: str
    """"YYYY-MM-DD", or empty."""
    at: int


class Rests(Struct, frozen=True, kw_only=True):
    """What a line of the write-up rests on."""

    results: tuple[str, ...] = ()
    """Keys of rounds."""
    texts: tuple[str, ...] = ()
    """Keys of what people sent, as far as the audience may read it word for word."""
    received: tuple[str, ...] = ()
    """Points that were handed in, by their ids."""
    stories: int = 0
    ideas: int = 0
    reasons: int = 0
    notes: int = 0
    taken_back: int = 0
    over: int = 0
    """How much was only for the day."""


class EntryReport(Struct, frozen=True, kw_only=True):
    """One line of the write-up."""

    key: str
    """Of its note."""
    register: Register | Literal[""]
    """Empty for one that nobody sorted."""
    words: str
    fields: Fields
    fields_held: int
    """How many fields are left out, because they may tell who somebody is or are somebody's own words."""
    item: str
    """The title of the item during which it was noted; empty for none."""
    item_number: int | None
    """None for one from before the start."""
    at: int
    rests: Rests


class Answered(Struct, frozen=True):
    """What became of a line of the write-up since."""

    answer: Answer
    confirmed: Confirmed = Confirmed()
    held: bool = False
    """Whether words of it are left out: they repeat what may not go there."""


class NotesHeld(Struct, frozen=True, kw_only=True):
    """How many of the facilitator's notes are not in the report because they are held back."""

    concerns: int = 0
    actions: int = 0
    promises: int = 0
    notes: int = 0


class ShownContribution(Struct, frozen=True, kw_only=True):
    """One story or idea whose owner and facilitator let it be in the report."""

    key: str
    """A random name, which stays the same; it tells neither whose it is nor when it came."""
    number: int
    """Its number in the report, from 1."""
    item: str
    item_number: int
    kind: str
    consent: str
    parts: tuple[tuple[Words, str], ...]
    """(question, words); the question is empty for free text."""
    columns: dict[str, str | int]
    """The same in the columns of its kind."""
    votes: int | None = None
    """How many wanted to know it too, whoever sent it among them; None for a kind that takes no votes."""
    answer: AnswerRow | None = None
    """What became of a question, as the facilitator noted it; None for an open one."""
    answer_held: bool = False
    """Whether there is an answer whose words are held back."""


class NotShown(Struct, frozen=True, kw_only=True):
    """How many are not in the report, of one consent level."""

    level: str
    words: Sentences
    """What the level means, as people read it when they chose."""
    told: int
    """How many were told with this level."""
    not_shown: int
    """How many of them are not in the report: by their owner's choice, or not approved, or held."""


class Missing(Struct, frozen=True, kw_only=True):
    """Why some are not in the report; each stands under the first of these that is true of it."""

    withdrawn: int = 0
    """Their owners took them back."""
    day_over: int = 0
    """They were only for the day, and were deleted when the write-up was finished."""
    not_wanted: int = 0
    """Their owners did not let them be in a report; they are deleted when the write-up is finished."""
    held: int = 0
    not_read: int = 0
    not_approved: int = 0
    """Read, and not approved."""


class Gathered(Struct, frozen=True, kw_only=True):
    """The stories of a session, or all its ideas, or all of another kind of words."""

    kind: str
    noun: Noun
    """What they are called."""
    told: int
    shown: tuple[ShownContribution, ...]
    """By item, then in the order of the alphabet: the order they came in could tell whose they are. Where people could
    say what they want to know too, open questions come first, and those with most votes before the others."""
    missing: Missing
    levels: tuple[NotShown, ...]
    """From least to most shared; levels that nobody chose are left out."""


class JournalLine(Struct, frozen=True, kw_only=True):
    """One thing that a desk or the room did."""

    at: int
    who: Who
    what: str
    """The wire name of the event."""
    item: str
    """The key of the item it was about; empty for none."""
    round: str
    """The key of the round it was about; empty for none."""


class Kept(Struct, frozen=True, kw_only=True):
    """How the session file was kept when this was written."""

    locked: bool
    """Whether it was locked with a passphrase."""
    unlocked: str
    """Why not, in the words of whoever started it; empty where nobody was asked."""
    until: str | None
    """The last day on which it is kept, as YYYY-MM-DD; "" for not decided yet, None where nobody was asked."""


class EarlierReport(Struct, frozen=True, kw_only=True):
    """What the room was promised until something else was."""

    until: int
    promise: Promise
    plain: tuple[Text, ...]
    """The plain sentence."""
    parts: tuple[Section, ...]
    """All the rest, under headings."""


class PromiseReport(Struct, frozen=True, kw_only=True):
    """What the room was promised, in each version."""

    now: Promise
    """What holds last."""
    parts: tuple[Section, ...]
    """The same as people read it, under headings, without the plain sentence and what can change or cannot."""
    fixed: tuple[Place, ...]
    """What cannot change, each with its reason where one is given."""
    earlier: tuple[EarlierReport, ...] = ()
    """What they were told before, first to last."""
    hear_back: tuple[Place, ...] = ()
    """How people hear back, as far as it may be told."""
    hear_back_by: str = ""
    """By when people are to hear back, YYYY-MM-DD; empty where nobody said, or it is counted from a day to come."""
    note: Text = ""
    """That work before a consultation is none; empty for every other kind."""


class Report(Struct, frozen=True, kw_only=True):
    """A whole session. Moments are UTC milliseconds; None for what did not happen."""

    origin: Origin
    title: str
    purpose: str
    language: str
    """The language of the agenda's words."""
    stage: str
    stage_title: Text
    engagement_kind: str | None
    proposal_state: str | None
    jurisdiction: Jurisdiction | None
    """Whose duties are cited; None where the agenda names none."""
    status: Sentences
    """The sentences that people read when they joined."""
    can_change: tuple[str, ...]
    cannot_change: tuple[str, ...]
    promise: PromiseReport
    people: str
    venue_access: str
    award_on: str
    """The day on which a contract is awarded, "YYYY-MM-DD"; empty for none."""
    baton_in: str
    baton_out: tuple[str, ...]
    received: tuple[HandedIn, ...]
    """The points that it opened with."""
    started_at: int | None
    planned_end: int | None
    ended_at: int | None
    """When people left."""
    finished_at: int | None
    """When the write-up was finished: what was only for the day is deleted since."""
    write_up_by: str
    """The last day on which it can be finished by hand, "YYYY-MM-DD"; empty for one without end."""
    phones: int
    """How many phones joined."""
    looking_on: int
    """How many of them only looked on: they are in no base."""
    present: int | None
    """People in the room, as last counted; None when nobody said."""
    by_video: int
    """People who took part by video link."""
    concerns: tuple[NoteReport, ...]
    actions: tuple[NoteReport, ...]
    promises: tuple[NoteReport, ...]
    notes: tuple[NoteReport, ...]
    notes_held: NotesHeld
    entries: tuple[EntryReport, ...]
    """The same notes as lines of the write-up, in the order in which they were noted."""
    answers: Mapping[str, Answered]
    """What became of these lines since, by the keys of their notes; of what has no answer nothing is in it."""
    items: tuple[ItemReport, ...]
    rounds: tuple[RoundReport, ...]
    """In the order they were opened."""
    stories: Gathered
    words: tuple[Gathered, ...]
    """What else was said to the room, one for each kind, in the order in which items asked for it."""
    answers_held: int
    """How many of them have words that are left out."""
    journal: tuple[JournalLine, ...]
    """What was done and who asked for it, first to last; nothing about single words that people sent."""
    kept: Kept
    damage: tuple[Text, ...] = ()
    """What in the session file is not as it was written, and was left out or stands as it is: sentences."""
