"""The record over many sessions: how long a folder of them takes to read, cold and with one changed, and its memory."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.children import Child, say
from bench.report import Line, Table
from bench.settings import Settings
from workshop_tui.cycle import baton, follow_up
from workshop_tui.cycle import record as records
from workshop_tui.cycle.baton import Baton, Body
from workshop_tui.cycle.follow_up import ENDING, FollowUp
from workshop_tui.cycle.record import Entry, Evidence, People, Record, Result, Session
from workshop_tui.runtime import recording

STORIES_EACH = 0.4
"""Of the people in a session, how many leave words that a report may hold."""

WORDS = "The bus had gone and nobody could say when the next would come, so we walked home in the rain. "
LONG_AGO = 1_700_000_000
WORKS = ("", "cold", "same", "changed", "files")


class Asked(Struct, frozen=True):
    """What to do with a folder."""

    folder: str
    work: str
    """Nothing, "cold", "same", "changed", or "files": written as page, workbook and JSON too."""


class Took(Struct, frozen=True):
    """What it took."""

    seconds: float
    peak_mb: float
    opened: int = 0
    parsed: int = 0
    lines: int = 0


def measure(settings: Settings) -> list[Table]:
    """Each in a process of its own, beside one that only loads the same modules."""
    return [_measured(settings, sessions) for sessions in settings.record_sessions]


def _measured(settings: Settings, sessions: int) -> Table:
    folder = settings.new_folder(f"records-{sessions}")
    os.environ["WORKSHOP_TUI_HOME"] = str(folder / "home")
    held = folder / "workshops"
    for number in range(sessions):
        write_session(held, number, settings.record_people)
    size = sum(path.stat().st_size for path in held.rglob("*") if path.is_file())
    found = {}
    for work in WORKS:
        if work == "changed":
            write_session(held, sessions // 2, settings.record_people, words="Other words")
        with Child("bench.records", Asked(str(held), work)) as child:
            found[work] = child.hear(Took)
    floor, cold = found[""], found["cold"]
    said = {
        "cold": "read for the first time",
        "same": "read again, nothing changed",
        "changed": "read again, one session changed",
        "files": "read again, with page, workbook and JSON written",
    }
    lines = tuple(
        Line(
            what=said[work],
            figure=f"{took.seconds:.2f} s",
            per_cpu=f"+{took.peak_mb - floor.peak_mb:.0f} MB",
            ratio=f"{took.opened:,} opened, {took.parsed:,} taken apart",
        )
        for work, took in found.items()
        if work
    )
    return Table(
        title=f"The record of {sessions:,} sessions of {settings.record_people:,} people: {cold.lines:,} points, "
        f"promises and actions in {size / 1_000_000:.0f} MB",
        ratio_of="files",
        beside="memory",
        lines=lines,
        remarks=(f"Only loading what is needed takes {floor.peak_mb:.0f} MB.",),
    )


def write_session(folder: Path, number: int, people: int, words: str = "A point") -> None:
    """A session as `export`, `baton` and `answer` leave it: its record, its baton, and its follow-up."""
    id_ = f"{number:016x}"
    made = record_of(id_, number, people, words)
    place = folder / "exports" / f"day-{number}"
    place.mkdir(parents=True, exist_ok=True)
    to = [Body(name=f"Body {number % 7}"), Body(name="The board")]
    handed = baton.build(made, "plan", handed_on="2026-06-01", to=to, due="2026-09-01")
    _dated(place / "record.json", records.write(made))
    _dated(place / "baton.json", baton.write(handed))
    _dated(folder / f"day-{number}{ENDING}", follow_up.write(_followed(id_, handed)))


def _followed(id_: str, handed: Baton) -> FollowUp:
    """Handed on, and two points in three answered."""
    answers = [
        follow_up.Line(at=LONG_AGO * 1000, what="answer", about=point.id, status="done", words="It was done in May")
        for number, point in enumerate(handed.points)
        if number % 3
    ]
    return follow_up.added(FollowUp(session=id_), [*follow_up.sent_lines(handed, LONG_AGO * 1000), *answers])


def _dated(path: Path, data: bytes) -> None:
    before = path.stat().st_mtime if path.exists() else LONG_AGO - 60
    path.write_bytes(data)
    os.utime(path, (before + 60, before + 60))


def record_of(id_: str, number: int, people: int, words: str) -> Record:
    """What a session of so many people leaves: a point for every fifth, a story of two in five."""
    texts = {f"{id_}-{n}": f"{n}: {WORDS * (1 + n % 4)}" for n in range(int(people * STORIES_EACH))}

    def entry(key: str, register: str, **more: object) -> Entry:
        return msgspec.convert({"id": f"{id_}:{key}", "register": register, "at": LONG_AGO * 1000, **more}, Entry)

    points = [
        entry(
            f"n{n}", "point", words=f"{words} {n} of session {number}",
            fields={"stage": ("plan", "improve", "monitor")[n % 3], "asked": "Say what is done", "by": "2026-09-01"},
            base=people, said_by=n + 1,
            evidence=msgspec.to_builtins(Evidence(texts=tuple(texts)[n : n + 3], stories=3, results=("i01.1",))),
        )
        for n in range(people // 5)
    ]  # fmt: skip
    others = [
        entry(f"{register[0]}{n}", register, words=f"A {register} {n}", fields={"role": "A lead", "by": "2026-09-01"})
        for register in ("promise", "action", "concern", "missing", "offer")
        for n in range(max(1, people // 25))
    ]
    return Record(
        session=Session(
            id=id_, title=f"Day {number}", stage="needs", language="en", day="2026-05-01", made_at=LONG_AGO * 1000,
            ended_at=LONG_AGO * 1000,
        ),
        people=People(in_room=people, phones=people),
        entries=(*points, *others),
        results=(Result(key="i01.1", item="First", kind="dots", question="What first?", answered=people, base=people),),
        texts=texts,
    )  # fmt: skip


def _work(asked: Asked) -> Took:
    from bench.large import peak_mb
    from workshop_tui.exports import picture_page, picture_sheets  # noqa: F401 - loaded for the floor too
    from workshop_tui.messages import ENGLISH

    began = time.perf_counter()
    if not asked.work:
        return Took(0, peak_mb())
    folder = Path(asked.folder)
    loaded = recording.load([folder], today="2026-11-28")
    if asked.work == "files":
        recording.write_files(loaded, folder.parent / "out", ENGLISH)
    lines = len(loaded.picture.all_tracked)
    return Took(time.perf_counter() - began, peak_mb(), loaded.found.opened, loaded.found.parsed, lines)


if __name__ == "__main__":
    say(_work(msgspec.json.decode(sys.argv[1].encode(), type=Asked)))
