"""One whole turn of the cycle, made once for all tests by `workshop-tui cycle-demo`."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from workshop_tui.cycle.picture import Picture, Tracked
from workshop_tui.runtime import cycle_files, handing_on

PEOPLE = 12
"""So few that it is quick, and enough for numbers of all to be told."""


def made_once(shared: Path) -> Path:
    """The folder with the turn: whichever test process comes first makes it, the others wait."""
    folder, printed, done = shared / "turn", shared / "turn.txt", shared / "turn.done"
    try:
        (shared / "turn.begun").mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.2)
        return folder
    try:
        made = subprocess.run(
            [sys.executable, "-m", "workshop_tui", "cycle-demo", "--people", str(PEOPLE), "--to", str(folder)],
            env={**os.environ, "WORKSHOP_TUI_HOME": str(shared / "turn-home"), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        printed.write_text(made.stdout + made.stderr, "utf-8")
        (shared / "turn.code").write_text(str(made.returncode))
    finally:
        done.touch()
    return folder


def printed_by(folder: Path) -> tuple[int, str]:
    """The exit code of the command, and all that it printed."""
    beside = folder.parent
    return int((beside / "turn.code").read_text()), (beside / "turn.txt").read_text("utf-8")


def exported(folder: Path, name: str) -> Path:
    """The newest export of one of its workshops."""
    versions = sorted(folder.glob(f"exports/{name}*"), key=lambda each: (len(each.name), each.name))
    return versions[-1]


def held_on(folder: Path, name: str) -> dt.date:
    """The day of one of its workshops, as its record says it."""
    return dt.date.fromisoformat(json.loads((exported(folder, name) / "record.json").read_bytes())["session"]["day"])


class Followed:
    """What became of what was raised, as the record says it, and followed by the links of its page."""

    def __init__(self, folder: Path) -> None:
        self.picture: Picture = cycle_files.find([folder]).picture(handing_on.today())
        page = (folder / "what-became-of-it.html").read_text("utf-8")
        self._places = {unescape(id_): text for id_, text in PLACE.findall(page)}

    def by_links(self, words: str) -> list[str]:
        """The words at each place that the links lead to, from where a point stands on."""
        (at,) = [id_ for id_, text in self._places.items() if _words(text) == words]
        found = [words]
        while onward := ONWARD.search(self._places[at]):
            at = unquote(unescape(onward[1]))
            found.append(_words(self._places[at]))
        return found

    def raised_in(self, stage: str) -> list[str]:
        return [each.entry.words for each in self.picture.points if each.session.stage == stage]

    def to_its_end(self, words: str) -> list[tuple[str, str]]:
        """Of a point and of each that came out of it, in which stage it was raised and what became of it."""
        id_ = next(each.entry.id for each in self.picture.points if each.entry.words == words)
        return [(each.session.stage, _said(each)) for each in self.picture.followed(id_)]


PLACE = re.compile(r'<li id="([^"]*)">(.*?)(?=<li id="|</section>)', re.DOTALL)
ONWARD = re.compile(r'<a href="#([^"]*)">Where it went on</a>')


def _words(place: str) -> str:
    """The words of a line on the page."""
    return unescape(re.sub(r"<[^>]*>", "", place.partition("</p>")[0])).strip()


def _said(each: Tracked) -> str:
    to = f" to {each.answer.to}" if each.answer.to else ""
    return f"{each.entry.words}: {each.answer.status}{to}"
