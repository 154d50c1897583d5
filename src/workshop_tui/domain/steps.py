"""What a desk did and can take back: the kind of step, the keys of its rows, and what was there before.

A step is no command: it is kept in the session file, and what commands look like may change. Which `command`
takes it back, or does it again, is worked out from it when somebody asks. Where it has the name of the event that it
left, the two are told apart by their modules.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import Generic, Literal, TypeVar

import msgspec
from msgspec import Struct

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.points import Tie
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.redaction import Redaction
from workshop_tui.domain.registers import EntryRow
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.domain.state import ItemTimes, Screen, TieBreak
from workshop_tui.domain.unquoted import repeats
from workshop_tui.messages import Text

Command = cmd.FacilitatorCommand

V = TypeVar("V")


class _Step(Struct, frozen=True, kw_only=True, tag_field="kind"):
    label: Text
    """What was done, in the past tense: "opened the vote of item 4"."""
    version: int = 0
    """How many events had made the state before: tells which of two steps was done first."""


class _Change(_Step, Generic[V], frozen=True, kw_only=True):
    """Something stood otherwise before."""

    earlier: V
    later: V

    def wanted(self, *, back: bool) -> V:
        """How it is to stand."""
        return self.earlier if back else self.later

    def left(self, *, back: bool) -> V:
        """How it stands until then, unless somebody changed it."""
        return self.later if back else self.earlier


class ItemOpened(_Step, frozen=True, kw_only=True, tag="item_opened"):
    """An item was opened."""

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

    def command(self, *, back: bool) -> Command:
        """Open it again; a vote that it had not closed stays open.

        Who may ask for that may take it back, which no command by itself does: see `deciding.undoing.return_from`.
        """
        vote: Literal["close", "keep"] = "close" if self.closed else "keep"
        return cmd.OpenItem(item=self.item, vote=vote, end=self.end, scheduled_start=self.scheduled_start)


class VoteOpened(_Step, frozen=True, kw_only=True, tag="vote_opened"):
    """A vote was opened, or opened again."""

    round: str

    def command(self, *, back: bool) -> Command:
        """Close it; again it is no new round: the answers that are in this one would be left behind."""
        return cmd.CloseVote(round=self.round) if back else cmd.ReopenVote(round=self.round)


class VoteClosed(_Step, frozen=True, kw_only=True, tag="vote_closed"):
    """A vote was closed."""

    round: str

    def command(self, *, back: bool) -> Command:
        """Open it again, soon after the closing."""
        return cmd.ReopenVote(round=self.round) if back else cmd.CloseVote(round=self.round)


class ResultShown(_Step, frozen=True, kw_only=True, tag="result_shown"):
    """The room was shown a result, or it was taken off the screens."""

    round: str
    shown: bool
    screen: Screen
    """What the big screen showed before."""

    def command(self, *, back: bool) -> Command:
        """Never a first reveal."""
        return cmd.ShowResults() if self.shown != back else cmd.HideResults()


class TieNamed(_Change[TieBreak | None], frozen=True, kw_only=True, tag="tie_named"):
    """One of those that tie was named, or that was taken back."""

    round: str

    def command(self, *, back: bool) -> Command:
        """Name another, or none."""
        tie = self.wanted(back=back)
        if tie is None:
            return cmd.LeaveTie(round=self.round)
        return cmd.BreakTie(round=self.round, option=tie.option, reason=tie.reason)


class OptionsChosen(_Change[tuple[Option, ...]], frozen=True, kw_only=True, tag="options_chosen"):
    """A poll got other options than it had."""

    item: str

    def command(self, *, back: bool) -> Command:
        """Choose the others."""
        return cmd.ChooseOptions(item=self.item, options=self.wanted(back=back), as_they_are=True)


class TimerRun(_Step, frozen=True, kw_only=True, tag="timer_run"):
    """The open item's timer was started or stopped."""

    item: str
    running: bool

    def command(self, *, back: bool) -> Command:
        """Start or stop it."""
        return cmd.StartTimer() if self.running != back else cmd.PauseTimer()


class MinutesSet(_Change[tuple[tuple[str, int], ...]], frozen=True, kw_only=True, tag="minutes_set"):
    """Items got other lengths, as (item key, minutes)."""

    def command(self, *, back: bool) -> Command:
        """Set the others."""
        return cmd.SetMinutes(minutes=self.wanted(back=back))


