"""What one more vote costs while a round holds a hundred, ten thousand or a million ballots, for every kind."""

from __future__ import annotations

import gc
import random
import time
import tracemalloc
from statistics import median

import msgspec
from msgspec import Struct

from bench import answers
from bench.report import Line, Table
from bench.settings import Settings
from workshop_tui.domain.activity import AnyPoll, Poll
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.events import BallotCast
from workshop_tui.domain.rows import BallotRow, ReasonRow
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.room.reasons import Reasons
from workshop_tui.room.tables import Tables
from workshop_tui.room.tallies import RunningTally

ROUND = "i01.1"
BATCH = 100
"""Votes that share one commit."""

DISTINCT = 5_000
"""Different answers that are drawn from: what a room of people could say, and more than it does."""


class Cost(Struct, frozen=True):
    """What was found at one size."""

    vote_us: float
    """Microseconds for one vote: laid on top, and folded in with its batch."""
    result_ms: float
    """Milliseconds for one result, from the counts to the blocks."""
    distinct: int


def measure(settings: Settings) -> list[Table]:
    """Votes are laid on the room's own tables and folded in, as a commit does; a third of them change an answer."""
    return [_costs(settings), _memory(settings)]


def _costs(settings: Settings) -> Table:
    lines = []
    for name, poll in polls().items():
        choices = choices_of(poll, DISTINCT)
        costs = [_cost(poll, choices, size, settings.kind_votes) for size in settings.kind_ballots]
        lines.append(
            Line(
                what=name,
                figure=" / ".join(f"{cost.vote_us:.1f}" for cost in costs) + " us a vote",
                per_cpu=" / ".join(f"{cost.result_ms:.1f}" for cost in costs) + " ms a result",
                ratio=f"{costs[-1].vote_us / costs[0].vote_us:.2f}",
                aim="1 (flat)",
            )
        )
    sizes = " / ".join(f"{size:,}" for size in settings.kind_ballots)
    return Table(
        title=f"One more vote with {sizes} ballots in the round, by kind",
        ratio_of="last beside first",
        beside="one result",
        lines=tuple(lines),
        remarks=(
            f"Medians of batches of {BATCH}; the second column is one result, from counts to what is drawn.",
            f"Drawn from up to {DISTINCT:,} different answers.",
        ),
    )


def _memory(settings: Settings) -> Table:
    """What the counts of a round hold, beside the ballots they count."""
    size, lines = settings.kind_ballots[-1], []
    for name, poll in polls().items():
        choices = choices_of(poll, DISTINCT)
        lot = random.Random(1)
        gc.collect()
        tracemalloc.start()
        tally = RunningTally({})
        for _ in range(size):
            tally.count(lot.choice(choices), 1)
        counts = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        texts = sum(len(choice) for choice in tally.profile)
        lines.append(
            Line(
                what=name,
                figure=f"{(counts + texts) / 1e6:.2f} MB",
                per_cpu=f"{len(tally.profile):,} different",
                ratio=f"{(counts + texts) / size:.2f} B",
            )
        )
    lines.append(_reasons(size))
    return Table(
        title=f"Memory of the counts of {size:,} ballots, by kind",
        ratio_of="each ballot",
        beside="answers",
        lines=tuple(lines),
        remarks=("The ballots themselves lie beside it, one small row each, so that people can change their answer.",),
    )


def _reasons(size: int) -> Line:
    """A reason from everybody, and no two the same: it is no part of what is counted, but the room holds it too."""
    gc.collect()
    tracemalloc.start()
    kept = Reasons(
        ReasonRow(
            key=f"{number:032x}",
            round=ROUND,
            voter=number.to_bytes(32, "big"),
            body=f'{{"grades":[{{"row":"a","grade":"1","why":"the bus does not go there, says number {number}"}}]}}',
        )
        for number in range(size)
    )
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return Line(
        what="a reason from everybody",
        figure=f"{held / 1e6:.0f} MB",
        per_cpu=f"{len(kept.kept(ROUND)):,} different",
        ratio=f"{held / size:.0f} B",
    )


def polls() -> dict[str, AnyPoll]:
    """Every kind that is counted."""
    return {name: kind for name, kind in KINDS.items() if isinstance(kind, Poll)}


def choices_of(poll: AnyPoll, most: int) -> list[str]:
    """Up to `most` different answers to the kind's own example, as they are kept."""
    config, lot = poll.examples().config, random.Random(7)
    form = poll.ask(config)
    ballots = (poll.bare(poll.read(config, answers.answer(form, lot))) for _ in range(most))
    found = {msgspec.json.encode(ballot).decode() for ballot in ballots}
    return sorted(found)


def _cost(poll: AnyPoll, choices: list[str], ballots: int, votes: int) -> Cost:
    lot = random.Random(ballots)
    kept = {
        number.to_bytes(32, "big"): BallotRow(choice=lot.choice(choices), revision=1, receipt=b"")
        for number in range(ballots)
    }
    tables = Tables(_stored(kept))
    casts = [_cast(kept, number, ballots, choices, lot) for number in range(votes)]
    # What the collector does with a million rows is not what a vote costs.
    gc.collect()
    gc.disable()
    try:
        took = []
        for start in range(0, votes, BATCH):
            batch = casts[start : start + BATCH]
            began = time.perf_counter()
            for cast in batch:
                tables.apply(cast)
            tables.commit()
            took.append((time.perf_counter() - began) / len(batch))
        config = poll.examples().config
        profile = tables.tallies[ROUND].profile
        began = time.perf_counter()
        counted = {msgspec.json.decode(choice, type=poll.ballot_type): n for choice, n in profile.items()}
        poll.show(config, poll.tally(config, counted))
        result = time.perf_counter() - began
    finally:
        gc.enable()
    return Cost(median(took) * 1e6, result * 1e3, len(profile))


def _cast(
    kept: dict[bytes, BallotRow], number: int, ballots: int, choices: list[str], lot: random.Random
) -> BallotCast:
    changes = number % 3 == 0 and number < ballots
    voter = (number if changes else ballots + number).to_bytes(32, "big")
    old = kept[voter].choice if changes else None
    return BallotCast(
        round=ROUND, voter=voter, old=old, new=lot.choice(choices), first=not changes, revision=1 + changes, receipt=b""
    )


def _stored(kept: dict[bytes, BallotRow]) -> StoredSession:
    info = SessionInfo(
        id="0" * 16,
        code="KDMP",
        agenda=Agenda(title="A bench", stage="needs", items=()),
        agenda_name="bench.toml",
        agenda_sha256="0" * 64,
        created_at=0,
    )
    return StoredSession(
        info=info,
        journal=(),
        people={},
        round_keys={ROUND: b"k" * 32},
        story_key=None,
        ballots={ROUND: kept},
        contributions=(),
        held_authors=frozenset(),
        notes=(),
        dropped_notes=frozenset(),
        alive_ms=0,
    )
