"""What can become of a point, a promise, an action or a baton: one closed set of answers, in public words.

A claim needs words, a refusal needs a reason, and what is done is confirmed by those who asked for it and by nobody
else. Lateness is never typed: it follows from the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.cycle.files import Day, Number, is_day
from workshop_tui.domain.statuses import (
    BODY_NEEDED,
    DAY_NEEDED,
    HAPPENED,
    NO_DAY,
    STATUS_WORDS,
    Status,
    cannot_be_seen,
    has_no_date,
    is_with_nobody,
)
from workshop_tui.domain.text import CleanText, has_words
from workshop_tui.messages import Day as Told
from workshop_tui.messages import Message, Text, tr, trn

PROMISE_WORDS: Final[dict[Status, Message]] = {
    **STATUS_WORDS,
    "done": tr("Kept"),
    "changed_in_part": tr("Kept in part"),
    "not_done": tr("Broken"),
}
"""The same where a promise is answered."""

LONG_OVERDUE_DAYS: Final = 28
"""So long after its date, what has no answer is long overdue."""

_WORDS_NEEDED: Final[dict[Status, Message]] = {
    "planned": tr("“Planned” needs words: what is planned?"),
    "done": tr("“Done” needs words: what was done?"),
    "already": tr("“Already happening” needs words: what is happening?"),
    "changed_in_part": tr("“Changed in part” needs words: what was changed, and what was not?"),
    "not_done": tr("“Not done” needs a reason."),
    "waiting": tr("“Waiting” needs words: for what?"),
}

Field = Literal["status", "words", "on", "where", "to"]


class Answer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody said became of it."""

    status: Status = "none"
    words: str = ""
    """What was done or is planned, or why not, or what is waited for."""
    on: Day = ""
    """By when it is planned, when it was done, or on which day to ask again."""
    where: str = ""
    """Where one can see what was done."""
    to: str = ""
    """The body that it was passed on to."""


class Wrong(Struct, frozen=True):
    """What an answer says that cannot be taken, and in which of its fields."""

    field: Field
    said: Message


def wrong_in(answer: Answer, today: str = "") -> tuple[Wrong, ...]:
    """Why an answer is not taken; empty for one that is.

    Args:
        answer: The answer, cleaned.
        today: The day, so that nothing can have happened after it; empty where that is not looked at.
    """
    return tuple(_wrong(answer, today))


def _wrong(answer: Answer, today: str) -> Iterator[Wrong]:
    status = answer.status
    words, on = has_words(CleanText(answer.words)), answer.on
    if status == "none" and (words or on or answer.where or answer.to):
        yield Wrong("status", tr("There are words or a date, and no answer was chosen."))
        return
    if status in _WORDS_NEEDED and not words:
        yield Wrong("words", _WORDS_NEEDED[status])
    if on and not is_day(on):
        yield Wrong("on", tr("{day} is no date such as 2026-12-24.", day=on))
    elif status in DAY_NEEDED and not on:
        yield Wrong("on", DAY_NEEDED[status])
    elif on and status in NO_DAY:
        yield Wrong("on", has_no_date(status))
    elif on and today and status in HAPPENED and on > today:
        yield Wrong("on", tr("“{status}” cannot have a date that is still to come.", status=STATUS_WORDS[status]))
    if answer.where and status not in HAPPENED:
        yield Wrong("where", cannot_be_seen(status))
    if status == "passed_on" and not has_words(CleanText(answer.to)):
        yield Wrong("to", BODY_NEEDED)
    if answer.to and status != "passed_on":
        yield Wrong("to", is_with_nobody(status))


