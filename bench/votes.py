"""Durable votes a second over HTTP, beside an empty route of the same app and beside a bare uvicorn app."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bench import floors, load, machine, room
from bench.children import Child
from bench.meter import waiting
from bench.report import Line, Table, spread
from bench.settings import Settings
from workshop_tui.storage.records import read_record

WHAT = {
    "votes": "durable votes",
    "empty": "empty POST route of the same app",
    "plain": "the same without Starlette's request and response",
    "bare": "bare uvicorn app",
}
AIMS = {64: 0.6, 300: 0.7}
"""What votes should come to beside empty POSTs of the same app, by connections; elsewhere there is no aim."""

SYNCS = 20
"""After each round so many fsyncs tell what the disk takes now: it is shared with other programs too."""


def measure(settings: Settings) -> list[Table]:
    """Interleave them, round by round, so that a busy moment of the machine meets them all."""
    tables: list[Table] = []
    folder = settings.new_folder("votes")
    with (
        Child("bench.room", room.Asked(str(folder), max(settings.connections))) as house,
        Child("bench.floors", floors.Asked("app")) as floor,
        Child("bench.load") as crowd,
    ):
        serving = house.hear(room.Serving)
        host = floor.hear(floors.Serving).host
        counted = 0
        for connections in settings.connections:
            tokens = serving.tokens[:connections]
            targets = {
                "votes": load.Target(host=serving.phones, path=serving.vote, tokens=tokens, pid=house.pid),
                "empty": load.Target(host=serving.phones, path="/empty", tokens=tokens, pid=house.pid),
                "plain": load.Target(host=serving.phones, path="/plain", tokens=tokens, pid=house.pid),
                "bare": load.Target(host=host, path="/", tokens=tokens, pid=floor.pid),
            }
            found: dict[str, list[load.Answered]] = {name: [] for name in targets}
            syncs: list[float] = []
            commits = house.ask(room.Question(), room.Counters).commits
            for _ in range(settings.rounds):
                for name, target in targets.items():
                    asked = load.Steady(target=target, seconds=settings.seconds, warm_s=settings.warm_s)
                    found[name].append(crowd.ask(asked, load.Answered))
                syncs.append(machine.fsync_ms(folder, SYNCS))
            commits = house.ask(room.Question(), room.Counters).commits - commits
            votes = sum(each.all for each in found["votes"])
            counted += votes
            tables.append(_table(connections, found, votes / max(1, commits), syncs))
    tables.append(_kept(Path(serving.session), counted))
    return tables


def _table(connections: int, found: dict[str, list[load.Answered]], each_commit: float, syncs: list[float]) -> Table:
    per_s = {name: [each.done / each.used.seconds for each in rounds] for name, rounds in found.items()}
    per_cpu = {name: [each.done / each.used.cpu_s for each in rounds] for name, rounds in found.items()}
    lines = []
    for name, rounds in per_s.items():
        ratio = ""
        if name != "votes":
            by_time = median([votes / floor for votes, floor in zip(per_s["votes"], rounds, strict=True)])
            by_cpu = median([votes / floor for votes, floor in zip(per_cpu["votes"], per_cpu[name], strict=True)])
            ratio = f"{by_time:.2f}, by CPU {by_cpu:.2f}"
        lines.append(
            Line(
                what=WHAT[name],
                figure=f"{median(rounds):,.0f}/s",
                per_cpu=f"{median(per_cpu[name]):,.0f}",
                ratio=ratio,
                aim=str(AIMS.get(connections, "")) if name == "empty" else "",
            )
        )
    own = median([each.used.own_cpu_s / each.used.seconds for rounds in found.values() for each in rounds])
    votes = found["votes"]
    wrong = sum(each.wrong for rounds in found.values() for each in rounds)
    return Table(
        title=f"Votes over HTTP, {connections} connections, medians of {len(votes)} rounds",
        ratio_of="votes beside it",
        lines=tuple(lines),
        remarks=(
            f"votes: {spread(per_s['votes'])} a second over the rounds; empty {spread(per_s['empty'])};"
            f" {each_commit:.0f} votes in one commit",
            f"a vote waits {median([each.p50_ms for each in votes]):.0f} ms (median),"
            f" {median([each.p99_ms for each in votes]):.0f} ms (p99); wrong answers: {wrong};"
            f" the load took {own:.0%} of one core",
            f"each commit waits for one fsync; of 4 kB, between the rounds, it took {median(syncs):.1f} ms (median),"
            f" {spread(syncs, 1)} ms over them",
            waiting([each.used for rounds in found.values() for each in rounds]),
        ),
    )


def _kept(session: Path, counted: int) -> Table:
    """Read the file again: what was answered is what is there."""
    rounds = read_record(session).rounds
    kept = sum(sum(each.profile.values()) + each.skipped + each.changes for each in rounds)
    line = Line(what="votes in the file, of those answered", figure=f"{kept:,} of {counted:,}", aim="all")
    return Table(title="The same votes, counted in the closed file", ratio_of="", lines=(line,))
