"""A day on which every form was filled with words of its own: none of them, no key and no vote is in the journal."""

from __future__ import annotations

import ast
import asyncio
import base64
import logging
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints
from unittest import mock

import msgspec
import pytest

from tests.record.canaries import forms_of_host_templates
from tests.record.day import Logged, Pair, RecordedDay, at_the_console, flat, recorded_day
from tests.storage.samples import whole_day
from tests.tui.desk_room import press, settle
from tests.web.phones import Phone
from workshop_tui import tui, web
from workshop_tui.activities.registry import KINDS
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.journal import body_of
from workshop_tui.domain.wire import wire_name
from workshop_tui.tui.screens.dialogs import Form

TUI, WEB = (Path(str(package.__file__)).parent for package in (tui, web))


class Played:
    """What is left of the day, each part as it was before the words for the day went."""

    def __init__(self) -> None:
        self.day: RecordedDay
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.log = Logged()

    @property
    def journal(self) -> bytes:
        return flat(self.rows["journal"])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The day, played once."""
    found = Played()
    made = Form.__init__

    def noted(form: Form, *args: Any, **kwargs: Any) -> None:
        code = sys._getframe(1).f_code
        form.__dict__["opened_by"] = f"{Path(code.co_filename).stem}.{code.co_name}"
        made(form, *args, **kwargs)

    root = logging.getLogger()
    root.addHandler(found.log)
    with mock.patch.object(Form, "__init__", noted):
        asyncio.run(play(found, tmp_path_factory.mktemp("day") / "day.workshop"))
    root.removeHandler(found.log)
    return found


async def play(found: Played, path: Path) -> None:
    async with recorded_day(path) as day:
        found.day = day
        phones = [await day.phone() for _ in range(12)]
        async with at_the_console(day) as pair:
            for part in (before_the_start, every_kind, a_tie, ideas_and_questions, changes, the_end):
                await part(day, pair, phones)
        found.rows = await day.rows()


async def before_the_start(day: RecordedDay, pair: Pair, phones: list[Phone]) -> None:
    for key in ("t", "k", "w", "m", "P"):
        await press(day.here, pair, key)
        await day.fill_dialog(pair)
    await day.steps(pair)
    await day.fill_host("note", "present")


async def every_kind(day: RecordedDay, pair: Pair, phones: list[Phone]) -> None:
    for key, each in day.items.items():
        if each.title.startswith("All about"):
            await day.answer_item(phones, key)
    await settle(day.here, *pair)
    await day.steps(pair)


async def a_tie(day: RecordedDay, pair: Pair, phones: list[Phone]) -> None:
    key = next(key for key, each in day.items.items() if each.title == "A tie")
    await day.give(cmd.OpenItem(item=key, vote="close"), cmd.OpenVote(key=b"the key of the tie".ljust(32)))
    for phone, choice in zip(phones, "ab", strict=False):
        await phone.see()
        await phone.vote(choice, f"{key}.1")
    await day.give(cmd.Reveal())
    await settle(day.here, *pair)
    await press(day.here, pair, "T", "up", "up", "enter")
    await day.fill_dialog(pair)
    await day.steps(pair)
    await day.fill_host("tie")
    await press(day.here, pair, "V")
    await day.fill_dialog(pair)
    await day.give(cmd.OpenVote(key=b"another key of the tie".ljust(32)))
    await phones[0].vote("a", f"{key}.2")
    await day.fill_host("void")


async def ideas_and_questions(day: RecordedDay, pair: Pair, phones: list[Phone]) -> None:
    words = list(day.room.tables.contributions.values())
    told = next(row for row in words if row.kind == "vignette")
    await day.give(cmd.HoldPhone(contribution=told.key), cmd.HoldPhone(contribution=told.key, hold=False))
    for kind in ("ideas", "questions"):
        row = next(row for row in words if row.kind == kind)
        await day.give(cmd.Handle(contribution=row.key, handling="approved"))
    await day.fill_host("answer-")
    await settle(day.here, *pair)
    await press(day.here, pair, "s")
    # Those that are approved: an idea and a question, in the order they came.
    await press(day.here, pair, "f", "f")
    screen: Any = pair[0].screen
    if not screen.entry.upvoted:
        await press(day.here, pair, "down")
    await press(day.here, pair, "w")
    await day.fill_dialog(pair)
    await press(day.here, pair, "escape")
    ideas = [key for key, each in day.items.items() if each.title.startswith("Out of")]
    await day.fill_host(f"options-{ideas[1]}")
    await day.give(cmd.OpenItem(item=ideas[0], vote="close"))
    await settle(day.here, *pair)
    await press(day.here, pair, "o")
    for _ in range(2):
        await press(day.here, pair, "a")
        await day.fill_dialog(pair)
    await press(day.here, pair, "space", "down", "space", "m")
    await day.fill_dialog(pair)
    await press(day.here, pair, "tab", "enter")
    await day.fill_dialog(pair)
    await press(day.here, pair, "ctrl+s")
    await day.look()
    await day.steps(pair)
    await day.give(cmd.OpenVote(key=b"the key of ideas".ljust(32)))
    await phones[0].vote("a", f"{ideas[0]}.1")
    await day.give(cmd.CloseVote())


async def changes(day: RecordedDay, pair: Pair, phones: list[Phone]) -> None:
    spare = [key for key, each in day.items.items() if each.title.startswith("Spare")]
    for key in ("d", "z"):
        await settle(day.here, *pair)
        await press(day.here, pair, key, "end", "enter")
        await day.fill_dialog(pair)
        await day.steps(pair, 2)
    await day.fill_host("minutes", f"edit-{spare[0]}", f"skip-{spare[1]}")
    await press(day.here, pair, "u", "u", "U")
    await press(day.here, pair, "i")
    await day.fill_dialog(pair)
    await day.fill_host("insert")
    story = next(row for row in day.room.tables.contributions.values() if row.consent == "C1")
    await day.give(cmd.Retell(contribution=story.key, words=day.canaries.one("command", "retell")))
    await day.give(cmd.PauseRoom(), cmd.ResumeRoom())
    await day.look()


async def the_end(day: RecordedDay, pair: Pair, phones: list[Phone]) -> None:
    await day.fill_host("end-workshop", to_be_refused=True)
    pair[0].action_do("end")
    await settle(day.here, *pair)
    await day.fill_dialog(pair)
    await press(day.here, pair, "t")
    await day.fill_dialog(pair)
    await day.give(cmd.FinishWriteUp(confirm="FINISH"))


def test_every_form_of_the_console_was_filled(played: Played) -> None:
    there = set()
    for path in TUI.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                calls = (each.func for each in ast.walk(function) if isinstance(each, ast.Call))
                if any(isinstance(each, ast.Name) and each.id == "Form" for each in calls):
                    there.add(f"{path.stem}.{function.name}")

    assert there == played.day.dialogs


def test_every_text_field_of_the_host_page_was_filled(played: Played) -> None:
    templates = {path.name: path.read_text() for path in (WEB / "templates" / "host").glob("*.html")}

    there = forms_of_host_templates(templates)

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
    r"|[0-9a-f]{32}"  # words or a note, named by chance
    r"|[ck]\d{5}|n1"  # the same in the sample day
    r"|[a-z]{1,2}\d?"  # an option, as agendas and kinds name them
    r"|[A-Za-z0-9+/]{43}="  # a digest
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
    sample = [event for batch in whole_day() for event in batch if isinstance(event, ev.Journaled)]
    bodies = [str(row["body"]) for row in played.rows["journal"]] + [body_of(event) for event in sample]

    texts = {text for body in bodies for text in texts_in(msgspec.json.decode(body)) if text}

    assert {text for text in texts - allowed if not NAMES.fullmatch(text)} == set()
    assert {msgspec.json.decode(body)["type"] for body in bodies} == {
        wire_name(each) for each in get_args(ev.JournalEvent)
    }
