"""From a key press to its repaint in the real console, while votes arrive and while nothing does."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import cycle
from statistics import median

from bench import house, load
from bench.children import Child
from bench.machine import ran_s, waited_s
from bench.report import Line, Table, quantile
from bench.settings import Settings
from bench.terminal import Terminal
from workshop_tui.domain import commands as cmd

AIM_MS = 100
ROUND = "i01.1"
QUESTION = "What should come first"
LIVE = "people for each answer"

Press = tuple[str, str]
"""A key and what it shows."""

Took = tuple[float, float]
"""From the press to the repaint, in milliseconds: what passed, and how much of it the console was on a core."""

_SCREEN: tuple[Press, ...] = tuple(("b", mode) for mode in ("THANKS", "JOIN", "BLANK", "QUESTION"))
KEYS: dict[str, tuple[Press, ...]] = {
    "l, the live result (asks the room)": (("l", LIVE),),
    "b, the big screen (a command, on disk)": _SCREEN,
    "l again, hides it (only the console)": (("l", "Live results hidden"),),
    "j, the join square (only the console)": (("j", "JOIN IN ON YOUR PHONE"),),
    "q, back from it (only the console)": (("q", QUESTION),),
}
"""One press of each in every turn, in this order; nothing else puts these words on the screen just then.

Coming and going are counted apart: the quicker half would hide the slow presses of the other. No key comes twice in a
row: that would be taken for one that is held down.
"""


def measure(settings: Settings) -> list[Table]:
    """The room and the console as people start them; the phones vote within their usual bounds."""
    folder = settings.new_folder("console")
    with house.a_house(folder) as run, Child("bench.load") as crowd:
        tokens = house.join(run, settings.voters)
        house.ask(run, cmd.OpenItem(item="i01"))
        house.ask(run, cmd.OpenVote(key=b""))
        target = load.Target(host=house.host_of(run), path=f"/vote/{ROUND}", tokens=tokens, pid=run.pid)
        with Terminal([sys.executable, "-m", "workshop_tui", "attach"]) as console:
            console.wait_for(QUESTION)
            console.read(1.0)
            turns = {name: cycle(steps) for name, steps in KEYS.items()}
            began = time.perf_counter()
            quiet = _press(console, turns, settings.presses)
            # Long enough for presses that take half as long again.
            seconds = (time.perf_counter() - began) * 1.5 + 3.0
            began, waited = time.perf_counter(), waited_s(console.pid)
            crowd.begin(load.Paced(target=target, per_s=settings.votes_per_s, seconds=seconds))
            console.read(1.0)
            busy = _press(console, turns, settings.presses)
            waited = (waited_s(console.pid) - waited) / (time.perf_counter() - began)
            is_short = time.perf_counter() - began > seconds
            came = crowd.hear(load.Answered)
    lines: list[Line] = []
    for name in KEYS:
        under, alone = (quantile([passed for passed, _ in found[name]], 0.95) for found in (busy, quiet))
        lines.append(
            Line(
                what=name,
                figure=f"{under:.0f} ms",
                per_cpu=f"{median([passed for passed, _ in busy[name]]):.0f} ms",
                ratio=f"{under / alone:.1f} times {alone:.0f} ms",
                aim=f"{AIM_MS} ms",
            )
        )
    own = [f"{quantile([ran for _, ran in busy[name]], 0.95):.0f} ms" for name in KEYS]
    return [
        Table(
            title=f"Key press to repaint while {settings.votes_per_s:.0f} votes a second arrive,"
            f" p95 of {settings.presses} presses of each",
            ratio_of="beside no votes",
            lines=tuple(lines),
            beside="median",
            remarks=(
                f"{came.done / came.used.seconds:.0f} votes a second were stored; wrong answers: {came.wrong};"
                f" the room took {came.used.cpu_s / came.used.seconds:.0%} of one core"
                + ("; they ended before the last presses" if is_short else ""),
                f"the console's own processor time until the repaint, p95: {', '.join(own)}",
                f"meanwhile it had work and no core for {waited:.0%} of the time",
            ),
        )
    ]


def _press(console: Terminal, turns: Mapping[str, Iterator[Press]], times: int) -> dict[str, list[Took]]:
    """Each key so many times, at moments that follow no beat."""
    pause = random.Random(1)
    found: dict[str, list[Took]] = {name: [] for name in KEYS}
    for _ in range(times):
        for name, turn in turns.items():
            ran = ran_s(console.pid)
            passed = console.press(*next(turn))
            found[name].append((passed * 1_000, (ran_s(console.pid) - ran) * 1_000))
            console.read(pause.uniform(0.05, 0.25))
    return found
