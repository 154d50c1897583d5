"""From ballots to a result by every rule that other people's libraries have too, in one run: same answers, how fast."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct
from tests.oracles.environments import python_of

from bench.others.clock import timed
from bench.report import Line, Table
from bench.settings import Settings
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import minimax, pairwise, schulze
from workshop_tui.counting.ranks import borda, plurality
from workshop_tui.counting.runoff import irv
from workshop_tui.counting.shares import equal_shares, greedy
from workshop_tui.counting.star import star

AIM = 0.25
"""At most a quarter of the fastest library's time."""


class Ballots(Struct, frozen=True):
    """The same random answers for everybody."""

    keys: list[str]
    orders: list[list[str]]
    """Complete and strict, so that every library can read them in its fastest form."""
    scores: list[list[tuple[str, int]]]
    approvals: list[list[str]]
    costs: dict[str, int]
    budget: int
    votes: dict[str, int]
    """How many chose each."""
    rounds: int


class Found(Struct, frozen=True):
    """What one library said of one rule."""

    seconds: float | None
    winners: list[str]
    why: str = ""
    """Why there is no answer."""


def measure(settings: Settings) -> list[Table]:
    """Ours in this process, the libraries each in an environment of its own, one after the other."""
    asked = ballots(settings)
    ours = {rule: Found(**timed(call, asked.rounds)) for rule, call in calls(asked).items()}
    others, missing = {}, []
    for library in settings.libraries:
        try:
            others[library] = _ask(library, asked, settings.folder)
        except (subprocess.SubprocessError, OSError) as problem:
            missing.append(f"{library} was not measured: {type(problem).__name__}.")
    lines = [line for rule, own in ours.items() for line in _lines(rule, own, others)]
    return [
        Table(
            title=f"From {len(asked.orders):,} ballots on {len(asked.keys)} options to the result",
            ratio_of="ours beside the fastest",
            beside="same answer",
            lines=tuple(lines),
            remarks=(f"Medians of {asked.rounds}, each after one run that does not count.", *missing),
        )
    ]


def ballots(settings: Settings) -> Ballots:
    """Random answers; nearly all of them different, which is the hardest for counts of equal ballots."""
    lot = random.Random(5)
    keys = [chr(ord("a") + at) for at in range(settings.rule_options)]
    people = range(settings.rule_ballots)
    # Some options are liked better than others, or every order would be a coin toss among all.
    pull = {key: lot.random() for key in keys}
    orders = [sorted(keys, key=lambda key: -pull[key] - 1.5 * lot.random()) for _ in people]
    scores = [[(key, min(5, int(6 * (pull[key] + lot.random()) / 2))) for key in keys] for _ in people]
    approvals = [sorted(order[: lot.randint(1, 8)]) for order in orders]
    votes = Counter(key for chosen in approvals for key in chosen)
    costs = {key: lot.randrange(1_000, 20_000, 100) for key in keys}
    return Ballots(
        keys=keys,
        orders=orders,
        scores=scores,
        approvals=approvals,
        costs=costs,
        budget=sum(costs.values()) // 3,
        votes={key: votes[key] for key in keys},
        rounds=settings.rule_rounds,
    )


def calls(asked: Ballots) -> dict[str, Callable[[], list[str]]]:
    """Our rules, each from the same raw ballots to the winners."""
    keys, alone = asked.keys, {key: (key,) for key in asked.keys}

    def rankings() -> dict[tuple[tuple[str, ...], ...], int]:
        return Counter(tuple(map(alone.__getitem__, order)) for order in asked.orders)

    def scores() -> dict[tuple[tuple[str, int], ...], int]:
        return Counter(tuple(sheet) for sheet in asked.scores)

    def approvals() -> dict[tuple[str, ...], int]:
        return Counter(tuple(chosen) for chosen in asked.approvals)

    def won(outcome: Outcome) -> list[str]:
        return sorted(outcome.winners)

    return {
        "plurality": lambda: won(plurality(keys, rankings())),
        "Borda": lambda: won(borda(keys, rankings())),
        "Schulze": lambda: won(schulze(pairwise(keys, rankings()))),
        "minimax": lambda: won(minimax(pairwise(keys, rankings()))),
        "IRV": lambda: won(irv(keys, rankings())),
        "STAR": lambda: won(star(keys, scores(), most=5)),
        "greedy by votes": lambda: won(greedy(keys, asked.costs, asked.budget, approvals=approvals())),
        "equal shares": lambda: won(
            equal_shares(keys, asked.costs, asked.budget, approvals=approvals(), add_one=False)
        ),
    }


def _ask(library: str, asked: Ballots, folder: Path) -> dict[str, Found]:
    # votelib needs nothing else, so it is among the tools of this environment.
    python = Path(sys.executable) if library == "votelib" else python_of(library, folder / "oracles")
    script = Path(__file__).parent / "others" / f"{library.replace('-', '_')}_times.py"
    run = subprocess.run(
        [python, script],
        input=msgspec.json.encode(asked),
        capture_output=True,
        check=True,
        timeout=1_800,
        env={**os.environ, "NUMBA_CACHE_DIR": str(folder / "numba")},
    )
    told = json.loads(run.stdout.splitlines()[-1])
    return {rule: msgspec.convert(each, Found) for rule, each in told.items()}


def _lines(rule: str, own: Found, others: dict[str, dict[str, Found]]) -> list[Line]:
    told = {library: found[rule] for library, found in others.items() if rule in found}
    times = [each.seconds for each in told.values() if each.seconds]
    ratio = f"{(own.seconds or 0) / min(times):.2f}" if times else ""
    lines = [Line(what=f"{rule}, ours", figure=_ms(own.seconds), ratio=ratio, aim=f"{AIM}" if times else "")]
    for library, found in told.items():
        same = "" if found.seconds is None else "yes" if sorted(found.winners) == sorted(own.winners) else "NO"
        lines.append(Line(what=f"  {library}", figure=_ms(found.seconds) if found.seconds else found.why, per_cpu=same))
    return lines


def _ms(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1e3:,.1f} ms"
