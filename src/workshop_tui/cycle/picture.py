"""Many sessions, and what was answered to them, as one picture.

Of several records of one session the newest holds; what was taken back since is in no picture, whatever an older file
holds. Answers come from follow-up files, from receipts, and from what later sessions did with a point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.cycle.answers import Answer, Confirmed, Lateness, Standing, due_of, lateness, standing
from workshop_tui.cycle.baton import Baton
from workshop_tui.cycle.follow_up import FollowUp, Line, Said, in_order
from workshop_tui.cycle.receipt import Receipt
from workshop_tui.cycle.record import Entry, Received, Record, Session
from workshop_tui.cycle.slim import Slim, newest, without
from workshop_tui.cycle.stages import CodeFrame, next_stage
from workshop_tui.domain.agenda import Stage
from workshop_tui.domain.registers import Register
from workshop_tui.messages import Counted, Listed, Message, counted, tr

ALL_STAGES: Final[tuple[Stage, ...]] = ("needs", "plan", "improve", "procure", "monitor", "hub")

ANSWERED_IN: Final = ("point", "promise", "action")
"""The registers of what waits for an answer."""


class Given(Struct, frozen=True, kw_only=True):
    """One answer, with where it comes from."""

    answer: Answer
    day: str
    """When it was given."""
    body: str = ""
    reference: str = ""
    source: str = ""
    """"typed", "letter", "workbook", "receipt", or "session" for what a later session did."""
    session: str = ""
    """The id of that session, also where a receipt of it says the same; empty for other sources."""
    title: str = ""
    """Of that session."""


class Asking(Struct, frozen=True, kw_only=True):
    """How many of those who asked said that something was done, when they were asked about an earlier answer."""

    day: str
    confirmed: Confirmed


class Handed(Struct, frozen=True, kw_only=True):
    """That a point was handed to somebody."""

    baton: str
    to_stage: Stage
    body: str
    day: str
    due: str


class Code(Struct, frozen=True, kw_only=True):
    """A code that somebody gave to a line."""

    code: str
    label: str
    frame: str
    """The title of the list that it is from."""


class Covered(Struct, frozen=True, kw_only=True):
    """How much of the record has one code: lines and sessions are counted, and never people."""

    code: str
    label: str
    definition: str
    parent: str
    points: int
    others: int
    """Promises, actions and concerns."""
    sessions: int


class Tracked(Struct, frozen=True, kw_only=True):
    """A point, promise or action, and what became of it."""

    entry: Entry
    session: Session
    stage: Stage
    """The stage that it is for."""
    asked_by: str
    """By when an answer was asked for; empty where nobody said."""
    handed: tuple[Handed, ...] = ()
    given: tuple[Given, ...] = ()
    """Every answer, the oldest first."""
    confirmed: Confirmed = Confirmed()
    """Of the newest answer: whoever was asked about an earlier one was not asked about this."""
    asked_before: tuple[Asking, ...] = ()
    """How many confirmed, or did not, what was answered before."""
    onward: tuple[str, ...] = ()
    """Points of later sessions that came out of it, by their ids."""

    @property
    def answer(self) -> Answer:
        """The newest answer; "none" where there is none."""
        return self.given[-1].answer if self.given else Answer()

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing(self.answer, self.confirmed)

    @property
    def due(self) -> str:
        """When something is expected next."""
        return due_of(self.answer, self.asked_by)

    def lateness(self, today: str) -> Lateness:
        """How late it is on a day."""
        return lateness(self.answer, self.asked_by, today)


class HandedOver(Struct, frozen=True, kw_only=True):
    """A baton at one body, and whether it answers."""

    baton: str
    title: str
    """Of the session that it came from; empty where nothing is known of it."""
    to_stage: Stage
    body: str
    day: str
    due: str
    """The first day by which an answer is asked for that has not come; where all have come, the first of all."""
    points: int
    answered: int
    late: int = 0
    """How many of its points have no answer after their day."""

    def lateness(self, today: str) -> Lateness:
        """How late its answer is on a day: none at all has come, or not one to every point."""
        return lateness(Answer(), self.due, today) if self.answered < self.points else ""


class InHand(Struct, frozen=True, kw_only=True):
    """What was handed to a session and has no answer from it: it is still in its hands."""

    session: Session
    received: Received


class Unheard(Struct, frozen=True, kw_only=True):
    """Who was missing from a session, and why."""

    session: Session
    entry: Entry


class Audited(Struct, frozen=True, kw_only=True):
    """One session in the audit of engagement activities: what it found, what it used, and what can be asked again."""

    session: Session
    in_room: int | None
    phones: int
    results: int
    """How many counted votes."""
    texts: int
    """How many of people's own words a report may hold."""
    points: int
    concerns: int
    received: int
    """How many points of earlier sessions it opened with."""
    materials: tuple[str, ...]
    offers: tuple[str, ...]
    """What people and groups can bring."""
    bodies: tuple[str, ...]
    """Whom its points are for."""


