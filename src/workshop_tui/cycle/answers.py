"""What became of something over many sessions: whether its answer is late, and whether those who asked confirm it.

The set of answers itself, and what each needs, is in `domain.answers`. Lateness is never typed: it follows from the
day.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.cycle.files import Number
from workshop_tui.domain.answers import PROMISE_WORDS as PROMISE_WORDS
from workshop_tui.domain.answers import STATUS_WORDS as STATUS_WORDS
from workshop_tui.domain.answers import STATUSES as STATUSES
from workshop_tui.domain.answers import Answer as Answer
from workshop_tui.domain.answers import Status as Status
from workshop_tui.domain.answers import Wrong as Wrong
from workshop_tui.domain.answers import is_day as is_day
from workshop_tui.domain.answers import is_in_our_hands as is_in_our_hands
from workshop_tui.domain.answers import said_of as said_of
from workshop_tui.domain.answers import telling_whose as telling_whose
from workshop_tui.domain.answers import wrong_in as wrong_in
from workshop_tui.messages import Day as Told
from workshop_tui.messages import Message, tr, trn

LONG_OVERDUE_DAYS: Final = 28
"""So long after its date, what has no answer is long overdue."""

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


def late_words(answer: Answer, asked_by: str, today: str, register: str = "point") -> tuple[Message, ...]:
    """That something is late, and what to do next; empty for what is not.

    Args:
        answer: What is known of it.
        asked_by: The day by which an answer was asked for, or by which it was promised or to be done.
        today: The day.
        register: Whether it is a "point", a "promise" or an "action".
    """
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
    if register == "promise":
        return (
            (tr("Late: it was promised for {day}.", day=day), tr("Remind them, and note what they say."))
            if late == "late"
            else (
                tr("Long overdue: it was promised for {day}.", day=day),
                tr("Tell those whom it was promised to, and ask the body's board or its scrutiny."),
            )
        )
    if register == "action":
        return (
            tr("Late: it was to be done by {day}.", day=day)
            if late == "late"
            else tr("Long overdue: it was to be done by {day}.", day=day),
            tr("Ask whether it was done, and note what they say."),
        )
    if late == "late":
        return (tr("Late: an answer was asked for by {day}.", day=day), tr("Remind them, and note what they say."))
    return (
        tr("Long overdue: no answer since {day}.", day=day),
        tr("Tell those who asked that there is none, and ask the body's board or its scrutiny."),
    )


# Confirmed. ------------------------------------------------------------------------------------------


WHO_SAYS_SO: Final = tr("Where do those who asked say so?")
"""What is asked of whoever notes how many of them say that it was done: nobody takes a count without it."""


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
