"""What became of a session's points, line by line: the follow-up file beside the session file.

The sealed session never changes; what is answered later is written here. Plain, since no participant's words are in
it. Each line carries the hash of the one before it, so that a line that was changed, taken out or put in shows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from workshop_tui.cycle import files
from workshop_tui.cycle.answers import Answer, Confirmed, telling_whose, wrong_in
from workshop_tui.cycle.baton import Baton
from workshop_tui.cycle.files import Day, Moment, Number
from workshop_tui.domain.answers import Status
from workshop_tui.errors import CycleFileError
from workshop_tui.messages import Message, Verbatim, tr

SCHEMA: Final = "workshop-tui/follow-up/1"

ENDING: Final = ".follow-up.jsonl"
"""Stands after the name of the session file without its own ending."""

_ENDINGS: Final = re.compile(r".*\.follow-up\b[^/]*\.jsonl", re.IGNORECASE | re.DOTALL)


def is_named(name: str) -> bool:
    """Whether a file is called as a follow-up is, also one that a program copied: "day.follow-up (1).jsonl"."""
    return bool(_ENDINGS.fullmatch(name))


What = Literal["answer", "confirmed", "withdrawn", "sent", "received", "coded", "uncoded"]
"""The last two: that a code of a list was given to an entry, and that it was taken back."""
Source = Literal["typed", "receipt", "workbook", "letter", "session"]


class Head(Struct, frozen=True, kw_only=True):
    """The first line: which session it follows up."""

    schema: Literal["workshop-tui/follow-up/1"] = SCHEMA
    session: Annotated[str, Meta(min_length=1, max_length=100)]


class Line(Struct, frozen=True, kw_only=True):
    """One thing that was answered, asked or handed on."""

    seq: Number = 0
    at: Moment
    what: What
    about: Annotated[str, Meta(max_length=200)] = ""
    """The id of an entry; of a baton for what was sent and received."""
    status: Status = "none"
    words: str = ""
    """Of a code: its label."""
    on: Day = ""
    """The day of the answer as `answers` says; for what was sent, by when an answer is asked for."""
    where: str = ""
    to: str = ""
    """Whom it was passed on or handed to."""
    keys: tuple[str, ...] = ()
    """Of what was withdrawn: contributions, and entries that repeated them. Of what was sent: the points in it. Of an
    answer out of a receipt: the receipt's checksum. Of what was coded: the code."""
    yes: Number = 0
    no: Number = 0
    """How many of those who asked say that it was done, and that it was not."""
    by_body: str = ""
    by_role: str = ""
    source: Source = "typed"
    reference: str = ""
    """The letter, minute or receipt that says so; of a code, the title of the list that it is from."""
    said_on: Day = ""
    """The day on which it was said, where that is not the day of `at` by UTC; of a receipt the day in it."""
    prev: str = ""
    hash: str = ""

    @property
    def day(self) -> str:
        """The day on which it was said."""
        return self.said_on or day_of(self.at)

    @property
    def answer(self) -> Answer:
        """What it answers."""
        return Answer(status=self.status, words=self.words, on=self.on, where=self.where, to=self.to)

    @property
    def confirmed(self) -> Confirmed:
        """How many confirm it."""
        return Confirmed(yes=self.yes, no=self.no)


class FollowUp(Struct, frozen=True, kw_only=True):
    """A whole follow-up file."""

    session: str
    lines: tuple[Line, ...] = ()

    @property
    def head(self) -> str:
        """The hash that the next line follows."""
        return self.lines[-1].hash if self.lines else first_link(self.session)


class Said(Struct, frozen=True):
    """A line, and where it stands among others."""

    line: Line
    at: int
    """When it was noted, and never before the line above it: the later of two is the later also where a clock was put
    back."""
    day: str
    """On which day it was said."""


def in_order(follow_ups: Iterable[FollowUp]) -> tuple[Said, ...]:
    """Every line, what was said first first: what was said before and noted later is not newer for that.

    Each is there once, also where a program that copies files made two of one and each went on by itself.
    """
    found: dict[str, Said] = {}
    for each in follow_ups:
        at = 0
        for line in each.lines:
            at = max(at, line.at)
            noted = day_of(at)
            found[line.hash] = Said(line, at, min(line.said_on or noted, noted))
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.at, one.line.seq, one.line.hash)))


def day_of(at: int) -> str:
    """The day of a moment, by UTC."""
    return dt.datetime.fromtimestamp(at / 1000, dt.UTC).date().isoformat()


