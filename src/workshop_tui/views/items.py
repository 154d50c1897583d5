"""Acts that write the agenda on the day: a new question, an item edited, options made out of ideas."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.asking import wants_ideas
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.text import clean_line
from workshop_tui.limits import ITEM_MINUTES
from workshop_tui.messages import Message, Text, tr
from workshop_tui.room.queue_page import Mark, QueueEntry
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.views.act import Act, Choice, Field, FieldKind, Typed, Way
from workshop_tui.views.moment import Moment, given
from workshop_tui.views.naming import in_pieces
from workshop_tui.views.typed import lines_in, number_or_none, with_words
from workshop_tui.views.typed_config import fields_of, lettered
from workshop_tui.views.typed_items import NO_MINUTES, edited_item, kinds, new_item

OTHER: Final = "Something else"
"""The words of the option that is added to those chosen from ideas."""


def idea_words(entry: QueueEntry) -> str:
    """An idea on one line."""
    parts = [-1] if entry.reworded else range(len(entry.parts))
    words = " ".join("".join(_as_read(said, mark) for said, mark in in_pieces(entry, part)) for part in parts)
    return str(clean_line(words))


def _as_read(said: str, mark: Mark | None) -> str:
    """A piece of an idea as others read it; one that nobody has decided stands as it is, and is asked about."""
    return mark.replacement if mark is not None and mark.decision in ("accepted", "edited") else said


def takes_ideas(line: ItemLine, moment: Moment) -> bool:
    """Whether an item's options can be chosen from ideas now: it wants them, and its vote is not open."""
    here = moment.snapshot.here
    is_here = here is not None and here.item.key == line.key
    return wants_ideas(line.item) and line.status in ("planned", "open") and not (is_here and moment.vote_is_open)


def next_for_ideas(moment: Moment) -> ItemLine | None:
    """The open item if it takes ideas, or else the next one that does."""
    lines = [line for line in moment.snapshot.items if takes_ideas(line, moment)]
    return next((line for line in lines if line.status == "open"), next(iter(lines), None))


# The fields of an item. -------------------------------------------------------------------------------


def _minutes_wrong(typed: str) -> Message | None:
    minutes = number_or_none(typed)
    return None if minutes is not None and 1 <= minutes <= ITEM_MINUTES else NO_MINUTES


def _kind_choices(moment: Moment) -> tuple[Choice, ...]:
    del moment
    return (Choice("", tr("Nothing: only time")), *(Choice(name, kind.title) for name, kind in kinds().items()))


def _usual_kind(moment: Moment) -> str:
    line = moment.line
    if line is None:
        return "single"
    return line.item.activity.kind if line.item.activity is not None else ""


def _of_kind(moment: Moment, typed: Typed) -> tuple[Field, ...]:
    """What the chosen kind is to be told; nothing where the item asks an earlier question again, just as it was."""
    line = moment.line
    before = line.item.activity if line is not None else None
    kind = kinds().get(typed["kind"])
    if kind is None or (before is not None and before.again and before.kind == kind.kind):
        return ()
    return fields_of(kind)


def _text(name: str, label: Message, kind: FieldKind = "line", *, is_further: bool = False) -> Field:
    """A text of the item that is edited."""
    return Field(
        name=name, label=label, kind=kind, is_further=is_further,
        usual=lambda moment: getattr(moment.line.item, name) if moment.line else "",
    )  # fmt: skip


QUESTION: Final = _text("question", tr("Question on phones"))
KIND: Final = Field(
    name="kind", label=tr("What phones do"), kind="choice", usual=_usual_kind, choices=_kind_choices, leads=True
)
WITH_OTHER: Final = Field(name="other", label=tr("Add “Something else” as the last option"), kind="tick")
TITLE: Final = _text("title", tr("Title"))
MINUTES: Final = Field(
    name="minutes", label=tr("Minutes"), kind="number", wrong=_minutes_wrong,
    usual=lambda moment: str(moment.line.minutes) if moment.line is not None else "5",
)  # fmt: skip
SAY: Final = _text("say", tr("Words to say"), "lines", is_further=True)
ACCESS: Final = _text("access", tr("Access note"), "lines", is_further=True)
PROTECTED: Final = Field(
    name="protected", label=tr("Catching up must not shorten it"), kind="tick", is_further=True,
    usual=lambda moment: "yes" if moment.line is not None and moment.line.item.protected else "",
)  # fmt: skip


