"""From a key press to its repaint in the real console, while votes arrive and while nothing does."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import cycle

from bench import house, load
from bench.children import Child
from bench.machine import waited_s
from bench.report import Line, Table, median, quantile
from bench.settings import Settings
from bench.terminal import Terminal
from workshop_tui.domain import commands as cmd

AIM_MS = 100
ROUND = "i01.1"
QUESTION = "What should come first"

Press = tuple[str, str]
"""A key and what it shows."""

_LOOK = ((("l", "How many people for each answer"),), (("l", "Live results hidden"),))
# The said line or the undo line: both hold it, and which comes first does not matter.
_SCREEN = tuple(((("b", f"ig screen: {mode}"),)) for mode in ("join", "blank", "question"))
_JOIN = ((("j", "JOIN IN ON YOUR PHONE"), ("j", QUESTION)),)
KEYS = {
    "l, the live result (asks the room)": _LOOK,
    "b, the big screen (a command, on disk)": _SCREEN,
    "j, the join square (only the console)": _JOIN,
}
"""What is pressed in one turn, and in the next; nothing else puts these words on the screen just then."""


def measure(settings: Settings) -> list[Table]:
    """The room and the console as people start them; the phones vote within their usual bounds."""
    folder = settings.new_folder("console")
    with house.a_house(folder) as run, Child("bench.load") as crowd:
        tokens = house.join(run, settings.voters)
        house.ask(run, cmd.OpenItem(item="i01"))
        house.ask(run, cmd.OpenVote(key=b""))
        target = load.Target(host=house.host_of(run), path=f"/vote/{ROUND}", tokens=tokens, pid=run.pid)
        with Terminal([sys.executable, "-m", "workshop_tui", "attach"], {}) as console:
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
        under, alone = quantile(busy[name], 0.95), quantile(quiet[name], 0.95)
        lines.append(
            Line(
                what=name,
                figure=f"{under:.0f} ms",
                ratio=f"{under / alone:.1f} times {alone:.0f} ms",
                aim=f"{AIM_MS} ms",
            )
        )
    middle = ", ".join(f"{median(busy[name]):.0f} ms" for name in KEYS)
    return [
        Table(
            title=f"Key press to repaint while {settings.votes_per_s:.0f} votes a second arrive,"
            f" p95 of at least {settings.presses} presses of each",
            ratio_of="beside no votes",
            lines=tuple(lines),
            remarks=(
                f"medians: {middle}",
                f"{came.done / came.used.seconds:.0f} votes a second were stored; wrong answers: {came.wrong};"
                f" the room took {came.used.cpu_s / came.used.seconds:.0%} of one core"
                + ("; they ended before the last presses" if is_short else ""),
                f"meanwhile the console had work and no core for {waited:.0%} of the time",
            ),
        )
    ]


def _press(console: Terminal, turns: Mapping[str, Iterator[tuple[Press, ...]]], times: int) -> dict[str, list[float]]:
    """Each key so many times, at moments that follow no beat; milliseconds."""
    pause = random.Random(1)
    found: dict[str, list[float]] = {name: [] for name in KEYS}
    for _ in range(times):
        for name, turn in turns.items():
            for key, shows in next(turn):
                found[name].append(console.press(key, shows) * 1_000)
                console.read(pause.uniform(0.05, 0.25))
    return found
