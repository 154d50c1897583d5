"""Folders as exports, batons and answers fill them, for the record over many sessions."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from tests.cycle.made import NOON, answered, baton_of, entry, point, record, session
from workshop_tui.cycle import baton, follow_up
from workshop_tui.cycle import record as records
from workshop_tui.cycle.baton import Body
from workshop_tui.cycle.follow_up import ENDING, Line
from workshop_tui.cycle.record import Evidence, Received, Record

TODAY = "2026-12-01"
RING, BUS, LETTERS = "One number to ring at night", "Buses after six", "Letters that people can read"
OWN = "The floor was wet and nobody had come for an hour"
LONG_AGO = 1_700_000_000


def put(folder: Path, name: str, made: Record) -> Path:
    """A record as `export` leaves it, with the session file that it is of."""
    path = folder / "exports" / name / "record.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.workshop").write_bytes(b"a session file")
    return dated(path, records.write(made))


def dated(path: Path, data: bytes) -> Path:
    """A file that was written long ago."""
    path.write_bytes(data)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def the_needs() -> Record:
    return record(
        point("n1", words=RING, fields={"stage": "plan", "body": "The board", "by": "2026-11-28"}),
        point("n2", words=BUS, fields={"stage": "plan", "by": "2026-10-01"}),
        point("n3", words=LETTERS, fields={"stage": "improve"}, evidence=Evidence(texts=("k1",), stories=1)),
        entry("p1", "promise", words="We write by May", fields={"role": "Programme lead", "by": "2027-05-01"}),
        entry("a1", "action", words="Ask for the timetable", fields={"role": "Transport lead", "by": "2026-11-29"}),
        entry("c1", "concern", words=f"One said: {OWN.lower()}", fields={"body": "The board"}),
        entry("m1", "missing", words="Young carers", fields={"reason": "The hall was too far"}),
        entry("o1", "offer", words="A hall on Thursdays", fields={"who": "A faith group"}),
        texts={"k1": OWN},
    )


def the_plan() -> Record:
    got = (
        Received(id="aaaa:n1", words=RING, status="passed_on", said="Theirs", to="The ward team"),
        Received(id="aaaa:n2", words=BUS),
    )
    onward = entry("p1", session="bbbb", words="Nurses answer it", evidence=Evidence(received=("aaaa:n1",)))
    return record(onward, received=got, session=session("bbbb", "plan", day="2026-11-30"))


def a_folder(folder: Path) -> Path:
    """Two sessions, a baton between them, answers, and a file of a newer program."""
    put(folder, "needs", the_needs())
    put(folder, "plan", the_plan())
    handed = baton_of(the_needs(), to=[Body(name="The board"), Body(name="The council")], due="2026-10-15")
    with zipfile.ZipFile(folder / "handed.zip", "w") as zipped:
        zipped.writestr("baton.json", baton.write(handed))
    os.utime(folder / "handed.zip", (LONG_AGO, LONG_AGO))
    lines = (
        answered("n3", "done", "A panel reads them", at=NOON, reference="Minute 7"),
        Line(at=NOON, what="confirmed", about="aaaa:n3", yes=4, no=1),
    )
    followed = follow_up.added(follow_up.FollowUp(session="aaaa"), lines)
    dated(folder / f"needs{ENDING}", follow_up.write(followed))
    dated(folder / "newer.json", b'{"schema": "workshop-tui/record/9"}')
    return folder
