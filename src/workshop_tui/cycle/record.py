"""What a session leaves beside itself for the cycle: one neutral record, `record.json`.

Readable without a passphrase: nothing is in it but what a report of the session may say. A reader ignores keys that it
does not know, so that new ones can come without a new number.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, field

from workshop_tui.cycle import files
from workshop_tui.cycle.files import Day, Moment, Number
from workshop_tui.domain.agenda import HandedSort, Stage
from workshop_tui.domain.answers import Status
from workshop_tui.domain.registers import Register, spec_of
from workshop_tui.messages import Verbatim, tr

SCHEMA: Final = "workshop-tui/record/1"

NAME: Final = "record.json"

EntryId = Annotated[str, Meta(pattern=r"^\S{1,200}$")]
"""The session's id, a colon, and the key of the note."""


class Session(Struct, frozen=True, kw_only=True):
    """Which session it is the record of."""

    id: Annotated[str, Meta(min_length=1, max_length=100)]
    title: str
    stage: Stage
    language: str
    """The language of its words, as a tag."""
    day: Day
    """The day it was held on; that of the last thing that happened, where it has not begun."""
    ended_at: Moment | None = None
    """When people left."""
    written_up: Moment | None = None
    """When the write-up was finished."""
    made_at: Moment
    """When the last thing happened that this record knows of; of two records of one session the later holds."""
    journal_head: str = ""
    """The last hash of the session file's journal."""


class Fixed(Struct, frozen=True, kw_only=True):
    """What cannot change."""

    text: str
    reason: str = ""


class Promise(Struct, frozen=True, kw_only=True):
    """What the room was promised before it began: what its words can change, and how people hear back."""

    why_now: str = ""
    how: str = ""
    can_change: tuple[str, ...] = ()
    cannot_change: tuple[Fixed, ...] = ()
    who_decides: str = ""
    decides_on: str = ""
    kind: str = ""
    state: str = ""
    level: str = ""
    hear_back_how: str = ""
    hear_back_by: str = ""
    sentence: tuple[str, ...] = ()
    """What people read first, in the language of the session; empty where kind and state are not given."""
    why_changed: str = ""
    """What was said when it became this; empty for what was said from the start."""
    earlier: tuple[Earlier, ...] = ()
    """What the room was told before, first to last."""
    kept_to: tuple[str, ...] = ()
    """Keys of `results` in which people said whether it was kept."""


class Earlier(Struct, frozen=True, kw_only=True):
    """What the room was promised until something else was."""

    until: Moment
    promise: Promise


class People(Struct, frozen=True, kw_only=True):
    """How many came. Nobody is named."""

    in_room: Number | None = None
    """As the facilitator counted; null where nobody did."""
    by_video: Number = 0
    """How many took part by video link."""
    phones: Number = 0
    looking_on: Number = 0
    apart: bool = False
    """Whether some result can be told for staff and for everybody else apart."""

    @property
    def took_part(self) -> int:
        """How many took part: as somebody counted, else the phones that did not only look on."""
        return self.phones - self.looking_on if self.in_room is None else self.in_room + self.by_video


class Evidence(Struct, frozen=True, kw_only=True):
    """What stands behind an entry."""

    results: tuple[str, ...] = ()
    """Keys of `results`."""
    texts: tuple[str, ...] = ()
    """Keys of what people said, as far as they may be named; the words are in `texts` of the record where they may be
    read."""
    received: tuple[str, ...] = ()
    """Points of earlier sessions, by their ids."""
    stories: Number = 0
    ideas: Number = 0
    reasons: Number = 0
    notes: Number = 0
    taken_back: Number = 0
    """How many were taken back since."""
    over: Number = 0
    """How many were only for the day, as their owners were told; what was made of them stands."""

    @property
    def left(self) -> int:
        """How much it rests on still."""
        told = self.stories + self.ideas + self.reasons + self.notes
        return len(self.results) + len(self.received) + told + self.over

    @property
    def is_gone(self) -> bool:
        """Whether there was some, and all of it was taken back."""
        return bool(self.taken_back) and not self.left


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the write-up."""

    id: EntryId
    register: Register | Literal[""] = ""
    """Empty for a line that nobody sorted."""
    words: str
    """In the facilitator's words; empty where it is withheld."""
    fields: dict[str, str | int] = {}
    """What its register asks for, by name: "stage", "body", "by", "role", …"""
    item: str = ""
    """The title of the item during which it was noted; empty for none."""
    at: Moment
    base: Number | None = None
    """Out of how many people."""
    said_by: Number | None = None
    """How many of them said it."""
    against: Number | None = None
    """How many were against it."""
    evidence: Evidence = Evidence()
    withheld: bool = False
    """Whether its words are not for whoever reads this; that it is there is told all the same."""

    def text(self, name: str) -> str:
        """A field as a text; empty where it is not given."""
        return str(self.fields.get(name, ""))


