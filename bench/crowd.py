"""As many phones as a room lets in: all vote at one moment, all hear of a change, and many come back together."""

from __future__ import annotations

from msgspec.structs import replace

from bench import load, room
from bench.children import Child
from bench.meter import waiting
from bench.report import Line, Table, quantile
from bench.settings import Settings


def measure(settings: Settings) -> list[Table]:
    """One room for all of it; what it refuses is counted and not left out."""
    folder = settings.new_folder("crowd")
    with (
        Child("bench.room", room.Asked(str(folder), settings.crowd)) as house,
        Child("bench.load") as phones,
    ):
        serving = house.hear(room.Serving)
        all_of_them = load.Target(host=serving.phones, path=serving.vote, tokens=serving.tokens, pid=house.pid)
        empty = replace(all_of_them, path="/empty")
        some = replace(all_of_them, tokens=serving.tokens[: settings.back])
        floor = phones.ask(load.AtOnce(target=empty), load.Answered)
        votes = phones.ask(load.AtOnce(target=all_of_them), load.Answered)
        back = phones.ask(load.Reconnect(target=some, times=3), load.Back)
        asked = load.Listen(target=all_of_them, desk=serving.desk, changes=settings.crowd_changes)
        heard = phones.ask(asked, load.Heard)
    lines = (
        Line(
            what=f"{settings.crowd:,} votes at one moment, the last answered",
            figure=f"{votes.last_ms:,.0f} ms",
            per_cpu=f"{votes.done:,} of {settings.crowd:,}",
            ratio=f"{votes.last_ms / floor.last_ms:.1f} times as long as empty POSTs",
            aim="none refused",
        ),
        Line(
            what="empty POSTs, the last answered",
            figure=f"{floor.last_ms:,.0f} ms",
            per_cpu=f"{floor.done:,} of {settings.crowd:,}",
        ),
        Line(
            what=f"{settings.crowd:,} phones hear of a change, the last, p99",
            figure=f"{quantile(heard.last_ms, 0.99):,.0f} ms",
            per_cpu=f"median {quantile(heard.last_ms, 0.5):,.0f} ms",
        ),
        Line(
            what=f"{settings.back:,} phones come back at one moment, p99 until each hears",
            figure=f"{quantile(back.waited_ms, 0.99):,.0f} ms",
            per_cpu=f"median {quantile(back.waited_ms, 0.5):,.0f} ms",
        ),
    )
    return [
        Table(
            title=f"A full room of {settings.crowd:,} phones",
            ratio_of="votes beside it",
            beside="how many",
            lines=lines,
            remarks=(
                f"refused or lost: {votes.wrong} votes, {floor.wrong} empty POSTs",
                waiting([votes.used, floor.used, heard.used, back.used]),
            ),
        )
    ]
