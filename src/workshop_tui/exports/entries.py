"""Out of a report that passed the gate: the record of the session that other sessions are joined with.

What the entries of a session are, and what became of the points that it opened with, is asked for in two places only:
`entries_of` and `received_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest

import msgspec
from msgspec.structs import replace

from workshop_tui.cycle import files
from workshop_tui.cycle import record as cycle
from workshop_tui.domain.agenda import HandedIn
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.received import Dealt
from workshop_tui.exports import lines
from workshop_tui.exports.report import EntryReport, Report, RoundReport
from workshop_tui.messages import Sentences, Translator, as_tuple, trn


def build_record(report: Report, translator: Translator) -> cycle.Record:
    """The record of a session, as far as the audience of the report may know it."""
    clock = report.origin.clock

    def said(of: Sentences) -> tuple[str, ...]:
        return tuple(translator.text(each) for each in as_tuple(of))

    made = cycle.Record(
        session=cycle.Session(
            id=report.origin.id,
            title=report.title,
            stage=report.stage,  # type: ignore[arg-type]  # an agenda has no other
            language=report.language,
            day=clock.iso_date(report.started_at or report.origin.as_of),
            ended_at=report.ended_at,
            written_up=report.finished_at,
            made_at=report.origin.as_of,
            journal_head=report.origin.journal_head,
        ),
        promise=_promise(report, said),
        people=cycle.People(
            in_room=report.present,
            by_video=report.by_video,
            phones=report.phones,
            looking_on=report.looking_on,
            apart=any(line.group for each in report.rounds for line in each.ballots),
        ),
        entries=entries_of(report),
        results=tuple(_result(each, report, translator) for each in report.rounds if each.status == "sealed"),
        received=received_of(report),
        texts={
            each.key: "\n".join(words for _, words in each.parts)
            for of in (report.stories, *report.words)
            for each in of.shown
        },
        left_out=tuple(_left_out(report, translator)),
    )
    return files.cleaned(made)


def _promise(report: Report, said: Callable[[Sentences], tuple[str, ...]]) -> cycle.Promise:
    """What the room was promised, what it was told before, and whether people say that it was kept."""
    told, checks = report.promise, {item.key for item in report.items if item.type == "promise_check"}
    asked = [each for each in report.rounds if each.item in checks and each.status == "sealed"]
    return replace(
        _version(told.now, said(report.status)),
        hear_back_by=told.hear_back_by,
        earlier=tuple(
            cycle.Earlier(until=each.until, promise=_version(each.promise, said(each.plain))) for each in told.earlier
        ),
        why_changed=told.now.why_changed,
        kept_to=tuple(each.key for each in asked),
    )


def _version(of: Promise, sentence: tuple[str, ...]) -> cycle.Promise:
    pairs = zip_longest(of.cannot_change, of.cannot_because, fillvalue="")
    return cycle.Promise(
        why_now=of.why_now,
        how=of.how,
        can_change=of.can_change,
        cannot_change=tuple(cycle.Fixed(text=text, reason=why) for text, why in pairs),
        who_decides=of.who_decides,
        decides_on=of.decides_on,
        kind=of.engagement_kind or "",
        state=of.proposal_state or "",
        level=of.level or "",
        hear_back_how=of.hear_back,
        hear_back_by=of.hear_back_by,
        sentence=sentence,
        why_changed=of.why_changed,
    )


def entries_of(report: Report) -> tuple[cycle.Entry, ...]:
    """The lines of the write-up, in the order in which they were noted; not what became of points handed in."""
    people = lines.people(report)
    found = [_entry(report, each, people) for each in report.entries if each.register != "received"]
    return tuple(sorted(found, key=lambda entry: (entry.at, entry.id)))


def _entry(report: Report, entry: EntryReport, people: int) -> cycle.Entry:
    # A record goes where batons go: further than to those who were there and know what they said.
    told = {} if lines.tells_each(report, entry) else entry.fields
    said_by, against = (_number(told.get(name)) for name in ("said_by", "against"))
    return cycle.Entry(
        id=f"{report.origin.id}:{entry.key}",
        register=entry.register,
        words=entry.words,
        fields={name: said for name, said in entry.fields.items() if name not in ("said_by", "against")},
        item=entry.item,
        at=entry.at,
        base=None if said_by is None and against is None else max(people, said_by or 0),
        said_by=said_by,
        against=against,
        evidence=msgspec.convert(entry.rests, cycle.Evidence, from_attributes=True),
    )


def owner_of(entry: cycle.Entry) -> str:
    """Who does it or promised it: a role, a name, or both; empty where nobody said."""
    return ", ".join(filter(None, (entry.text("role"), entry.text("name"))))


def _number(said: str | None) -> int | None:
    return int(said) if said else None


def received_of(report: Report) -> tuple[cycle.Received, ...]:
    """The points that the session opened with, and what was noted last that it did with each."""
    noted = noted_of(report)
    return tuple(_received(each, noted.get(each.id)) for each in report.received)


def noted_of(report: Report) -> dict[str, EntryReport]:
    """The line that says what became of a point, by the point."""
    return {each.fields.get("point", ""): each for each in report.entries if each.register == "received"}


def _received(point: HandedIn, noted: EntryReport | None) -> cycle.Received:
    dealt = dealt_of(point, noted)
    answer = dealt.answer
    return cycle.Received(
        id=point.id, from_=point.from_session, words=point.words, sort=point.sort, status=answer.status,
        said=answer.words, on=answer.on, where=answer.where, to=answer.to, metric=point.metric, source=point.source,
        period=point.period, baseline=point.baseline, seen=dealt.fields.get("seen", ""),
        evidence=msgspec.convert(noted.rests, cycle.Evidence, from_attributes=True) if noted else cycle.Evidence(),
    )  # fmt: skip


def dealt_of(point: HandedIn, noted: EntryReport | None) -> Dealt:
    """A point that was handed in with what became of it, as far as the audience may know it."""
    if noted is None:
        return Dealt(point=point)
    return Dealt(point=point, note=noted.key, text=noted.words, fields=noted.fields)


def _result(round_: RoundReport, report: Report, translator: Translator) -> cycle.Result:
    title = next((item.title for item in report.items if item.key == round_.item), "")
    people = round_.joined if round_.present is None else round_.present
    base = max(people, round_.answered + round_.skipped)
    return cycle.Result(
        key=round_.key,
        item=title,
        kind=round_.kind,
        question=round_.question,
        answered=round_.answered,
        base=base,
        with_reasons=round_.reasons_given,
        options=len(round_.options),
        unexplained=round_.unexplained,
        sentences=tuple(map(translator.text, round_.sentences)),
    )


def _left_out(report: Report, translator: Translator) -> Iterator[str]:
    held = report.notes_held
    if many := held.concerns + held.actions + held.promises + held.notes:
        yield translator.text(trn("{n} note is held back.", "{n} notes are held back.", many))
    if many := sum(each.fields_held for each in report.entries):
        yield translator.text(trn("{n} detail of a line is held back.", "{n} details of lines are held back.", many))
    if many := sum(of.told - len(of.shown) for of in (report.stories, *report.words)):
        yield translator.text(
            trn(
                "{n} text is not in here: its owner did not let it, or it was not read or approved.",
                "{n} texts are not in here: their owners did not let them, or they were not read or approved.",
                many,
            )
        )
