"""The registers of a session: what can come out of a room, each kind of line in a list of its own. Pure.

A note that a facilitator kept is in the register of its kind (a concern, an action, a promise), or to be sorted, until
somebody sorts it. In a register it has that register's fields. The list of both is closed: whatever is not in it is
refused, and a later version that knows more writes another version of the file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.domain.answers import STATUS_WORDS, Answer, status_named, wrong_in
from workshop_tui.domain.text import clean_line, has_words, plain_digits, plain_number
from workshop_tui.limits import FIELD_LETTERS
from workshop_tui.messages import Message, Text, tr, trn

Register = Literal[
    "point", "concern", "action", "promise", "question", "tension", "agreement", "option", "offer", "gain_loss",
    "to_tell", "paper_asked", "material", "access", "missing", "cost", "received",
]  # fmt: skip

FieldSort = Literal["text", "date", "choice", "number", "money"]
"""One line; a day as 2026-12-24; one of a few; a whole number; an amount with at most two decimals."""

Fields = dict[str, str]
"""What a line has in its register, by the names of the fields; what nobody said is not in it."""


class RegisterField(Struct, frozen=True, kw_only=True):
    """One thing that can be said of a line in its register."""

    name: str
    label: Message
    sort: FieldSort = "text"
    required: bool = False
    """Whether a line lacks something as long as it is not said; it can be sorted all the same."""
    choices: tuple[tuple[str, Message], ...] = ()
    """(key, words) of a choice."""
    is_plain: bool = False
    """Whether it is looked through for nothing that may tell who somebody is: a name that is to be written down, or the
    name of a file."""


class RegisterSpec(Struct, frozen=True, kw_only=True):
    """One register."""

    name: Register
    one: Message
    many: Message
    fields: tuple[RegisterField, ...] = ()

    def field(self, name: str) -> RegisterField | None:
        """The field of that name."""
        return next((each for each in self.fields if each.name == name), None)


class EntryRow(Struct, frozen=True):
    """How one note is sorted."""

    register: Register
    fields: Fields = {}


class FieldWrong(Exception):
    """What was said of a line does not fit its field.

    Args:
        name: The field.
        words: Why.
    """

    def __init__(self, name: str, words: Message) -> None:
        super().__init__(str(words))
        self.name, self.words = name, words


STATUS_CHOICES: Final = tuple((str(name), words) for name, words in STATUS_WORDS.items() if name != "none")
"""What can become of something that was handed over."""

_BY: Final = RegisterField(name="by", label=tr("By when?"), sort="date")
_SAID_BY: Final = RegisterField(name="said_by", label=tr("How many said it?"), sort="number")
_AGAINST: Final = RegisterField(name="against", label=tr("How many were against it?"), sort="number")
_BODY: Final = RegisterField(name="body", label=tr("Which body is it for?"))
_NAME: Final = RegisterField(name="name", label=tr("Their name, where it is to be written down"), is_plain=True)
_STAGE: Final = RegisterField(
    name="stage", label=tr("Which stage of the cycle is it for?"), sort="choice", choices=tuple(STAGE_TITLES.items())
)


def _spec(name: Register, one: Message, many: Message, *fields: RegisterField) -> RegisterSpec:
    return RegisterSpec(name=name, one=one, many=many, fields=fields)


REGISTERS: Final[Mapping[Register, RegisterSpec]] = {
    each.name: each
    for each in (
        _spec(
            "point", tr("Point"), tr("Points"),
            _STAGE,
            _BODY,
            RegisterField(name="asked", label=tr("What is asked of it?")),
            RegisterField(
                name="ask", label=tr("What is a board asked to do?"), sort="choice",
                choices=(("note", tr("to note it")), ("decide", tr("to decide")), ("act", tr("to act"))),
            ),
            _BY,
            _SAID_BY,
            _AGAINST,
            RegisterField(
                name="lens", label=tr("What is it about?"), sort="choice",
                choices=(("now", tr("services now")), ("plans", tr("what it means for plans")), ("both", tr("both"))),
            ),
        ),
        _spec("concern", tr("Concern"), tr("Concerns"), _BODY, _SAID_BY),
        _spec(
            "action", tr("Action"), tr("Actions"),
            RegisterField(name="role", label=tr("Who does it? A role is enough"), required=True),
            _NAME,
            RegisterField(name="by", label=tr("By when?"), sort="date", required=True),
            RegisterField(name="money", label=tr("How much money does it need?"), sort="money"),
            RegisterField(name="hours", label=tr("How many hours does it need?"), sort="number"),
        ),
        _spec(
            "promise", tr("Promise"), tr("Promises"),
            RegisterField(name="role", label=tr("Who promised it? A role is enough"), required=True),
            _NAME,
            RegisterField(
                name="sort", label=tr("What was promised?"), sort="choice",
                choices=(
                    ("consult", tr("to ask people")), ("feed_back", tr("to tell people what became of it")),
                    ("answer", tr("to answer a question")), ("provide", tr("to provide something")),
                    ("change", tr("to change something")),
                ),
            ),
            _BY,
        ),
        _spec(
            "question", tr("Question"), tr("Questions"),
            RegisterField(name="role", label=tr("Who answers it? A role is enough"), required=True),
            _NAME,
            _BY,
        ),
        _spec(
            "tension", tr("Tension"), tr("Tensions"),
            RegisterField(name="between", label=tr("Between whom, or between what?")),
            _BODY,
        ),
        _spec("agreement", tr("Agreement"), tr("Agreements"), _SAID_BY, _AGAINST, _BODY),
        _spec(
            "option", tr("Option"), tr("Options"),
            RegisterField(
                name="state", label=tr("How does it stand?"), sort="choice", required=True,
                choices=(
                    ("status_quo", tr("leave things as they are")), ("open", tr("still open")),
                    ("added", tr("added in the room")), ("discarded", tr("discarded")),
                ),
            ),
            RegisterField(name="reason", label=tr("Why was it added or discarded?")),
        ),
        _spec(
            "offer", tr("Offer"), tr("Offers"),
            RegisterField(name="who", label=tr("Who offers it? A group or a role is enough"), required=True),
            _BODY,
        ),
        _spec(
            "gain_loss", tr("Gain or loss"), tr("Who gains, who loses"),
            RegisterField(name="who", label=tr("Which people?"), required=True),
            RegisterField(
                name="way", label=tr("Do they gain or lose?"), sort="choice", required=True,
                choices=(("gain", tr("they gain")), ("lose", tr("they lose")), ("both", tr("both"))),
            ),
        ),
        _spec(
            "to_tell", tr("Something to tell"), tr("What must be told"),
            RegisterField(
                name="who", label=tr("Who must be told?"), sort="choice", required=True,
                choices=(("people", tr("people who use services")), ("staff", tr("staff")), ("both", tr("both"))),
            ),
            _BY,
        ),
        _spec(
            "paper_asked", tr("Paper asked for"), tr("Papers asked for and not given"),
            RegisterField(name="role", label=tr("Who was asked for it? A role is enough"), required=True),
            RegisterField(name="on", label=tr("When was it asked for?"), sort="date"),
            RegisterField(name="reason", label=tr("Why was it not given?")),
        ),
        _spec(
            "material", tr("Material"), tr("Materials shown"),
            RegisterField(name="version", label=tr("Which version?"), required=True, is_plain=True),
            RegisterField(name="hash", label=tr("SHA-256 of the file"), is_plain=True),
        ),
        _spec(
            "access", tr("Access need"), tr("Access needs"),
            RegisterField(
                name="state", label=tr("Was it met?"), sort="choice", required=True,
                choices=(("met", tr("met")), ("partly", tr("met in part")), ("not_met", tr("not met"))),
            ),
            RegisterField(name="reason", label=tr("Why not?")),
        ),
        _spec(
            "missing", tr("Who was missing"), tr("Who was missing"),
            RegisterField(name="reason", label=tr("Why were they missing?"), required=True),
        ),
        _spec(
            "cost", tr("Cost"), tr("What the day cost"),
            RegisterField(name="money", label=tr("How much money?"), sort="money"),
            RegisterField(name="hours", label=tr("How many hours?"), sort="number"),
        ),
        _spec(
            "received", tr("Point that was handed to us"), tr("Points that were handed to us"),
            RegisterField(name="point", label=tr("Which point?"), required=True, is_plain=True),
            RegisterField(
                name="status", label=tr("What became of it?"), sort="choice", required=True, choices=STATUS_CHOICES
            ),
            RegisterField(name="words", label=tr("In words: what was done, is planned or waited for, or why not?")),
            RegisterField(
                name="on", label=tr("When was it done, by when is it planned, or when to ask again?"), sort="date"
            ),
            RegisterField(name="where", label=tr("Where can one see it?")),
            RegisterField(name="to", label=tr("Which body was it passed on to?")),
            RegisterField(name="seen", label=tr("What does the measure say now, and for which period?")),
        ),
    )
}  # fmt: skip
"""Every register, in the order in which they are listed."""

TO_SORT: Final = ""
"""The register of a line that nobody has sorted."""


def spec_of(name: str) -> RegisterSpec | None:
    """The register of that name; None where there is none."""
    return next((each for each in REGISTERS.values() if each.name == name), None)


def register_of(kind: str, entry: EntryRow | None) -> Register | Literal[""]:
    """In which register a note is: where it was sorted, else that of its kind; empty for one to be sorted."""
    if entry is not None:
        return entry.register
    found = spec_of(kind)
    return TO_SORT if found is None else found.name


def register_words(register: str) -> Message:
    """What a line is called by its register."""
    spec = spec_of(register)
    return tr("To be sorted") if spec is None else spec.one


CONTESTED: Final = ("concern", "tension")
"""Worries, and what some hold against others: it stays what it is and as it was said, for whoever said it."""


def read_fields(spec: RegisterSpec, typed: Mapping[str, str]) -> Fields:
    """What was typed, as it is kept: in the order of the register, and without what was left empty.

    Raises:
        FieldWrong: it does not fit, or the register has no such field; the words say which and why.
    """
    for name in typed:
        if spec.field(name) is None:
            raise FieldWrong(name, tr("“{register}” has no such field.", register=spec.one))
    read = {field.name: read_value(field, typed.get(field.name, "")) for field in spec.fields}
    _together(spec, read)
    return {name: value for name, value in read.items() if value}


def _together(spec: RegisterSpec, read: Fields) -> None:
    """Pass if what only shows when all of it is read together fits.

    Raises:
        FieldWrong: it does not.
    """
    # Where the line itself says what and why, its words are in no field: whoever knows the line looks at that.
    if spec.name == "received" and (wrong := wrong_in(answer_in(read, read["words"] or AS_THE_LINE_SAYS))):
        raise FieldWrong(wrong[0].field, wrong[0].said)
    if spec.name == "option" and read["state"] == "discarded" and not read["reason"]:
        raise FieldWrong("reason", tr("Please say why it was discarded: those who asked for it will read it."))


AS_THE_LINE_SAYS: Final = "-"
"""Stands for the words of a line that were not looked at."""


def answer_in(fields: Mapping[str, str], words: str) -> Answer:
    """What a line of the register "received" says that became of its point, in these words."""
    said = {name: fields.get(name, "") for name in ("on", "where", "to")}
    return Answer(status=status_named(fields.get("status", "")), words=words, **said)


def read_value(field: RegisterField, typed: str) -> str:
    """What was typed into one field, as it is kept; empty for nothing.

    Raises:
        FieldWrong: it does not fit.
    """
    said = clean_line(typed)
    if not has_words(said):
        return ""
    if len(said) > FIELD_LETTERS:
        raise FieldWrong(field.name, too_long(len(said) - FIELD_LETTERS))
    read = said if field.sort == "text" else _READ[field.sort](field, said)
    if not read:
        raise FieldWrong(field.name, _WRONG[field.sort])
    return read


def too_long(over: int) -> Message:
    """That what was typed has so many letters too many."""
    return trn(
        "That is {n} letter too long. Please say it in short.",
        "That is {n} letters too long. Please say it in short.",
        over,
    )


def _choice(field: RegisterField, said: str) -> str:
    return said if said in dict(field.choices) else ""


def _date(field: RegisterField, said: str) -> str:
    del field
    with contextlib.suppress(ValueError):
        return dt.date.fromisoformat(plain_digits(said)).isoformat()
    return ""


def _number(field: RegisterField, said: str) -> str:
    del field
    number = plain_number(said)
    return str(int(number)) if re.fullmatch(r"[0-9]{1,6}", number) else ""


def _money(field: RegisterField, said: str) -> str:
    del field
    amount = plain_number(said).removeprefix("£").strip()
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", amount):
        return ""
    whole, _, rest = amount.partition(".")
    return f"{int(whole)}.{rest:0<2}"


_READ: Final[Mapping[str, Callable[[RegisterField, str], str]]] = {
    "choice": _choice,
    "date": _date,
    "number": _number,
    "money": _money,
}

_WRONG: Final[Mapping[FieldSort, Message]] = {
    "choice": tr("Please choose from the list. Nothing was changed."),
    "date": tr("This is no day we can read. Write it as 24 December 2026, or leave it empty."),
    "number": tr("Please write a whole number, such as 12, or leave it empty."),
    "money": tr("Please write an amount, such as 250 or 12.50, or leave it empty."),
}


def texts_of(entry: EntryRow | None) -> tuple[tuple[RegisterField, str], ...]:
    """What was typed of a line in words, and may tell who somebody is."""
    spec = spec_of(entry.register) if entry is not None else None
    if entry is None or spec is None:
        return ()
    return tuple(
        (each, entry.fields[each.name])
        for each in spec.fields
        if each.sort == "text" and not each.is_plain and each.name in entry.fields
    )


def lacking(register: str, fields: Mapping[str, str]) -> tuple[RegisterField, ...]:
    """What a line still lacks in its register."""
    spec = spec_of(register)
    return () if spec is None else tuple(each for each in spec.fields if each.required and not fields.get(each.name))


def said_fields(register: str, fields: Mapping[str, str]) -> tuple[tuple[RegisterField, Text], ...]:
    """What is said of a line, field by field, as it is read: the words of a choice, and else what was typed."""
    spec = spec_of(register)
    if spec is None:
        return ()
    return tuple(
        (each, dict(each.choices).get(fields[each.name], fields[each.name])) for each in spec.fields
        if fields.get(each.name)
    )  # fmt: skip
