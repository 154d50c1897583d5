"""What an act of a desk is made of: ways to do it, what is to be typed, and the question that comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec
from msgspec import Struct

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.policy import ENDED, FINISHED, POLICY, WAITS
from workshop_tui.domain.state import Phase
from workshop_tui.messages import Message, Text, Verbatim, tr
from workshop_tui.views.moment import Moment, given
from workshop_tui.views.typed import day_or_none, number_or_none

Typed = Mapping[str, str]
"""What was typed or chosen in a form, by the names of its fields; "yes" for what is ticked."""

FieldKind = Literal["line", "lines", "number", "day", "choice", "tick"]
"""One line; several; a whole number; a day; one of a few; yes or nothing."""

PageName = Literal["now", "reading", "order", "notes", "write_up", "end"]
"""The part of a desk that an act belongs to: a page of the host page."""

Subject = Literal["line", "entry", "note", "vote", "point"]
"""An item, a contribution, a note, a vote that was left open, a point that was handed in: as the fields of `Moment`
are called."""


class Choice(Struct, frozen=True):
    """One of a few things that a field can be."""

    key: str
    words: Text


class Field(Struct, frozen=True, kw_only=True):
    """One thing to type or choose before an act, for a form that any desk can draw."""

    name: str
    """Of the command's own field."""
    label: Message
    kind: FieldKind = "line"
    hint: Message | None = None
    usual: Callable[[Moment], str] = lambda moment: ""
    """What stands in it at first."""
    choices: Callable[[Moment], tuple[Choice, ...]] = lambda moment: ()
    says_all: bool = False
    """Whether the key of a choice says by itself what it does: one that was offered a while ago still does that."""
    wrong: Callable[[str], Message | None] = lambda typed: None
    """Why what was typed does not fit; None where it does."""
    leads: bool = False
    """Whether what is chosen here says what else is asked (`Way.more`)."""
    is_further: bool = False
    """Whether what stands in it at first is right most of the time: it comes after all others, apart from them."""

    def value(self, typed: str) -> object:
        """What was typed, as a command holds it."""
        match self.kind:
            case "number":
                return number_or_none(typed)
            case "tick":
                return typed == "yes"
            case "day":
                return day_or_none(typed) or ""
            case _:
                return typed


class Way(Struct, frozen=True, kw_only=True):
    """One way an act can go: the command that it sends, and when that fits."""

    name: str
    """No two have the same."""
    command: type[FacilitatorCommand]
    words: Message
    """What it does, for a button: "Close the vote"."""
    subject: Subject | None = None
    """What it is about, where that is one of several: the moment that is asked has to name it."""
    means: Callable[[Moment], str] = lambda moment: ""
    """What it is done with where the moment alone says so, such as the next item: a page that was drawn at an earlier
    moment has to mean the same; empty where that does not matter."""
    meant: str = ""
    """The field of the command that holds what it `means`."""
    fits: Callable[[Moment], Text | None] = lambda moment: None
    """Why it cannot be done at this moment, where the phase allows it; None where it can."""
    fields: tuple[Field, ...] = ()
    more: Callable[[Moment, Typed], tuple[Field, ...]] = lambda moment, typed: ()
    """Fields that follow from what was chosen in one that `leads`."""
    fixed: Mapping[str, object] = {}
    """Fields of the command that are the same each time."""
    build: Callable[[Moment, Typed], FacilitatorCommand] | None = None
    """The command out of what was typed; None where it holds what is `fixed` and `meant`, the key of the subject,
    and each field of the form as its own. It may still refuse (`CommandRefused`) what only shows when all fields are
    read together."""
    about: Message | None = None
    """What to know before filling in the fields."""

    @property
    def phases(self) -> frozenset[Phase]:
        """When the session allows it."""
        return POLICY[self.command].phases

    def why_not(self, moment: Moment) -> Text | None:
        """Why it cannot be done now; None where it can."""
        phase = moment.snapshot.phase
        return self.fits(moment) if phase in self.phases else _refusal(self.command, phase)

    def make(self, moment: Moment, typed: Typed) -> FacilitatorCommand:
        """The command, out of what was typed; only once it can be done and nothing is `wrong`."""
        if self.build is not None:
            return self.build(moment, typed)
        values = {field.name: field.value(typed.get(field.name, "")) for field in self.fields}
        meant = {self.meant: self.means(moment)} if self.meant else {}
        return msgspec.convert({**self.fixed, **meant, **self._about(moment), **values}, self.command)

    def _about(self, moment: Moment) -> dict[str, str]:
        """The field of the command that names the subject."""
        match self.subject:
            case "line":
                return {"item": given(moment.line).key}
            case "entry":
                return {"contribution": given(moment.entry).key}
            case "note":
                return {"key": given(moment.note).key}
            case "vote":
                return {"round": given(moment.vote).round}
            case "point" | None:
                return {}

    def asked(self, moment: Moment, typed: Typed) -> tuple[Field, ...]:
        """All that is to be typed, in order: the fields, with those that follow from a choice right after it.

        Args:
            moment: This moment, and what the act is about.
            typed: What was chosen so far; a field that is not in it has what stands there at first.
        """
        lead = next((at for at, field in enumerate(self.fields) if field.leads), None)
        if lead is None:
            return self.fields
        leader = self.fields[lead]
        more = self.more(moment, {leader.name: typed.get(leader.name, leader.usual(moment))})
        fields = (*self.fields[: lead + 1], *more, *self.fields[lead + 1 :])
        return tuple(sorted(fields, key=lambda field: field.is_further))

    def wrong(self, moment: Moment, typed: Typed) -> tuple[str, Message] | None:
        """The first field that does not fit what was typed, and why."""
        for field in self.asked(moment, typed):
            why = field.wrong(typed.get(field.name, ""))
            if why is not None:
                return field.name, why
        return None


