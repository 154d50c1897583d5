"""Whom there is to talk to: the card on every page about stories."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from workshop_tui.domain.agenda import Agenda
from workshop_tui.messages import Day, Message, Quoted, tr

WHOM: Final = tr("Someone to talk to")

OURS: Final = (
    tr("Put up your hand, or tell a helper. You can step out at any time."),
    tr("Is someone in danger? Call 999."),
    tr("For your health, call NHS 111. To talk day or night, call Samaritans on 116 123."),
)
"""Where the agenda names nobody."""


class Support(Struct, frozen=True):
    """The card."""

    lines: tuple[Message | Quoted, ...]
    checked: Message | None
    """When somebody last made sure of it; None for what the program says itself."""


def support_of(agenda: Agenda) -> Support:
    """The agenda's card, with the day on it; ours where it has none."""
    if not agenda.support:
        return Support(OURS, None)
    return Support(agenda.each_said("support"), tr("Checked on {day}.", day=Day(agenda.support_checked_on)))
