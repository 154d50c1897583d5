"""Words: what people sent, what the facilitator keeps, who is here, how to join."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workshop_tui.domain.commands import AddNote, DropNote, NoteKind, SetPresent
from workshop_tui.limits import PEOPLE
from workshop_tui.room.snapshot import QueueFilter
from workshop_tui.tui.flows.votes import is_private
from workshop_tui.tui.screens.dialogs import Blank, Choose, Form
from workshop_tui.tui.screens.join import JoinScreen
from workshop_tui.tui.screens.queue import QueueScreen

if TYPE_CHECKING:
    from workshop_tui.tui.app import ConsoleApp


async def queue(app: ConsoleApp) -> None:
    """Read what people sent, once it is sure that the room cannot read along."""
    await open_queue(app, "unread")


async def open_queue(app: ConsoleApp, which: QueueFilter) -> None:
    """The same, beginning with some of it."""
    if await is_private(app):
        app.push_screen(QueueScreen(app.feed, app.send, app.asked, which))


async def join(app: ConsoleApp) -> None:
    """The square to scan, here: a spare for when there is no projector."""
    app.push_screen(JoinScreen())


async def note(app: ConsoleApp) -> None:
    """Keep a note."""
    await _keep(app, "note", "Note", "What should the report remember?")


async def concern(app: ConsoleApp) -> None:
    """Keep a concern."""
    await _keep(app, "concern", "Concern", "What worries people? Concerns come first in the report.")


async def action(app: ConsoleApp) -> None:
    """Keep an action."""
    await _keep(app, "action", "Action", "What will be done?", with_owner=True)


async def promise(app: ConsoleApp) -> None:
    """Keep a promise."""
    await _keep(app, "promise", "Promise", "What was promised to the room?", with_owner=True)


async def _keep(app: ConsoleApp, kind: NoteKind, title: str, label: str, *, with_owner: bool = False) -> None:
    here = app.desk.snapshot.here
    about = f"With item {here.number}, “{here.item.title}”." if here is not None else "Before the first item."
    blanks, keep = [Blank("text", label)], "Keep (Enter)"
    if with_owner:
        blanks += [Blank("owner", "Who? A role is enough"), Blank("due", "By when?", hint="2026-12-24, or nothing")]
        about, keep = f"{about} Enter goes to the next line, and after the last it keeps.", "Keep (ctrl+s)"
    said = await app.push_screen_wait(Form(title, about, blanks, keep, check=_note_wrong))
    if said is not None:
        await app.send(AddNote(key=secrets.token_hex(16), kind=kind, text=said["text"], owner=said.get("owner", ""),
                               due=said.get("due", "")))  # fmt: skip


def _note_wrong(said: Mapping[str, str]) -> str:
    if not said["text"]:
        return "There are no words yet."
    due = said.get("due", "")
    try:
        if due:
            dt.date.fromisoformat(due)
    except ValueError:
        return "Please write the date as 2026-12-24, or leave it empty."
    return ""


async def drop_note(app: ConsoleApp) -> None:
    """Choose a note and take it back."""
    notes = {each.key: each for each in reversed(app.desk.snapshot.notes)}
    if not notes:
        app.say("There are no notes yet.", ok=False)
        return
    chosen = await app.push_screen_wait(
        Choose("Take which note back?", "Newest first. It stays in the file, marked; u puts it back.",
               [*((key, f"{each.kind.upper()} {each.text}") for key, each in notes.items()), ("", "None of them")],
               start="")
    )  # fmt: skip
    if chosen in notes:
        await app.send(DropNote(key=chosen))


async def present(app: ConsoleApp) -> None:
    """Say how many people are in the room."""
    now = app.desk.snapshot.present
    said = await app.push_screen_wait(
        Form(
            "People in the room",
            "Count everybody who could answer, on a phone, on paper or with help. Empty: not known; "
            "answers are then held against the phones.",
            [Blank("people", "How many?", "" if now is None else str(now))],
            "Keep (Enter)",
            check=_people_wrong,
        )
    )
    if said is not None:
        await app.send(SetPresent(people=int(said["people"]) if said["people"] else None))


def _people_wrong(said: Mapping[str, str]) -> str:
    people = said["people"]
    good = not people or (people.isascii() and people.isdigit() and int(people[:6]) <= PEOPLE)
    return "" if good else f"Please give a number from 0 to {PEOPLE}, or nothing."
