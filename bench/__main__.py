"""`make bench`: measure, and print one table for each question with the floor beside it."""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from bench import console, crowd, exports, fanout, kinds, large, machine, records, rules, slowdisk, starts, votes, words
from bench.report import Table, as_text
from bench.settings import Settings, quick

MEASURES: dict[str, Callable[[Settings], list[Table]]] = {
    "votes": votes.measure,
    "fanout": fanout.measure,
    "slowdisk": slowdisk.measure,
    "console": console.measure,
    "words": words.measure,
    "crowd": crowd.measure,
    "large": large.measure,
    "record": records.measure,
    "exports": exports.measure,
    "starts": starts.measure,
    "kinds": kinds.measure,
    "rules": rules.measure,
}


@click.command()
@click.option("--quick", "is_quick", is_flag=True, help="The smallest sizes: shows that it runs; figures mean nothing.")
@click.option("--only", multiple=True, type=click.Choice(list(MEASURES)), help="One measurement; may be repeated.")
@click.option(
    "--rounds", type=click.IntRange(1, 100), default=None, help="Rounds of the measurements of votes and of exports."
)
@click.option("--folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
              help="Where its session files lie while it runs; default: the folder for temporary files.")  # fmt: skip
def main(is_quick: bool, only: tuple[str, ...], rounds: int | None, folder: Path | None) -> None:
    """Measure what a room can bear, beside a floor measured in the same run."""
    # Whoever ends a bench ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder) as place:
        settings = quick(Path(place)) if is_quick else Settings(folder=Path(place))
        if rounds:
            settings = msgspec.structs.replace(settings, rounds=rounds, export_rounds=rounds)
        machine.allow_files()
        click.echo(f"{time.strftime('%Y-%m-%d')}: {machine.line()}")
        click.echo(f"one fsync of 4 kB: {machine.fsync_ms(settings.folder):.2f} ms")
        for name in only or MEASURES:
            before = machine.busy(settings.watch_s)
            for table in MEASURES[name](settings):
                click.echo("")
                click.echo(as_text(table))
            after = machine.busy(settings.watch_s)
            click.echo(f"  (other programs used {before:.0%} of the machine before this and {after:.0%} after it)")
        if is_quick:
            click.echo("\nThe smallest sizes: these figures mean nothing.")


if __name__ == "__main__":
    main()
