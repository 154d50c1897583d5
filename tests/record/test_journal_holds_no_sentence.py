"""A day on which every form was filled with words of its own: none of them, no key and no vote is in the journal."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from tests.record.canaries import forms_of_the_host_page
from tests.record.day import flat
from tests.record.played import Played
from tests.storage.samples import whole_day
from workshop_tui import web
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.journal import body_of
from workshop_tui.domain.wire import wire_name
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.codes import CODE_LETTERS
from workshop_tui.views.acts import ACTS
from workshop_tui.views.reading import ON_ENTRY

WEB = Path(str(web.__file__)).parent


WITHOUT_A_FORM = {"longer", "shorter", "catch_up", "options"}
"""Ways with fields that the console does otherwise: a minute each, a plan chosen from a list, options made of ideas."""


def test_every_form_of_the_console_was_filled(played: Played) -> None:
    there = {way.name for act in (*ACTS, *ON_ENTRY) for way in act.ways if way.fields} - WITHOUT_A_FORM

    assert played.day.dialogs == there | {"confirm", "option"}


def test_every_text_field_of_the_host_page_was_filled(played: Played) -> None:

    there = forms_of_the_host_page()

    assert there - set(played.day.canaries.places.values()) == set()
    assert len(there) > 15


def test_every_kind_that_asks_for_words_was_given_some(played: Played) -> None:
    asked = {form.removeprefix("phone ") for form, _ in played.day.canaries.places.values() if form[:6] == "phone "}

    assert asked >= {"vignette", "ideas", "questions", "private", "pledge", "impact", "consensus"}


def test_what_was_typed_went_into_the_tables(played: Played) -> None:
    assert played.day.canaries.texts() - played.day.went_in == set()


def test_no_word_that_was_typed_is_in_the_journal(played: Played) -> None:
    journal = played.journal

    assert {canary: place for canary, place in played.day.canaries.places.items() if canary.encode() in journal} == {}


def test_no_key_no_vote_and_no_name_of_a_phone_is_in_the_journal(played: Played) -> None:
    journal, secrets = played.journal, {each for each in played.day.secrets if len(each) > 3}
    written = {
        form
        for each in secrets
        for form in (each, each.hex().encode(), base64.b64encode(each), each.replace(b'"', b'\\"'))
    }

    assert len(secrets) > 100
    assert [each for each in written if each in journal] == []


def test_no_class_name_is_in_the_journal(played: Played) -> None:
    types = (*get_args(cmd.Command), *get_args(ev.Event), *get_args(steps.Step))
    text = played.journal.decode("latin-1")

    assert [each.__name__ for each in types if f'"{each.__name__}"' in text] == []
    assert {row["verb"] for row in played.rows["journal"]} <= {wire_name(each) for each in get_args(ev.JournalEvent)}


def test_what_lines_of_the_journal_are_about_stands_beside_it(played: Played) -> None:
    worded = {wire_name(each) for each in get_args(ev.JournalEvent) if issubclass(each, ev.Worded)}
    lines = {row["seq"] for row in played.rows["journal"] if row["verb"] in worded}
    content = {row["seq"]: msgspec.json.decode(row["content"]) for row in played.rows["journal_content"]}

    assert set(content) == lines
    assert all(content.values())
    said = {place for canary, place in played.day.canaries.places.items() if canary in str(content)}
    assert {("tie", "reason"), ("void", "reason"), ("skip", "reason"), ("insert", "say")} <= said


def test_no_word_that_was_typed_is_in_the_log(played: Played) -> None:
    assert [canary for canary in played.day.canaries.places if canary in played.log.text] == []


NAMES = re.compile(
    r"i\d\d+(\.\d+)?"  # an item, or a round of it
    r"|(answer\.)?[0-9a-f]{32}"  # words or a note, named by chance; the answer to a question by that
    r"|\d{4}-\d\d-\d\d"  # the last day on which a session is kept
    r"|(answer\.)?[ck]\d{5}|n1"  # the same in the sample day
    r"|[a-z]{1,2}\d?"  # an option, as agendas and kinds name them
    r"|[A-Za-z0-9+/]{43}="  # a digest
    rf"|[{CODE_LETTERS}]{{4,6}}"  # a join code, made by chance and read by the whole room
)


def words_of(types: Sequence[object]) -> set[str]:
    """Every word that a closed list of them allows, in the fields of these types and of what those hold."""
    found: set[str] = set()
    todo: list[Any] = list(types)
    while todo:
        each = todo.pop()
        if get_origin(each) is Literal:
            found |= {word for word in get_args(each) if isinstance(word, str)}
        elif isinstance(each, type) and issubclass(each, msgspec.Struct):
            hidden = getattr(each, "content", ())
            todo += [hint for name, hint in get_type_hints(each).items() if name not in hidden]
        todo += [inner for inner in get_args(each) if not isinstance(inner, str)]
    return found


def texts_in(data: object) -> Iterator[str]:
    """Every text in plain data, but for the names of fields."""
    if isinstance(data, str):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from texts_in(each)


def test_every_text_in_a_line_of_the_journal_is_a_name_or_of_a_closed_list(played: Played) -> None:
    allowed = words_of(get_args(ev.JournalEvent)) | {wire_name(each) for each in get_args(ev.JournalEvent)} | {*KINDS}
    # Ids of points that the agenda names.
    allowed |= {each.id for each in played.day.room.state.agenda.received}
    sample = [event for batch in whole_day() for event in batch if isinstance(event, ev.Journaled)]
    bodies = [str(row["body"]) for row in played.rows["journal"]] + [body_of(event) for event in sample]

    texts = {text for body in bodies for text in texts_in(msgspec.json.decode(body)) if text}

    assert {text for text in texts - allowed if not NAMES.fullmatch(text)} == set()
    assert {msgspec.json.decode(body)["type"] for body in bodies} == {
        wire_name(each) for each in get_args(ev.JournalEvent)
    }


def test_no_word_that_was_typed_is_in_what_is_counted(played: Played) -> None:
    counted = flat(row for table in ("ballot", "sealed_count", "sealing") for row in played.before[table])

    assert [place for canary, place in played.day.canaries.places.items() if canary.encode() in counted] == []
