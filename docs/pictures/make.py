"""Makes the pictures of the docs from the running product: `python docs/pictures/make.py` (needs `make dev`)."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from workshop_tui.agendas import shipped_agenda, shipped_file
from workshop_tui.domain import commands as cmd
from workshop_tui.rehearsal.crowd import CrowdAsked, crowd
from workshop_tui.rehearsal.phone import Pace
from workshop_tui.runtime import addresses, running
from workshop_tui.runtime.serving import ServeAsked
from workshop_tui.runtime.sessions import NewSession
from workshop_tui.runtime.starting import start_room, stop_room
from workshop_tui.views.act import PageName

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
STORIES, DOTS = "i07", "i08"
STORY = "We told it four times. Dr Vane wrote it down, and then she had the wrong form. My son hid under the chair."
HOST_PAGES = get_args(PageName)


async def picture(page: Page, name: str, width: int, height: int, part: str = "") -> None:
    """What a page shows, or one part of it, as a small PNG."""
    await page.set_viewport_size({"width": width, "height": height})
    # Bars grow for 600 ms once they are shown.
    await page.wait_for_timeout(1_200)
    await (page.locator(part) if part else page).screenshot(path=HERE / name)
    Image.open(HERE / name).convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(HERE / name, optimize=True)


Give = Callable[[cmd.FacilitatorCommand], None]


@contextmanager
def room(session: Path, agenda: Path) -> Iterator[tuple[running.RunFile, Give]]:
    """A room of this machine alone, and how to lead it; it stops at the end of the block."""
    asked = ServeAsked(
        session_path=str(session),
        new=NewSession(agenda=str(agenda)),
        address=addresses.LOOPBACK,
        any_port=True,
        hurried=True,
    )
    run = start_room(asked)

    def give(command: cmd.FacilitatorCommand) -> None:
        running.ask(run, "POST", "/control/command", command)

    try:
        yield run, give
    finally:
        stop_room(run)


async def a_story(folder: Path, browser: Browser) -> None:
    """Somebody tells a story with a name in it: the form, the page before sending, and how a facilitator finds it."""
    with room(folder / "story.workshop", shipped_agenda("tell-it-once")) as (run, give):
        give(cmd.OpenItem(item=STORIES))
        phone, host = [await browser.new_page() for _ in range(2)]
        await phone.goto(run.join_url.lower())
        await phone.get_by_role("link", name="Go on to the question").click()
        await phone.locator("textarea").nth(1).fill(STORY)
        await phone.set_viewport_size({"width": 400, "height": 1_180})
        await phone.get_by_text("What happened?", exact=True).evaluate("label => label.scrollIntoView()")
        await picture(phone, "story-form.png", 400, 1_180)
        await phone.get_by_text("This room, and the report of today").click()
        await phone.get_by_role("button", name="Continue").click()
        await phone.get_by_role("button", name="Send it").wait_for()
        await picture(phone, "story-check.png", 400, 1_180)
        await phone.get_by_role("button", name="Send it").click()
        await phone.locator(".code").wait_for()
        await host.goto(f"{run.host_url}/reading")
        await picture(host, "story-reading.png", 900, 700, "article")


async def main(folder: Path) -> None:
    """A vote with dots: phone, host page, then the result on the screen; the console has a script of its own."""
    with room(folder / "day.workshop", shipped_agenda("tell-it-once")) as (run, give):
        guests_asked = CrowdAsked(
            join_url=run.join_url, people=24, speed=1, stories=str(shipped_file("sample-stories.json")), seed=11
        )
        async with crowd(guests_asked, Pace(think=(0, 0), look=0)) as guests, async_playwright() as play:
            await guests.join(0, random.Random(0))  # noqa: S311 - people's moods, not keys
            browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            phone, screen, host = [await browser.new_page() for _ in range(3)]
            give(cmd.SetPresent(people=26))
            give(cmd.OpenItem(item=STORIES))
            await asyncio.gather(*(guest.answer_what_is_open() for guest in guests.phones[:5]))
            give(cmd.OpenItem(item=DOTS))
            give(cmd.OpenVote(key=b""))
            await screen.goto(run.screen_url)
            await phone.goto(run.join_url.lower())
            for option in ("First worry", "Waiting"):
                await phone.get_by_role("button", name=f"Add a dot to {option}").click()
            await asyncio.gather(*(guest.answer_what_is_open() for guest in guests.phones))
            await picture(phone, "phone.png", 320, 860)
            for name in HOST_PAGES:
                await host.goto(f"{run.host_url}/{name}")
                await picture(host, f"host-{name}.png", 1024, 700)
            give(cmd.Reveal())
            await picture(screen, "screen.png", 1024, 576)
            await a_story(folder, browser)
            await browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKSHOP_TUI_HOME"] = folder
        asyncio.run(main(Path(folder)))
