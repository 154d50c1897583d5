"""Items and options typed on the host page: from form fields to the values that commands carry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyKind, OptionsConfig
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.asking import wants_ideas
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import OPTIONS
from workshop_tui.room.queue import queue_entry
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import QueueEntry
from workshop_tui.web.http.forms import one

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
OTHER: Final = "Something else"

TITLE_LETTERS: Final = 60
"""How much of a question becomes the title of an item that has none, in code points."""

SHOWN_IDEAS: Final = 200
"""Ideas offered for ticking, newest first; any other can be typed."""

Form = Mapping[str, list[str]]


class Offer(msgspec.Struct, frozen=True):
    """A poll that is to take its options from ideas."""

    key: str
    title: str
    number: int
    lines: str
    """The options it has now, one to a line, without "something else"."""
    other: bool


def ideas_of(room: Room) -> list[QueueEntry]:
    """Every idea that is not held, approved ones first, then newest first."""
    rows = [row for row in room.tables.contributions.values() if row.kind == "ideas" and row.moderation != "held"]
    rows.reverse()
    rows.sort(key=lambda row: row.moderation != "approved")
    return [entry for row in rows[:SHOWN_IDEAS] if (entry := queue_entry(room, row)) is not None]


def idea_words(entry: QueueEntry) -> str:
    """An idea on one line."""
    return str(clean_line(" ".join(words for _, words in entry.parts)))


def options_in(config: Mapping[str, object]) -> tuple[Option, ...]:
    """The options that the plain config of an item holds."""
    return msgspec.convert(config.get("options", ()), tuple[Option, ...])


def offers(room: Room) -> list[Offer]:
    """The polls that want ideas and whose vote is not open; none once the workshop has ended."""
    found: list[Offer] = []
    if room.state.ended_at is not None:
        return found
    for number, each in enumerate(room.state.items, 1):
        activity = each.item.activity
        rounds = room.state.rounds_of(each.item.key)
        if activity is None or not wants_ideas(each.item) or each.status not in ("planned", "open"):
            continue
        if rounds and rounds[-1].status == "open":
            continue
        options = each.options or options_in(activity.config)
        lines = "\n".join(option.text for option in options if not option.other)
        other = any(option.other for option in options)
        found.append(Offer(each.item.key, each.item.title, number, lines, other))
    return found


def chosen_options(room: Room, form: Form) -> tuple[Option, ...]:
    """The options of `ChooseOptions`: the lines as typed, then ticked ideas that are not among them.

    Raises:
        CommandRefused: an idea is gone.
    """
    texts = _lines(one(form, "options"))
    for key in form.get("idea", ()):
        row = room.tables.contributions.get(key)
        entry = queue_entry(room, row) if row is not None and row.kind == "ideas" else None
        if entry is None:
            raise CommandRefused("One of these ideas is not there any more. Your words are still here.")
        words = idea_words(entry)
        if words.casefold() not in {text.casefold() for text in texts}:
            texts.append(words)
    return _lettered(texts, (), one(form, "other") == "yes")


def new_item(room: Room, form: Form) -> Item:
    """The item of `InsertItem`; the room gives it its key.

    Raises:
        CommandRefused: a number is no number, or there are too many options.
    """
    item = _filled(room, Item(key="", title="", minutes=1), form)
    return item if has_words(clean_line(item.title)) else replace(item, title=_shortened(item.question))


def edited_item(room: Room, form: Form) -> Item:
    """The item of `EditItem`: the one there is with what was typed; the rest stays.

    Raises:
        CommandRefused: as `new_item`, or the item is not there.
    """
    each = room.state.item(one(form, "item"))
    if each is None:
        raise CommandRefused("That item is not in this agenda.")
    return _filled(room, each.item, form)


def whole_number(typed: str, label: str) -> int:
    """A number as typed.

    Raises:
        CommandRefused: it is none.
    """
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", typed.strip()):
        raise CommandRefused(f"{label}: please type a whole number. Nothing was changed.")
    return int(typed)


def _shortened(question: str) -> str:
    if len(question) <= TITLE_LETTERS:
        return question
    return question[:TITLE_LETTERS].rsplit(" ", 1)[0].rstrip() + "…"


def _filled(room: Room, item: Item, form: Form) -> Item:
    words: dict[str, str] = {
        "title": clean_line(one(form, "title")),
        "question": clean_line(one(form, "question")),
        "say": clean_text(one(form, "say")),
        "access": clean_text(one(form, "access")),
    }
    # A translation of words that changed would say something else: phones then see the new words themselves.
    changed = {field for field, text in words.items() if text != getattr(item, field)}
    return replace(
        item,
        **words,
        minutes=whole_number(one(form, "minutes"), "Minutes"),
        protected=one(form, "protected") == "yes",
        activity=_activity(room, item.activity, form),
        texts=tuple(text for text in item.texts if text[0] not in changed),
    )


def _activity(room: Room, before: Activity | None, form: Form) -> Activity | None:
    name = one(form, "kind")
    if not name:
        return None
    kind = room.kinds.get(name)
    if kind is None:
        raise CommandRefused("Phones cannot do that here. Please choose from the list.")
    if before is not None and before.again and before.kind == name:
        # Whatever stands in the form: the two counts are only worth something if the same was asked.
        return before
    config = dict(before.config) if before is not None and before.kind == name else {}
    if issubclass(kind.config_type, OptionsConfig):
        _fill_options(kind, config, form)
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


def _fill_options(kind: AnyKind, config: dict[str, object], form: Form) -> None:
    options = _lettered(_lines(one(form, "options")), options_in(config), one(form, "other") == "yes")
    kept = "leaders" if config.get("options_from") == "leaders" else ""
    config["options_from"] = "ideas" if one(form, "from_ideas") == "yes" else kept
    config["leaders_of"] = config.get("leaders_of", "") if config["options_from"] == "leaders" else ""
    config["options"] = [msgspec.to_builtins(option) for option in options]
    if "dots" in kind.config_type.__struct_fields__:
        dots = one(form, "dots")
        config["dots"] = whole_number(dots, "Dots") if dots else 0


def _lines(typed: str) -> list[str]:
    return [line for line in map(clean_line, typed.splitlines()) if has_words(line)]


def _lettered(texts: Sequence[str], old: Sequence[Option], other: bool) -> tuple[Option, ...]:
    """Options with letters by place; unchanged words keep their translations."""
    known = {option.text: option for option in old}
    last = next((option for option in old if option.other), Option("", OTHER, other=True))
    picked = [
        replace(known.get(text, Option("", text)), other=False) for text in texts if text != last.text or not other
    ]
    picked += [last] if other else []
    if len(picked) > OPTIONS:
        raise CommandRefused(
            f"There are {len(picked)} options; the screen has letters for {OPTIONS}. Please merge some."
        )
    return tuple(replace(option, key=LETTERS[place]) for place, option in enumerate(picked))
