"""From a posted form of the host page to the command it asks for: strictly, and with words for what does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, get_args

from msgspec.structs import replace

from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.points import TieKind
from workshop_tui.domain.text import plain_digits
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Message, Translator, tr
from workshop_tui.room.desk import note_line
from workshop_tui.room.queue import entry_of, queue_entry
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.received import received
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import NoteLine
from workshop_tui.views.act import Act, Answer, Field, Question, Subject, Typed, Way
from workshop_tui.views.acts import ACTS, act_named, way_named
from workshop_tui.views.asking import question
from workshop_tui.views.days import day_of, read_day, that_is
from workshop_tui.views.items import CHOOSE, idea_words
from workshop_tui.views.moment import Moment
from workshop_tui.views.reading import ON_ENTRY
from workshop_tui.views.typed import lines_in
from workshop_tui.views.typed_config import FieldRefused, fields_of
from workshop_tui.views.typed_items import kinds
from workshop_tui.views.writing_up import SORT_ALIKE, TIE, UNTIE, sorting, tying
from workshop_tui.web.http.forms import Raw, one

LOOK: Final = "look"
"""The button that shows what a choice asks for."""

PAGE_FIELDS: Final = frozenset(
    ("way", "action", "view", "form", "page", "at", "meant", "asked", "confirm", "go", "idea", LOOK, "drawn", "of")
)
"""Fields that belong to the page and not to an act."""

SEVERAL: Final = ("approve", "hold", "unread")
"""The acts that can be done with several texts at once."""

_FIELDS_OF_SEVERAL: Final = frozenset(("action", "view", "form", "page", "at", "act", "entry", "shown", "all"))


_FIELDS_OF_LINES: Final = frozenset(("action", "view", "form", "page", "at", "note", "shown", "all"))
_FIELDS_OF_SORTING: Final = frozenset(("action", "view", "form", "page", "at", "note", "drawn", LOOK))
_FIELDS_OF_TIES: Final = frozenset(("action", "view", "form", "page", "at", "act", "note", "evidence"))


def _texts() -> frozenset[str]:
    fields = [field for act in (*ON_ENTRY, *ACTS) for way in act.ways for field in way.fields]
    fields += [field for kind in kinds().values() for field in fields_of(kind)]
    return frozenset(field.name for field in fields if field.kind == "lines")


TEXTS: Final = _texts()
"""Fields that keep their lines; all others are one line."""


class UnknownForm(Exception):
    """A form that this page does not have; nothing was changed."""

    def __init__(self, words: Message) -> None:
        super().__init__(str(words))
        self.words = words


class FieldsFirst(Exception):
    """What a choice asks for is to be shown; nothing was changed."""


class QuestionFirst(Exception):
    """Something has to be answered before this is done; nothing was changed."""

    def __init__(self, question: Question) -> None:
        super().__init__(str(question.title))
        self.question = question


def posted_command(room: Room, moment: Moment, form: Raw, translator: Translator) -> FacilitatorCommand | None:
    """What a posted form asks for; None where the answer was that nothing is to be done.

    Args:
        room: For the contributions and notes it speaks of.
        moment: What the desk sees now.
        form: Its fields, cleaned.
        translator: The facilitator's language: how days are written there.

    Raises:
        UnknownForm: no form of ours sends this.
        CommandRefused: what was typed does not fit; the message says what to change.
        FieldsFirst: the form is to be shown with the fields that a choice in it asks for.
        QuestionFirst: something has to be answered first.
    """
    try:
        way = way_named(one(form, "way"))
    except KeyError as problem:
        raise UnknownForm(tr("This page does not know that form. Nothing was changed.")) from problem
    here = about(room, moment, way.subject, _one_value(form, way.subject)) if way.subject else moment
    drawn, chosen = _fields(way, here, form)
    allowed = {field.name for field in (*drawn, *chosen)} | PAGE_FIELDS | ({way.subject} if way.subject else set())
    if set(form) - allowed:
        raise UnknownForm(tr("This form does not fit. Nothing was changed."))
    if LOOK in form:
        raise FieldsFirst
    said = _said(room, here, way, form, drawn, chosen)
    days = _days(chosen, said, here, translator)
    said = {**said, **{name: day.isoformat() for name, day in days.items()}}
    why = way.why_not(here)
    if why is not None:
        raise CommandRefused(why)
    if way.subject and getattr(here, way.subject) is None:
        # An act may fit another one that is there; this form was about one that is gone.
        raise CommandRefused(tr("That is not there any more, so nothing was done. Please look again."))
    if one(form, "meant") != way.means(here):
        # A window drawn before somebody went on: its button would now do something else than it says.
        raise CommandRefused(tr("Something changed meanwhile, so nothing was done. Please look again."))
    wrong = way.wrong(here, said)
    if wrong is not None:
        raise FieldRefused(*wrong)
    command = way.make(here, said)
    _check_days(days, command, form)
    return _answered(here, command, form)


def _days(fields: Sequence[Field], said: Typed, moment: Moment, translator: Translator) -> dict[str, date]:
    """The days that were typed, by their fields, as they were understood."""
    typed = {field.name: said[field.name] for field in fields if field.kind == "day"}
    read = {name: read_day(words, day_of(moment.now), translator) for name, words in typed.items() if words}
    return {name: day for name, day in read.items() if day is not None}


OTHER_DAY: Final = "other-day"
"""The answer that the day was not meant."""


def _check_days(days: Mapping[str, date], command: FacilitatorCommand, form: Raw) -> None:
    """Pass if each day was typed as the room writes it, or was answered to be the one that was meant.

    Raises:
        QuestionFirst: it was not.
        FieldRefused: another one was meant.
    """
    for name, day in days.items():
        answer = one(form, "asked")
        if answer == OTHER_DAY:
            raise FieldRefused(name, tr("Please write the day in another way, such as 24 December 2026."))
        if day.isoformat() not in (plain_digits(one(form, name)).strip(), answer):
            yes = Answer(day.isoformat(), tr("Yes, keep it with this day"), command)
            no = Answer(OTHER_DAY, tr("No, another day was meant"))
            raise QuestionFirst(Question(title=tr("Is this the day?"), words=(that_is(day),), answers=(yes, no)))


def posted_several(room: Room, form: Raw) -> tuple[Act, list[QueueEntry]]:
    """Which act is to be done with which texts of the reading page.

    Raises:
        UnknownForm: no form of ours sends this.
        CommandRefused: nothing is ticked.
    """
    if set(form) - _FIELDS_OF_SEVERAL or one(form, "act") not in SEVERAL:
        raise UnknownForm(tr("This form does not fit. Nothing was changed."))
    keys = form.get("shown" if one(form, "all") else "entry", [])
    entries = [entry for key in dict.fromkeys(keys) if (entry := entry_of(room, key)) is not None]
    if not entries:
        raise CommandRefused(tr("Nothing is ticked, so nothing was changed."))
    return act_named(one(form, "act")), entries


def posted_ties(room: Room, moment: Moment, form: Raw) -> FacilitatorCommand:
    """Which line is to rest on what, or no more.

    Raises:
        UnknownForm: no form of ours sends this.
        CommandRefused: nothing is ticked, or it is too much at once.
    """
    if set(form) - _FIELDS_OF_TIES or one(form, "act") not in ("tie", "untie"):
        raise UnknownForm(tr("This form does not fit. Nothing was changed."))
    named = [each.partition(" ") for each in dict.fromkeys(form.get("evidence", []))]
    kinds_ = get_args(TieKind)
    evidence = [(kind, ref) for kind, _, ref in named if kind in kinds_ and ref]
    if not evidence:
        raise CommandRefused(tr("Nothing is ticked, so nothing was changed."))
    notes = _notes(room, form)
    way = TIE if one(form, "act") == "tie" else UNTIE
    about_ties = tying(moment, [note.key for note in notes], evidence)  # type: ignore[arg-type]  # looked at
    why = way.why_not(about_ties)
    if why is not None:
        raise CommandRefused(why)
    return way.make(about_ties, {})


def _notes(room: Room, form: Raw) -> list[NoteLine]:
    """The lines that a form is about.

    Raises:
        CommandRefused: one of them is not there any more.
    """
    there = {note.key: note for note in room.tables.notes}
    keys = list(dict.fromkeys(form.get("note", [])))
    if not keys or not there.keys() >= set(keys):
        raise CommandRefused(tr("That is not there any more, so nothing was done. Please look again."))
    return [note_line(there[key], room.tables) for key in keys]


def posted_lines(form: Raw) -> str:
    """The lines that were ticked, as the address of the page has them that is about several.

    Raises:
        UnknownForm: no form of ours sends this.
        CommandRefused: nothing is ticked.
    """
    if set(form) - _FIELDS_OF_LINES:
        raise UnknownForm(tr("This form does not fit. Nothing was changed."))
    keys = form.get("shown" if one(form, "all") else "note", [])
    if not keys:
        raise CommandRefused(tr("Nothing is ticked, so nothing was changed."))
    return ",".join(dict.fromkeys(keys))


def posted_sorting(
    room: Room, moment: Moment, form: Raw, translator: Translator, name: str
) -> tuple[FacilitatorCommand, ...]:
    """How several lines are to be sorted alike.

    Args:
        room: For the lines.
        moment: What the desk sees now.
        form: Its fields, cleaned.
        translator: The facilitator's language: how days are written there.
        name: Names the whole, which one undo takes back.

    Raises:
        UnknownForm: no form of ours sends this.
        FieldsFirst: the form is to be shown with the fields that a choice in it asks for.
        CommandRefused: what was typed does not fit, or one of the lines stays where it is.
        QuestionFirst: a day has to be answered first.
    """
    drawn, chosen = _fields(SORT_ALIKE, moment, form)
    if set(form) - {field.name for field in (*drawn, *chosen)} - _FIELDS_OF_SORTING - {"asked", "of"}:
        raise UnknownForm(tr("This form does not fit. Nothing was changed."))
    if LOOK in form:
        raise FieldsFirst
    said = _said(room, moment, SORT_ALIKE, form, drawn, chosen)
    days = _days(chosen, said, moment, translator)
    said = {**said, **{name: day.isoformat() for name, day in days.items()}}
    wrong = SORT_ALIKE.wrong(moment, said)
    if wrong is not None:
        raise FieldRefused(*wrong)
    commands = sorting(moment, _notes(room, form), said, name)
    if not commands:
        raise CommandRefused(tr("They stand so already."))
    _check_days(days, commands[0], form)
    return commands


def about(room: Room, moment: Moment, subject: Subject, key: str) -> Moment:
    """The moment with the one of several that an act is about; without it where it is not there."""
    match subject:
        case "line":
            return replace(moment, line=moment.line_of(key))
        case "entry":
            return replace(moment, entry=entry_of(room, key))
        case "note":
            note = next((note for note in room.tables.notes if note.key == key), None)
            return replace(moment, note=note_line(note, room.tables) if note is not None else None)
        case "point":
            return replace(moment, point=next((each for each in received(room) if each.point.id == key), None))
        case "vote":
            return replace(moment, vote=next((vote for vote in moment.snapshot.left_open if vote.round == key), None))


def not_drawn(room: Room, moment: Moment, form: Raw) -> frozenset[str]:
    """The fields that what was chosen in a form asks for, and that the form did not have."""
    try:
        way = way_named(one(form, "way")) if "way" in form else SORT_ALIKE
        here = about(room, moment, way.subject, one(form, way.subject)) if way.subject else moment
        drawn, chosen = _fields(way, here, form)
    except (KeyError, UnknownForm, FieldRefused):
        return frozenset()
    return frozenset(field.name for field in chosen) - {field.name for field in drawn}


def _fields(way: Way, moment: Moment, form: Raw) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The fields that the form was drawn with, and those that what was chosen in it asks for: often the same."""
    lead = next((field for field in way.fields if field.leads), None)
    if lead is None:
        return way.fields, way.fields
    drawn = one(form, "drawn") if "drawn" in form else lead.usual(moment)
    return way.asked(moment, {lead.name: drawn}), way.asked(moment, {lead.name: _value(moment, lead, form)})


