"""Many sessions, and what was answered to them, as one picture.

Of several records of one session the newest holds; what was taken back since is in no picture, whatever an older file
holds. Answers come from follow-up files, from receipts, and from what later sessions did with a point.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.cycle.answers import Answer, Confirmed, Lateness, Standing, due_of, lateness, standing
from workshop_tui.cycle.baton import Baton
from workshop_tui.cycle.follow_up import FollowUp, Line
from workshop_tui.cycle.receipt import Receipt
from workshop_tui.cycle.record import Entry, Received, Record, Session
from workshop_tui.domain.agenda import Stage
from workshop_tui.domain.quoting import MARK, Sources
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
    """The id of that session; empty for other sources."""


class Handed(Struct, frozen=True, kw_only=True):
    """That a point was handed to somebody."""

    baton: str
    to_stage: Stage
    body: str
    day: str
    due: str


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
    points: int
    answered: int

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


class Picture(Struct, frozen=True, kw_only=True):
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
        return next((each for each in (*self.points, *self.promises, *self.actions) if each.entry.id == id_), None)

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
    records: Iterable[Record],
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
    lines = _lines(follow_ups)
    gone = {*withdrawn, *(key for each in lines for key in each.keys if each.what == "withdrawn")}
    kept = tuple(without(each, gone) for each in newest(records))
    answers = _answers(kept, lines, receipts)
    handed = _handed(batons, lines)
    confirmed = _confirmed(lines)
    onward: dict[str, list[str]] = defaultdict(list)
    for record in kept:
        for entry in record.entries:
            for id_ in entry.evidence.received:
                onward[id_].append(entry.id)

    def tracked(record: Record, entry: Entry) -> Tracked:
        to = tuple(handed.get(entry.id, ()))
        own = entry.text("by")
        stage = entry.text("stage") or record.session.stage
        return Tracked(
            entry=entry,
            session=record.session,
            stage=stage if stage in ALL_STAGES else record.session.stage,
            asked_by=own or min((each.due for each in to if each.due), default=""),
            handed=to,
            given=tuple(answers.get(entry.id, ())),
            confirmed=confirmed.get(entry.id, Confirmed()),
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
        batons=_handed_over(kept, handed, answers),
        in_hand=tuple(
            InHand(session=record.session, received=each)
            for record in kept
            if record.session.ended_at is not None
            for each in record.received
            if each.status == "none"
        ),
        unheard=tuple(Unheard(session=record.session, entry=each) for record in kept for each in record.in_("missing")),
    )


def newest(records: Iterable[Record]) -> tuple[Record, ...]:
    """One record of each session, the one that knows most of it, in the order in which sessions were held."""
    found: dict[str, Record] = {}
    for each in records:
        known = found.get(each.session.id)
        if known is None or _age(each) > _age(known):
            found[each.session.id] = each
    return tuple(sorted(found.values(), key=lambda each: (each.session.day, each.session.made_at, each.session.id)))


def _age(record: Record) -> tuple[int, int, str]:
    # Of two that know as much, the one with fewer words is the one from after something was taken back.
    return (record.session.made_at, -len(record.texts), record.session.journal_head)


def without(record: Record, gone: Iterable[str]) -> Record:
    """A record without what was taken back since it was written."""
    keys = set(gone)
    if not keys:
        return record
    closed = Sources(words for key, words in record.texts.items() if key in keys)
    entries = tuple(_without(each, keys, closed) for each in record.entries)
    return replace(
        record, entries=entries, texts={key: words for key, words in record.texts.items() if key not in keys}
    )


def _without(entry: Entry, gone: set[str], closed: Sources) -> Entry:
    # One that has the mark is from after it: what it repeated is out of it.
    if (entry.id in gone and MARK not in entry.words) or closed.are_in(entry.words):
        entry = replace(entry, words="", withheld=True)
    evidence = entry.evidence
    lost = [key for key in evidence.texts if key in gone]
    if not lost:
        return entry
    # What sort of words a key stood for is not told: those that are counted most are taken for the first to go.
    counts = {"stories": evidence.stories, "ideas": evidence.ideas, "reasons": evidence.reasons}
    for _ in lost:
        name = max(counts, key=lambda each: counts[each])
        counts[name] = max(0, counts[name] - 1)
    left = replace(
        evidence,
        texts=tuple(key for key in evidence.texts if key not in gone),
        taken_back=evidence.taken_back + len(lost),
        **counts,
    )
    return replace(entry, evidence=left)


def _lines(follow_ups: Iterable[FollowUp]) -> tuple[Line, ...]:
    """Every line once, also where a program that copies files made two of one and each went on by itself."""
    lines = {line.hash: line for each in follow_ups for line in each.lines}
    return tuple(sorted(lines.values(), key=lambda line: line.at))


def _answers(
    records: Sequence[Record], lines: Sequence[Line], receipts: Iterable[Receipt]
) -> Mapping[str, Sequence[Given]]:
    """What was answered to each entry, the oldest first."""
    found: dict[str, list[Given]] = defaultdict(list)
    taken = {(key, line.about) for line in lines if line.source == "receipt" for key in line.keys}
    for line in lines:
        if line.what == "answer" and line.status != "none":
            found[line.about].append(
                Given(
                    answer=line.answer,
                    day=day_of(line.at),
                    body=line.by_body,
                    reference=line.reference,
                    source=line.source,
                )
            )
    for receipt in {each.checksum: each for each in receipts}.values():
        for each in receipt.answers:
            if (receipt.checksum, each.point) not in taken:
                found[each.point].append(
                    Given(
                        answer=each.answer,
                        day=receipt.on,
                        body=receipt.body,
                        reference=receipt.reference,
                        source="receipt",
                    )
                )
    for record in records:
        for received in record.received:
            if received.status != "none":
                said = Answer(
                    status=received.status,
                    words=received.said,
                    on=received.on,
                    where=received.where,
                    to=received.to,
                )
                given = Given(
                    answer=said,
                    day=record.session.day,
                    body=record.session.title,
                    source="session",
                    session=record.session.id,
                )
                found[received.id].append(given)
    # Of one day, what was written down stands after what a session said: it is the later of the two.
    return {id_: sorted(each, key=lambda one: (one.day, one.source != "session")) for id_, each in found.items()}


def day_of(at: int) -> str:
    """The day of a moment, by UTC."""
    return dt.datetime.fromtimestamp(at / 1000, dt.UTC).date().isoformat()


def _confirmed(lines: Sequence[Line]) -> dict[str, Confirmed]:
    """The newest count for each entry."""
    return {line.about: line.confirmed for line in lines if line.what == "confirmed"}


def _handed(batons: Iterable[Baton], lines: Sequence[Line]) -> Mapping[str, Sequence[Handed]]:
    """To whom each point was handed: by batons that lie there, and by what was noted when one was written."""
    found: dict[tuple[str, str, str], Handed] = {}
    for line in lines:
        stage = line.about.rpartition(":")[2]
        if line.what == "sent" and stage in ALL_STAGES:
            for key in line.keys:
                found[key, line.about, line.to] = Handed(
                    baton=line.about, to_stage=stage, body=line.to, day=day_of(line.at), due=line.on
                )
    for baton in sorted(batons, key=lambda each: (each.handed_on, each.origin.made_at)):
        for point in baton.points:
            for body in baton.bodies_of(point) or ("",):
                found[point.id, baton.id, body] = Handed(
                    baton=baton.id, to_stage=baton.to_stage, body=body, day=baton.handed_on, due=baton.due_of(point)
                )
    by_point: dict[str, list[Handed]] = defaultdict(list)
    for (point_id, _, _), handed in found.items():
        by_point[point_id].append(handed)
    return by_point


def _handed_over(
    records: Sequence[Record], handed: Mapping[str, Sequence[Handed]], answers: Mapping[str, Sequence[Given]]
) -> tuple[HandedOver, ...]:
    """The same by baton and body, the earliest due first."""
    titles = {each.session.id: each.session.title for each in records}
    found: dict[tuple[str, str], list[tuple[str, Handed]]] = defaultdict(list)
    for id_, each in handed.items():
        for one in each:
            found[one.baton, one.body].append((id_, one))
    over = [
        HandedOver(
            baton=baton,
            title=titles.get(baton.rpartition(":")[0], ""),
            to_stage=each[0][1].to_stage,
            body=body,
            day=max(one.day for _, one in each),
            due=min((one.due for _, one in each if one.due), default=""),
            points=len(each),
            answered=sum(_answers_for(body, handed[id_], answers.get(id_, ())) for id_, _ in each),
        )
        for (baton, body), each in found.items()
    ]
    return tuple(sorted(over, key=lambda each: (each.due or "9999", each.baton, each.body)))


def _answers_for(body: str, handed: Sequence[Handed], given: Sequence[Given]) -> bool:
    """Whether a body answered: of several that were asked, each speaks for itself only."""
    if len({each.body for each in handed}) == 1:
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
