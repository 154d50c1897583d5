"""Makes the pictures of the docs from the running product: `python docs/pictures/make.py` (needs `make dev`)."""

from __future__ import annotations

import asyncio
import os
import random
import re
import tempfile
from pathlib import Path

os.environ["WORKSHOP_TUI_HOME"] = tempfile.mkdtemp()

from PIL import Image
from playwright.async_api import Page, async_playwright

from workshop_tui.agendas import shipped_agenda, shipped_file
from workshop_tui.domain import commands as cmd
from workshop_tui.rehearsal.crowd import CrowdAsked, crowd
from workshop_tui.rehearsal.phone import Pace
from workshop_tui.runtime import addresses, running
from workshop_tui.runtime.serving import ServeAsked
from workshop_tui.runtime.sessions import NewSession
from workshop_tui.runtime.starting import start_room, stop_room
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.client import RoomClient

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DOTS = "i08"


async def console(run: running.RunFile) -> None:
    """The console at 100x30, with live results asked for."""
    app = ConsoleApp(RoomClient(run.control_port, run.token))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(1)
        await pilot.press("l")
        await pilot.pause(1)
        # The first look asks whether the projector is another display: it is.
        await pilot.press("enter")
        await pilot.pause(1)
        # A picture fetches nothing: without its web fonts the reader's own monospaced one is used.
        drawn = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="workshop-tui"), flags=re.DOTALL)
        (HERE / "console.svg").write_text(drawn, encoding="utf-8")


async def picture(page: Page, address: str, name: str, width: int, height: int) -> None:
    """One page as a small PNG."""
    await page.set_viewport_size({"width": width, "height": height})
    await page.goto(address)
    await page.wait_for_timeout(500)
    await page.screenshot(path=HERE / name)
    Image.open(HERE / name).convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(HERE / name, optimize=True)


async def main() -> None:
    """A vote with dots: console, phone, then the result on the screen."""
    folder = Path(tempfile.mkdtemp())
    asked = ServeAsked(
        report="",
        session_path=str(folder / "day.workshop"),
        new=NewSession(agenda=str(shipped_agenda("tell-it-once"))),
        address=addresses.LOOPBACK,
        any_port=True,
        hurried=True,
    )
    run = start_room(asked)

    def give(command: cmd.FacilitatorCommand) -> None:
        running.ask(run, "POST", "/control/command", command)

    try:
        guests_asked = CrowdAsked(
            join_url=run.join_url, people=24, speed=1, stories=str(shipped_file("sample-stories.json")), seed=8
        )
        async with crowd(guests_asked, Pace(think=(0, 0), look=0)) as guests, async_playwright() as play:
            await guests.join(0, random.Random(0))  # noqa: S311 - people's moods, not keys
            give(cmd.SetPresent(people=26))
            give(cmd.OpenItem(item=DOTS))
            give(cmd.OpenVote(key=b""))
            browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = await browser.new_page()
            await picture(page, run.join_url.lower(), "phone.png", 320, 568)
            await asyncio.gather(*(phone.answer_what_is_open() for phone in guests.phones))
            await console(run)
            give(cmd.Reveal())
            await picture(page, run.screen_url, "screen.png", 1024, 576)
            await browser.close()
    finally:
        stop_room(run)


if __name__ == "__main__":
    asyncio.run(main())
