"""What a console sees: one bounded value, made by the room, drawn by console and host page alike."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from workshop_tui.domain.agenda import HandedIn, Item
from workshop_tui.domain.blocks import Option, ViewBlock
from workshop_tui.domain.commands import NoteKind
from workshop_tui.domain.honesty import count_words
from workshop_tui.domain.own_care import OwnCareRow
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.received import Dealt
from workshop_tui.domain.safeguarding import SafeguardingRow
from workshop_tui.domain.state import ItemStatus, Keeping, Phase, RoundStatus, ScreenMode
from workshop_tui.domain.timing import MINUTE, Plan, can_give
from workshop_tui.messages import Listed, Message, Sentences, Text, Verbatim, tr, trn
from workshop_tui.room.ending import WriteUp
from workshop_tui.room.square import typed_url

SHOWN_NOTES = 20
"""Newest notes carried in a snapshot; the rest is in the export."""


class ItemLine(Struct, frozen=True, kw_only=True):
    """One line of the running order."""

    key: str
    number: int
    title: str
    minutes: int
    planned_minutes: int
    status: ItemStatus
    planned_start: int
    start: int
    """When it did start or is expected to, UTC milliseconds."""
    kind: str
    """The kind of its activity; empty for a timed item."""
    is_poll: bool
    is_break: bool
    keeps_time: bool
    """Whether catching up leaves it alone."""
    inserted: bool
    reason: str
    """Why it was skipped."""
    item: Item
    """What the agenda says of it now, for a desk that wants to edit it or choose its options."""
    options: tuple[Option, ...] = ()
    """Those chosen from ideas; empty until chosen."""


class RoundView(Struct, frozen=True, kw_only=True):
    """The newest round of the open item."""

    key: str
    number: int
    status: RoundStatus
    shown: bool
    revealed: bool
    """Whether the room has ever seen the result."""
    reopen_until: int | None
    """Until when the closing can be taken back, UTC milliseconds; None when it cannot."""
    answered: int
    """Valid ballots; those who skipped are not in it."""
    skipped: int
    changes: int
    base: int
    """How many could have answered: the number that the big screen and the report say too."""
    counted: bool
    """Whether the base is people that the facilitator counted, and not phones."""
    beyond: int | None = None
    """How many the facilitator counted, where more than that answered or skipped; None where no more did."""
    warnings: tuple[Text, ...] = ()
    """What to know before the room sees it: that some may have answered twice, or whose answer it would tell."""
    rounded: bool = False
    """Whether the number of answers is told rounded; who skipped and who changed is then not told."""
    named: bool = False
    """Whether each answer stands under a name that its owner chose."""
    kept: bool = False
    """Whether answers stay linked to phones in the file, because the question will be asked again."""
    again: bool = False
    """Whether this asks an earlier question a second time."""
    tied: tuple[Option, ...] = ()
    """Those that tie for the first place and of which the facilitator may name one; empty where they may not."""
    chosen: str = ""
    """The key of the one that they have named; empty while it stands as a tie."""

    @property
    def answers(self) -> Message | int:
        """How many answered, as a part of a sentence: "31", "about 30"."""
        return count_words(self.answered, rounded=self.rounded)


class ItemView(Struct, frozen=True, kw_only=True):
    """The open item."""

    item: Item
    number: int
    minutes: int
    left_ms: int
    """Time left at `Snapshot.now`; negative once over."""
    running: bool
    is_poll: bool
    is_gathering: bool
    gathers: Text
    """What a gathering gathers, in the plural: "Stories"; empty for none."""
    only_you: bool
    """Whether nobody but the facilitator ever reads what is gathered."""
    gathering_open: bool
    collected: int
    """Contributions to it so far."""
    listed: int
    """How many of them phones list with their votes; 0 where they list none."""
    wants_ideas: bool
    """Whether its options come from ideas."""
    options: tuple[Option, ...]
    """Those chosen from ideas, or the agenda's; empty until chosen."""


