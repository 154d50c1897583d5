"""What each stage has to hand on beside its points, and without what a baton is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec import Struct

from workshop_tui.cycle.files import Day, is_day
from workshop_tui.cycle.record import Entry, Record, Result
from workshop_tui.domain.agenda import HandedIn
from workshop_tui.domain.received import Dealt, measure_words
from workshop_tui.domain.registers import Register, said_fields
from workshop_tui.domain.text import with_stop
from workshop_tui.messages import Message, Text, tr

OF_PANELS: Final = ("panel", "score")
"""The kinds of votes in which scores are given."""


class Line(Struct, frozen=True, kw_only=True):
    """One line of what a stage hands on: nothing of it is in a participant's own words."""

    words: str
    said: str = ""
    """What belongs to it: a reason, an owner, a base."""
    by: Day = ""
    """By when; empty where nobody said."""
    id: str = ""
    """The entry or the result that it is; empty for words of the agenda."""


TOLD: Final = ("role", "name", "who", "way", "state", "between", "version", "body", "asked", "reason")
"""The fields of an entry that are handed on beside its words."""

Say = Callable[[Message], str]
Lines = Callable[[Record, Say], Iterable[Line]]


def _said(texts: Iterable[Text], say: Say) -> Iterator[str]:
    return (say(each) if isinstance(each, Message) else each for each in texts)


def _entries(*registers: Register) -> Lines:
    return lambda record, say: (
        _line(each, say) for register in registers for each in record.in_(register) if each.words
    )


def _line(entry: Entry, say: Say) -> Line:
    fields = {name: entry.text(name) for name in TOLD}
    told = {field.name: said for field, said in said_fields(entry.register, fields)}
    said = "; ".join(_said((told[name] for name in TOLD if name in told), say))
    by = entry.text("by")
    return Line(words=entry.words, said=said, by=by if is_day(by) else "", id=entry.id)


def _results(*kinds: str) -> Lines:
    return lambda record, _: (_result(each) for each in record.results if each.kind in kinds)


def _result(result: Result) -> Line:
    return Line(words=result.question, said=" ".join(result.sentences), id=result.key)


def _can_change(record: Record, _: Say) -> Iterator[Line]:
    return (Line(words=each) for each in record.promise.can_change)


def _cannot_change(record: Record, _: Say) -> Iterator[Line]:
    return (Line(words=each.text, said=each.reason) for each in record.promise.cannot_change)


def _status(record: Record, _: Say) -> Iterator[Line]:
    return (Line(words=each) for each in record.promise.sentence)


def _promised(record: Record, say: Say) -> Iterator[Line]:
    """What was promised and what was seen: what became of it, and its measure then and now."""
    for each in record.received:
        point = HandedIn(
            id=each.id, words=each.words, sort=each.sort, metric=each.metric, source=each.source, period=each.period,
            baseline=each.baseline,
        )  # fmt: skip
        fields = {"status": each.status, "words": each.said, "on": each.on, "where": each.where, "to": each.to,
                  "seen": each.seen}  # fmt: skip
        said = (*Dealt(point=point, fields=fields).said, *measure_words(point))
        yield Line(words=each.words, said=" ".join(map(with_stop, _said(said, say))), id=each.id)


SHARED: Final[dict[str, Lines]] = {
    "concerns": _entries("concern"),
    "actions": _entries("action"),
    "promises": _entries("promise"),
    "access": _entries("access"),
}
"""What every stage hands on."""

PAYLOAD: Final[dict[str, dict[str, Lines]]] = {
    "needs": {
        "needs": _entries("point"),
        "assets": _entries("offer"),
        "not_reached": _entries("missing"),
        "sources": _entries("material"),
    },
    "plan": {
        "can_change": _can_change,
        "cannot_change": _cannot_change,
        "options": _entries("option"),
        "weights": _results("criteria"),
        "impacts": _entries("gain_loss"),
        "impact_votes": _results("impact"),
        "tensions": _entries("tension"),
        "agreements": _entries("agreement"),
        "status": _status,
    },
    "improve": {
        "ideas": _entries("point", "option"),
        "tensions": _entries("tension"),
        "agreements": _entries("agreement"),
        "offers": _entries("offer"),
    },
    "procure": {
        "scores": _results(*OF_PANELS),
        "clauses": _entries("agreement"),
        "to_tell": _entries("to_tell"),
    },
    "monitor": {"promised": _promised, "to_tell": _entries("to_tell"), "gains_and_losses": _entries("gain_loss")},
    "hub": {},
}
"""What each stage hands on besides, by the name under which it stands."""

