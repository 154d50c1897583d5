"""Makes the pictures of docs/cycle.md from a whole turn of the cycle: `python docs/pictures/cycle.py`."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import zipfile
from pathlib import Path

from console import picture as drawn
from make import CHROMIUM, FLAGS, HERE, Give, picture, room
from playwright.async_api import Browser, async_playwright

from workshop_tui.agendas import read_agenda
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.points import Tie
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.rehearsal.turn import PLAN
from workshop_tui.runtime import recording, turning
from workshop_tui.tui.record_app import RecordApp

PEOPLE = 24
HANDED = "i02"


def written_up(give: Give, agenda: Agenda) -> None:
    """The lines that somebody kept while hosting the planning workshop, half of them sorted."""
    handed = {each.words: each.id for each in agenda.received}
    kept = [each for each in (*PLAN.day.hosting, *PLAN.day.written) if each.register != "received" or each.days is None]
    for number, line in enumerate(kept):
        key, is_received = f"n{number}", line.register == "received"
        kind = line.register if line.register in ("concern", "action", "promise") else "note"
        sorted_ = kind != "note" or is_received or line.register == "point"
        fields = {**line.fields, **({"point": handed[line.made_of]} if is_received else {})}
        give(
            cmd.AddNote(key=key, kind=kind, text=line.words, register=line.register, fields=fields)  # type: ignore[arg-type]
            if sorted_
            else cmd.AddNote(key=key, kind="note", text=line.words)
        )
        if line.register == "point" and line.made_of:
            give(cmd.TieNotes(ties=(Tie(key, "received", handed[line.made_of]),)))


async def of_the_room(browser: Browser, turn: Path, folder: Path) -> None:
    """What phones, screen and host page show of a workshop that begins from a baton."""
    file = turn / "2-plan.toml"
    agenda = read_agenda(file, KINDS)[0]
    with room(folder / "plan.workshop", file) as (run, give):
        phone, screen, host = [await browser.new_page() for _ in range(3)]
        await phone.goto(run.join_url.lower())
        await picture(phone, "cycle-promise.png", 400, 900)
        give(cmd.OpenItem(item=HANDED))
        give(cmd.SetScreen(mode="received", subject=agenda.received[0].id))
        await screen.goto(run.screen_url)
        await picture(screen, "cycle-handed.png", 1024, 576)
        written_up(give, agenda)
        await host.goto(f"{run.host_url}/write_up")
        await picture(host, "cycle-write-up.png", 1024, 900)


async def main(turn: Path, folder: Path) -> None:
    """The room, then what leaves it: the baton, and the record as page and in the console."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        await of_the_room(browser, turn, folder)
        with zipfile.ZipFile(turn / "exports" / "1-needs" / "baton-for-plan.zip") as baton:
            baton.extract("read-me-first.html", folder)
        page = await browser.new_page()
        await page.goto((folder / "read-me-first.html").as_uri())
        await picture(page, "cycle-baton.png", 800, 700)
        await page.goto((turn / "what-became-of-it.html").as_uri())
        await picture(page, "cycle-record.png", 800, 900)
        app = RecordApp(recording.Desk(recording.load([turn])), ENGLISH)
        app.animation_level = "none"
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause(1)
            shot = app.export_screenshot(title="workshop-tui record")
        shot = re.sub(r"@font-face \{.*?\}", "", shot, flags=re.DOTALL)
        await drawn(browser, shot, HERE / "cycle-console.png")
        await browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        os.environ["WORKSHOP_TUI_HOME"] = made
        turn = Path(made) / "turn"
        turn.mkdir()
        turning.fill(turn, PEOPLE, lambda _: None)
        recording.write_files(recording.load([turn]), turn, ENGLISH)
        asyncio.run(main(turn, Path(made)))