class NoteLine(Struct, frozen=True, kw_only=True):
    """One note."""

    key: str
    kind: NoteKind
    item: str
    text: str
    owner: str
    due: str
    reworded: str = ""
    """The words in which everybody else reads it; empty for its own."""
    held: bool = False
    """Whether it is held back: then no report has it."""
    register: str = ""
    """In which register it is; empty for one to be sorted."""
    fields: Mapping[str, str] = {}
    """What is said of it there."""
    is_sorted: bool = False
    """Whether somebody sorted it; else it is in the register of its kind."""

    @property
    def shown(self) -> str:
        """The words that a report has, or would have."""
        return self.reworded or self.text

    @property
    def said(self) -> Mapping[str, str]:
        """What is said of it, with what was said while it was kept."""
        return {**{name: said for name, said in (("role", self.owner), ("by", self.due)) if said}, **self.fields}


class NotesPage(Struct, frozen=True, kw_only=True):
    """Some of the notes that were kept, newest first."""

    notes: tuple[NoteLine, ...] = ()
    total: int = 0
    """How many there are in all."""


class OpenVoteLine(Struct, frozen=True, kw_only=True):
    """A vote that still takes answers although the room went on."""

    round: str
    number: int
    """Of its item."""
    title: str


class Details(Struct, frozen=True, kw_only=True):
    """What lies behind the newest result: only for the facilitator, and only once the round is closed."""

    question: str = ""
    blocks: tuple[ViewBlock, ...] = ()
    """Other ways of counting, tables, reasons in people's own words; empty where there is nothing to add."""
    refusal: Message | None = None
    """Why there is nothing yet; None otherwise."""


class Unread(Struct, frozen=True, kw_only=True):
    """How much of one kind waits to be read."""

    count: int
    words: Text
    """The same with its noun: "2 stories"."""
    only_you: bool = False
    """Whether nobody but the facilitator ever reads it."""


class Waiting(Struct, frozen=True, kw_only=True):
    """What waits to be read, by what it is."""

    new: tuple[Unread, ...] = ()
    """Everything the facilitator has not looked at; kinds of which nothing waits are left out."""
    approved: int = 0
    on_hold: int = 0
    now: int = 0
    """How much of what is new asks to be read now."""

    @property
    def unread(self) -> int:
        """How much the facilitator has not looked at."""
        return sum(each.count for each in self.new)

    @property
    def private(self) -> int:
        """How much of it nobody else ever reads."""
        return sum(each.count for each in self.new if each.only_you)


class HandedView(Struct, frozen=True, kw_only=True):
    """What was handed to this session: the point that is at hand, and how many there are."""

    here: Dealt
    """The one on the big screen; where that shows none, the first that has no answer."""
    number: int
    total: int
    open: int
    """How many have no answer."""
    before: str
    """The id of the point before it, counted round."""
    after: str