def _said(
    room: Room, moment: Moment, way: Way, form: Raw, drawn: tuple[Field, ...], chosen: tuple[Field, ...]
) -> Typed:
    """What was typed; what the page did not ask for yet is as it would stand there at first."""
    ticks = {field.name for field in drawn if field.kind == "tick"}
    needed = {field.name for field in way.fields} | ticks | form.keys()
    said = {
        field.name: _value(moment, field, form) if field.name in needed else field.usual(moment) for field in chosen
    }
    if way is CHOOSE:
        said["options"] = _with_ideas(room, said["options"], form.get("idea", []))
    return said


def _value(moment: Moment, field: Field, form: Raw) -> str:
    if field.kind == "tick" and field.name not in form:
        return ""
    typed = _one_value(form, field.name)
    is_offered = field.says_all or typed in {choice.key for choice in field.choices(moment)}
    if field.kind == "choice" and not is_offered:
        raise FieldRefused(field.name, tr("Please choose from the list. Nothing was changed."))
    return typed if field.kind == "lines" else typed.strip()


def _one_value(form: Raw, name: str) -> str:
    if len(form.get(name, ())) != 1:
        raise UnknownForm(tr("This form came in twice or half. Nothing was changed."))
    return one(form, name)


def _with_ideas(room: Room, typed: str, keys: list[str]) -> str:
    """The options as typed, then the ticked ideas that are not among them."""
    texts = lines_in(typed)
    for key in keys:
        row = room.tables.contributions.get(key)
        entry = queue_entry(room, row) if row is not None and row.kind == "ideas" else None
        if entry is None:
            raise CommandRefused(tr("One of these ideas is not there any more. Your words are still here."))
        words = idea_words(entry)
        if words.casefold() not in {text.casefold() for text in texts}:
            texts.append(words)
    return "\n".join(texts)


def _answered(moment: Moment, command: FacilitatorCommand, form: Raw) -> FacilitatorCommand | None:
    """The command, once what it needs is answered.

    Raises:
        QuestionFirst: it is not.
    """
    asked = question(moment, command)
    if asked is None:
        return command
    answer = asked.answer(one(form, "asked"))
    if answer is None:
        raise QuestionFirst(asked)
    if asked.word and answer.command is not None:
        why = asked.wrong_word(one(form, "confirm"))
        if why is not None:
            raise FieldRefused("confirm", why)
    return answer.command