LABELS: Final[dict[str, Message]] = {
    "concerns": tr("Concerns"),
    "actions": tr("Actions"),
    "promises": tr("Promises"),
    "access": tr("Access"),
    "needs": tr("What people need and hope for"),
    "assets": tr("What people and groups can bring"),
    "not_reached": tr("Who has not been heard"),
    "sources": tr("What was known already"),
    "can_change": tr("What can change"),
    "cannot_change": tr("What cannot change"),
    "options": tr("Options, those that were discarded too"),
    "weights": tr("How much each criterion counts"),
    "impacts": tr("Who gains and who loses"),
    "impact_votes": tr("How the options would affect people"),
    "tensions": tr("Where people differ"),
    "agreements": tr("Where people agree"),
    "status": tr("What kind of session it was"),
    "ideas": tr("Ideas"),
    "offers": tr("What people and groups can bring"),
    "scores": tr("Scores"),
    "clauses": tr("What is to be in the contract"),
    "to_tell": tr("What people and staff must be told"),
    "promised": tr("What was promised, and what was seen"),
    "gains_and_losses": tr("Who gained and who lost"),
}
"""Their headings."""


def payload_of(record: Record, say: Say = str) -> dict[str, tuple[Line, ...]]:
    """What the stage of a session hands on; what there is none of is there, and empty.

    Args:
        record: What the session left.
        say: Puts a sentence into its language.
    """
    parts = {**PAYLOAD[record.session.stage], **SHARED}
    return {name: tuple(lines(record, say)) for name, lines in parts.items()}


# Without what a baton is refused. ----------------------------------------------------------------------


def _nobody_missing(record: Record) -> bool:
    return not record.in_("missing")


def _no_impact(record: Record) -> bool:
    """Whether an option is left that nobody was asked about.

    What is tied to an option is about it; of votes and lines that are tied to none each is taken to be about another.
    """
    votes = [each for each in record.results if each.kind == "impact"]
    keys = {each.key for each in votes}
    untied = [each for each in record.in_("option") if not keys & {*each.evidence.results}]
    return len(untied) > sum(each.options for each in votes) + len(record.in_("gain_loss"))


def _nothing_fixed(record: Record) -> bool:
    return not record.promise.cannot_change


def _no_owner(record: Record) -> bool:
    return not any(each.text("role") or each.text("name") for each in record.in_("action"))


def _not_apart(record: Record) -> bool:
    return not record.people.apart


def _no_reasons(record: Record) -> bool:
    return any(each.unexplained for each in record.results if each.kind in OF_PANELS)


def _no_status(record: Record) -> bool:
    return any(each.status == "none" for each in record.received)


CHECKS: Final[dict[str, dict[str, tuple[Callable[[Record], bool], Message]]]] = {
    "needs": {"not_reached": (_nobody_missing, tr("Nobody noted who was missing and why."))},
    "plan": {
        "impact": (_no_impact, tr("Nobody was asked how each of the options would affect people.")),
        "cannot_change": (_nothing_fixed, tr("Nothing is named that cannot change: say so if nothing is fixed.")),
    },
    "improve": {
        "owner": (_no_owner, tr("No action has an owner.")),
        "apart": (_not_apart, tr("No result can be told for staff and for everybody else apart.")),
    },
    "procure": {"reasons": (_no_reasons, tr("A score, or a change of one, has no reason."))},
    "monitor": {"status": (_no_status, tr("An earlier point or promise has no answer."))},
    "hub": {},
}
"""By stage and by the name that a typed reason is given under."""


def missing_in(record: Record) -> dict[str, Message]:
    """What is missing that the stage of a session has to hand on, by check."""
    return {name: said for name, (fails, said) in CHECKS[record.session.stage].items() if fails(record)}
