"""What a rule found: who won, in which places, by which numbers, and what had to be said about it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from workshop_tui.counting.profiles import Candidates, Key, Number
from workshop_tui.messages import Message


class CountingRound(Struct, frozen=True):
    """One step of a rule that counts in steps."""

    figures: tuple[tuple[Key, Number], ...]
    """What each candidate still in the running had at this step, in candidates' order."""
    gone: tuple[Key, ...] = ()
    """Who left after it; several left together."""
    elected: tuple[Key, ...] = ()
    """Who reached what was needed at this step."""
    exhausted: Number = 0
    """Votes that count for nobody any more."""
    note: Message | None = None


Last = tuple[tuple[Key, Number], tuple[Key, Number]]
"""A last round of two: who won it, and who lost, with the votes of each."""


class Outcome(Struct, frozen=True):
    """The result of one rule on one profile."""

    rule: Message
    """The rule's name with the variant that was used."""
    winners: tuple[Key, ...]
    """Who won, in candidates' order. Where one is looked for, several are a tie; none: nothing was said, or the rule
    knows no winner here. Where several are looked for (seats, a budget), all that are in whatever happens to a tie."""
    places: tuple[tuple[Key, ...], ...]
    """Everybody, best place first; who shares a place is in one group."""
    figures: tuple[tuple[Key, Number], ...]
    """What each candidate was judged by, in candidates' order."""
    rounds: tuple[CountingRound, ...] = ()
    notes: tuple[Message, ...] = ()
    """What must be said beside the result, as sentences."""
    tied: tuple[Key, ...] = ()
    """Where several are looked for: who is in or out depending on how a tie is broken, in candidates' order."""
    margin: Number | None = None
    """By how many votes (or points) the winner is ahead of the next; 0 in a tie; None where no such number is exact."""
    last_rounds: tuple[Last, ...] = ()
    """Where the last two of all meet: every last round that the ways of breaking ties end in. One that is a tie is in
    none."""
    short: Message | None = None
    """The rule's name without what it does with cases that are told of only where they occur; None where that is it."""

    @property
    def name(self) -> Message:
        """The rule's name, as short as can be."""
        return self.short or self.rule


def in_places(candidates: Candidates, figures: Mapping[Key, Number]) -> tuple[tuple[Key, ...], ...]:
    """Candidates grouped by their figure, highest first; within a group in candidates' order."""
    groups: dict[Number, list[Key]] = {}
    for key in candidates:
        groups.setdefault(figures[key], []).append(key)
    return tuple(tuple(groups[figure]) for figure in sorted(groups, reverse=True))


def by_most(
    rule: Message,
    candidates: Candidates,
    figures: Mapping[Key, Number],
    *,
    said: bool = True,
    notes: tuple[Message, ...] = (),
    short: Message | None = None,
) -> Outcome:
    """The outcome of a rule by which the highest figure wins; nobody does where nothing was `said`."""
    places = in_places(candidates, figures)
    winners = places[0] if places and said else ()
    margin: Number | None = 0 if len(winners) > 1 else None
    if len(winners) == 1 and len(places) > 1:
        margin = figures[winners[0]] - figures[places[1][0]]
    return Outcome(
        rule=rule,
        winners=winners,
        places=places,
        figures=tuple((key, figures[key]) for key in candidates),
        notes=notes,
        margin=margin,
        short=short,
    )
