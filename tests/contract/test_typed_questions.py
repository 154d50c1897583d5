"""A question made on the day can be of every kind: all that a kind can be told can be typed and chosen at a desk."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from msgspec.structs import replace

from tests.contract.test_kinds import every_kind
from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_agenda, an_info, item
from tests.views.test_acts import seen
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import AnyKind, settings_of
from workshop_tui.domain.agenda import Activity
from workshop_tui.domain.asking import as_data
from workshop_tui.domain.exact import Exact
from workshop_tui.errors import CommandRefused
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import Message
from workshop_tui.room.room import Room
from workshop_tui.views.items import EDIT, INSERT
from workshop_tui.views.moment import Moment
from workshop_tui.views.typed_config import fields_of


async def a_running_room() -> Room:
    room = a_room(MemoryStore(an_info(an_agenda(item(1, "Which first")))), FakeClock())
    await room.start()
    return room


def holding(moment: Moment, kind: AnyKind) -> Moment:
    """The moment with an item that asks the worked example of a kind."""
    activity = Activity(kind=kind.kind, config=as_data(kind.examples().config))
    line = moment.snapshot.items[0]
    return replace(moment, line=replace(line, item=replace(line.item, activity=activity)))


@every_kind
async def test_the_example_of_every_kind_can_be_typed_as_a_new_question(kind: AnyKind) -> None:
    room = await a_running_room()
    empty = seen(room)
    # What stands in the form of an item that holds the example is what somebody types to get it.
    about = holding(empty, kind)
    typed = {field.name: field.usual(about) for field in EDIT.asked(about, {})}
    asked = {field.name for field in INSERT.asked(empty, {"kind": kind.kind})}

    assert {name for name in typed if name not in asked} == set()
    wrong = INSERT.wrong(empty, {**typed, "question": "And now?"})
    command = INSERT.make(empty, {**typed, "question": "And now?", "title": "", "after": "i01"})
    await room.submit(replace(command, at=room.clock.now_ms()))
    made = room.state.items[1].item
    await room.close()

    assert wrong is None
    assert made.activity == Activity(kind=kind.kind, config=as_data(kind.examples().config))


@every_kind
def test_a_desk_asks_for_every_key_of_a_kind_or_the_kind_says_that_it_has_no_use_for_it(kind: AnyKind) -> None:
    told = {name for each in kind.config_type.__mro__ for name in each.__dict__.get("settings", ())}

    unsaid = sorted(set(kind.config_type.__struct_fields__) - told)
    assert not unsaid, f"`settings` of the config says nothing of {unsaid}: a `Setting`, or None if nobody is asked"
    assert set(settings_of(kind.config_type)) <= {field.name for field in fields_of(kind)}


@every_kind
def test_every_choice_has_words_of_its_own(kind: AnyKind) -> None:
    for field in msgspec.structs.fields(kind.config_type):
        setting = settings_of(kind.config_type).get(field.name)
        for value in getattr(field.type, "__args__", ()) if setting is not None and setting.choices else ():
            assert isinstance(setting.choices[value], Message)


@every_kind
async def test_fields_of_a_kind_are_called_like_no_field_of_an_item(kind: AnyKind) -> None:
    names = [field.name for field in (*INSERT.fields, *fields_of(kind))]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("budget", {"options": "A\nB", "costs": "1,000\n20", "cap": "5000"}, "costs"),
        ("budget", {"options": "A\nB", "costs": "10\n20", "cap": "0"}, "cap"),
        ("budget", {"options": "A\nB", "costs": "10\n20", "cap": ""}, "cap"),
        ("rank", {"options": "A\nB", "pick": "three"}, "pick"),
        ("single", {"options": "Only one"}, "options"),
        ("scale", {"labels": ""}, "labels"),
        ("form", {"fields": "- an answer without a question"}, "fields"),
        ("vignette", {"labels": "how it felt"}, "labels"),
    ],
)
async def test_what_does_not_fit_names_the_field_it_is_about(kind: str, typed: dict[str, str], field: str) -> None:
    room = await a_running_room()
    moment = seen(room)
    await room.close()
    said = {each.name: each.usual(moment) for each in INSERT.asked(moment, {"kind": kind})}
    said |= {**typed, "kind": kind, "question": "And now?"}

    found = INSERT.wrong(moment, said)
    if found is None:
        with pytest.raises(CommandRefused) as refused:
            INSERT.make(moment, said)
        found = (refused.value.field, refused.value.message)

    assert found[0] == field
    assert str(found[1])


SCRIPTS = {
    "Persian": str.maketrans("0123456789.", "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9\u066b"),
    "Bengali": {ord("0") + digit: 0x9E6 + digit for digit in range(10)},
    "wide": {ord(sign): 0xFF00 + ord(sign) - 0x20 for sign in "0123456789.-+"},
}


def numbers_of(kind: AnyKind) -> set[str]:
    """The fields of a kind in which nothing but numbers is typed."""
    types = {each.name: each.type for each in msgspec.structs.fields(kind.config_type)}
    numeric = {name for name, wanted in types.items() if wanted in (int, Exact) or get_args(wanted)[:1] in NUMBERS}
    return numeric & {field.name for field in fields_of(kind)}


NUMBERS = ((int,), (Exact,))


def test_every_field_that_is_read_as_a_number_is_among_those_typed_here() -> None:
    read = {
        (name, field.name)
        for name, kind in KINDS.items()
        for field in fields_of(kind)
        if field.kind == "number" or (field.kind == "lines" and field.wrong("x") is not None and not field.wrong("7"))
    }

    assert read == {(name, field) for name, kind in KINDS.items() for field in numbers_of(kind)}
    assert len(read) > 10


@pytest.mark.parametrize("script", SCRIPTS)
@every_kind
async def test_every_number_of_a_kind_can_be_typed_in_the_digits_of_any_script(kind: AnyKind, script: str) -> None:
    room = await a_running_room()
    empty = seen(room)
    await room.close()
    about = holding(empty, kind)
    plain = {field.name: field.usual(about) for field in EDIT.asked(about, {})}
    plain |= {"question": "And now?", "title": "", "after": "i01", "minutes": "25"}
    typed = {
        name: value.translate(SCRIPTS[script]) if name in {"minutes", *numbers_of(kind)} else value
        for name, value in plain.items()
    }

    assert typed["minutes"] != plain["minutes"]
    assert INSERT.wrong(empty, typed) is None
    assert INSERT.make(empty, typed) == INSERT.make(empty, plain)


@pytest.mark.parametrize("script", SCRIPTS)
async def test_amounts_with_decimals_can_be_typed_in_any_script(script: str) -> None:
    room = await a_running_room()
    moment = seen(room)
    await room.close()
    said = {each.name: each.usual(moment) for each in INSERT.asked(moment, {"kind": "budget"})}
    said |= {"kind": "budget", "question": "And now?", "options": "A\nB", "costs": "600.50\n75", "cap": "1000.25"}
    typed = {**said, **{name: said[name].translate(SCRIPTS[script]) for name in ("costs", "cap")}}

    made = INSERT.make(moment, typed)

    assert made == INSERT.make(moment, said)
    assert isinstance(made, cmd.InsertItem)
    assert made.item.activity is not None
    assert made.item.activity.config["cap"] == "1000.25"


async def test_digits_of_another_script_are_numbers_here_too() -> None:
    room = await a_running_room()
    moment = seen(room)
    await room.close()
    said = {each.name: each.usual(moment) for each in INSERT.asked(moment, {"kind": "budget"})}
    said |= {"kind": "budget", "question": "And now?", "options": "A\nB"}
    said |= {"costs": "\u0661\u0660\n\u0662\u0660", "cap": "\u0663\u0660"}

    made = INSERT.make(moment, said)

    assert isinstance(made, cmd.InsertItem)
    assert made.item.activity is not None
    assert (made.item.activity.config["costs"], made.item.activity.config["cap"]) == ([10, 20], 30)


def test_every_kind_of_the_registry_can_be_chosen() -> None:
    kind = next(field for field in INSERT.fields if field.name == "kind")

    assert {choice.key for choice in kind.choices(None)} == {"", *KINDS}  # type: ignore[arg-type]
