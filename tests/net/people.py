"""Who is in the room on the day."""

from __future__ import annotations

from collections.abc import Sequence

from tests.net.day import Ballot

PATIENTS = ("ann", "ben", "cat", "dan", "eve", "fay", "gus", "hal")
CARERS = ("ida", "jo", "kit", "lou", "max", "ned")
STAFF = ("sue", "tom", "una", "vic", "wes", "xan", "yas", "zoe", "abe", "bea", "cyn", "deb")
WATCHING = ("olga", "pam")
VOTERS = PATIENTS + CARERS + STAFF


def dealt(ballots: Sequence[Ballot], people: Sequence[str] = VOTERS) -> dict[str, Ballot]:
    """Ballots given to people in turn, from the first again when there are no more."""
    return {who: ballots[number % len(ballots)] for number, who in enumerate(people)}
