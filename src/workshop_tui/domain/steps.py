"""What a desk did and can take back: the kind of step, the keys of its rows, and what was there before.

A step is no command: it is kept in the session file, and what commands look like may change. Which command takes a
step back, or does it again, is worked out from it when somebody asks.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.domain.state import ItemTimes, Screen, TieBreak
from workshop_tui.messages import Text

Command = cmd.FacilitatorCommand


class _Step(Struct, frozen=True, kw_only=True, tag_field="kind"):
    label: Text
    """What was done, in the past tense: "opened vote 4"."""
    version: int = 0
    """How many events had made the state before: tells which of two steps was done first."""


class ItemOpened(_Step, frozen=True, kw_only=True, tag="item_opened"):
    """An item was opened. Taking it back is more than opening the one before: see `deciding.running.return_from`."""

    item: str
    end: Literal["keep", "move"]
    scheduled_start: int | None
    current: str
    """The item that was open before; empty for none."""
    items: tuple[ItemTimes, ...]
    """How the opened item and the one before stood."""
    screen: Screen
    started_at: int | None
    planned_end: int | None
    closed: str = ""
    """The round that was closed on the way; empty for none."""

    def again(self) -> Command:
        """Open it again; a vote that it had not closed stays open."""
        vote: Literal["close", "keep"] = "close" if self.closed else "keep"
        return cmd.OpenItem(item=self.item, vote=vote, end=self.end, scheduled_start=self.scheduled_start)


class VoteOpened(_Step, frozen=True, kw_only=True, tag="vote_opened"):
    """A vote was opened, or opened again."""

    round: str

    def back(self) -> Command:
        """Close it."""
        return cmd.CloseVote(round=self.round)

    def again(self) -> Command:
        """Not a new round: the answers that are in it would be left behind."""
        return cmd.ReopenVote(round=self.round)


class VoteClosed(_Step, frozen=True, kw_only=True, tag="vote_closed"):
    """A vote was closed."""

    round: str

    def back(self) -> Command:
        """Open it again, within 30 seconds of the closing."""
        return cmd.ReopenVote(round=self.round)

    def again(self) -> Command:
        """Close it."""
        return cmd.CloseVote(round=self.round)


class ResultShown(_Step, frozen=True, kw_only=True, tag="result_shown"):
    """The room was shown a result, or it was taken off the screens."""

    round: str
    shown: bool
    screen: Screen
    """What the big screen showed before."""

    def back(self) -> Command:
        """The other of the two."""
        return cmd.HideResults() if self.shown else cmd.ShowResults()

    def again(self) -> Command:
        """The same of the two; never a first reveal."""
        return cmd.ShowResults() if self.shown else cmd.HideResults()


class TieNamed(_Step, frozen=True, kw_only=True, tag="tie_named"):
    """One of those that tie was named, or that was taken back."""

    round: str
    earlier: TieBreak | None
    later: TieBreak | None

    def back(self) -> Command:
        """As it stood before."""
        return _tie(self.round, self.earlier)

    def again(self) -> Command:
        """As it stood afterwards."""
        return _tie(self.round, self.later)


def _tie(round_: str, tie: TieBreak | None) -> Command:
    if tie is None:
        return cmd.LeaveTie(round=round_)
    return cmd.BreakTie(round=round_, option=tie.option, reason=tie.reason)


class OptionsChosen(_Step, frozen=True, kw_only=True, tag="options_chosen"):
    """A poll got other options than it had."""

    item: str
    earlier: tuple[Option, ...]
    later: tuple[Option, ...]

    def back(self) -> Command:
        """Those before."""
        return cmd.ChooseOptions(item=self.item, options=self.earlier)

    def again(self) -> Command:
        """Those afterwards."""
        return cmd.ChooseOptions(item=self.item, options=self.later)


class TimerRun(_Step, frozen=True, kw_only=True, tag="timer_run"):
    """The open item's timer was started or stopped."""

    item: str
    running: bool

    def back(self) -> Command:
        """The other of the two."""
        return cmd.PauseTimer() if self.running else cmd.StartTimer()

    def again(self) -> Command:
        """The same of the two."""
        return cmd.StartTimer() if self.running else cmd.PauseTimer()


class MinutesSet(_Step, frozen=True, kw_only=True, tag="minutes_set"):
    """Items got other lengths."""

    earlier: tuple[tuple[str, int], ...]
    """(item key, minutes)."""
    later: tuple[tuple[str, int], ...]

    def back(self) -> Command:
        """Those before."""
        return cmd.SetMinutes(minutes=self.earlier)

    def again(self) -> Command:
        """Those afterwards."""
        return cmd.SetMinutes(minutes=self.later)


class ItemEdited(_Step, frozen=True, kw_only=True, tag="item_edited"):
    """An item was changed."""

    earlier: Item
    later: Item
    minutes: int
    """The minutes it had, which may be others than the earlier item's."""
    edited: bool
    """Whether it had been edited before."""

    def back(self) -> Command:
        """As it was before."""
        return cmd.EditItem(item=self.earlier)

    def again(self) -> Command:
        """As it was afterwards."""
        return cmd.EditItem(item=self.later)