class Asked(Struct, frozen=True, kw_only=True):
    """A body, and how it answers all that it was handed."""

    body: str
    points: int
    answered: int
    late: int
    """How many points have no answer from it after their day."""
    since: str
    """The earliest of these days; empty for none."""
    long_overdue: bool

    @property
    def is_silent(self) -> bool:
        """Whether it answered nothing, and its day has passed."""
        return bool(self.late) and not self.answered


class Picture(Struct, frozen=True, kw_only=True, dict=True):
    """The whole picture, as on one day."""

    today: str
    sessions: tuple[Session, ...]
    """In the order in which they were held."""
    points: tuple[Tracked, ...]
    promises: tuple[Tracked, ...]
    actions: tuple[Tracked, ...]
    concerns: tuple[tuple[Session, Entry], ...]
    batons: tuple[HandedOver, ...]
    in_hand: tuple[InHand, ...]
    unheard: tuple[Unheard, ...]
    audit: tuple[Audited, ...] = ()
    codes: Mapping[str, tuple[Code, ...]] = {}
    """What was given to each line, by the id of its entry."""
    frame: CodeFrame | None = None
    """The list of codes that whoever reads brought along."""

    @property
    def coverage(self) -> tuple[Covered, ...]:
        """Each code of the list, those that no line has too."""
        if self.frame is None:
            return ()
        title = self.frame.framework.title
        lines = [
            *((each.session.id, each.entry) for each in self.all_tracked),
            *((session.id, entry) for session, entry in self.concerns),
        ]
        found: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for session, entry in lines:
            for code in self.codes.get(entry.id, ()):
                if code.frame == title:
                    found[code.code].append((session, entry))
        return tuple(
            Covered(
                code=each.code,
                label=each.label,
                definition=each.definition,
                parent=each.parent,
                points=(points := sum(entry.register == "point" for _, entry in found[each.code])),
                others=len(found[each.code]) - points,
                sessions=len({session for session, _ in found[each.code]}),
            )
            for each in self.frame.codes
        )

    @cached_property
    def _by_id(self) -> dict[str, Tracked]:
        return {each.entry.id: each for each in self.all_tracked}

    @property
    def all_tracked(self) -> tuple[Tracked, ...]:
        """Everything that waits for an answer or has one."""
        return (*self.points, *self.promises, *self.actions)

    def newly_late(self, since: str) -> tuple[Tracked, ...]:
        """What became late, or long overdue, after a day: the earliest due first."""
        found = [each for each in self.all_tracked if each.lateness(self.today) not in ("", each.lateness(since))]
        return tuple(sorted(found, key=lambda each: (each.due, each.entry.id)))

    @cached_property
    def bodies(self) -> tuple[Asked, ...]:
        """Everybody whom something was handed to, those that owe most first."""
        names: dict[str, str] = {}
        found: dict[str, list[HandedOver]] = defaultdict(list)
        for each in self.batons:
            if each.body:
                names.setdefault(each.body.casefold(), each.body)
                found[each.body.casefold()].append(each)
        asked = [_asked(names[name], each, self.today) for name, each in found.items()]
        return tuple(sorted(asked, key=lambda each: (not each.is_silent, -each.late, each.since, each.body)))

    @property
    def unanswered(self) -> tuple[Tracked, ...]:
        """Points without an answer, those that are most late first."""
        waiting = [each for each in self.points if each.answer.status == "none"]
        return tuple(sorted(waiting, key=lambda each: (each.asked_by or "9999", each.entry.id)))

    @property
    def actions_due(self) -> tuple[Tracked, ...]:
        """Actions that are not done, the earliest day first."""
        waiting = [
            each for each in self.actions if each.answer.status in ("none", "acknowledged", "planned", "waiting")
        ]
        return tuple(sorted(waiting, key=lambda each: (each.due or "9999", each.entry.id)))

    def of_stage(self, stage: str) -> tuple[Tracked, ...]:
        """The points for one stage."""
        return tuple(each for each in self.points if each.stage == stage)

    def tracked(self, id_: str) -> Tracked | None:
        """A point, promise or action by its id."""
        return self._by_id.get(id_)

    def followed(self, id_: str) -> tuple[Tracked, ...]:
        """A point and those that came out of it, from session to session, each once."""
        chain: dict[str, Tracked] = {}
        waiting = [id_]
        while waiting:
            found = self.tracked(waiting.pop(0))
            if found is not None and found.entry.id not in chain:
                chain[found.entry.id] = found
                waiting += found.onward
        return tuple(chain.values())


