"""What controls and tables say beside a kind's own words, where more than one drawing says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.units import UnitName
from workshop_tui.messages import Counted, Message, Verbatim, counted, tr

ANSWER: Final = tr("Answer")
"""Over the column of what could be chosen."""

# Not "most": beside a count of people that says more than half of them.
HIGHEST: Final = tr("highest")
JOINT_HIGHEST: Final = tr("joint highest")
JOINT: Final = tr("joint")
PLEASE_NOTE: Final = tr("Please note:")

BEST_FIRST: Final = tr("Put the most important at the top.")

FOR_EACH: Final[Mapping[UnitName, Message]] = {
    "people": tr("How many people for each answer"),
    "evaluators": tr("How many evaluators for each answer"),
    "dots": tr("How many dots for each answer"),
    "points": tr("How many points for each answer"),
    "points out of 100": tr("How many points out of 100 for each answer"),
}
"""Over bars."""

GAVE_EACH: Final[Mapping[Literal["people", "evaluators"], Message]] = {
    "people": tr("How many people gave each answer"),
    "evaluators": tr("How many evaluators gave each answer"),
}
"""Over a distribution."""


def by_script(name: str) -> Verbatim:
    """A place that the page's script fills, again and again: a number there decides no plural."""
    return Verbatim(f"{{{name}}}")


class Spread(Struct, frozen=True):
    """What is said of dots, or of points, while they are spread; {n} is how many there are to spread."""

    left: Counted
    left_exact: Counted
    over: Counted
    now: Counted
    none_left: Message
    none_here: Message
    most_each: Counted
    take_away: Counted
    add: Counted


SPREAD: Final[Mapping[Literal["dots", "points"], Spread]] = {
    "dots": Spread(
        left=counted("{left} of {n} dot left", "{left} of {n} dots left"),
        left_exact=counted("{left} of {n} dot left. Use it.", "{left} of {n} dots left. Use them all."),
        over=counted("{over} too many. You have {n} dot.", "{over} too many. You have {n} dots."),
        now=counted("{option}: {amount}. {left} of {n} dot left.", "{option}: {amount}. {left} of {n} dots left."),
        none_left=tr("You have no dots left. Take some away first."),
        none_here=tr("There are no dots here to take away."),
        most_each=counted("One answer can have {n} dot at most.", "One answer can have {n} dots at most."),
        take_away=counted("Take a dot from {option}", "Take {n} dots from {option}"),
        add=counted("Add a dot to {option}", "Add {n} dots to {option}"),
    ),
    "points": Spread(
        left=counted("{left} of {n} point left", "{left} of {n} points left"),
        left_exact=counted("{left} of {n} point left. Use it.", "{left} of {n} points left. Use them all."),
        over=counted("{over} too many. You have {n} point.", "{over} too many. You have {n} points."),
        now=counted("{option}: {amount}. {left} of {n} point left.", "{option}: {amount}. {left} of {n} points left."),
        none_left=tr("You have no points left. Take some away first."),
        none_here=tr("There are no points here to take away."),
        most_each=counted("One answer can have {n} point at most.", "One answer can have {n} points at most."),
        take_away=counted("Take {n} point from {option}", "Take {n} points from {option}"),
        add=counted("Add {n} point to {option}", "Add {n} points to {option}"),
    ),
}