class ItemEdited(_Change[Item], frozen=True, kw_only=True, tag="item_edited"):
    """An item was changed."""

    minutes: int
    """The minutes it had, which may be others than the earlier item's."""
    edited: bool
    """Whether it had been edited before."""

    def command(self, *, back: bool) -> Command:
        """Put the other in its place."""
        return cmd.EditItem(item=self.wanted(back=back))


class ItemSkipped(_Step, frozen=True, kw_only=True, tag="item_skipped"):
    """An item was left out, or put back."""

    item: str
    skipped: bool
    reason: str

    def command(self, *, back: bool) -> Command:
        """Leave it out, or put it back."""
        if self.skipped != back:
            return cmd.SkipItem(item=self.item, reason=self.reason)
        return cmd.RestoreItem(item=self.item)


class ItemInserted(_Step, frozen=True, kw_only=True, tag="item_inserted"):
    """An item came in; taken back it stays in the list, left out."""

    item: str

    def command(self, *, back: bool) -> Command:
        """Leave it out, or put it back."""
        if back:
            return cmd.SkipItem(item=self.item, reason="added, then taken back")
        return cmd.RestoreItem(item=self.item)


class GatheringRun(_Step, frozen=True, kw_only=True, tag="gathering_run"):
    """Phones were let send to the open item, or stopped."""

    item: str
    open: bool

    def command(self, *, back: bool) -> Command:
        """Let them, or stop them."""
        return cmd.OpenGathering() if self.open != back else cmd.CloseGathering()


class JoiningSet(_Step, frozen=True, kw_only=True, tag="joining_set"):
    """Joining was opened or closed."""

    is_open: bool

    def command(self, *, back: bool) -> Command:
        """Open it, or close it."""
        return cmd.OpenJoining() if self.is_open != back else cmd.CloseJoining()


class CodeRenewed(_Change[str], frozen=True, kw_only=True, tag="code_renewed"):
    """Phones join by another code."""

    def command(self, *, back: bool) -> Command:
        """Let the other one do so."""
        return cmd.RenewCode(code=self.wanted(back=back))


class PresentSet(_Change[int | None], frozen=True, kw_only=True, tag="present_set"):
    """The room was counted."""

    by_video: tuple[int, int] | None = None
    """How many took part by video link before, and after; None where that was not counted."""

    def command(self, *, back: bool) -> Command:
        """Set the other number."""
        return cmd.SetPresent(people=self.wanted(back=back), by_video=self.by_video and self.by_video[not back])


class PromiseChanged(_Change[Promise], frozen=True, kw_only=True, tag="promise_changed"):
    """The room was told something else."""

    def command(self, *, back: bool) -> Command:
        """Tell it the other; what the room could have read stays in the record."""
        return cmd.ChangePromise(promise=self.wanted(back=back), back=back)


class ScreenSet(_Change[Screen], frozen=True, kw_only=True, tag="screen_set"):
    """The big screen was pointed at something else."""

    def command(self, *, back: bool) -> Command:
        """Point it at the other."""
        screen = self.wanted(back=back)
        return cmd.SetScreen(mode=screen.mode, subject=screen.subject)


class Moderated(_Change[cmd.Handling], frozen=True, kw_only=True, tag="moderated"):
    """A text was read, approved or held."""

    contribution: str
    """Its key; of a reason, an answer or a note as well."""
    act: str = ""
    """The name of the act that did the same with several; empty where it was about one."""

    def command(self, *, back: bool) -> Command:
        """Mark it as the other."""
        return cmd.Moderate(contribution=self.contribution, handling=self.wanted(back=back))


class PhoneHeld(_Step, frozen=True, kw_only=True, tag="phone_held"):
    """Everything from one phone was held, or no longer."""

    contribution: str
    """One of those that it sent."""
    hold: bool

    def command(self, *, back: bool) -> Command:
        """Hold it, or no longer."""
        return cmd.HoldPhone(contribution=self.contribution, hold=self.hold != back)


class QuestionAnswered(_Change[AnswerRow | None], frozen=True, kw_only=True, tag="question_answered"):
    """What became of a question was noted, or that was taken back."""

    contribution: str

    def command(self, *, back: bool) -> Command:
        """Note the other, or nothing."""
        answer = self.wanted(back=back)
        if answer is None:
            return cmd.MarkAnswered(contribution=self.contribution, answered=False)
        return cmd.MarkAnswered(contribution=self.contribution, words=answer.words, owner=answer.owner)


class StoryRetold(_Change[str], frozen=True, kw_only=True, tag="story_retold"):
    """What a story is about was written, or taken away."""

    contribution: str

    def command(self, *, back: bool) -> Command:
        """Write the other."""
        return cmd.Retell(contribution=self.contribution, words=self.wanted(back=back))


