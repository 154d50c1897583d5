"""300 votes at the same moment while every fsync takes 20 ms longer, beside the same burst on this disk as it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from statistics import median

from bench import load, room
from bench.children import Child
from bench.meter import waiting
from bench.report import Line, Table, spread
from bench.settings import Settings

SLOW_MS = 20
AIM_MS = 500


def measure(settings: Settings) -> list[Table]:
    """Time from the first byte sent to the last vote acknowledged, several times, the phones changing their minds."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    title = f"{settings.burst} votes at once, every fsync {SLOW_MS} ms slower, medians of {settings.bursts}"
    if compiler is None:
        return [Table(title=title, ratio_of="", lines=(), remarks=("not measured: there is no C compiler here",))]
    folder = settings.new_folder("slowdisk")
    shim = folder / "slow_sync.so"
    source = Path(__file__).with_name("slow_sync.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(shim), str(source), "-ldl"], check=True)
    with (
        Child("bench.room", _asked(folder / "usual", settings)) as usual,
        Child(
            "bench.room",
            _asked(folder / "slow", settings),
            env={"LD_PRELOAD": str(shim), "SLOW_SYNC_MS": str(SLOW_MS)},
        ) as slow,
        Child("bench.load") as crowd,
    ):
        houses = {"slow": (slow, slow.hear(room.Serving)), "usual": (usual, usual.hear(room.Serving))}
        found: dict[str, list[load.Answered]] = {"slow": [], "usual": [], "empty": []}
        commits: list[int] = []
        for _ in range(settings.bursts):
            for name, results in found.items():
                house, serving = houses["slow" if name == "slow" else "usual"]
                path = "/empty" if name == "empty" else serving.vote
                target = load.Target(host=serving.phones, path=path, tokens=serving.tokens, pid=house.pid)
                before = house.ask(room.Question(), room.Counters).commits
                results.append(crowd.ask(load.AtOnce(target=target), load.Answered))
                if name == "slow":
                    commits.append(house.ask(room.Question(), room.Counters).commits - before)
        took = houses["slow"][1].fsync_ms
    last = {name: median([each.last_ms for each in results]) for name, results in found.items()}
    words = {
        "slow": f"votes, slow disk (one fsync: {took:.0f} ms)",
        "usual": "votes, this disk",
        "empty": "empty POSTs",
    }
    lines = tuple(
        Line(
            what=words[name],
            figure=f"{last[name]:.0f} ms",
            per_cpu=f"{median([each.done / max(each.used.cpu_s, 0.01) for each in results]):,.0f}",
            ratio="" if name == "slow" else f"{last['slow'] / last[name]:.1f} times as long",
            aim=f"{AIM_MS} ms" if name == "slow" else "",
        )
        for name, results in found.items()
    )
    wrong = sum(each.wrong for results in found.values() for each in results)
    worst = spread([each.last_ms for each in found["slow"]])
    return [
        Table(
            title=title,
            ratio_of="slow disk beside it",
            lines=lines,
            remarks=(
                "the figure is the time from the first byte sent to the last answer",
                f"slow disk: {worst} ms over the bursts, {median(commits):.0f} commits each; wrong answers: {wrong}",
                waiting([each.used for results in found.values() for each in results]),
            ),
        )
    ]


def _asked(folder: Path, settings: Settings) -> room.Asked:
    folder.mkdir()
    return room.Asked(str(folder), settings.burst)
