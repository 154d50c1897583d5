"""The baton: what a session hands to the next stage, as one file.

It is made of points, which are in nobody's own words, with how many said each and what stands behind it. Each stage
has to hand on more than that, and some of it so much that a baton without it is refused: what is missing is named, and
only a typed reason lets it go all the same. The reason is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from workshop_tui.cycle import files, stages
from workshop_tui.cycle.files import Day, Moment, Number
from workshop_tui.cycle.payload import Line, missing_in, payload_of
from workshop_tui.cycle.record import Entry, EntryId, Evidence, Record
from workshop_tui.domain.agenda import Stage
from workshop_tui.domain.answers import A_NUMBER, tells_a_number
from workshop_tui.errors import InputError
from workshop_tui.limits import FIELD_LETTERS
from workshop_tui.messages import Message, Verbatim, tr, trn

SCHEMA: Final = "workshop-tui/baton/1"

NAME: Final = "baton.json"


class From(Struct, frozen=True, kw_only=True):
    """The session that hands it on."""

    session: Annotated[str, Meta(min_length=1, max_length=100)]
    title: str
    stage: Stage
    language: str
    day: Day
    made_at: Moment
    journal_head: str = ""
    people: Number | None = None
    """How many took part."""


class Body(Struct, frozen=True, kw_only=True):
    """One of those that it goes to; each answers by a receipt of its own."""

    name: Annotated[str, Meta(min_length=1, max_length=FIELD_LETTERS)]
    role: str = ""
    """Who there takes it, by their role."""


class Point(Struct, frozen=True, kw_only=True):
    """One point: a sentence, and what stands behind it."""

    id: EntryId
    words: str
    base: Number | None = None
    said_by: Number | None = None
    against: Number | None = None
    body: str = ""
    """Whom it is for; empty for all that the baton goes to."""
    asked: str = ""
    """What is asked of them."""
    by: Day = ""
    lens: str = ""
    """"now", "plans" or "both": what it says about."""
    evidence: Evidence = Evidence()
    story_taken_back: bool = False
    """Whether the story behind it was all its evidence and was taken back since."""


class Override(Struct, frozen=True, kw_only=True):
    """A check that the baton does not pass, and why it goes on all the same."""

    check: str
    missing: str
    """What is missing, in a sentence."""
    reason: str


class Cited(Struct, frozen=True, kw_only=True):
    """What the baton leans on, and when somebody last looked."""

    title: str
    checked_on: Day
    source_title: str
    note: str = ""


class Baton(Struct, frozen=True, kw_only=True):
    """The whole baton."""

    schema: Literal["workshop-tui/baton/1"] = SCHEMA
    id: Annotated[str, Meta(pattern=r"^\S{1,200}$")]
    checksum: str = ""
    """SHA-256 of the file as it is written with this empty, in hexadecimal."""
    origin: From
    to_stage: Stage
    to: tuple[Body, ...] = ()
    direction: stages.Direction
    handed_on: Day
    due: Day = ""
    """By when an answer is asked for, where a point does not say it itself."""
    points: tuple[Point, ...]
    payload: dict[str, tuple[Line, ...]] = {}
    """What its stage has to hand on, under the names that docs/cycle.md lists."""
    overrides: tuple[Override, ...] = ()
    frameworks: tuple[Cited, ...] = ()
    left_out: tuple[str, ...] = ()

    def point(self, id_: str) -> Point | None:
        """One of its points; None where it has no such."""
        return next((each for each in self.points if each.id == id_), None)

    @property
    def promises(self) -> tuple[Line, ...]:
        """The promises that are handed in with it: to those who monitor whether they are kept."""
        given = self.payload.get("promises", ()) if self.to_stage == "monitor" else ()
        return tuple(each for each in given if each.id)

    @property
    def handed_in(self) -> frozenset[str]:
        """The ids of all that can be answered: of its points and promises."""
        return frozenset((*(each.id for each in self.points), *(each.id for each in self.promises)))

    def due_of(self, point: Point) -> str:
        """By when an answer to a point is asked for; empty where nobody said."""
        return point.by or self.due

    def bodies_of(self, point: Point) -> tuple[str, ...]:
        """Who is asked about a point."""
        return (point.body,) if point.body else tuple(each.name for each in self.to)


class Refusal(InputError):
    """A baton that is not written.

    Args:
        missing: What it does not have, by check.
    """

    def __init__(self, missing: Mapping[str, Message]) -> None:
        super().__init__(
            trn(
                "The baton is not written: {n} thing is missing that its stage has to hand on.",
                "The baton is not written: {n} things are missing that its stage has to hand on.",
                len(missing),
            ),
            advice=tr(
                "Note what is missing, or say why it goes on without: {command}",
                command=Verbatim("workshop-tui baton SESSION --because CHECK=REASON"),
            ),
            lines=tuple((tr("{check}:", check=Verbatim(check)), said) for check, said in missing.items()),
        )
        self.missing = dict(missing)


def points_for(record: Record, to_stage: str) -> tuple[Entry, ...]:
    """The points of a session that are for a stage; those that name none are for the next one."""
    next_one = stages.next_stage(record.session.stage)
    return tuple(each for each in record.in_("point") if (each.text("stage") or next_one) == to_stage and each.words)


def build(
    record: Record,
    to_stage: Stage,
    *,
    handed_on: str,
    to: Iterable[Body] = (),
    due: str = "",
    because: Mapping[str, str] | None = None,
    say: Callable[[Message], str] = str,
) -> Baton:
    """The baton of a session for one stage.

    Args:
        record: What the session left, as far as the next stage may know it.
        to_stage: Whom it is for.
        handed_on: The day.
        to: The bodies; none for those that its points name.
        due: By when an answer is asked for, where a point does not say it.
        because: Reasons to hand it on without what a check misses, by check.
        say: Puts a sentence into the language of the session.

    Raises:
        Refusal: something is missing and no reason was given.
        InputError: no point is for that stage, a day is none, or a reason is for no check that fails.
    """
    reasons = {check: reason.strip() for check, reason in (because or {}).items() if reason.strip()}
    for each in (due, handed_on):
        if each and not files.is_day(each):
            raise InputError(tr("{day} is no date such as 2026-12-24.", day=each))
    if not points_for(record, to_stage) and not (to_stage == "monitor" and record.in_("promise")):
        raise InputError(
            tr("No point of this session is for the stage “{stage}”.", stage=Verbatim(to_stage)),
            advice=tr("Sort a line of the write-up as a point, and say which stage it is for."),
        )
    if any(map(tells_a_number, reasons.values())):
        raise InputError(A_NUMBER, advice=tr("The baton was not written."))
    missing = missing_in(record)
    if unknown := [check for check in reasons if check not in missing]:
        raise InputError(
            tr("“{check}” needs no reason: nothing is missing there.", check=Verbatim(unknown[0])),
            advice=tr("The baton was not written."),
        )
    if unsaid := {check: said for check, said in missing.items() if check not in reasons}:
        raise Refusal(unsaid)
    baton = files.cleaned(_made(record, to_stage, handed_on, tuple(to), due, reasons, missing, say))
    return replace(baton, checksum=files.checksum(baton))


def _made(
    record: Record, to_stage: Stage, handed_on: str, to: tuple[Body, ...], due: str, reasons: Mapping[str, str],
    missing: Mapping[str, Message], say: Callable[[Message], str],
) -> Baton:  # fmt: skip
    session, cited = record.session, stages.stages().framework
    points = tuple(map(_point, points_for(record, to_stage)))
    named = dict.fromkeys(each.body for each in points if each.body)
    return Baton(
        id=f"{session.id}:{to_stage}",
        origin=From(
            session=session.id,
            title=session.title,
            stage=session.stage,
            language=session.language,
            day=session.day,
            made_at=session.made_at,
            journal_head=session.journal_head,
            people=record.people.took_part,
        ),
        to_stage=to_stage,
        to=to or tuple(Body(name=each) for each in named),
        direction=stages.direction(session.stage, to_stage),
        handed_on=handed_on,
        due=due,
        points=points,
        payload=payload_of(record, say),
        overrides=tuple(
            Override(check=check, missing=say(said), reason=reasons[check]) for check, said in missing.items()
        ),
        frameworks=(
            Cited(title=cited.title, checked_on=cited.checked_on, source_title=cited.source_title, note=cited.note),
        ),
        left_out=record.left_out,
    )


def _point(entry: Entry) -> Point:
    return Point(
        id=entry.id,
        words=entry.words,
        base=entry.base,
        said_by=entry.said_by,
        against=entry.against,
        body=entry.text("body"),
        asked=entry.text("asked"),
        by=entry.text("by") if files.is_day(entry.text("by")) else "",
        lens=entry.text("lens"),
        evidence=replace(entry.evidence, texts=()),
        story_taken_back=entry.evidence.is_gone,
    )


def write(baton: Baton) -> bytes:
    """The baton as a file: the same baton, the same bytes."""
    return files.encode(baton)


def read(data: bytes, file: str) -> Baton:
    """The baton in a file.

    Raises:
        CycleFileError: it is none, a newer or damaged one, or it was changed after it was made.
    """
    baton = files.decode(data, Baton, SCHEMA, file)
    if files.checksum(baton) != baton.checksum:
        raise files.refused(file, CHANGED)
    if len({each.id for each in baton.points}) < len(baton.points):
        raise files.refused(file, tr("It is damaged: a point is there twice."))
    if baton.direction != stages.direction(baton.origin.stage, baton.to_stage):
        raise files.refused(file, tr("It is damaged: it says that it goes another way than it does."))
    return baton


CHANGED: Final = tr("It was changed after it was made, or it is damaged: its checksum is not that of what is in it.")
