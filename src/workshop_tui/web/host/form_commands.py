"""From a form of the host page to a command: strictly, and with words for what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, get_args

import msgspec

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.wire import wire_name
from workshop_tui.errors import CommandRefused
from workshop_tui.room.clock import random_name
from workshop_tui.room.room import Room
from workshop_tui.web.host.items import Form, chosen_options, edited_item, new_item, whole_number
from workshop_tui.web.http.forms import one

HOST_COMMANDS: Final[Mapping[str, type[FacilitatorCommand]]] = {
    wire_name(kind): kind for kind in get_args(FacilitatorCommand) if kind is not cmd.ClockMoved
}
"""What the host page can ask for, by the name in its forms: everything but what the room tells itself."""

PAGE_FIELDS: Final = frozenset(("command", "action", "view", "form", "section", "sure", "go"))
"""Fields that belong to the page and not to a command."""

TEXTS: Final = frozenset(("text", "say", "access", "options", "words"))
"""Fields that keep their lines; all others are one line."""


class UnknownForm(Exception):
    """A form that this page does not have; the words say what."""


def read_command(room: Room, form: Form) -> FacilitatorCommand:
    """The command a posted form stands for.

    Args:
        room: For the items and ideas it speaks of.
        form: Its fields, cleaned.

    Raises:
        UnknownForm: no form of ours sends this.
        CommandRefused: what was typed does not fit; the message says what to change.
    """
    name = one(form, "command")
    kind = HOST_COMMANDS.get(name)
    if kind is None:
        raise UnknownForm("This page does not know that form. Nothing was changed.")
    _check_sure(name, form)
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(room, form)
    data: dict[str, object] = {}
    for field, given in form.items():
        if field in PAGE_FIELDS or field in cmd.EDGE_FIELDS:
            continue
        if len(given) != 1:
            raise UnknownForm("This form came in twice or half. Nothing was changed.")
        data[field] = given[0]
    return _convert(kind, data)


def _convert(kind: type[FacilitatorCommand], data: dict[str, object]) -> FacilitatorCommand:
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError as problem:
        raise UnknownForm(f"This form does not fit ({problem}). Nothing was changed.") from problem


def _check_sure(name: str, form: Form) -> None:
    if name == "reveal" and one(form, "sure") != "yes":
        raise CommandRefused(
            "Please tick “Show the result to the room” first: people cannot unsee it. Nothing was changed."
        )


# Commands that are more than their fields. ------------------------------------------------------------


def _open_vote(room: Room, form: Form) -> FacilitatorCommand:
    del room, form
    return cmd.OpenVote(key=b"")


def _add_minutes(room: Room, form: Form) -> FacilitatorCommand:
    del room
    minutes = whole_number(one(form, "minutes"), "Minutes")
    return cmd.AddMinutes(minutes=-minutes if one(form, "way") == "less" else minutes)


def _set_minutes(room: Room, form: Form) -> FacilitatorCommand:
    del room
    minutes: list[tuple[str, int]] = []
    for each in form.get("minutes", ()):
        key, _, number = each.partition(":")
        minutes.append((key, whole_number(number, "Minutes")))
    if not minutes:
        raise UnknownForm("This form came in without its times. Nothing was changed.")
    return cmd.SetMinutes(minutes=tuple(minutes))


def _set_present(room: Room, form: Form) -> FacilitatorCommand:
    del room
    typed = one(form, "people").strip()
    return cmd.SetPresent(people=whole_number(typed, "People in the room") if typed else None)


def _choose_options(room: Room, form: Form) -> FacilitatorCommand:
    return cmd.ChooseOptions(item=one(form, "item"), options=chosen_options(room, form))


def _insert_item(room: Room, form: Form) -> FacilitatorCommand:
    return cmd.InsertItem(item=new_item(room, form), after=one(form, "after"))


def _edit_item(room: Room, form: Form) -> FacilitatorCommand:
    return cmd.EditItem(item=edited_item(room, form))


def _add_note(room: Room, form: Form) -> FacilitatorCommand:
    del room
    fields = {name: one(form, name) for name in ("kind", "text", "owner", "due")}
    return _convert(cmd.AddNote, {**fields, "key": random_name()})


_READERS: Final[Mapping[type[FacilitatorCommand], Callable[[Room, Form], FacilitatorCommand]]] = {
    cmd.OpenVote: _open_vote,
    cmd.AddMinutes: _add_minutes,
    cmd.SetMinutes: _set_minutes,
    cmd.SetPresent: _set_present,
    cmd.ChooseOptions: _choose_options,
    cmd.InsertItem: _insert_item,
    cmd.EditItem: _edit_item,
    cmd.AddNote: _add_note,
}
"""How to read commands whose fields are made here or are not plain words."""