class Snapshot(Struct, frozen=True, kw_only=True):
    """Everything the desk shows at one moment; the clock runs on from `now` without a new one."""

    desk_version: int
    boot_id: str
    """Another one means the room was restarted."""
    now: int
    title: str
    stage: str
    status: Sentences
    """What is decided and what is not, in one sentence."""
    session_path: str
    join_url: str
    join_code: str
    joining_open: bool = True
    """Whether phones can join now."""
    talks: int = 0
    """How often somebody asked to talk to someone since a desk last said that it heard."""
    join_alarm: tuple[Message, ...] = ()
    """What is odd about those who join, and what can be done about it; none where nothing is."""
    screen_url: str
    host_url: str
    items: tuple[ItemLine, ...]
    here: ItemView | None
    round: RoundView | None
    handed: HandedView | None = None
    """None where nothing was handed in."""
    left_open: tuple[OpenVoteLine, ...] = ()
    """Votes that still take answers although the room went on."""
    result: tuple[ViewBlock, ...] | None
    """The result so far; None unless asked for or revealed."""
    result_words: tuple[Text, ...] = ()
    """Base, caution and ties, as sentences; empty with no result."""
    phones: int
    """Phones that joined."""
    roles: Text = ""
    """How many of them joined as what, in a sentence of counts; empty where the agenda asks nobody."""
    looking_on: int = 0
    """How many of them only look on: they are in no base."""
    connected: int
    """Phones that are listening or asked for something in the last minute."""
    present: int | None
    by_video: int = 0
    """People who take part by video link."""
    language: str = "en"
    """The agenda's own."""
    languages: tuple[str, ...] = ("en",)
    """What phones choose from."""
    promise: Promise = Promise()
    """What the room is told."""
    promises: bool = False
    """Whether there is more of it than the sentence that stands beside the square."""
    screen: ScreenMode
    is_warning: bool = False
    """Whether the big screen says what a text speaks of, and waits for a key before it shows it."""
    screens_open: int
    """How many browser windows show the big screen."""
    scheduled_start: int | None
    started_at: int | None
    ended_at: int | None
    """When people left."""
    finished_at: int | None = None
    """When the write-up was finished."""
    phase: Phase = "running"
    paused_since: int | None = None
    """When everything was paused, in whatever phase; None where nothing is."""
    write_up: WriteUp = WriteUp()
    planned_end: int | None
    projected_end: int
    day_over_ms: int
    slept_ms: int
    plans: tuple[Plan, ...]
    """Ways to catch up; empty when there is no need or no way."""
    waiting: Waiting
    notes: tuple[NoteLine, ...]
    handed_in: tuple[HandedIn, ...] = ()
    """Points that an earlier session handed to this one."""
    own_care: tuple[OwnCareRow, ...] = ()
    """Requests to be contacted about somebody's own care, first to last."""
    safeguarding: tuple[SafeguardingRow, ...] = ()
    """Matters that were handed on, first to last."""
    taken_back: tuple[NoteLine, ...] = ()
    """The newest notes that were taken back and can be put back."""
    undo: Text
    """What `u` would take back; empty for nothing."""
    undo_waits: bool = False
    """Whether that cannot be taken back before the room goes on."""
    redo: Text
    redo_waits: bool = False
    undo_version: int = 0
    """Tells what would be taken back from another step with the same words (`domain.steps`); 0 for nothing."""
    redo_version: int = 0
    fault: Sentences
    """Why nothing can be saved; empty when all is well."""
    left_over: tuple[Message | Verbatim, ...] = ()
    """Copies that hold words or keys which are to be gone, because they cannot be removed now."""
    saved_at: int
    locked: bool = False
    """Whether the session file is encrypted."""
    in_ring: bool = False
    """Whether the system's key ring has the key too."""
    key_trouble: Sentences = ""
    """Why the key of a locked session is not beside it; empty when all is well."""
    keeping: Keeping = Keeping()
    """Why it is not locked, until when it is kept, and whether somebody holds it."""
    damage: tuple[Text, ...] = ()
    """What in the file is not as it was written, as sentences."""

    @property
    def everybody(self) -> int:
        """The people in the room, as counted, and those by video link."""
        return (self.present or 0) + self.by_video

    @property
    def still_there(self) -> tuple[Message, ...]:
        """That copies hold what is to be gone; none when none does."""
        if not self.left_over:
            return ()
        return (
            tr("What is to be gone is still in copies that cannot be removed: {names}.", names=Listed(self.left_over)),
            tr("The next start tries it again."),
        )

    @property
    def join_address(self) -> str:
        """The join address as people read and type it; the square says another, with a longer secret."""
        return typed_url(urlsplit(self.join_url).netloc, self.join_code)

    @property
    def joined(self) -> Message:
        """How many phones joined: "1 phone has joined."."""
        return trn("{n} phone has joined.", "{n} phones have joined.", self.phones)

    @property
    def started(self) -> bool:
        """Whether the first item was opened."""
        return self.started_at is not None

    @property
    def length_ms(self) -> int:
        """How long the day is if every item that is not left out takes its minutes."""
        return sum(line.minutes for line in self.items if line.status != "skipped") * MINUTE

    def can_catch_up(self, late_ms: int, first: str) -> bool:
        """Whether a day that starts so late with an item could still end as planned: the items after it can give that.

        Only then is it offered to keep the end.
        """
        keys = [line.key for line in self.items]
        after = self.items[keys.index(first) + 1 :] if first in keys else ()
        gives = sum(can_give(line.minutes) for line in after if line.status == "planned" and not line.keeps_time)
        return late_ms // MINUTE <= gives
