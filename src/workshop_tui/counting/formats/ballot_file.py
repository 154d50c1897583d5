"""What a file of ballots says, whatever its format was."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, Values, place_points
from workshop_tui.messages import ENGLISH, Text, Verbatim, tr, trn


class Oddity(Struct, frozen=True):
    """Something in a file that is not as its format says; the file was read all the same."""

    line: int
    """The first line that has it, from 1; 0 for the file as a whole."""
    text: Text
    """What is odd, and what was made of it."""
    more: int = 0
    """How many more lines have the same."""

    @property
    def words(self) -> tuple[Text, ...]:
        """Where it is, what it is, and how many more lines have the same."""
        where = tr("Line {line}: {what}", line=Verbatim(str(self.line)), what=self.text) if self.line else self.text
        if not self.more:
            return (where,)
        return (where, trn("{n} more line has the same.", "{n} more lines have the same.", self.more))

    def __str__(self) -> str:
        return ENGLISH.text(self.words)


class BallotFile(Struct, frozen=True, kw_only=True):
    """One vote out of a file."""

    format: str
    """"soc", "soi", "toc", "toi", "cat", "pb" or "session", as the file is read."""
    title: str
    """What was voted on, as far as the file says; one clean line, may be empty."""
    key: str = ""
    """The name of the round in a session's export; empty in other files."""
    profile: PlainProfile
    blank: int = 0
    """Ballots that say nothing and are not in the profile."""
    selected: tuple[str, ...] | None = None
    """The keys that the file says were chosen in the end; None where it does not say."""
    oddities: tuple[Oddity, ...] = ()
    """By line."""


def named(profile: PlainProfile) -> Iterator[tuple[int, Values]]:
    """(how many, whom they named with its points); without points 0, in the order that they were named."""
    if isinstance(profile, Ordered):
        yield from ((count, tuple((key, 0) for group in order for key in group)) for count, order in profile.lines)
    elif isinstance(profile, Approved):
        yield from ((count, tuple((key, 0) for key in chosen)) for count, chosen in profile.lines)
    else:
        yield from profile.lines


def totals(profile: PlainProfile) -> tuple[dict[str, int], dict[str, int]]:
    """How many named each candidate, and all its points; of orders those for places."""
    votes = {each.key: 0 for each in profile.candidates}
    points = dict(votes)
    ballots = place_points(profile) if isinstance(profile, Ordered) else named(profile)
    for count, ballot in ballots:
        for key, given in ballot:
            votes[key] += count
            points[key] += count * given
    return votes, points
