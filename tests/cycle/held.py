"""Workshops that were held: short ways to note, to sort and to store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from tests.exports.workshops import Workshop
from tests.sessions import an_info
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.storage import key_file
from workshop_tui.storage.session_file import create

Say = Callable[..., str]


def note(day: Workshop, register: str, text: str, **fields: str) -> str:
    """A line of the write-up, sorted."""
    day.pass_min(1)
    key = f"n{len(day.events)}"
    kind = register if register in ("concern", "action", "promise") else "note"
    day.give(cmd.AddNote(key=key, kind=kind, text=text))
    if kind == "note" or fields:
        day.give(cmd.SortNote(note=key, register=register, fields=fields))
    return key


def point(day: Workshop, text: str) -> str:
    return note(day, "point", text, body="Planning group", asked="Say which number", said_by="2")


def held(agenda: Agenda, path: Path, id_: str, *points: str) -> Path:
    """A workshop that was held with this agenda, with these points, and its session file."""
    day = Workshop(agenda)
    day.join("Ann", "Bob", "Cas")
    day.open("i01")
    for each in points:
        point(day, each)
    return stored(day, path, id_)


def stored(day: Workshop, path: Path, id_: str, passphrase: str = "") -> Path:
    """A workshop that people have left, in a session file that is locked where there is a passphrase."""
    day.give(cmd.EndWorkshop(confirm="END"))
    info = replace(an_info(day.state.agenda), id=id_)
    known, key = key_file.new(id_, "", passphrase, "") if passphrase else (None, None)
    store = create(path, info, b"title = 'A test day'", b"k" * 32, known=known, key=key)
    store.commit(day.events, 0)
    store.close()
    return path
