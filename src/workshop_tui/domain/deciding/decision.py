"""What deciding gives: the events of one command and the answer its sender gets once they are on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from msgspec import Struct

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.commands import Command
from workshop_tui.domain.events import Event
from workshop_tui.domain.policy import check_phase
from workshop_tui.domain.registers import too_long as too_long
from workshop_tui.domain.rows import Rows
from workshop_tui.domain.state import ItemState, SessionState
from workshop_tui.domain.steps import Step
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Sentences, Text, tr


class Done(Struct, frozen=True, tag="done"):
    """A facilitator's command was carried out."""

    label: Text = ""
    """What was done, in the past tense; empty when there is nothing to say."""
    more: tuple[Text, ...] = ()
    """What else comes of it, as sentences."""
    refusal: Text = ""
    """That it could not be done, as a sentence, where something was noted all the same; empty when it was done."""
    why: Sentences = ""
    """The reason, as a sentence; empty for none."""


class Joined(Struct, frozen=True, tag="joined"):
    """The phone has a place."""

    person: str


class Voted(Struct, frozen=True, tag="counted"):
    """The vote is on disk."""

    revision: int
    """1 for a first vote, more for a change."""
    again: bool = False
    """Whether this very sending had been counted before."""


class Kept(Struct, frozen=True, tag="kept"):
    """The words are on disk."""

    key: str
    again: bool = False
    """Whether this very sending had been kept before."""


Answer = Done | Joined | Voted | Kept


class Decision(Struct, frozen=True):
    """What one command leads to."""

    answer: Answer
    events: tuple[Event, ...] = ()
    step: Step | None = None
    """How to take it back; None where it cannot be."""


class Context(Struct, frozen=True):
    """What a rule may look at."""

    state: SessionState
    rows: Rows
    kinds: Kinds
    is_step: bool = False
    """Whether a desk takes back what it did, or does that again."""

    @property
    def here(self) -> ItemState:
        """The open item.

        Raises:
            CommandRefused: none is open yet.
        """
        if self.state.here is None:
            raise CommandRefused(tr("The workshop has not started. Open the first item."))
        return self.state.here

    def item(self, key: str) -> ItemState:
        """The item of that key.

        Raises:
            CommandRefused: there is none.
        """
        found = self.state.item(key)
        if found is None:
            raise CommandRefused(tr("That item is not in this agenda."))
        return found

    def check_phase(self, command: Command) -> None:
        """Pass if the policy allows the command where the session stands now.

        Raises:
            Refused, RoomBusy: it does not.
        """
        check_phase(command, self.state.phase)

    def number(self, key: str) -> int:
        """The place of an item in the running order, from 1."""
        return [each.item.key for each in self.state.items].index(key) + 1


def done(label: Text, *events: Event, step: Step | None = None, more: tuple[Text, ...] = ()) -> Decision:
    """A facilitator's decision.

    Args:
        label: What was done, in the past tense.
        events: What happened.
        step: How it can be taken back; None where it cannot be.
        more: What is told once, now, as sentences: what would be taken back needs no more than its label.
    """
    return Decision(answer=Done(label, more), events=events, step=step)


Decide = Callable[[Context, Any], Decision]

DECIDERS: Final[dict[type[Command], Decide]] = {}
"""The rule that decides each command, by its type; the modules of rules fill it as they are imported."""

D = TypeVar("D", bound=Decide)


def decides(*kinds: type[Command]) -> Callable[[D], D]:
    """Mark the function that decides commands of these kinds: no command has two, and a test finds one without."""

    def mark(rule: D) -> D:
        assert not DECIDERS.keys() & set(kinds), kinds  # noqa: S101 - a fault of ours, found at the first import
        DECIDERS.update(dict.fromkeys(kinds, rule))
        return rule

    return mark
