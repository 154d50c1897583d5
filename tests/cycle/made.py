"""Records, batons and answers for tests: short ways to say what a session left."""

from __future__ import annotations

from msgspec.structs import replace

from workshop_tui.cycle.answers import Answer
from workshop_tui.cycle.baton import Baton, Body, build
from workshop_tui.cycle.follow_up import FollowUp, Line, added
from workshop_tui.cycle.record import Entry, Evidence, Fixed, Promise, Received, Record, Session

DAY = 86_400_000
NOON = 1_796_000_000_000
"""In the night of the last of November 2026."""


def session(id_: str = "aaaa", stage: str = "needs", **more: object) -> Session:
    fields = {
        "title": f"The {stage} workshop",
        "language": "en",
        "day": "2026-11-30",
        "made_at": NOON,
        "ended_at": NOON,
    }
    return Session(id=id_, stage=stage, **{**fields, **more})


def entry(key: str = "n1", register: str = "point", *, session: str = "aaaa", **more: object) -> Entry:
    fields: dict[str, object] = {"words": f"The words of {key}", "at": NOON}
    return Entry(id=f"{session}:{key}", register=register, **{**fields, **more})


def record(*entries: Entry, id_: str = "aaaa", stage: str = "needs", **more: object) -> Record:
    fields: dict[str, object] = {"session": session(id_, stage)}
    return Record(entries=entries, **{**fields, **more})


def needs(*points: Entry) -> Record:
    """A needs workshop that may hand its points on."""
    missing = entry("m1", "missing", words="Young carers: the hall was too far")
    return record(*(points or (point(),)), missing)


def point(key: str = "n1", **more: object) -> Entry:
    fields: dict[str, object] = {
        "words": "People want one number to ring at night",
        "fields": {"stage": "plan", "body": "Planning group", "asked": "Say which number", "by": "2027-01-31"},
        "base": 24, "said_by": 9, "against": 1, "evidence": Evidence(results=("i01.1",), stories=2, ideas=3),
    }  # fmt: skip
    return entry(key, **{**fields, **more})


def baton_of(made: Record, to_stage: str = "plan", **more: object) -> Baton:
    fields: dict[str, object] = {"handed_on": "2026-12-01"}
    return build(made, to_stage, **{**fields, **more})


def follow_up(*lines: Line, session: str = "aaaa") -> FollowUp:
    return added(FollowUp(session=session), lines)


def answered(key: str, status: str, words: str = "", *, session: str = "aaaa", at: int = NOON, **more: object) -> Line:
    return Line(at=at, what="answer", about=f"{session}:{key}", status=status, words=words, **more)


__all__ = [
    "DAY", "NOON", "Answer", "Body", "Fixed", "Promise", "Received", "answered", "baton_of", "entry", "follow_up",
    "needs", "point", "record", "replace", "session",
]  # fmt: skip