def said_of(answer: Answer, *, promise: bool = False) -> tuple[Text, ...]:
    """The answer as a person reads it: a sentence of ours, then the words that were given."""
    words = PROMISE_WORDS if promise else STATUS_WORDS
    head: Message
    match answer.status:
        case "planned" if answer.on:
            head = tr("Planned, by {day}.", day=Told(answer.on))
        case "waiting" if answer.on:
            head = tr("Waiting; ask again on {day}.", day=Told(answer.on))
        case "passed_on":
            head = tr("Passed on to {body}.", body=answer.to)
        case "done" | "already" | "changed_in_part" if answer.on:
            head = tr("{status}, on {day}.", status=words[answer.status], day=Told(answer.on))
        case _:
            head = tr("{status}.", status=words[answer.status])
    where = (tr("It can be seen here: {where}", where=answer.where),) if answer.where else ()
    return (head, *((answer.words,) if answer.words else ()), *where)


# Late. -----------------------------------------------------------------------------------------------

Lateness = Literal["", "late", "long_overdue"]


def due_of(answer: Answer, asked_by: str) -> str:
    """The day on which something is expected next; empty where nothing is, or nobody named a day.

    Args:
        answer: What is known of it.
        asked_by: The day by which an answer was asked for; empty for none.
    """
    if answer.status in ("planned", "waiting"):
        return answer.on
    return asked_by if answer.status in ("none", "acknowledged") else ""


def lateness(answer: Answer, asked_by: str, today: str) -> Lateness:
    """How late something is on a day: "late" after its day, "long_overdue" 28 days later."""
    due = due_of(answer, asked_by)
    if not is_day(due) or today <= due:
        return ""
    passed = dt.date.fromisoformat(today) - dt.date.fromisoformat(due)
    return "long_overdue" if passed.days > LONG_OVERDUE_DAYS else "late"


def late_words(answer: Answer, asked_by: str, today: str) -> tuple[Message, ...]:
    """That something is late, and what to do next; empty for what is not."""
    late, day = lateness(answer, asked_by, today), Told(due_of(answer, asked_by))
    if not late:
        return ()
    if answer.status == "waiting":
        return (tr("It was to be asked for again on {day}.", day=day), tr("Ask again, and note what was said."))
    if answer.status == "planned":
        said = (
            tr("Late: it was planned by {day}.", day=day)
            if late == "late"
            else tr("Long overdue: it was planned by {day}.", day=day)
        )
        return (said, tr("Ask whether it was done, and those who asked for it whether they can see it."))
    if late == "late":
        return (tr("Late: an answer was asked for by {day}.", day=day), tr("Remind them, and note what they say."))
    return (
        tr("Long overdue: no answer since {day}.", day=day),
        tr("Tell those who asked that there is none, and ask the body's board or its scrutiny."),
    )


# Confirmed. ------------------------------------------------------------------------------------------


class Confirmed(Struct, frozen=True):
    """How many of those who asked say that it was done."""

    yes: Number = 0
    no: Number = 0

    @property
    def asked(self) -> int:
        """How many of them answered."""
        return self.yes + self.no

    @property
    def standing(self) -> Literal["open", "confirmed", "disputed"]:
        """Confirmed where more say yes than no; whoever said no is told beside it, and never left out."""
        if not self.asked:
            return "open"
        return "confirmed" if self.yes > self.no else "disputed"

    @property
    def words(self) -> Message:
        """It in a sentence."""
        if not self.asked:
            return tr("Not yet confirmed by those who asked.")
        return trn("{yes} of {n} who asked says yes.", "{yes} of {n} who asked say yes.", self.asked, yes=self.yes)


Standing = Literal[
    "done_confirmed", "done_disputed", "done_unconfirmed", "already", "changed_in_part", "planned", "waiting",
    "passed_on", "acknowledged", "not_done", "none",
]  # fmt: skip
"""Where something stands, once those who asked were asked."""


def standing(answer: Answer, confirmed: Confirmed) -> Standing:
    """Where it stands."""
    if answer.status == "done":
        return {
            "open": "done_unconfirmed", "confirmed": "done_confirmed", "disputed": "done_disputed",
        }[confirmed.standing]  # type: ignore[return-value]  # fmt: skip
    return answer.status


def is_in_our_hands(answer: Answer) -> bool:
    """Whether what was handed to a session has no answer from it: it is still in its hands."""
    return answer.status == "none"
