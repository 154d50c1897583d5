"""Acts that write the agenda on the day: a new question, an item edited, options made out of ideas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import AnyKind, Kinds, OptionsConfig
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.asking import gets_options, wants_ideas
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import ITEM_MINUTES, OPTIONS
from workshop_tui.messages import Message, Text, tr, trn
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.views.act import Act, Choice, Field, Said, Way
from workshop_tui.views.moment import Moment, given
from workshop_tui.views.typed import number_or_none

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
OTHER: Final = "Something else"

TITLE_LETTERS: Final = 60
"""How much of a question becomes the title of an item that has none, in code points."""


def options_in(config: Mapping[str, object]) -> tuple[Option, ...]:
    """The options that the plain config of an item holds."""
    return msgspec.convert(config.get("options") or (), tuple[Option, ...])


def idea_words(entry: QueueEntry) -> str:
    """An idea on one line."""
    return str(clean_line(" ".join(words for _, words in entry.parts)))


def takes_ideas(line: ItemLine, moment: Moment) -> bool:
    """Whether an item's options can be chosen from ideas now: it wants them, and its vote is not open."""
    here = moment.snapshot.here
    is_here = here is not None and here.item.key == line.key
    return wants_ideas(line.item) and line.status in ("planned", "open") and not (is_here and moment.vote_is_open)


def next_for_ideas(moment: Moment) -> ItemLine | None:
    """The open item if it takes ideas, or else the next one that does."""
    lines = [line for line in moment.snapshot.items if takes_ideas(line, moment)]
    return next((line for line in lines if line.status == "open"), next(iter(lines), None))


# From what was typed to items and options. ------------------------------------------------------------


def new_item(said: Said, kinds: Kinds) -> Item:
    """The item of `InsertItem`; the room gives it its key.

    Raises:
        CommandRefused: a number is no number, or there are too many options.
    """
    item = _filled(Item(key="", title="", minutes=1), said, kinds)
    return item if has_words(clean_line(item.title)) else replace(item, title=_shortened(item.question))


def edited_item(item: Item, said: Said, kinds: Kinds) -> Item:
    """The item with what was typed; what has no field in `said` stays. Raises as `new_item`."""
    return _filled(item, said, kinds)


def lettered(texts: Sequence[str], old: Sequence[Option], *, other: bool) -> tuple[Option, ...]:
    """Options with letters by place; unchanged words keep their translations.

    Args:
        texts: The words of each, without “something else”.
        old: Those that were there before.
        other: Whether “something else” is the last one.

    Raises:
        CommandRefused: there are more than letters.
    """
    known = {option.text: option for option in old}
    last = next((option for option in old if option.other), Option("", OTHER, other=True))
    picked = [
        replace(known.get(text, Option("", text)), other=False) for text in texts if text != last.text or not other
    ]
    picked += [last] if other else []
    if len(picked) > OPTIONS:
        raise CommandRefused(
            trn(
                "There is {n} option; the screen has letters for {most}. Please merge some.",
                "There are {n} options; the screen has letters for {most}. Please merge some.",
                len(picked),
                most=OPTIONS,
            )
        )
    return tuple(replace(option, key=LETTERS[place]) for place, option in enumerate(picked))


def lines_in(typed: str) -> list[str]:
    """The lines with words in them, as options are typed."""
    return [line for line in map(clean_line, typed.splitlines()) if has_words(line)]


def _shortened(question: str) -> str:
    if len(question) <= TITLE_LETTERS:
        return question
    return question[:TITLE_LETTERS].rsplit(" ", 1)[0].rstrip() + "…"


def _filled(item: Item, said: Said, kinds: Kinds) -> Item:
    words: dict[str, str] = {
        "title": clean_line(said.get("title", item.title)),
        "question": clean_line(said.get("question", item.question)),
        "say": clean_text(said.get("say", item.say)),
        "access": clean_text(said.get("access", item.access)),
    }
    # A translation of words that changed would say something else: phones then see the new words themselves.
    changed = {field for field, text in words.items() if text != getattr(item, field)}
    minutes = number_or_none(said["minutes"])
    if minutes is None:
        raise CommandRefused(_NO_MINUTES)
    return replace(
        item,
        **words,
        minutes=minutes,
        protected=said["protected"] == "yes" if "protected" in said else item.protected,
        activity=_activity(item.activity, said, kinds),
        texts=tuple(text for text in item.texts if text[0] not in changed),
    )


def _activity(before: Activity | None, said: Said, kinds: Kinds) -> Activity | None:
    name = said.get("kind", before.kind if before is not None else "")
    if not name:
        return None
    kind = kinds.get(name)
    if kind is None:
        raise CommandRefused(tr("Phones cannot do that here. Please choose from the list."))
    if before is not None and before.again and before.kind == name:
        # Whatever stands in the form: the two counts are only worth something if the same was asked.
        return before
    config = dict(before.config) if before is not None and before.kind == name else {}
    if issubclass(kind.config_type, OptionsConfig) and "options" in said:
        _fill_options(kind, config, said)
    return Activity(kind=name, config=_whole(kind, config))


