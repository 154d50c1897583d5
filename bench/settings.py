"""How much to measure."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """The sizes of one run; the defaults are what docs/performance.md reports."""

    folder: Path
    """Where session files lie while it runs; its disk is what is measured."""
    watch_s: float = 1.0
    """How long to watch, before and after each measurement, what other programs use of the machine."""
    connections: tuple[int, ...] = (64, 300)
    rounds: int = 5
    seconds: float = 1.0
    """The measured part of a round."""
    warm_s: float = 0.3
    listeners: int = 1_000
    changes: int = 50
    bursts: int = 5
    burst: int = 300
    presses: int = 50
    """Of each key, without votes and then again with them; of far fewer, one stumble of the machine is the p95."""
    voters: int = 300
    """Phones that vote while keys are pressed."""
    votes_per_s: float = 500.0
    """What they send together; each stays within what the product lets one phone send."""
    starts: int = 5
    queued: tuple[int, ...] = (10, 10_000)
    """Contributions in the room while one more comes."""
    queue_times: int = 300
    stories: int = 2_000
    """In the room while people vote and somebody reads."""
    reading_s: float = 4.0
    crowd: int = 4_000
    """As many phones as a room lets in."""
    crowd_changes: int = 20
    back: int = 1_000
    """Phones that come back at one moment."""
    large_rounds: tuple[int, ...] = (25, 250)
    """Votes of 4,000 people in one session file."""
    large_people: int = 4_000
    record_sessions: tuple[int, ...] = (100, 1_000)
    """Sessions in one folder, each with its record, its baton and its answers."""
    record_people: int = 200
    export_people: int = 300
    export_items: int = 20
    export_stories: int = 500
    export_times: tuple[int, ...] = (1, 10)
    """The people and the stories of a day that is exported, as multiples of these."""
    export_rounds: int = 3
    export_files: tuple[str, ...] = ()
    """Those that are measured; empty for all."""
    kind_ballots: tuple[int, ...] = (100, 10_000, 1_000_000)
    """Ballots in the round while one more is counted."""
    kind_votes: int = 3_000
    """Votes timed at each size."""
    rule_ballots: int = 10_000
    rule_options: int = 20
    rule_rounds: int = 5
    libraries: tuple[str, ...] = ("pref-voting", "votelib", "pabutools")
    """Whose rules are measured beside ours; all but votelib are installed first, with minutes and the network."""

    def new_folder(self, name: str) -> Path:
        """An empty folder of one measurement."""
        folder = self.folder / name
        folder.mkdir(parents=True)
        return folder


def quick(folder: Path) -> Settings:
    """Sizes that only show that everything works; their figures mean nothing."""
    return Settings(
        folder=folder, watch_s=0.1, connections=(4,), rounds=1, seconds=0.3, warm_s=0.1, listeners=20, changes=3,
        bursts=1, burst=20, presses=1, voters=10, votes_per_s=15.0, starts=1,
        queued=(5, 50), queue_times=20, stories=40, reading_s=0.5, crowd=40, crowd_changes=2, back=20,
        large_rounds=(1, 2), large_people=30, record_sessions=(2,), record_people=10,
        export_people=12, export_items=13, export_stories=20, export_times=(1, 2), export_rounds=1,
        export_files=("report.html", "summary.md", "board-item.docx", "actions.xlsx", "session.json", "votes.csv"),
        kind_ballots=(10, 100), kind_votes=200, rule_ballots=60, rule_options=5, rule_rounds=1,
        libraries=("votelib",),
    )  # fmt: skip
