"""Takes pictures of every page of the console, dark and light, in three sizes.

`python docs/pictures/console.py [FOLDER]`: all of them into a folder; without one, the few that the docs show, here.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from make import CHROMIUM, DOTS, FLAGS, HERE, STORIES, Give, room
from PIL import Image
from playwright.async_api import Browser, async_playwright
from textual.pilot import Pilot

from workshop_tui.agendas import shipped_agenda, shipped_file
from workshop_tui.domain import commands as cmd
from workshop_tui.protocol.client import RoomClient
from workshop_tui.rehearsal.crowd import CrowdAsked, crowd
from workshop_tui.rehearsal.phone import Pace
from workshop_tui.runtime import running
from workshop_tui.tui.app import ConsoleApp

SIZES = ((80, 24), (100, 30), (140, 45))
THEMES = {"dark": "textual-dark", "light": "textual-light", "ansi": "ansi-dark"}

PAGES: dict[str, tuple[str, ...]] = {
    "run": ("l",),
    "read": ("2",),
    "record": ("3",),
    "help": ("question_mark",),
    "reveal": ("r",),
    "action": ("w",),
    "ask": ("i",),
    "agenda": ("a",),
    "join": ("j",),
    "catch-up": ("c",),
}
"""What is pressed to come to each, from the first page."""

IN_DOCS = {("run", "dark", (100, 30)), ("run", "light", (140, 45)), ("read", "dark", (100, 30)),
           ("record", "light", (100, 30)), ("help", "dark", (80, 24)), ("reveal", "light", (80, 24))}  # fmt: skip
"""Those that the docs show."""


def wanted(everything: bool) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Page, theme and size of each picture."""
    for page in PAGES:
        for theme in THEMES:
            for size in SIZES:
                if everything or (page, theme, size) in IN_DOCS:
                    yield page, theme, size


async def drawn(run: running.RunFile, page: str, theme: str, size: tuple[int, int]) -> str:
    """One page as SVG."""
    app = ConsoleApp(RoomClient(run.control_port, run.token))
    app.separate_display = True
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        app.theme = THEMES[theme]
        await _settle(app, pilot)
        for key in PAGES[page]:
            await pilot.press(key)
            await _settle(app, pilot)
        # A picture fetches nothing: without its web fonts the reader's own monospaced one is used.
        return re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="workshop-tui"), flags=re.DOTALL)


async def _settle(app: ConsoleApp, pilot: Pilot[str]) -> None:
    while not app.has_moment:
        await pilot.pause(0.05)
    await pilot.pause(0.4)


async def picture(browser: Browser, svg: str, to: Path) -> None:
    """An SVG as a small PNG."""
    width, height = (float(each) for each in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    page = await browser.new_page(viewport={"width": round(width), "height": round(height)})
    await page.set_content(f'<body style="margin:0">{svg}</body>')
    await page.screenshot(path=to)
    await page.close()
    Image.open(to).convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(to, optimize=True)


async def main(folder: Path, to: Path, *, everything: bool) -> None:
    """A vote that is open, stories that wait, and some notes."""
    with room(folder / "day.workshop", shipped_agenda("tell-it-once")) as (run, give):
        asked = CrowdAsked(
            join_url=run.join_url, people=24, speed=1, stories=str(shipped_file("sample-stories.json")), seed=11
        )
        async with crowd(asked, Pace(think=(0, 0), look=0)) as guests, async_playwright() as play:
            await guests.join(0, random.Random(0))  # noqa: S311 - people's moods, not keys
            give(cmd.SetPresent(people=26))
            give(cmd.OpenItem(item=STORIES))
            await asyncio.gather(*(guest.answer_what_is_open() for guest in guests.phones[:9]))
            _note(give)
            give(cmd.OpenItem(item=DOTS))
            give(cmd.OpenVote(key=b""))
            await asyncio.gather(*(guest.answer_what_is_open() for guest in guests.phones[:20]))
            if not everything:
                (HERE / "console.svg").write_text(await drawn(run, "run", "dark", (100, 30)), encoding="utf-8")
            browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for page, theme, size in wanted(everything):
                name = f"console-{page}-{theme}-{size[0]}x{size[1]}.png"
                await picture(browser, await drawn(run, page, theme, size), to / name)
            await browser.close()


def _note(give: Give) -> None:
    for number, (kind, text, owner, due) in enumerate(
        (
            ("note", "The lift was out of order; two people came late.", "", ""),
            ("concern", "Letters come after the appointment.", "", ""),
            ("action", "Ring the booking office about letters.", "patient lead", "2026-12-24"),
            ("promise", "We write to everybody within two weeks.", "Fay", ""),
            ("note", "This one was wrong.", "", ""),
        )
    ):
        give(cmd.AddNote(key=f"n{number}", kind=kind, text=text, owner=owner, due=due))  # type: ignore[arg-type]
    give(cmd.DropNote(key="n4"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        os.environ["WORKSHOP_TUI_HOME"] = made
        to = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
        asyncio.run(main(Path(made), to, everything=len(sys.argv) > 1))
