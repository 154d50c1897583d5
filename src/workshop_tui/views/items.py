"""Acts that write the agenda on the day: a new question, an item edited, options made out of ideas."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.asking import gets_options, wants_ideas
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.text import clean_line
from workshop_tui.limits import ITEM_MINUTES
from workshop_tui.messages import Message, Text, tr
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.views.act import Act, Choice, Field, FieldKind, Typed, Way
from workshop_tui.views.moment import Moment, given
from workshop_tui.views.typed import number_or_none, with_words
from workshop_tui.views.typed_items import NO_MINUTES, edited_item, kinds, lettered, lines_in, new_item, options_in


def idea_words(entry: QueueEntry) -> str:
    """An idea on one line."""
    words = entry.reworded or " ".join(words for _, words in entry.parts)
    return str(clean_line(words))


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


def _dots_wrong(typed: str) -> Message | None:
    return None if not typed or number_or_none(typed) is not None else tr("Dots: please type a whole number.")


def _kind_choices(moment: Moment) -> tuple[Choice, ...]:
    del moment
    return (Choice("", tr("Nothing: only time")), *(Choice(name, kind.title) for name, kind in kinds().items()))


def _config(moment: Moment) -> dict[str, object]:
    line = moment.line
    return line.item.activity.config if line is not None and line.item.activity is not None else {}


def _usual_kind(moment: Moment) -> str:
    line = moment.line
    if line is None:
        return "single"
    return line.item.activity.kind if line.item.activity is not None else ""


def _usual_options(moment: Moment) -> str:
    return "\n".join(option.text for option in options_in(_config(moment)) if not option.other)


def _text(name: str, label: Message, kind: FieldKind = "line") -> Field:
    """A text of the item that is edited."""
    return Field(
        name=name, label=label, kind=kind, usual=lambda moment: getattr(moment.line.item, name) if moment.line else ""
    )


QUESTION: Final = _text("question", tr("Question on phones"))
KIND: Final = Field(name="kind", label=tr("What phones do"), kind="choice", usual=_usual_kind, choices=_kind_choices)
OPTIONS_LINES: Final = Field(
    name="options", label=tr("Options of a vote, one to a line"), kind="lines", usual=_usual_options
)
WITH_OTHER: Final = Field(
    name="other", label=tr("Add “Something else” as the last option"), kind="tick",
    usual=lambda moment: "yes" if any(option.other for option in options_in(_config(moment))) else "",
)  # fmt: skip
FROM_IDEAS: Final = Field(
    name="from_ideas", label=tr("Take more options from the room's ideas"), kind="tick",
    usual=lambda moment: "yes" if _config(moment).get("options_from") == "ideas" else "",
)  # fmt: skip
DOTS: Final = Field(
    name="dots", label=tr("Dots for each person"), kind="number", wrong=_dots_wrong,
    hint=tr("Only for dots. Leave it empty for a third of the options."),
    usual=lambda moment: str(_config(moment).get("dots") or ""),
)  # fmt: skip
TITLE: Final = _text("title", tr("Title"))
MINUTES: Final = Field(
    name="minutes", label=tr("Minutes"), kind="number", wrong=_minutes_wrong,
    usual=lambda moment: str(moment.line.minutes) if moment.line is not None else "5",
)  # fmt: skip
SAY: Final = _text("say", tr("Words to say"), "lines")
ACCESS: Final = _text("access", tr("Access note"), "lines")
PROTECTED: Final = Field(
    name="protected", label=tr("Catching up must not shorten it"), kind="tick",
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
    options = lettered(lines_in(typed["options"]), (), other=typed.get("other") == "yes")
    return cmd.ChooseOptions(item=given(moment.line).key, options=options)


def _takes_ideas(moment: Moment) -> Text | None:
    line = moment.line or next_for_ideas(moment)
    if line is not None and takes_ideas(line, moment):
        return None
    return tr("No vote that is still to come takes its options from ideas.")


def edit_fields(item: Item) -> tuple[Field, ...]:
    """The fields that mean something for an item: its options only where they do not come during the workshop."""
    fields = EDIT.fields
    has_options = item.activity is not None and bool(options_in(item.activity.config)) and not gets_options(item)
    return fields if has_options else tuple(field for field in fields if field is not OPTIONS_LINES)


EDIT: Final = Way(
    name="edit",
    subject="line",
    command=cmd.EditItem,
    words=tr("Save the changes"),
    fits=_is_planned,
    about=tr("Nothing changes on phones until it is opened."),
    fields=(
        QUESTION, KIND, OPTIONS_LINES, WITH_OTHER, FROM_IDEAS, DOTS,
        replace(TITLE, wrong=with_words(tr("The item needs a title."))), MINUTES, SAY, ACCESS, PROTECTED,
    ),
    build=_edit,
)  # fmt: skip
INSERT: Final = Way(
    name="insert",
    command=cmd.InsertItem,
    words=tr("Add it"),
    fields=(
        replace(QUESTION, wrong=with_words(tr("Please type the question."))),
        KIND, OPTIONS_LINES, WITH_OTHER, FROM_IDEAS, DOTS,
        replace(TITLE, hint=tr("Leave it empty to use the question.")), MINUTES, SAY, ACCESS, PROTECTED, AFTER,
    ),
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
