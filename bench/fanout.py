"""How long until the last of 1,000 phones has heard of a change, beside a bare loop that only tells sockets."""

from __future__ import annotations

from statistics import median

from bench import floors, load, room
from bench.children import Child
from bench.meter import waiting
from bench.report import Line, Table, quantile
from bench.settings import Settings

AIM_MS = 250


def measure(settings: Settings) -> list[Table]:
    """The room opens and closes a vote; each change is on disk before anybody hears of it."""
    folder = settings.new_folder("fanout")
    with (
        Child("bench.room", room.Asked(str(folder), settings.listeners)) as house,
        Child("bench.floors", floors.Asked("loop")) as floor,
        Child("bench.load") as crowd,
    ):
        serving, host = house.hear(room.Serving), floor.hear(floors.Serving).host
        ours = load.Target(host=serving.phones, path="", tokens=serving.tokens, pid=house.pid)
        bare = load.Target(host=host, path="", tokens=serving.tokens, pid=floor.pid)
        found = {
            "the room": crowd.ask(load.Listen(target=ours, desk=serving.desk, changes=settings.changes), load.Heard),
            "bare loop": crowd.ask(load.Listen(target=bare, desk=host, changes=settings.changes), load.Heard),
        }
    p99 = {name: quantile(heard.last_ms, 0.99) for name, heard in found.items()}
    told = settings.listeners * settings.changes
    lines = tuple(
        Line(
            what=name,
            figure=f"{p99[name]:.0f} ms",
            per_cpu=f"{told / max(heard.used.cpu_s, 0.01):,.0f} told",
            ratio="" if name == "the room" else f"{p99['the room'] / p99[name]:.1f} times as long",
            aim=f"{AIM_MS} ms" if name == "the room" else "",
        )
        for name, heard in found.items()
    )
    remarks = tuple(
        f"{name}: the last phone {median(heard.last_ms):.0f} ms (median), half of them {median(heard.half_ms):.0f} ms"
        for name, heard in found.items()
    )
    title = f"The last of {settings.listeners:,} phones to hear of a change, p99 over {settings.changes} changes"
    return [
        Table(
            title=title,
            ratio_of="the room beside it",
            lines=lines,
            remarks=(*remarks, waiting([heard.used for heard in found.values()])),
        )
    ]
