"""The small state of a session: which item, which round, which timer, what is on the big screen.

Ballots, stories and submissions are not here: they live in tables (room.tables). The state is a value; only
`domain.evolve` makes a new one from an event.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from workshop_tui.domain.agenda import Agenda, Item
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.promise import EarlierPromise

RoundStatus = Literal["open", "closed", "sealed", "void"]
"""open → closed → sealed; any of them → void, with a reason. Only a sealed round can be shown."""

ItemStatus = Literal["planned", "open", "done", "skipped"]
ScreenMode = Literal["join", "promise", "question", "results", "story", "received", "blank", "closing"]


class ItemState(Struct, frozen=True):
    """One item as it runs."""

    item: Item
    minutes: int
    """The minutes it has now: the planned ones until a catch-up plan or + and - change them."""
    status: ItemStatus = "planned"
    opened_at: int | None = None
    """When it was first opened, UTC milliseconds."""
    left_at: int | None = None
    """When it was last left, UTC milliseconds; None while open or never opened."""
    spent_ms: int = 0
    """Time on its timer before the timer last started running."""
    running_since: int | None = None
    """When its timer last started, UTC milliseconds; None while it stands."""
    reason: str = ""
    """Why it was skipped."""
    inserted: bool = False
    """Whether it was added during the session."""
    edited: bool = False
    """Whether its words or its question were changed before it was opened."""
    gathering_open: bool = False
    """Whether phones may send to it; only for gatherings."""
    options: tuple[Option, ...] = ()
    """The options made from ideas; empty until the facilitator has chosen them."""

    def spent_at(self, now: int) -> int:
        """Time on the timer at `now`, in milliseconds; never negative."""
        running = 0 if self.running_since is None else max(0, now - self.running_since)
        return self.spent_ms + running

    @property
    def ends_at(self) -> int | None:
        """When its time will be over, UTC milliseconds; None while its timer stands."""
        return None if self.running_since is None else self.running_since + self.minutes * 60_000 - self.spent_ms

    def left_ms(self, now: int) -> int:
        """Time left at `now`, in milliseconds; negative once it is over."""
        return self.minutes * 60_000 - self.spent_at(now)


class ItemTimes(Struct, frozen=True):
    """How one item stands: what opening and leaving it changes."""

    item: str
    status: ItemStatus
    opened_at: int | None
    left_at: int | None
    spent_ms: int
    running_since: int | None
    gathering_open: bool


def times_of(each: ItemState) -> ItemTimes:
    """How an item stands now."""
    return ItemTimes(
        each.item.key,
        each.status,
        each.opened_at,
        each.left_at,
        each.spent_ms,
        each.running_since,
        each.gathering_open,
    )


class TieBreak(Struct, frozen=True):
    """What the facilitator named out of a tied first place, where the agenda says that they may."""

    option: str
    """Its key."""
    reason: str
    """Why, in the facilitator's words."""


class Compared(Struct, frozen=True):
    """How the answers of one question asked twice differ: counts of people and nothing else."""

    few: bool
    """Whether fewer than 10 answered both times: then nothing more was counted."""
    both: int = 0
    """How many answered both times."""
    changed: int = 0
    """How many of them gave another answer the second time."""
    only_before: int = 0
    """How many answered the first time and not the second."""
    only_now: int = 0
    """How many answered the second time and not the first."""


class Round(Struct, frozen=True):
    """One opening of a poll."""

    key: str
    """Stable name: "i04.1" for the first round of item i04."""
    item: str
    number: int
    """1 for the first round of its item."""
    question: str
    config: dict[str, object]
    """The poll's config as it was asked, options included."""
    kind: str
    opened_at: int
    status: RoundStatus = "open"
    closed_at: int | None = None
    sealed_at: int | None = None
    revealed_at: int | None = None
    """When the room first saw the result; None until then."""
    shown: bool = False
    """Whether the room may see the result now; hiding it again does not undo that it was seen."""
    reason: str = ""
    """Why it is void."""
    present: int | None = None
    """How many people were present when it closed, if the facilitator had said so."""
    joined: int = 0
    """How many phones had joined when it closed."""
    again: str = ""
    """The round of an earlier item whose question is asked a second time here; empty for a question asked once."""
    kept_for: str = ""
    """The item that will ask this again: until its round is sealed this one's key is kept. Empty for every other."""
    compared: Compared | None = None
    """How the answers differ from those of `again`; None until this round is sealed, and where nobody can tell."""
    tie: TieBreak | None = None
    """What the facilitator named where the first place tied; None where nobody did."""
    taken_back: str = ""
    """The option that was named and taken back since, where the room had seen the result: that it was shown cannot be
    taken back with it. Empty otherwise, and once another one is named."""