class Result(Struct, frozen=True, kw_only=True):
    """A counted vote, told by its question and its base."""

    key: str
    item: str
    """The title of its item."""
    kind: str
    question: str
    answered: Number
    base: Number
    """How many could have answered; as `answered`, rounded where the group is small."""
    with_reasons: Number = 0
    """How many reasons were given with it, whoever may read them."""
    options: Number = 0
    """How many options it asked about."""
    unexplained: Number = 0
    """Of scores: how many have no reason. At a second look, how many were changed without one."""
    sentences: tuple[str, ...] = ()
    """What must be read with it, in the language of the session."""


class Received(Struct, frozen=True, kw_only=True):
    """A point that was handed to this session, and what it did with it."""

    id: EntryId
    from_: str = field(name="from", default="")
    """The title of the session that it came from."""
    words: str
    sort: HandedSort = "point"
    status: Status = "none"
    """"none" for one that is still in the session's hands."""
    said: str = ""
    on: Day = ""
    where: str = ""
    """Where one can see what was done."""
    to: str = ""
    metric: str = ""
    """What was measured to see whether it was kept; empty for nothing."""
    source: str = ""
    period: str = ""
    baseline: str = ""
    seen: str = ""
    """What was measured now."""
    evidence: Evidence = Evidence()
    """What the answer rests on: votes, and what people told."""


class Record(Struct, frozen=True, kw_only=True):
    """The whole record."""

    schema: Literal["workshop-tui/record/1"] = SCHEMA
    session: Session
    promise: Promise = Promise()
    people: People = People()
    entries: tuple[Entry, ...] = ()
    results: tuple[Result, ...] = ()
    received: tuple[Received, ...] = ()
    texts: dict[str, str] = {}
    """What people said, by key, where its owner lets it be in a report."""
    left_out: tuple[str, ...] = ()
    """What is not in here and why, in sentences."""

    def in_(self, register: Register) -> tuple[Entry, ...]:
        """The entries of one register."""
        return tuple(each for each in self.entries if each.register == register)


def write(record: Record) -> bytes:
    """The record as a file: the same record, the same bytes."""
    return files.encode(record)


def read(data: bytes, file: str) -> Record:
    """The record in a file.

    Raises:
        CycleFileError: it is none, or a newer or damaged one.
    """
    record = files.decode(data, Record, SCHEMA, file)
    seen: set[str] = set()
    for each in record.entries:
        if each.id in seen or not each.id.startswith(f"{record.session.id}:"):
            raise files.refused(
                file,
                tr("It is damaged: the entry “{id}” is not of its session, or is there twice.", id=Verbatim(each.id)),
            )
        seen.add(each.id)
        if (place := _no_day_in(each)) is not None:
            raise files.refused(file, files.misplaced(f"{each.id}.{place}"))
    return record


def _no_day_in(entry: Entry) -> str | None:
    """Which of its fields is a day in its register, and none of the calendar."""
    spec = spec_of(entry.register)
    days = (each.name for each in spec.fields if each.sort == "date") if spec is not None else ()
    return next((name for name in days if entry.text(name) and not files.is_day(entry.text(name))), None)
