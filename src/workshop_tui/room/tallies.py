"""The ballots of each round with their running counts, and what sealing a round does to both."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop_tui.domain.roles import may_part
from workshop_tui.domain.rows import BallotRow
from workshop_tui.room.layers import Layer


class Tally:
    """The ballots of one round and the running counts of equal ones."""

    def __init__(self, ballots: dict[bytes, BallotRow]) -> None:
        self.ballots: Layer[bytes, BallotRow] = Layer(ballots)
        self.profile: dict[str, int] = {}
        """How often each choice was made, by canonical JSON; updated in place."""
        self.parts: dict[str, dict[str, int]] = {}
        """The same for each group that is counted apart, by segment; the whole is their sum. Empty where none is."""
        self.skipped = 0
        self.changes = 0
        for row in ballots.values():
            self.count(row.choice, 1, row.segment)
            self.changes += row.revision - 1

    def count(self, choice: str | None, by: int, segment: str = "") -> None:
        """Add to or take from one choice, in the whole and in its group; one that nobody makes any more is deleted."""
        if choice is None:
            self.skipped += by
            return
        add_to(self.profile, choice, by)
        if segment:
            add_to(self.parts.setdefault(segment, {}), choice, by)

    def seal(self) -> None:
        """Forget which ballots are of which group where one is too small, and always which group skipped."""
        keeps = may_part({segment: sum(profile.values()) for segment, profile in self.parts.items()})
        if not keeps:
            self.parts = {}
        base = self.ballots.base
        for voter, row in base.items():
            if row.segment and (not keeps or row.choice is None):
                base[voter] = replace(row, segment="")

    def put_instead(self, instead: Sequence[tuple[str, int]]) -> None:
        """Put other choices in place of those that were made, in the order of the voters' names; see the event."""
        if not instead:
            return
        base = self.ballots.base
        voters = sorted(voter for voter, row in base.items() if row.choice is not None)
        choices = (choice for choice, count in instead for _ in range(count))
        for voter, choice in zip(voters, choices, strict=True):
            base[voter] = replace(base[voter], choice=choice)
        self.profile = dict(instead)

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
