"""How long until the first words: `--help`, the console on a running room, the whole from nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench import house
from bench.console import QUESTION
from bench.report import Line, Table
from bench.settings import Settings
from bench.terminal import Terminal
from workshop_tui.domain import commands as cmd
from workshop_tui.runtime.addresses import LOOPBACK

PRODUCT = (sys.executable, "-m", "workshop_tui")
BARE = "python -c pass"


def measure(settings: Settings) -> list[Table]:
    """Each in turn, again and again, beside Python that starts and does nothing."""
    folder = settings.new_folder("starts")
    with house.a_house(folder) as run:
        house.ask(run, cmd.OpenItem(item="i01"))
        steps: dict[str, Callable[[], float]] = {
            BARE: lambda: _until_ended([sys.executable, "-c", "pass"]),
            "workshop-tui --help": lambda: _until_ended([*PRODUCT, "--help"]),
            "workshop-tui attach, first screen": _first_screen,
        }
        found: dict[str, list[float]] = {name: [] for name in steps}
        for _ in range(settings.starts):
            for name, step in steps.items():
                found[name].append(step() * 1_000)
    cold = "workshop-tui run, first screen, room started too"
    found[cold] = [_from_nothing(settings.new_folder(f"cold-{number}")) * 1_000 for number in range(settings.starts)]
    floor = median(found[BARE])
    lines = tuple(
        Line(
            what=name,
            figure=f"{median(times):.0f} ms",
            ratio="" if name == BARE else f"{median(times) / floor:.1f} times as long",
        )
        for name, times in found.items()
    )
    title = f"Until the first words, medians of {settings.starts} starts with warm files"
    return [Table(title=title, ratio_of="beside bare Python", lines=lines)]


def _until_ended(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _first_screen() -> float:
    with Terminal([*PRODUCT, "attach"]) as console:
        return console.wait_for(QUESTION) - console.began


def _from_nothing(folder: Path) -> float:
    """Room and console of a new session; the room is stopped again afterwards."""
    with house.a_home(folder) as agenda:
        command = [
            *PRODUCT,
            "run",
            str(agenda), "--lan", LOOPBACK, "--unlocked", "A measurement", "--keep-until", "undecided",
        ]  # fmt: skip
        with Terminal(command) as console:
            took = console.wait_for("? Help") - console.began
        subprocess.run([*PRODUCT, "stop", "--yes"], check=True, stdout=subprocess.DEVNULL)
    return took
