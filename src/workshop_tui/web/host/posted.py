"""From a posted form of the host page to the command it asks for: strictly, and with words for what does not fit."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Message, Text, tr
from workshop_tui.room.desk import note_line
from workshop_tui.room.queue import queue_entry
from workshop_tui.room.room import Room
from workshop_tui.views.act import Field, Question, Subject, Typed, Way
from workshop_tui.views.acts import way_named
from workshop_tui.views.asking import question
from workshop_tui.views.items import CHOOSE, idea_words
from workshop_tui.views.moment import Moment
from workshop_tui.views.typed_items import lines_in
from workshop_tui.web.http.forms import Raw, one

PAGE_FIELDS: Final = frozenset(
    ("way", "action", "view", "form", "page", "at", "meant", "asked", "confirm", "go", "idea")
)
"""Fields that belong to the page and not to an act."""

TEXTS: Final = frozenset(("text", "say", "access", "options", "words"))
"""Fields that keep their lines; all others are one line."""


class UnknownForm(Exception):
    """A form that this page does not have; nothing was changed."""

    def __init__(self, words: Message) -> None:
        super().__init__(str(words))
        self.words = words


class FieldRefused(CommandRefused):
    """What was typed in one field does not fit.

    Args:
        field: Its name.
        message: Why.
    """

    def __init__(self, field: str, message: Text) -> None:
        super().__init__(message)
        self.field = field


class QuestionFirst(Exception):
    """Something has to be answered before this is done; nothing was changed."""

    def __init__(self, question: Question) -> None:
        super().__init__(str(question.title))
        self.question = question


def posted_command(room: Room, moment: Moment, form: Raw) -> FacilitatorCommand | None:
    """What a posted form asks for; None where the answer was that nothing is to be done.

    Args:
        room: For the contributions and notes it speaks of.
        moment: What the desk sees now.
        form: Its fields, cleaned.

    Raises:
        UnknownForm: no form of ours sends this.
        CommandRefused: what was typed does not fit; the message says what to change.
        QuestionFirst: something has to be answered first.
    """
    try:
        way = way_named(one(form, "way"))
    except KeyError as problem:
        raise UnknownForm(tr("This page does not know that form. Nothing was changed.")) from problem
    allowed = {field.name for field in way.fields} | PAGE_FIELDS | ({way.subject} if way.subject else set())
    if set(form) - allowed:
        raise UnknownForm(tr("This form does not fit. Nothing was changed."))
    here = about(room, moment, way.subject, _one_value(form, way.subject)) if way.subject else moment
    said = _said(room, here, way, form)
    why = way.why_not(here)
    if why is not None:
        raise CommandRefused(why)
    if one(form, "meant") != way.means(here):
        # A window drawn before somebody went on: its button would now do something else than it says.
        raise CommandRefused(tr("Something changed meanwhile, so nothing was done. Please look again."))
    wrong = way.wrong(said)
    if wrong is not None:
        raise FieldRefused(*wrong)
    return _answered(here, way.make(here, said), form)


def about(room: Room, moment: Moment, subject: Subject, key: str) -> Moment:
    """The moment with the one of several that an act is about; without it where it is not there."""
    match subject:
        case "line":
            return replace(moment, line=moment.line_of(key))
        case "entry":
            row = room.tables.contributions.get(key)
            return replace(moment, entry=queue_entry(room, row) if row is not None else None)
        case "note":
            note = next((note for note in room.tables.notes if note.key == key), None)
            return replace(moment, note=note_line(note) if note is not None else None)
        case "vote":
            return replace(moment, vote=next((vote for vote in moment.snapshot.left_open if vote.round == key), None))


def _said(room: Room, moment: Moment, way: Way, form: Raw) -> Typed:
    said = {field.name: _value(moment, field, form) for field in way.fields}
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
