"""`workshop-tui demo --headless`: the whole agenda without a terminal, checked by a fresh process."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.runtime.file_reader import read_file
from tests.runtime.laptop import Laptop
from workshop_tui.runtime import demos
from workshop_tui.runtime.running import RunFile

REPORTS = [
    "actions.xlsx", "board-item.docx", "board-item.html", "board-item.md", "dates.ics", "easy-read.docx",
    "easy-read.html", "easy-read.md", "for-staff.docx", "for-staff.html", "for-staff.md", "one-page.docx",
    "one-page.html", "one-page.md", "record.json", "report.docx", "report.html", "report.md", "session.json",
    "stories.csv", "summary.docx", "summary.html", "summary.md", "thank-you.txt", "votes.csv", "you-said-we-did.docx",
    "you-said-we-did.html", "you-said-we-did.md",
]  # fmt: skip


def test_a_headless_demo_plays_the_whole_agenda_and_says_what_happened(laptop: Laptop) -> None:
    to = laptop.folder / "out"

    played = laptop.cli("demo", "--headless", "--people", 8, "--to", to)

    assert played.returncode == 0, played.stdout + played.stderr
    assert played.stderr == ""
    assert "8 people joined." in played.stdout
    found = re.search(r"(\d+) votes were acknowledged, (\d+) stories, ideas and private words", played.stdout)
    assert found is not None
    votes, words = map(int, found.groups())
    (session,) = to.glob("*.workshop")
    reports = sorted(path.name for path in (to / "exports" / session.stem).iterdir())
    assert reports == REPORTS
    for name in REPORTS:
        assert f"/{name}\n" in played.stdout
    assert str(session) in played.stdout
    assert "every vote and every word that was acknowledged is there once" in played.stdout
    kept = read_file(session, laptop.folder / "scratch")
    assert kept.in_order
    assert len(kept.people) == 8
    assert len(kept.stories) == words
    assert sum(map(len, kept.ballots.values())) + kept.changes == votes
    assert laptop.rooms() == []


def test_a_headless_demo_whose_file_differs_from_what_people_were_told_fails(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    stop = demos._stop_if_there

    def stop_and_change_one_vote(run: RunFile) -> None:
        stop(run)
        with closing(sqlite3.connect(run.session_path)) as db:
            db.execute(
                """UPDATE ballot SET choice = '{"option":"c"}' WHERE round = 'i01.1' AND choice <> '{"option":"c"}'"""
            )
            db.commit()

    monkeypatch.setattr(demos, "_stop_if_there", stop_and_change_one_vote)

    code = demos.headless(
        demos.agenda_meant("tell-it-once"), 2, laptop.folder / "out", say=lambda line: said.append(str(line))
    )

    assert code == 1
    assert any(line.startswith("Vote i01.1:") for line in said)
    assert not any("is there once" in line for line in said)


def test_a_second_demo_in_the_same_folder_writes_over_nothing(laptop: Laptop) -> None:
    to = laptop.folder / "out"
    laptop.cli("demo", "--headless", "--people", 1, "--to", to)
    before = _everything_in(to)

    again = laptop.cli("demo", "--headless", "--people", 1, "--to", to)

    assert again.returncode == 0, again.stderr
    after = _everything_in(to)
    assert {path: after[path] for path in before} == before
    assert len(after) == 2 * len(before)


def test_a_demo_without_a_terminal_says_how_it_can_be_had(laptop: Laptop) -> None:
    refused = laptop.cli("demo")

    assert refused.returncode == 2
    assert "--headless" in refused.stderr
    assert laptop.rooms() == []


def _everything_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_demo_deletes_those_of_more_than_a_week_ago_and_nothing_else(laptop: Laptop) -> None:
    theirs = laptop.folder / "theirs"
    for to in ((), (), ("--to", theirs)):
        assert laptop.cli("demo", "--headless", "--people", 1, *to).returncode == 0
    folder = laptop.home / "data" / "demo"
    old, young = sorted(folder.glob("*.workshop"))
    (wanted,) = theirs.glob("*.workshop")
    no_session = folder / "holiday.workshop"
    no_session.write_text("not ours")
    for path, days in ((old, 8), (young, 6), (wanted, 800), (no_session, 800)):
        then = time.time() - days * 24 * 3_600
        os.utime(path, (then, then))
    before, gone = _everything_in(theirs), _id_of(old)

    again = laptop.cli("demo", "--headless", "--people", 1)

    assert again.returncode == 0, again.stderr
    assert f"An old demo's session was deleted: {old}\n" in again.stdout
    assert "A demo after 7 days deletes it." in again.stdout
    assert _id_of(old) != gone, "the new one has its name"
    assert [path for path, held in _everything_in(laptop.home).items() if gone.encode() in held] == []
    assert young.exists()
    assert (folder / "exports" / young.stem / "report.html").exists()
    assert no_session.read_text() == "not ours"
    assert _everything_in(theirs) == before


def test_a_demo_in_a_folder_of_ones_own_is_never_said_to_go(laptop: Laptop) -> None:
    played = laptop.cli("demo", "--headless", "--people", 1, "--to", laptop.folder / "mine")

    assert "To delete it now: workshop-tui delete" in played.stdout
    assert "deletes it." not in played.stdout


def _id_of(session: Path) -> str:
    written = json.loads((session.parent / "exports" / session.stem / "session.json").read_text())
    return str(written["origin"]["id"])