def picture(
    records: Iterable[Record | Slim],
    follow_ups: Iterable[FollowUp] = (),
    batons: Iterable[Baton] = (),
    receipts: Iterable[Receipt] = (),
    *,
    today: str,
    withdrawn: Iterable[str] = (),
) -> Picture:
    """One picture of everything that is known.

    Args:
        records: Of any sessions, several of one too.
        follow_ups: Of these sessions.
        batons: That were handed on.
        receipts: That came back; one that is in a follow-up file too counts once.
        today: The day, from which lateness is worked out.
        withdrawn: Keys of words that were taken back, beside those that the follow-ups name.
    """
    lines = in_order(follow_ups)
    gone = {*withdrawn, *(key for each in lines for key in each.line.keys if each.line.what == "withdrawn")}
    slims = newest(records)
    kept = tuple(without(each, gone) for each in slims)
    handed = _handed(batons, lines)
    became = _became(kept, lines, receipts, handed)
    onward: dict[str, list[str]] = defaultdict(list)
    for record in kept:
        for entry in record.entries:
            for id_ in entry.evidence.received:
                onward[id_].append(entry.id)

    def tracked(record: Record, entry: Entry) -> Tracked:
        to = tuple(handed.get(entry.id, ()))
        own = entry.text("by")
        # A point that names no stage is handed to the next one.
        stage = entry.text("stage") or (next_stage(record.session.stage) if entry.register == "point" else "")
        so_far = became.get(entry.id, _Became())
        return Tracked(
            entry=entry,
            session=record.session,
            stage=stage if stage in ALL_STAGES else record.session.stage,
            asked_by=own or min((each.due for each in to if each.due), default=""),
            handed=to,
            given=tuple(so_far.given),
            confirmed=so_far.confirmed,
            asked_before=tuple(so_far.asked_before),
            onward=tuple(onward.get(entry.id, ())),
        )

    def each_in(register: str) -> tuple[Tracked, ...]:
        return tuple(tracked(record, each) for record in kept for each in record.entries if each.register == register)

    return Picture(
        today=today,
        sessions=tuple(each.session for each in kept),
        points=each_in("point"),
        promises=each_in("promise"),
        actions=each_in("action"),
        concerns=tuple((record.session, each) for record in kept for each in record.in_("concern")),
        batons=_handed_over(kept, handed, became, today),
        in_hand=tuple(
            InHand(session=record.session, received=each)
            for record in kept
            if record.session.ended_at is not None
            for each in record.received
            if each.status == "none"
        ),
        unheard=tuple(Unheard(session=record.session, entry=each) for record in kept for each in record.in_("missing")),
        codes=codes_in(lines),
        audit=tuple(_audited(record, len({*each.keys} - gone)) for record, each in zip(kept, slims, strict=True)),
    )


def _audited(record: Record, texts: int) -> Audited:
    def words(register: Register) -> tuple[str, ...]:
        return tuple(each.words for each in record.in_(register) if each.words)

    return Audited(
        session=record.session,
        in_room=record.people.in_room,
        phones=record.people.phones,
        results=len(record.results),
        texts=texts,
        points=len(record.in_("point")),
        concerns=len(record.in_("concern")),
        received=len(record.received),
        materials=words("material"),
        offers=words("offer"),
        bodies=tuple(dict.fromkeys(each.text("body") for each in record.in_("point") if each.text("body"))),
    )


class _Became(Struct):
    """What became of one entry so far."""

    given: list[Given] = []
    confirmed: Confirmed = Confirmed()
    asked_before: list[Asking] = []
    _asked_on: str = ""

    def answered(self, given: Given, asked: int) -> None:
        """Take an answer; what those who asked said of another one before is not said of this.

        What a session said, and its receipt too, is one answer that is found in both.

        Args:
            given: The answer.
            asked: How many bodies were asked.
        """
        if self.confirmed.asked and self.given and given.answer != self.given[-1].answer:
            self.asked_before.append(Asking(day=self._asked_on, confirmed=self.confirmed))
            self.confirmed = Confirmed()
        elif not self.given:
            self.confirmed = Confirmed()
        if given.source == "receipt" and (given.answer.words or asked <= 1):
            found = (each for each in self.given if each.source == "session")
            same = next((each for each in found if (each.answer, each.day) == (given.answer, given.day)), None)
            if same is not None:
                self.given.remove(same)
                given = replace(given, session=same.session, title=same.title)
        self.given.append(given)

    def asked(self, confirmed: Confirmed, on: str) -> None:
        """Take a count of those who confirm the answer that there is."""
        self.confirmed, self._asked_on = confirmed, on


