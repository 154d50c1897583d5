"""From a key press to its repaint in the real console, while 500 votes a second arrive and while nothing does."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import cycle

from bench import house, load
from bench.children import Child
from bench.report import Line, Table, median, quantile
from bench.settings import Settings
from bench.terminal import Terminal
from workshop_tui.domain import commands as cmd

AIM_MS = 100
VOTES_PER_S = 500.0
PEOPLE = 300
ROUND = "i01.1"
QUESTION = "What should come first"

_LOOK = (("l", "How many people for each answer"), ("l", "Live results hidden"))
_SCREEN = (("b", "ig screen: join"), ("b", "ig screen: blank"), ("b", "ig screen: question"))
_HELP = (("?", "finds everything by name"), ("\x1b", QUESTION))
KEYS = {
    "l, the live result (asks the room)": _LOOK,
    "b, the big screen (a command, on disk)": _SCREEN,
    "?, the help box (only the console)": _HELP[:1],
}
BACK = {"?": _HELP[1]}
"""What is pressed, unmeasured, before the next: Textual holds Escape back for a tenth of a second."""


def measure(settings: Settings) -> list[Table]:
    """The room and the console as people start them; the votes come from 300 phones, within their usual bounds."""
    folder = settings.new_folder("console")
    with house.a_house(folder) as run, Child("bench.load") as crowd:
        tokens = house.join(run, PEOPLE)
        house.ask(run, cmd.OpenItem(item="i01"))
        house.ask(run, cmd.OpenVote(key=b""))
        target = load.Target(host=house.host_of(run), path=f"/vote/{ROUND}", tokens=tokens, pid=run.pid)
        with Terminal([sys.executable, "-m", "workshop_tui", "attach"], {}) as console:
            console.wait_for(QUESTION)
            console.read(1.0)
            presses = {name: cycle(steps) for name, steps in KEYS.items()}
            began = time.perf_counter()
            quiet = _press(console, presses, settings.presses)
            # Long enough for presses that take half as long again.
            seconds = (time.perf_counter() - began) * 1.5 + 3.0
            began = time.perf_counter()
            crowd.begin(load.Paced(target=target, per_s=VOTES_PER_S, seconds=seconds))
            console.read(1.0)
            busy = _press(console, presses, settings.presses)
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
            title=f"Key press to repaint while votes arrive, p95 of {settings.presses} presses of each key",
            ratio_of="beside no votes",
            lines=tuple(lines),
            remarks=(
                f"medians: {middle}",
                f"{came.done / came.seconds:.0f} votes a second were stored meanwhile; wrong answers: {came.wrong};"
                f" the room took {came.cpu_s / came.seconds:.0%} of one core"
                + ("; they ended before the last presses" if is_short else ""),
            ),
        )
    ]


def _press(console: Terminal, presses: Mapping[str, Iterator[tuple[str, str]]], times: int) -> dict[str, list[float]]:
    """Each key so many times, at moments that follow no beat; milliseconds."""
    pause = random.Random(1)
    found: dict[str, list[float]] = {name: [] for name in KEYS}
    for _ in range(times):
        for name, steps in presses.items():
            key, shows = next(steps)
            found[name].append(console.press(key, shows) * 1_000)
            if key in BACK:
                console.press(*BACK[key])
            console.read(pause.uniform(0.05, 0.25))
    return found