def _whole(kind: AnyKind, config: dict[str, object]) -> dict[str, object]:
    """The config with every default in it, so that a later default changes no kept session."""
    try:
        whole = msgspec.convert(config, kind.config_type)
    except msgspec.ValidationError:
        # The room refuses it, and says why.
        return config
    plain: dict[str, object] = msgspec.json.decode(msgspec.json.encode(whole))
    return plain


def _fill_options(kind: AnyKind, config: dict[str, object], said: Said) -> None:
    old = options_in(config)
    options = lettered(lines_in(said["options"]), old, other=_ticked(said, "other", any(each.other for each in old)))
    comes_from = config.get("options_from", "")
    kept = "leaders" if comes_from == "leaders" else ""
    config["options_from"] = "ideas" if _ticked(said, "from_ideas", comes_from == "ideas") else kept
    config["leaders_of"] = config.get("leaders_of", "") if config["options_from"] == "leaders" else ""
    config["options"] = [msgspec.to_builtins(option) for option in options]
    if "dots" in kind.config_type.__struct_fields__ and "dots" in said:
        config["dots"] = number_or_none(said["dots"]) or 0


def _ticked(said: Said, name: str, usual: bool) -> bool:
    return said[name] == "yes" if name in said else usual


# The fields of an item. -------------------------------------------------------------------------------

_NO_MINUTES: Final = tr("Minutes are a number from 1 to {most}.", most=ITEM_MINUTES)


def minutes_wrong(typed: str) -> Message | None:
    """Why what was typed is no length of an item; None where it is one."""
    minutes = number_or_none(typed)
    return None if minutes is not None and 1 <= minutes <= ITEM_MINUTES else _NO_MINUTES


def _dots_wrong(typed: str) -> Message | None:
    return None if not typed or number_or_none(typed) is not None else tr("Dots: please type a whole number.")


def _no_question(typed: str) -> Message | None:
    return None if has_words(clean_line(typed)) else tr("Please type the question.")


def _no_title(typed: str) -> Message | None:
    return None if has_words(clean_line(typed)) else tr("The item needs a title.")


def _kinds() -> Kinds:
    # Only where a question is asked: a console that opens does not need them all.
    from workshop_tui.kinds.registry import KINDS

    return KINDS


def _kind_choices(moment: Moment) -> tuple[Choice, ...]:
    del moment
    return (Choice("", tr("Nothing: only time")), *(Choice(name, kind.title) for name, kind in _kinds().items()))


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


def _usual(field: str) -> Field:
    """A text of the item that is edited, as a field without words."""
    return Field(
        name=field, label=_NO_MINUTES, usual=lambda moment: getattr(moment.line.item, field) if moment.line else ""
    )


QUESTION: Final = replace(_usual("question"), label=tr("Question on phones"))
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
TITLE: Final = replace(_usual("title"), label=tr("Title"))
MINUTES: Final = Field(
    name="minutes", label=tr("Minutes"), kind="number", wrong=minutes_wrong,
    usual=lambda moment: str(moment.line.minutes) if moment.line is not None else "5",
)  # fmt: skip
SAY: Final = replace(_usual("say"), label=tr("Words to say"), kind="lines")
ACCESS: Final = replace(_usual("access"), label=tr("Access note"), kind="lines")
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


def _insert(moment: Moment, said: Said) -> FacilitatorCommand:
    return cmd.InsertItem(item=new_item(said, _kinds()), after=said.get("after", _here(moment)))


def _edit(moment: Moment, said: Said) -> FacilitatorCommand:
    return cmd.EditItem(item=edited_item(given(moment.line).item, said, _kinds()))


def _is_planned(moment: Moment) -> Text | None:
    line = moment.line
    if line is not None and line.status == "planned":
        return None
    if line is not None and line.status == "skipped":
        return tr("This item was skipped. Put it back first.")
    return tr("This item was opened already. Add a new one instead.")


def _choose(moment: Moment, said: Said) -> FacilitatorCommand:
    options = lettered(lines_in(said["options"]), (), other=said.get("other") == "yes")
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
        QUESTION, KIND, OPTIONS_LINES, WITH_OTHER, FROM_IDEAS, DOTS, replace(TITLE, wrong=_no_title), MINUTES, SAY,
        ACCESS, PROTECTED,
    ),
    build=_edit,
)  # fmt: skip
INSERT: Final = Way(
    name="insert",
    command=cmd.InsertItem,
    words=tr("Add it"),
    fields=(
        replace(QUESTION, wrong=_no_question), KIND, OPTIONS_LINES, WITH_OTHER, FROM_IDEAS, DOTS,
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
