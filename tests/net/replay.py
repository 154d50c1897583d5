"""Plays the day once, and gives everything that was seen of it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.net.day import Day
from tests.net.script import the_day
from tests.net.seen import Seen
from workshop_tui.domain.commands import Command
from workshop_tui.storage.records import read_record


class Replay(NamedTuple):
    """A day that was played."""

    pages: dict[str, str]
    """Everything seen of it, by the name of its golden page."""
    given: set[type[Command]]
    """What sorts of commands were given."""


def replay(folder: Path) -> Replay:
    """Play the day over a session file in an empty folder."""
    with in_utc():
        return asyncio.run(_replay(folder))


async def _replay(folder: Path) -> Replay:
    day = Day(folder)
    seen = Seen(day)
    try:
        await the_day(day, seen)
    finally:
        await day.close()
    seen.export("ended", read_record(day.path))
    return Replay(seen.pages, day.given)


@contextmanager
def in_utc() -> Iterator[None]:
    """Desks say times by the clock of their machine: here it stands in no place."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        del os.environ["TZ"]
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()