_Step = tuple[str, int, str, Given | Confirmed]
"""On which day, which of the sources of that day, about what, and what was said."""

_SESSION, _RECEIPT, _LINE = range(3)
"""Of one day, what was noted stands after what a session said and what lies there: it was noted by whoever knew."""


def _became(
    records: Sequence[Record], lines: Sequence[Said], receipts: Iterable[Receipt],
    handed: Mapping[str, Sequence[Handed]],
) -> Mapping[str, _Became]:  # fmt: skip
    """What was answered to each entry, the oldest first, and how many confirm the last of it."""
    steps = (*_in_sessions(records), *_in_receipts(receipts, lines), *_in_lines(lines))
    found: dict[str, _Became] = defaultdict(_Became)
    for day, _, about, said in sorted(steps, key=lambda step: step[:2]):
        if isinstance(said, Given):
            found[about].answered(said, len({each.body.casefold() for each in handed.get(about, ())}))
        else:
            found[about].asked(said, day)
    return found


def _in_sessions(records: Sequence[Record]) -> Iterator[_Step]:
    for record in records:
        session = record.session
        for each in record.received:
            if each.status != "none":
                said = Answer(status=each.status, words=each.said, on=each.on, where=each.where, to=each.to)
                given = Given(
                    answer=said, day=session.day, body=session.title, source="session", session=session.id,
                    title=session.title,
                )  # fmt: skip
                yield session.day, _SESSION, each.id, given


def _in_receipts(receipts: Iterable[Receipt], lines: Sequence[Said]) -> Iterator[_Step]:
    """What stands in receipts that nobody took yet."""
    taken = {(key, one.line.about) for one in lines if one.line.source == "receipt" for key in one.line.keys}
    for _, receipt in sorted({each.checksum: each for each in receipts}.items()):
        for each in receipt.answers:
            if (receipt.checksum, each.point) not in taken:
                given = Given(
                    answer=each.answer, day=receipt.on, body=receipt.body, reference=receipt.reference,
                    source="receipt",
                )  # fmt: skip
                yield receipt.on, _RECEIPT, each.point, given


def _in_lines(lines: Sequence[Said]) -> Iterator[_Step]:
    for one in lines:
        line = one.line
        if line.what == "confirmed":
            yield one.day, _LINE, line.about, line.confirmed
        elif line.what == "answer" and line.status != "none":
            given = Given(
                answer=line.answer, day=line.day, body=line.by_body, reference=line.reference,
                source=line.source,
            )  # fmt: skip
            yield one.day, _LINE, line.about, given


def codes_in(lines: Sequence[Said]) -> dict[str, tuple[Code, ...]]:
    """What each entry has, in the order in which it was given; what was taken back is not among it."""
    found: dict[str, dict[tuple[str, str], Code]] = defaultdict(dict)
    for one in lines:
        line = one.line
        for key in line.keys if line.what in ("coded", "uncoded") else ():
            found[line.about].pop((line.reference, key), None)
            if line.what == "coded":
                found[line.about][line.reference, key] = Code(code=key, label=line.words, frame=line.reference)
    return {id_: tuple(codes.values()) for id_, codes in found.items() if codes}


def _handed(batons: Iterable[Baton], lines: Sequence[Said]) -> Mapping[str, Sequence[Handed]]:
    """To whom each point was handed: by batons that lie there, and by what was noted when one was written.

    Where a stage was handed its points again, the later handing holds.
    """
    there = {each.checksum: each for each in batons}
    noted = {one.line.reference: one.at for one in lines if one.line.what == "sent"}
    steps: list[tuple[tuple[str, int, str], Sequence[tuple[str, Handed]]]] = [
        ((each.handed_on, noted.get(sum_, 0), sum_), tuple(_in_baton(each))) for sum_, each in there.items()
    ]
    steps += [
        ((one.day, one.at, one.line.hash), tuple(_noted(one.line)))
        for one in lines
        if one.line.what == "sent" and one.line.reference not in there
    ]
    found: dict[tuple[str, str, str], Handed] = {}
    for _, handings in sorted(steps, key=lambda step: step[0]):
        for id_, handed in handings:
            found[id_, handed.baton, handed.body] = handed
    by_point: dict[str, list[Handed]] = defaultdict(list)
    for (id_, _, _), handed in found.items():
        by_point[id_].append(handed)
    return by_point


