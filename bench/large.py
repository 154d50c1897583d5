"""A session of many votes: how long it takes to open and to write each report, and how much memory, each alone."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.children import Child, say
from bench.report import Line, Table
from bench.room import AGENDA
from bench.settings import Settings
from workshop_tui.domain import commands as cmd
from workshop_tui.exports.files import export
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.clock import SystemClock
from workshop_tui.room.room import Room
from workshop_tui.runtime.addresses import LOOPBACK
from workshop_tui.runtime.sessions import NewSession, make_session
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import open_existing

REPORTS = ("votes.csv", "session.json", "report.html")

RANK = AGENDA.replace('"single"', '"rank"').replace(
    '["Phones", "Letters", "Parking"]', '["Phones", "Letters", "Parking", "Signs", "Seats", "Water", "Light"]'
)
"""Five of seven options in order: 2,520 different answers, so that many people answer as nobody else does."""


class Asked(Struct, frozen=True):
    """What to do with a session file."""

    session: str
    work: str
    """Nothing, "open", "read", or the name of a report."""
    to: str


class Took(Struct, frozen=True):
    """What it took."""

    seconds: float
    peak_mb: float
    """The most that the process held."""


def measure(settings: Settings) -> list[Table]:
    """Each in a process of its own, beside one that only loads the same modules."""
    tables = []
    for rounds in settings.large_rounds:
        folder = settings.new_folder(f"large-{rounds}")
        session = asyncio.run(_made(folder, rounds, settings.large_people))
        found = {}
        for work in ("", "open", "read", *REPORTS):
            asked = Asked(str(session), work, str(folder / f"to-{work}"))
            with Child("bench.large", asked) as child:
                found[work] = child.hear(Took)
        tables.append(_table(rounds * settings.large_people, session.stat().st_size, found))
    return tables


def _table(ballots: int, size: int, found: dict[str, Took]) -> Table:
    words = {"open": "opened, as a room does", "read": "read, as every report needs"}
    floor = found[""]
    lines = tuple(
        Line(
            what=words.get(work, f"{work}, with reading"),
            figure=f"{took.seconds:.2f} s",
            per_cpu=f"+{took.peak_mb - floor.peak_mb:.0f} MB",
            ratio=f"{took.seconds / found['read'].seconds:.1f}",
        )
        for work, took in found.items()
        if work
    )
    return Table(
        title=f"A session of {ballots:,} ballots, {size / 1e6:.0f} MB",
        ratio_of="beside reading",
        beside="memory",
        lines=lines,
    )


async def _made(folder: Path, rounds: int, people: int) -> Path:
    """A session with so many sealed votes of so many people, made by the room itself."""
    agenda, session = folder / "agenda.toml", folder / "large.workshop"
    agenda.write_text(RANK, encoding="utf-8")
    store = make_session(session, NewSession(agenda=str(agenda)), LOOPBACK, 8080)
    room = Room(store, store.load(), KINDS, SystemClock())
    await room.start()
    who = [secrets.token_hex(16) for _ in range(people)]
    at = room.clock.now_ms()
    joins = (cmd.Join(at=at, person=each, token_hash=hashlib.sha256(each.encode()).digest()) for each in who)
    await asyncio.gather(*map(room.submit, joins))
    await room.submit(cmd.OpenItem(at=at, item=room.state.items[0].item.key))
    for _ in range(rounds):
        await room.submit(cmd.OpenVote(at=at, key=secrets.token_bytes(32)))
        assert room.state.last_round is not None
        asked = room.state.last_round.key
        await asyncio.gather(*(room.submit(_cast(each, asked, at)) for each in who))
        await room.submit(cmd.CloseVote(at=at))
        await room.submit(cmd.Reveal(at=at, salt=secrets.token_bytes(32)))
    await room.close()
    return session


def _cast(person: str, round_: str, at: int) -> cmd.Cast:
    order = secrets.SystemRandom().sample("abcdefg", 5)
    choice = msgspec.json.encode({"order": order}).decode()
    return cmd.Cast(at=at, person=person, round=round_, choice=choice, submission_id=secrets.token_hex(16))


def work_on(asked: Asked) -> Took:
    """Do it once, in this process."""
    path, to = Path(asked.session), Path(asked.to)

    def opened() -> None:
        store = open_existing(path)
        Room(store, store.load(), KINDS, SystemClock())
        store.close()

    works: dict[str, Callable[[], object]] = {
        "": lambda: None,
        "open": opened,
        "read": lambda: read_record(path, kinds=KINDS),
        **{name: lambda name=name: export(read_record(path, kinds=KINDS), KINDS, to, [name]) for name in REPORTS},
    }
    began = time.perf_counter()
    works[asked.work]()
    took = time.perf_counter() - began
    return Took(took, peak_mb())


def peak_mb() -> float:
    """The most that this process held so far."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1_024  # type: ignore[index]  # always there


if __name__ == "__main__":
    say(work_on(msgspec.json.decode(sys.argv[1], type=Asked)))