class Screen(Struct, frozen=True):
    """What the projector shows."""

    mode: ScreenMode = "join"
    subject: str = ""
    """The contribution shown in mode "story", or the id of the point in mode "received"; empty otherwise."""


class Joining(Struct, frozen=True):
    """Whether phones may join, and by what."""

    is_open: bool = True
    code: str = ""
    """The code in force; empty for the one that the session was made with."""


class Pause(Struct, frozen=True):
    """Everything was stopped for a while; it can be before the start and after the end too, beside any phase."""

    since: int
    """UTC milliseconds."""
    timer: bool
    """Whether the open item's timer ran, and goes on afterwards."""


class Keeping(Struct, frozen=True):
    """How long the session is kept, and whether its file is locked: what was said at the start, and since."""

    unlocked: str = ""
    """Why whoever started it gave no passphrase, in their words; empty where nobody refused one."""
    until: str | None = None
    """The last day on which it is kept, as YYYY-MM-DD; "" where that was not decided yet, None where nobody said."""
    is_held: bool = False
    """Whether it must not be deleted, whatever day it is."""
    hold: str = ""
    """Why, in the words of whoever said so."""


Phase = Literal["running", "paused", "people_left", "finished"]
"""Where a session stands, as far as it decides who may do what; before the first item it runs too."""


class SessionState(Struct, frozen=True):
    """Everything small that a session is at one moment."""

    agenda: Agenda
    items: tuple[ItemState, ...]
    """In the order they will run, skipped ones included."""
    rounds: tuple[Round, ...] = ()
    """In the order they were opened."""
    current: str = ""
    """The key of the open item; empty before the start."""
    started_at: int | None = None
    planned_end: int | None = None
    """When the day is to end, UTC milliseconds; None before the start."""
    ended_at: int | None = None
    """When people left, UTC milliseconds: from then on nothing is taken from phones. None until then."""
    finished_at: int | None = None
    """When the write-up was finished, UTC milliseconds: what was only for today is gone. None until then."""
    clock_set_ms: int = 0
    """How far somebody set the laptop's clock on since the session was made; negative for back. What is due at a moment
    is due that much later: a clock that is put right must not end the day."""
    joining: Joining = Joining()
    pause: Pause | None = None
    """None while the room takes words and votes."""
    talks: int = 0
    """How often somebody asked to talk to someone, and nobody has said yet that they heard."""
    present: int | None = None
    """People in the room, as the facilitator counted; None until said."""
    by_video: int = 0
    """People who take part by video link: what the agenda expects, until somebody counted."""
    earlier_promises: tuple[EarlierPromise, ...] = ()
    """What the room was told before something else, first to last; `agenda` has what holds now."""
    why_promised: str = ""
    """What the facilitator said when it became what holds now; empty for what the agenda said from the start."""
    screen: Screen = Screen()
    turn: int = 0
    """Which part of it the big screen shows, where it has more than fits: 0 for the first. The screen counts round, as
    it alone knows how many parts there are."""
    keeping: Keeping = Keeping()
    slept_ms: int = 0
    """How long the laptop slept when it last did; 0 once the facilitator has gone on."""
    version: int = 0
    """How many events made this state, without those that only note that words came in."""

    def item(self, key: str) -> ItemState | None:
        """The item of that key; None where there is none."""
        return next((each for each in self.items if each.item.key == key), None)

    @property
    def phase(self) -> Phase:
        """Where the session stands."""
        if self.finished_at is not None:
            return "finished"
        if self.ended_at is not None:
            return "people_left"
        return "paused" if self.pause is not None else "running"

    @property
    def everybody(self) -> int | None:
        """The people in the room and those by video link; None where the room was not counted."""
        return None if self.present is None else self.present + self.by_video

    @property
    def here(self) -> ItemState | None:
        """The open item; None before the start."""
        return self.item(self.current) if self.current else None

    def rounds_of(self, item: str) -> tuple[Round, ...]:
        """The rounds of one item, first to last."""
        return tuple(each for each in self.rounds if each.item == item)

    def round(self, key: str) -> Round | None:
        """The round of that key; None where there is none."""
        # The newest is the one people vote in, and a plain loop costs half of a generator.
        for each in reversed(self.rounds):
            if each.key == key:
                return each
        return None

    @property
    def last_round(self) -> Round | None:
        """The newest round of the open item; None where it has none."""
        rounds = self.rounds_of(self.current)
        return rounds[-1] if rounds else None

    @property
    def left_open(self) -> tuple[Round, ...]:
        """Rounds that still take votes although the room went on to another item."""
        return tuple(each for each in self.rounds if each.status == "open" and each.item != self.current)


def new_state(agenda: Agenda) -> SessionState:
    """The state of a session in which nothing has happened."""
    items = tuple(ItemState(item=item, minutes=item.minutes) for item in agenda.items)
    return SessionState(agenda=agenda, items=items, by_video=agenda.by_video or 0)