def _after(moment: Moment) -> tuple[Choice, ...]:
    here = moment.snapshot.here
    first = () if here is not None else (Choice("", tr("Nothing: it is the first")),)
    lines = [line for line in moment.snapshot.items if here is None or line.number >= here.number]
    return (
        *first,
        *(Choice(line.key, tr("item {number}, {title}", number=line.number, title=line.title)) for line in lines),
    )


def _here(moment: Moment) -> str:
    return moment.snapshot.here.item.key if moment.snapshot.here is not None else ""


AFTER: Final = Field(name="after", label=tr("It comes after"), kind="choice", usual=_here, choices=_after)


# The acts. --------------------------------------------------------------------------------------------


def _insert(moment: Moment, typed: Typed) -> FacilitatorCommand:
    return cmd.InsertItem(item=new_item(typed), after=typed.get("after", _here(moment)))


def _edit(moment: Moment, typed: Typed) -> FacilitatorCommand:
    return cmd.EditItem(item=edited_item(given(moment.line).item, typed))


def _is_planned(moment: Moment) -> Text | None:
    line = moment.line
    if line is not None and line.status == "planned":
        return None
    if line is not None and line.status == "skipped":
        return tr("This item was skipped. Put it back first.")
    return tr("This item was opened already. Add a new one instead.")


def _choose(moment: Moment, typed: Typed) -> FacilitatorCommand:
    last = (OTHER,) if typed.get("other") == "yes" else ()
    options = lettered(lines_in(typed["options"]), (), last)
    return cmd.ChooseOptions(item=given(moment.line).key, options=options)


def _takes_ideas(moment: Moment) -> Text | None:
    line = moment.line or next_for_ideas(moment)
    if line is not None and takes_ideas(line, moment):
        return None
    return tr("No vote that is still to come takes its options from ideas.")


EDIT: Final = Way(
    name="edit",
    subject="line",
    command=cmd.EditItem,
    words=tr("Save the changes"),
    fits=_is_planned,
    about=tr("Nothing changes on phones until it is opened."),
    fields=(
        QUESTION, KIND, replace(TITLE, wrong=with_words(tr("The item needs a title."))), MINUTES,
        SAY, ACCESS, PROTECTED,
    ),
    more=_of_kind,
    build=_edit,
)  # fmt: skip
INSERT: Final = Way(
    name="insert",
    command=cmd.InsertItem,
    words=tr("Add it"),
    fields=(
        replace(QUESTION, wrong=with_words(tr("Please type the question."))),
        KIND, replace(TITLE, hint=tr("Leave it empty to use the question.")), MINUTES, SAY, ACCESS, PROTECTED, AFTER,
    ),
    more=_of_kind,
    build=_insert,
)  # fmt: skip
CHOOSE: Final = Way(
    name="options",
    subject="line",
    command=cmd.ChooseOptions,
    words=tr("Use these options"),
    fits=_takes_ideas,
    fields=(
        Field(name="options", label=tr("Options, one to a line"), kind="lines",
              hint=tr("Merge and reword freely. Show them to the room before you open the vote.")),
        WITH_OTHER,
    ),
    build=_choose,
)  # fmt: skip

ACTS: Final = (
    Act(name="ask", key="i", label=tr("Ask"), title=tr("Ask the room a new question"), page="order", in_footer=True,
        help=tr("A question that is not in the agenda."), ways=(INSERT,)),
    Act(name="edit", key="d", label=tr("Edit"), title=tr("Edit an item"), page="order",
        help=tr("Change an item that was not opened yet."), ways=(EDIT,)),
    Act(name="options", key="o", label=tr("Options"), title=tr("Choose options from ideas"), page="reading",
        help=tr("Make the options of a vote out of the room's ideas."), ways=(CHOOSE,)),
)  # fmt: skip