class ItemSkipped(_Step, frozen=True, kw_only=True, tag="item_skipped"):
    """An item was left out, or put back."""

    item: str
    skipped: bool
    reason: str

    def back(self) -> Command:
        """The other of the two."""
        return _skip(self.item, self.reason, skip=not self.skipped)

    def again(self) -> Command:
        """The same of the two."""
        return _skip(self.item, self.reason, skip=self.skipped)


class ItemInserted(_Step, frozen=True, kw_only=True, tag="item_inserted"):
    """An item came in; taken back it stays in the list, left out."""

    item: str

    def back(self) -> Command:
        """Leave it out."""
        return _skip(self.item, "added, then taken back", skip=True)

    def again(self) -> Command:
        """Put it back."""
        return _skip(self.item, "", skip=False)


def _skip(item: str, reason: str, *, skip: bool) -> Command:
    return cmd.SkipItem(item=item, reason=reason) if skip else cmd.RestoreItem(item=item)


class GatheringRun(_Step, frozen=True, kw_only=True, tag="gathering_run"):
    """Phones were let send to the open item, or stopped."""

    item: str
    open: bool

    def back(self) -> Command:
        """The other of the two."""
        return cmd.CloseGathering() if self.open else cmd.OpenGathering()

    def again(self) -> Command:
        """The same of the two."""
        return cmd.OpenGathering() if self.open else cmd.CloseGathering()


class PresentSet(_Step, frozen=True, kw_only=True, tag="present_set"):
    """The room was counted."""

    earlier: int | None
    later: int | None

    def back(self) -> Command:
        """The number before."""
        return cmd.SetPresent(people=self.earlier)

    def again(self) -> Command:
        """The number afterwards."""
        return cmd.SetPresent(people=self.later)


class ScreenSet(_Step, frozen=True, kw_only=True, tag="screen_set"):
    """The big screen was pointed at something else."""

    earlier: Screen
    later: Screen

    def back(self) -> Command:
        """What it showed before."""
        return cmd.SetScreen(mode=self.earlier.mode, subject=self.earlier.subject)

    def again(self) -> Command:
        """What it showed afterwards."""
        return cmd.SetScreen(mode=self.later.mode, subject=self.later.subject)


class Moderated(_Step, frozen=True, kw_only=True, tag="moderated"):
    """A contribution was read, approved or held."""

    contribution: str
    earlier: cmd.Handling
    later: cmd.Handling

    def back(self) -> Command:
        """As it was before."""
        return cmd.Moderate(contribution=self.contribution, handling=self.earlier)

    def again(self) -> Command:
        """As it was afterwards."""
        return cmd.Moderate(contribution=self.contribution, handling=self.later)


class PhoneHeld(_Step, frozen=True, kw_only=True, tag="phone_held"):
    """Everything from one phone was held, or no longer."""

    contribution: str
    """One of those that it sent."""
    hold: bool

    def back(self) -> Command:
        """The other of the two."""
        return cmd.HoldPhone(contribution=self.contribution, hold=not self.hold)

    def again(self) -> Command:
        """The same of the two."""
        return cmd.HoldPhone(contribution=self.contribution, hold=self.hold)


class QuestionAnswered(_Step, frozen=True, kw_only=True, tag="question_answered"):
    """What became of a question was noted, or that was taken back."""

    contribution: str
    earlier: AnswerRow | None
    later: AnswerRow | None

    def back(self) -> Command:
        """What was noted before."""
        return _answer(self.contribution, self.earlier)

    def again(self) -> Command:
        """What was noted afterwards."""
        return _answer(self.contribution, self.later)


def _answer(contribution: str, answer: AnswerRow | None) -> Command:
    if answer is None:
        return cmd.MarkAnswered(contribution=contribution, answered=False)
    return cmd.MarkAnswered(contribution=contribution, words=answer.words, owner=answer.owner)


class StoryRetold(_Step, frozen=True, kw_only=True, tag="story_retold"):
    """What a story is about was written, or taken away."""

    contribution: str
    earlier: str
    later: str

    def back(self) -> Command:
        """What stood there before."""
        return cmd.Retell(contribution=self.contribution, words=self.earlier)

    def again(self) -> Command:
        """What stood there afterwards."""
        return cmd.Retell(contribution=self.contribution, words=self.later)


class NoteDropped(_Step, frozen=True, kw_only=True, tag="note_dropped"):
    """A note was taken back, or kept."""

    note: str
    dropped: bool

    def back(self) -> Command:
        """The other of the two."""
        return cmd.DropNote(key=self.note, drop=not self.dropped)

    def again(self) -> Command:
        """The same of the two."""
        return cmd.DropNote(key=self.note, drop=self.dropped)


Step = (
    ItemOpened | VoteOpened | VoteClosed | ResultShown | TieNamed | OptionsChosen | TimerRun | MinutesSet | ItemEdited
    | ItemSkipped | ItemInserted | GatheringRun | PresentSet | ScreenSet | Moderated | PhoneHeld | QuestionAnswered
    | StoryRetold | NoteDropped
)  # fmt: skip
