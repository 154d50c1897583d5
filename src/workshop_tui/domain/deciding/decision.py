"""What deciding gives: the events of one command and the answer its sender gets once they are on disk."""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.commands import Command
from workshop_tui.domain.events import Event
from workshop_tui.domain.policy import check_phase
from workshop_tui.domain.rows import Rows
from workshop_tui.domain.state import ItemState, SessionState
from workshop_tui.domain.steps import Step
from workshop_tui.errors import CommandRefused


class Done(Struct, frozen=True, tag="done"):
    """A facilitator's command was carried out."""

    label: str = ""
    """What was done, in the past tense; empty when there is nothing to say."""
    refusal: str = ""
    """Why it could not be done, as a sentence, where something was noted all the same; empty when it was done."""


class Joined(Struct, frozen=True, tag="joined"):
    """The phone has a place."""

    person: str


class Counted(Struct, frozen=True, tag="counted"):
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


Answer = Done | Joined | Counted | Kept


class Decision(Struct, frozen=True):
    """What one command leads to."""

    answer: Answer
    events: tuple[Event, ...] = ()
    step: Step | None = None
    """How to take it back; None where it cannot be."""
    said: str = ""
    """What else comes of it, as sentences for the facilitator; in the answer too. Empty for nothing."""


class Context(Struct, frozen=True):
    """What a rule may look at."""

    state: SessionState
    rows: Rows
    kinds: Kinds

    @property
    def here(self) -> ItemState:
        """The open item.

        Raises:
            CommandRefused: none is open yet.
        """
        if self.state.here is None:
            raise CommandRefused("The workshop has not started. Open the first item.")
        return self.state.here

    def item(self, key: str) -> ItemState:
        """The item of that key.

        Raises:
            CommandRefused: there is none.
        """
        found = self.state.item(key)
        if found is None:
            raise CommandRefused("That item is not in this agenda.")
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


def done(label: str, *events: Event, step: Step | None = None, said: str = "") -> Decision:
    """A facilitator's decision.

    Args:
        label: What was done, in the past tense.
        events: What happened.
        step: How it can be taken back; None where it cannot be.
        said: What is told once, now: what would be taken back needs no more than its label.
    """
    return Decision(answer=Done(with_more(label, said)), events=events, step=step, said=said)


def with_more(label: str, said: str) -> str:
    """A label and what else there is to say, which may be nothing."""
    return f"{label}. {said}" if said else label
