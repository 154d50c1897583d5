"""What happens on the day, form by form."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from tests.record.day import Logged, Pair, RecordedDay, at_the_console, flat, recorded_day
from tests.tui.desk_room import by_name, press, settle
from tests.web.phones import Phone
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.shade import ShadeScreen


class Played:
    """What is left of the day."""

    def __init__(self) -> None:
        self.day: RecordedDay
        self.before: dict[str, list[dict[str, Any]]] = {}
        """Every row, before the write-up was finished."""
        self.rows: dict[str, list[dict[str, Any]]] = {}
        """Every row at the end."""
        self.log = Logged()

    @property
    def journal(self) -> bytes:
        return flat(self.rows["journal"])


def play_the_day(path: Path) -> Played:
    """The whole of it."""
    found = Played()
    root = logging.getLogger()
    root.addHandler(found.log)
    asyncio.run(_play(found, path))
    root.removeHandler(found.log)
    return found


async def _play(found: Played, path: Path) -> None:
    async with recorded_day(path) as day:
        found.day = day
        phones = [await day.phone() for _ in range(12)]
        async with at_the_console(day) as pair:
            await before_the_start(day, pair)
        await every_kind(day, phones)
        async with at_the_console(day) as pair:
            await day.steps(pair)
            await a_tie(day, pair, phones)
            await ideas_and_questions(day, pair, phones)
            await changes(day, pair)
            await the_end(day, pair)
            found.before = await day.rows()
            await _do(day, pair, "finish")
            await day.fill_dialog(pair)
        found.rows = await day.rows()


async def before_the_start(day: RecordedDay, pair: Pair) -> None:
    for key in ("t", "k", "w", "m", "P"):
        await press(day.here, pair, key)
        await day.fill_dialog(pair)
    await day.steps(pair)
    await day.fill_host("note", "concern", "action", "promise", "present")


async def every_kind(day: RecordedDay, phones: list[Phone]) -> None:
    for key, each in day.items.items():
        if each.title.startswith("All about"):
            await day.answer_item(phones, key)


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
        await day.give(cmd.Moderate(contribution=row.key, handling="approved"))
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


async def changes(day: RecordedDay, pair: Pair) -> None:
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
    await press(day.here, pair, "s", "f", "f", "f", "f", "t")
    await day.fill_dialog(pair)
    await press(day.here, pair, "u", "escape")
    await press(day.here, pair, "s", "f", "f", "t")
    await day.fill_dialog(pair)
    await press(day.here, pair, "escape")
    await day.fill_host("retell-", "reword-")
    await naming(day, pair)
    await safety(day, pair)
    await day.give(cmd.PauseRoom(), cmd.ResumeRoom())
    await settle(day.here, *pair)
    if isinstance(pair[0].screen, ShadeScreen):
        await press(day.here, pair, "escape")
    await day.look()


async def naming(day: RecordedDay, pair: Pair) -> None:
    words = "Ring 01632 960 001, or 01632 960 002, or else 01632 960 003."
    await day.give(cmd.AddNote(key="0" * 31 + "e", kind="note", text=words))
    await settle(day.here, *pair)
    await press(day.here, pair, "s")
    screen: Any = pair[0].screen
    screen._which, screen._kind = "all", "note"
    screen.reload()
    await settle(day.here, *pair)
    while "01632" not in str(screen.entry):
        await press(day.here, pair, "down")
    await press(day.here, pair, "e")
    await day.fill_dialog(pair)
    await press(day.here, pair, "escape")
    await day.fill_host("say_otherwise-")


async def safety(day: RecordedDay, pair: Pair) -> None:
    await press(day.here, pair, "S")
    await day.fill_dialog(pair)
    await _do(day, pair, "follow_up")
    await day.fill_dialog(pair)
    await _do(day, pair, "paper")
    await day.fill_dialog(pair)
    await press(day.here, pair, "escape")
    await day.fill_host("safety_entry-", "safeguard", "follow_up", "enter_story")
    await press(day.here, pair, "s")
    screen: Any = pair[0].screen
    screen._which, screen._kind = "all", "vignette"
    screen.reload()
    await settle(day.here, *pair)
    while not screen.entry.may_show:
        await press(day.here, pair, "down")
    for key in ("W", "S"):
        await press(day.here, pair, key)
        await day.fill_dialog(pair)
    await press(day.here, pair, "escape")


async def _do(day: RecordedDay, pair: Pair, name: str) -> None:
    """What the palette does; whatever waits to be looked at first is passed over."""
    pair[0].press(by_name(name))
    await settle(day.here, *pair)
    if isinstance(pair[0].screen, Choose):
        await press(day.here, pair, "end", "up", "enter")


async def the_end(day: RecordedDay, pair: Pair) -> None:
    await day.fill_host("end-workshop", to_be_refused=True)
    await _do(day, pair, "end")
    await day.fill_dialog(pair)
    await day.fill_host("finish-write-up", to_be_refused=True)
    await press(day.here, pair, "t")
    await day.fill_dialog(pair)
