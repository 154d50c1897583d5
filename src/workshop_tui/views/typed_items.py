"""What was typed about an item, as the item; and its options with letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyKind, Kinds, OptionsConfig
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.asking import as_data
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import ITEM_MINUTES, OPTIONS
from workshop_tui.messages import tr, trn
from workshop_tui.views.act import Typed
from workshop_tui.views.typed import number_or_none

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
OTHER: Final = "Something else"

TITLE_LETTERS: Final = 60
"""How much of a question becomes the title of an item that has none, in code points."""

NO_MINUTES: Final = tr("Minutes are a number from 1 to {most}.", most=ITEM_MINUTES)


def kinds() -> Kinds:
    """All kinds; imported only where a question is asked: a console that opens does not need them."""
    from workshop_tui.kinds.registry import KINDS

    return KINDS


def has_options(kind: AnyKind | None) -> bool:
    """Whether a kind asks about options."""
    return kind is not None and issubclass(kind.config_type, OptionsConfig)


def options_in(config: Mapping[str, object]) -> tuple[Option, ...]:
    """The options that the plain config of an item holds."""
    return msgspec.convert(config.get("options") or (), tuple[Option, ...])


def new_item(typed: Typed) -> Item:
    """The item of `InsertItem`; the room gives it its key.

    Raises:
        CommandRefused: a number is no number, or there are too many options.
    """
    item = _filled(Item(key="", title="", minutes=1), typed)
    return item if has_words(clean_line(item.title)) else replace(item, title=_shortened(item.question))


def edited_item(item: Item, typed: Typed) -> Item:
    """The item with what was typed; what has no field in `typed` stays. Raises as `new_item`."""
    return _filled(item, typed)


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


def _filled(item: Item, typed: Typed) -> Item:
    words: dict[str, str] = {
        "title": clean_line(typed.get("title", item.title)),
        "question": clean_line(typed.get("question", item.question)),
        "say": clean_text(typed.get("say", item.say)),
        "access": clean_text(typed.get("access", item.access)),
    }
    # A translation of words that changed would say something else: phones then see the new words themselves.
    changed = {field for field, text in words.items() if text != getattr(item, field)}
    minutes = number_or_none(typed["minutes"])
    if minutes is None:
        raise CommandRefused(NO_MINUTES)
    return replace(
        item,
        **words,
        minutes=minutes,
        protected=typed["protected"] == "yes" if "protected" in typed else item.protected,
        activity=_activity(item.activity, typed),
        texts=tuple(text for text in item.texts if text[0] not in changed),
    )


def _activity(before: Activity | None, typed: Typed) -> Activity | None:
    name = typed.get("kind", before.kind if before is not None else "")
    if not name:
        return None
    kind = kinds().get(name)
    if kind is None:
        raise CommandRefused(tr("Phones cannot do that here. Please choose from the list."))
    if before is not None and before.again and before.kind == name:
        # Whatever stands in the form: the two counts are only worth something if the same was asked.
        return before
    config = dict(before.config) if before is not None and before.kind == name else {}
    if has_options(kind) and "options" in typed:
        _fill_options(kind, config, typed)
    return Activity(kind=name, config=_whole(kind, config))


def _whole(kind: AnyKind, config: dict[str, object]) -> dict[str, object]:
    """The config with every default in it, so that a later default changes no kept session."""
    try:
        return as_data(msgspec.convert(config, kind.config_type))
    except msgspec.ValidationError:
        # The room refuses it, and says why.
        return config


def _fill_options(kind: AnyKind, config: dict[str, object], typed: Typed) -> None:
    old = options_in(config)
    options = lettered(lines_in(typed["options"]), old, other=_ticked(typed, "other", any(each.other for each in old)))
    comes_from = config.get("options_from", "")
    kept = "leaders" if comes_from == "leaders" else ""
    config["options_from"] = "ideas" if _ticked(typed, "from_ideas", comes_from == "ideas") else kept
    config["leaders_of"] = config.get("leaders_of", "") if config["options_from"] == "leaders" else ""
    config["options"] = [msgspec.to_builtins(option) for option in options]
    if "dots" in kind.config_type.__struct_fields__ and "dots" in typed:
        config["dots"] = number_or_none(typed["dots"]) or 0


def _ticked(typed: Typed, name: str, usual: bool) -> bool:
    return typed[name] == "yes" if name in typed else usual
