"""The ballots of each round with their running counts; what sealing makes of both is in the event, and only applied."""

from __future__ import annotations

from msgspec.structs import replace

from workshop_tui.domain.events import BallotsSealed
from workshop_tui.domain.rows import BallotRow, SealedRow
from workshop_tui.room.overlay import Overlay


class RunningTally:
    """The ballots of one round and the running counts of equal ones."""

    def __init__(self, ballots: dict[bytes, BallotRow], sealed: SealedRow | None = None) -> None:
        self.ballots: Overlay[bytes, BallotRow] = Overlay(ballots)
        self.profile: dict[str, int] = {}
        """How often each choice was made, by canonical JSON; updated in place."""
        self.parts: dict[str, dict[str, int]] = {}
        """The same for each group that is counted apart, by segment; the whole is their sum. Empty where none is."""
        self.skipped = 0
        self.changes = 0
        self.sealed = sealed
        """What was counted for good; None until then."""
        for row in ballots.values():
            self.count(row.choice, 1, row.segment)
            self.changes += row.revision - 1
        if sealed is not None:
            self.changes = sealed.changes

    def count(self, choice: str | None, by: int, segment: str = "") -> None:
        """Add to or take from one choice, in the whole and in its group; one that nobody makes any more is deleted."""
        if choice is None:
            self.skipped += by
            return
        add_to(self.profile, choice, by)
        if segment:
            add_to(self.parts.setdefault(segment, {}), choice, by)

    def seal(self, event: BallotsSealed) -> None:
        """Stand as the ballots were counted for good."""
        base, instead = self.ballots.base, dict(event.instead)
        for voter, row in base.items():
            segment = row.segment if event.groups == "kept" and row.choice is not None else ""
            choice = instead.get(voter, row.choice)
            if (choice, segment) != (row.choice, row.segment):
                base[voter] = replace(row, choice=choice, segment=segment)
        counts = dict(event.counts)
        self.skipped = counts.pop(None, 0)
        self.profile = {choice: people for choice, people in counts.items() if choice is not None}
        self.parts = self.parts if event.groups == "kept" else {}
        self.changes = event.changes
        self.sealed = SealedRow(event.counts, event.changes, event.salt)

    def forget_phones(self) -> None:
        """Let go of what only served to know a phone's next sending: its key is destroyed."""
        base = self.ballots.base
        for voter, row in base.items():
            base[voter] = replace(row, revision=1, receipt=b"")

    @property
    def answered(self) -> int:
        """How many people chose something."""
        return len(self.ballots.base) - self.skipped


def add_to(profile: dict[str, int], choice: str, by: int) -> None:
    """Add to or take from one choice; one that nobody makes any more is deleted."""
    left = profile.get(choice, 0) + by
    if left:
        profile[choice] = left
    else:
        del profile[choice]