def _in_baton(baton: Baton) -> Iterator[tuple[str, Handed]]:
    for point in baton.points:
        for body in baton.bodies_of(point) or ("",):
            yield (
                point.id,
                Handed(
                    baton=baton.id, to_stage=baton.to_stage, body=body, day=baton.handed_on, due=baton.due_of(point)
                ),
            )


def _noted(line: Line) -> Iterator[tuple[str, Handed]]:
    stage = line.about.rpartition(":")[2]
    if stage in ALL_STAGES:
        for key in line.keys:
            yield (
                key,
                Handed(baton=line.about, to_stage=stage, body=line.to, day=line.day, due=line.on),
            )


def _handed_over(
    records: Sequence[Record], handed: Mapping[str, Sequence[Handed]], became: Mapping[str, _Became], today: str
) -> tuple[HandedOver, ...]:
    """The same by baton and body, the earliest due first."""
    titles = {each.session.id: each.session.title for each in records}
    found: dict[tuple[str, str], list[tuple[str, Handed]]] = defaultdict(list)
    for id_, each in handed.items():
        for one in each:
            found[one.baton, one.body].append((id_, one))

    def given(id_: str) -> Sequence[Given]:
        return became[id_].given if id_ in became else ()

    def over(baton: str, body: str, each: Sequence[tuple[str, Handed]]) -> HandedOver:
        waits = [one for id_, one in each if not _has_answered(body, handed[id_], given(id_))]
        return HandedOver(
            baton=baton,
            title=titles.get(baton.rpartition(":")[0], ""),
            to_stage=each[0][1].to_stage,
            body=body,
            day=max(one.day for _, one in each),
            due=min((one.due for one in waits or (one for _, one in each) if one.due), default=""),
            points=len(each),
            answered=len(each) - len(waits),
            late=sum(bool(lateness(Answer(), one.due, today)) for one in waits),
        )

    made = (over(baton, body, each) for (baton, body), each in found.items())
    return tuple(sorted(made, key=lambda each: (each.due or "9999", each.baton, each.body)))


def _asked(body: str, batons: Sequence[HandedOver], today: str) -> Asked:
    late = [each for each in batons if each.lateness(today)]
    return Asked(
        body=body,
        points=sum(each.points for each in batons),
        answered=sum(each.answered for each in batons),
        late=sum(each.late for each in batons),
        since=min((each.due for each in late), default=""),
        long_overdue=any(each.lateness(today) == "long_overdue" for each in late),
    )


def _has_answered(body: str, handed: Sequence[Handed], given: Sequence[Given]) -> bool:
    """Whether a body answered: of several that were asked, each speaks for itself only."""
    if len({each.body.casefold() for each in handed}) == 1:
        return bool(given)
    return any(each.body.casefold() == body.casefold() for each in given)


# In one line. ----------------------------------------------------------------------------------------

POINTS: Final = counted("{n} point", "{n} points")
PROMISES: Final = counted("{n} promise", "{n} promises")

_PARTS: Final[dict[Standing, Counted]] = {
    "done_confirmed": counted("{n} done and confirmed", "{n} done and confirmed"),
    "done_disputed": counted("{n} done but disputed", "{n} done but disputed"),
    "done_unconfirmed": counted(
        "{n} done, not yet confirmed by those who asked", "{n} done, not yet confirmed by those who asked"
    ),
    "already": counted("{n} already happening", "{n} already happening"),
    "changed_in_part": counted("{n} changed in part", "{n} changed in part"),
    "planned": counted("{n} planned", "{n} planned"),
    "waiting": counted("{n} waiting", "{n} waiting"),
    "passed_on": counted("{n} passed on", "{n} passed on"),
    "acknowledged": counted("{n} acknowledged", "{n} acknowledged"),
    "not_done": counted("{n} not done with a reason", "{n} not done with a reason"),
    "none": counted("{n} with no answer recorded", "{n} with no answer recorded"),
}


def summing_line(tracked: Sequence[Tracked], noun: Counted = POINTS) -> Message:
    """Where all of them stand, in one sentence: every one is counted once, and none is left out."""
    counts = {each: sum(one.standing == each for one in tracked) for each in _PARTS}
    parts = tuple(_PARTS[each].of(count) for each, count in counts.items() if count)
    if not parts:
        return tr("No point was raised yet.")
    return tr("Of {all}: {parts}.", all=noun.of(len(tracked)), parts=Listed(parts))