class Reworded(_Change[str], frozen=True, kw_only=True, tag="reworded"):
    """A text got other words, or its own again."""

    text: str

    def command(self, *, back: bool) -> Command:
        """Write the others."""
        return cmd.Reword(contribution=self.text, words=self.wanted(back=back))


class Redacted(_Change[Redaction | None], frozen=True, kw_only=True, tag="redacted"):
    """Something was decided of a piece of a text, or a decision was taken away."""

    text: str

    def command(self, *, back: bool) -> Command:
        """Decide otherwise, or leave it open."""
        stood = self.earlier or self.later
        assert stood is not None  # noqa: S101 - one of the two is a decision
        wanted = self.wanted(back=back)
        return cmd.Redact(
            contribution=self.text, place=stood.place, start=stood.start, end=stood.end,
            decision="open" if wanted is None else wanted.decision,
            words="" if wanted is None else wanted.replacement,
        )  # fmt: skip


class NoteDropped(_Step, frozen=True, kw_only=True, tag="note_dropped"):
    """A note was taken back, or kept."""

    note: str
    dropped: bool

    def command(self, *, back: bool) -> Command:
        """Take it back, or put it back."""
        return cmd.DropNote(key=self.note, drop=self.dropped != back, asked=self.dropped)


class NoteSorted(_Change[EntryRow | None], frozen=True, kw_only=True, tag="note_sorted"):
    """A note was sorted, or other things were said of it."""

    note: str
    act: str = ""
    """The name of the act that did the same with several; empty where it was about one."""

    def command(self, *, back: bool) -> Command:
        """Sort it as the other."""
        entry = self.wanted(back=back)
        if entry is None:
            return cmd.SortNote(note=self.note, register="")
        return cmd.SortNote(note=self.note, register=entry.register, fields=entry.fields)


class NoteRewritten(_Change[str], frozen=True, kw_only=True, tag="note_rewritten"):
    """A note got other words."""

    note: str

    def command(self, *, back: bool) -> Command:
        """Write the others."""
        return cmd.RewriteNote(note=self.note, text=self.wanted(back=back))


class NotesTied(_Step, frozen=True, kw_only=True, tag="notes_tied"):
    """Notes were tied to what they rest on, or untied."""

    ties: tuple[Tie, ...]
    """Those that were not so before."""
    tied: bool

    def command(self, *, back: bool) -> Command:
        """Tie them, or untie them."""
        return cmd.TieNotes(ties=self.ties, tied=self.tied != back)


Step = (
    ItemOpened | VoteOpened | VoteClosed | ResultShown | TieNamed | OptionsChosen | TimerRun | MinutesSet | ItemEdited
    | ItemSkipped | ItemInserted | GatheringRun | PresentSet | ScreenSet | Moderated | PhoneHeld | QuestionAnswered
    | StoryRetold | Reworded | Redacted | NoteDropped | JoiningSet | CodeRenewed | NoteSorted | NoteRewritten
    | NotesTied | PromiseChanged
)  # fmt: skip


def without_words(
    listed: Sequence[Step], texts: Collection[str] = (), items: Collection[str] = (), words: Sequence[str] = ()
) -> tuple[Step, ...]:
    """The same without the steps that hold words which are gone.

    Args:
        listed: What a desk can take back, or do again.
        texts: The keys of texts that are gone: what was written of them goes too.
        items: Items whose options repeated such words.
        words: The words themselves: whatever repeats some of them goes.
    """
    kept = (step for step in listed if not _holds(step, texts, items))
    return tuple(step for step in kept if not words or not repeats(msgspec.to_builtins(step), words))


def _holds(step: Step, texts: Collection[str], items: Collection[str]) -> bool:
    match step:
        case Reworded() | Redacted():
            return step.text in texts
        case StoryRetold() | QuestionAnswered():
            return step.contribution in texts
        case OptionsChosen():
            return step.item in items
        case NoteRewritten() | NoteSorted():
            # They may repeat any words, and nobody looks which: whatever goes, these go with it.
            return bool(texts)
        case _:
            return False


def of_one_act(listed: Sequence[Step]) -> tuple[Step, ...]:
    """The newest step, and before it those that the same act made: what is taken back together, in that order."""
    newest = listed[-1:]
    act = getattr(newest[0], "act", "") if newest else ""
    if not act:
        return tuple(newest)
    return tuple(takewhile(lambda step: getattr(step, "act", "") == act, reversed(listed)))