def sent_lines(baton: Baton, at: int) -> list[Line]:
    """That a baton was handed on: a line for each body, with the points that it is asked about."""
    bodies = dict.fromkeys(body for point in baton.points for body in baton.bodies_of(point) or ("",))
    if not baton.points:
        # Promises alone, to those who monitor whether they are kept.
        bodies = dict.fromkeys(each.name for each in baton.to) or {"": None}
    return [
        Line(
            at=at,
            what="sent",
            about=baton.id,
            on=baton.due,
            to=body,
            keys=tuple(each.id for each in baton.points if body in (baton.bodies_of(each) or ("",))),
            words="; ".join(each.reason for each in baton.overrides),
            reference=baton.checksum,
            said_on=baton.handed_on,
        )
        for body in bodies
    ]


def first_link(session: str) -> str:
    """What stands for the line before the first: it ties the chain to one session."""
    return hashlib.sha256(f"{SCHEMA} {session}".encode()).hexdigest()


def link(line: Line) -> str:
    """The hash of a line: SHA-256 over its fields, that before it among them."""
    return hashlib.sha256(msgspec.json.encode(replace(line, hash=""))).hexdigest()


def added(follow_up: FollowUp, lines: Sequence[Line]) -> FollowUp:
    """The same with more lines at its end.

    Raises:
        CycleFileError: a line cannot be taken.
    """
    kept = list(follow_up.lines)
    prev = follow_up.head
    for each in lines:
        clean = files.cleaned(each)
        problem = _problem(clean, follow_up.session)
        if problem is None and (telling := telling_whose(clean.answer)):
            problem = telling[0].said
        if problem is not None:
            raise CycleFileError(problem, advice=files.NOTHING_TAKEN)
        chained = replace(clean, seq=len(kept) + 1, prev=prev, hash="")
        chained = replace(chained, hash=link(chained))
        kept.append(chained)
        prev = chained.hash
    return FollowUp(session=follow_up.session, lines=tuple(kept))


def _problem(line: Line, session: str) -> Message | None:
    """Why a line is not taken."""
    if line.what in ("answer", "coded", "uncoded") and not line.about.startswith(f"{session}:"):
        return tr("“{id}” is no point of this session.", id=Verbatim(line.about))
    if line.what in ("coded", "uncoded") and not (len(line.keys) == 1 and line.words and line.reference):
        return tr("A code has to be named, with its label and its list.")
    if line.what == "answer" and (wrong := wrong_in(line.answer)):
        return wrong[0].said
    if line.what == "confirmed" and not line.confirmed.asked:
        return tr("Nobody is said to have confirmed it or not.")
    if (place := next(files.no_days_in(line), None)) is not None:
        return files.misplaced(place)
    return None


def write(follow_up: FollowUp) -> bytes:
    """The file: the first line says whose it is, then one line for each thing."""
    lines = (Head(session=follow_up.session), *follow_up.lines)
    return b"".join(msgspec.json.encode(each) + b"\n" for each in lines)


def read(data: bytes, file: str) -> FollowUp:
    """What is in a file.

    Raises:
        CycleFileError: it is none, or a line is damaged or does not follow from the one before it; the line is named.
    """
    first, *rest = data.split(b"\n")
    head = files.decode(first, Head, SCHEMA, file)
    if rest[-1:] != [b""]:
        raise files.refused(file, tr("Line {line} is not whole.", line=len(rest) + 1))
    follow_up, prev = [], first_link(head.session)
    for number, raw in enumerate(rest[:-1], 2):
        try:
            line = msgspec.json.decode(raw, type=Line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
            raise files.refused(file, tr("Line {line} is damaged.", line=number)) from wrong
        if (line.seq, line.prev, line.hash) != (number - 1, prev, link(line)):
            raise files.refused(
                file, tr("Line {line} does not follow from the one before it: somebody changed the file.", line=number)
            )
        # Before anything of it is told: a terminal obeys what it is shown.
        plain = msgspec.to_builtins(line)
        if files.clean(plain) != plain:
            raise files.refused(file, tr("Line {line} has signs that this program never writes.", line=number))
        if problem := _problem(line, head.session):
            raise files.refused(file, problem)
        follow_up.append(line)
        prev = line.hash
    return FollowUp(session=head.session, lines=tuple(follow_up))


def withdrawn_in(data: bytes) -> frozenset[str]:
    """What any line that can be read says was withdrawn, of a damaged file too: nobody's wish is lost with a disk."""
    found: set[str] = set()
    for raw in data.split(b"\n"):
        try:
            line = json.loads(raw)
        except (ValueError, RecursionError):
            continue
        if isinstance(line, dict) and line.get("what") == "withdrawn" and isinstance(line.get("keys"), list):
            found.update(each for each in line["keys"] if isinstance(each, str))
    return frozenset(found)
