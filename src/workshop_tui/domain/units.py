"""What forms and results count: people, dots, points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.messages import Counted, Message, counted, tr

UnitName = Literal["people", "evaluators", "dots", "points", "points out of 100"]


class Unit(Struct, frozen=True):
    """What one of them is called."""

    name: Message
    """In the plural, as the heading of a column."""
    counted: Counted
    """So many of them: "{n} dots"."""


UNITS: Final[Mapping[UnitName, Unit]] = {
    "people": Unit(tr("people"), counted("{n} person", "{n} people")),
    "evaluators": Unit(tr("evaluators"), counted("{n} evaluator", "{n} evaluators")),
    "dots": Unit(tr("dots"), counted("{n} dot", "{n} dots")),
    "points": Unit(tr("points"), counted("{n} point", "{n} points")),
    "points out of 100": Unit(tr("points out of 100"), counted("{n} point out of 100", "{n} points out of 100")),
}
