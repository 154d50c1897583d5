"""What can become of a point, a promise, an action or a baton: one closed set of answers, in public words.

A claim needs words, a refusal needs a reason, and what is done is confirmed by those who asked for it and by nobody
else. Lateness is never typed: it follows from the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Final, Literal, get_args

from msgspec import Meta, Struct

from workshop_tui.domain.identifiers import Sort, find
from workshop_tui.domain.text import CleanText, has_words, with_stop
from workshop_tui.messages import Day as Told
from workshop_tui.messages import Message, Text, tr

Day = Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="YYYY-MM-DD, or empty")]

Status = Literal[
    "none", "acknowledged", "planned", "done", "already", "changed_in_part", "not_done", "waiting", "passed_on"
]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)

STATUS_WORDS: Final[dict[Status, Message]] = {
    "none": tr("No answer yet"),
    "acknowledged": tr("Acknowledged"),
    "planned": tr("Planned"),
    "done": tr("Done"),
    "already": tr("Already happening"),
    "changed_in_part": tr("Changed in part"),
    "not_done": tr("Not done"),
    "waiting": tr("Waiting"),
    "passed_on": tr("Passed on"),
}
"""As they stand in a list of choices."""

PROMISE_WORDS: Final[dict[Status, Message]] = {
    **STATUS_WORDS,
    "done": tr("Kept"),
    "changed_in_part": tr("Kept in part"),
    "not_done": tr("Broken"),
}
"""The same where a promise is answered."""

WORDS_NEEDED: Final[dict[Status, Message]] = {
    "planned": tr("“Planned” needs words: what is planned?"),
    "done": tr("“Done” needs words: what was done?"),
    "already": tr("“Already happening” needs words: what is happening?"),
    "changed_in_part": tr("“Changed in part” needs words: what was changed, and what was not?"),
    "not_done": tr("“Not done” needs a reason."),
    "waiting": tr("“Waiting” needs words: for what?"),
}
"""What a status cannot do without, in words."""
_DAY_NEEDED: Final[dict[Status, Message]] = {
    "planned": tr("“Planned” needs a date: by when?"),
    "waiting": tr("“Waiting” needs a date on which to ask again."),
}
_HAPPENED: Final = ("done", "already", "changed_in_part")
"""What has happened: it can be seen somewhere, and is on no day to come."""
_NO_DAY: Final = ("none", "acknowledged", "not_done", "passed_on")

Field = Literal["status", "words", "on", "where", "to"]

TAKES: Final[dict[Status, tuple[Field, ...]]] = {
    each: (
        *(("to",) if each == "passed_on" else ()),
        *(("words",) if each != "none" else ()),
        *(("on",) if each not in _NO_DAY else ()),
        *(("where",) if each in _HAPPENED else ()),
    )
    for each in STATUSES
}
"""What can be said beside a status, in the order in which it is asked."""


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, written as year, month, day."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


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


def status_named(name: str) -> Status:
    """The status of that name; "none" where there is no such."""
    return next((each for each in STATUSES if each == name), "none")


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
    if status in WORDS_NEEDED and not words:
        yield Wrong("words", WORDS_NEEDED[status])
    if on and not is_day(on):
        yield Wrong("on", tr("{day} is no date such as 2026-12-24.", day=on))
    elif status in _DAY_NEEDED and not on:
        yield Wrong("on", _DAY_NEEDED[status])
    elif on and status in _NO_DAY:
        yield Wrong("on", tr("“{status}” has no date.", status=STATUS_WORDS[status]))
    elif on and today and status in _HAPPENED and on > today:
        yield Wrong("on", tr("“{status}” cannot have a date that is still to come.", status=STATUS_WORDS[status]))
    if answer.where and status not in _HAPPENED:
        yield Wrong("where", tr("“{status}” cannot be seen anywhere yet.", status=STATUS_WORDS[status]))
    if status == "passed_on" and not has_words(CleanText(answer.to)):
        yield Wrong("to", tr("“Passed on” needs the body that has it now."))
    if answer.to and status != "passed_on":
        yield Wrong("to", tr("“{status}” names a body that it was passed on to.", status=STATUS_WORDS[status]))


OF_ONE_PERSON: Final[tuple[Sort, ...]] = (
    "nhs_number", "chi_number", "bank_details", "ni_number", "hospital_number",
)  # fmt: skip
"""Numbers that no answer needs. A name, an address or where to ring may be what it is about."""


A_NUMBER: Final = tr("There is a number in it that stands for one person. Please leave it out.")


def tells_a_number(text: str) -> bool:
    """Whether a text has one of them."""
    return any(each.sort in OF_ONE_PERSON for each in find(text))


def telling_whose(answer: Answer) -> tuple[Wrong, ...]:
    """Where an answer has a number that stands for one person: it goes further than any note, and nobody decides it."""
    typed: tuple[tuple[Field, str], ...] = (("words", answer.words), ("where", answer.where), ("to", answer.to))
    return tuple(Wrong(field, A_NUMBER) for field, text in typed if tells_a_number(text))


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
    given, seen = with_stop(answer.words), with_stop(answer.where)
    where = (tr("It can be seen here: {where}", where=seen),) if seen else ()
    return (head, *((given,) if given else ()), *where)


def is_in_our_hands(answer: Answer) -> bool:
    """Whether what was handed to a session has no answer from it: it is still in its hands."""
    return answer.status == "none"