def _refusal(command: type[FacilitatorCommand], phase: Phase) -> Text:
    if phase == "finished":
        return FINISHED
    if phase == "people_left":
        return ENDED
    if command is cmd.FinishWriteUp:
        return tr("People are still here. First end the workshop, then finish the write-up.")
    return WAITS


class Act(Struct, frozen=True, kw_only=True):
    """One thing the facilitator can do at a desk."""

    name: str
    title: Message
    """As something to do: an entry of the palette, a heading."""
    label: Message | None = None
    """One or two words for the bottom line; None for what is found by name only."""
    help: Message
    """What it does and how it is taken back, in a sentence or two."""
    page: PageName = "now"
    key: str = ""
    """The key of the console as people know it; empty for what is found by name only."""
    keys: str = ""
    """The same as the terminal names it, apart by commas; empty where it is the same."""
    in_footer: bool = False
    """Whether the bottom line shows it, width permitting."""
    ways: tuple[Way, ...] = ()
    """What it can send, the first that fits; none for what only this desk does, such as help."""

    def way(self, moment: Moment) -> Way | None:
        """How it goes at this moment; None where it cannot be done."""
        return next((way for way in self.ways if way.why_not(moment) is None), None)

    def why_not(self, moment: Moment) -> Text | None:
        """Why it cannot be done now; None where it can."""
        if not self.ways or self.way(moment) is not None:
            return None
        allowed = [way for way in self.ways if moment.snapshot.phase in way.phases]
        # The last one is what the act is for; those before it take something back.
        return (allowed or list(self.ways))[-1].why_not(moment)


class Answer(Struct, frozen=True):
    """One answer to a question that comes before an act."""

    key: str
    words: Text
    command: FacilitatorCommand | None = None
    """What is sent then; None for nothing."""


class Question(Struct, frozen=True, kw_only=True):
    """What a desk asks before it sends a command."""

    title: Message
    words: tuple[Text, ...]
    """Whole sentences: how many have answered, what cannot be undone."""
    answers: tuple[Answer, ...]
    """With at least one that changes nothing."""
    final: bool = False
    """Whether it cannot be undone: it is answered with another key than the one that asked, or with a word typed."""
    word: str = ""
    """What has to be typed for the first answer, in any case; empty where choosing it is enough."""

    @property
    def quiet(self) -> str:
        """The key of the answer that changes nothing: what the cursor stands on at first."""
        return next(answer.key for answer in self.answers if answer.command is None)

    def answer(self, key: str) -> Answer | None:
        """The answer of that key."""
        return next((answer for answer in self.answers if answer.key == key), None)

    def wrong_word(self, typed: str) -> Message | None:
        """That the word has to be typed; None where it was."""
        if typed.strip().upper() == self.word:
            return None
        return tr("Type the word {word} to do it. Nothing was changed.", word=Verbatim(self.word))
