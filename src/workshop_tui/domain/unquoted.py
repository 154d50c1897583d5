"""What is kept of a day without what it repeats of words that were taken back: options, items, reasons. Pure.

Words of the agenda stay as they are: they were there before anybody told anything. So do names of things, which are
no text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import replace

from workshop_tui.domain.agenda import Agenda, Item
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.quoting import without

TEXTS: Final = frozenset({"reason", "title", "say", "question", "capture", "access", "text", "why_now", "how",
                          "can_change", "cannot_change", "cannot_because", "who_decides", "hear_back",
                          "why_changed"})  # fmt: skip
"""Fields that hold a person's text, be it one word; in others a text is known by having several."""

T = TypeVar("T")


def unquoted(options: tuple[Option, ...], words: Sequence[str]) -> tuple[Option, ...]:
    """The same options; those that repeat nothing are as they were."""
    return tuple(replace(each, text=without(each.text, words)) for each in options)


def unquoted_config(config: dict[str, object], words: Sequence[str]) -> dict[str, object]:
    """The same of the options in the config of a vote."""
    options = config.get("options")
    if not isinstance(options, list | tuple):
        return config
    freed = [_unquoted_option(each, words) for each in options]
    return config if list(options) == freed else {**config, "options": freed}


def _unquoted_option(option: object, words: Sequence[str]) -> object:
    if not isinstance(option, dict) or not isinstance(option.get("text"), str):
        return option
    return {**option, "text": without(option["text"], words)}


def unquoted_item(item: Item, words: Sequence[str], spared: Collection[str]) -> Item:
    """An item that was typed on the day."""
    plain = msgspec.json.decode(msgspec.json.encode(item))
    freed = unquoted_plain(plain, words, spared)
    return item if freed == plain else msgspec.convert(freed, Item)


def unquoted_promise(promise: Promise, words: Sequence[str], spared: Collection[str]) -> Promise:
    """What the room is told, as it was typed on the day."""
    plain = msgspec.json.decode(msgspec.json.encode(promise))
    freed = unquoted_plain(plain, words, spared)
    return promise if freed == plain else msgspec.convert(freed, Promise)


def unquoted_plain(value: T, words: Sequence[str], spared: Collection[str], field: str = "") -> T:
    """Whatever JSON holds, with every text in it.

    Args:
        value: It.
        words: What it is to repeat no more.
        spared: Texts that stay as they are.
        field: What it is called where it stands.
    """
    freed: Any = value
    if isinstance(value, str):
        if value not in spared and (field in TEXTS or any(map(str.isspace, value))):
            freed = without(value, words)
    elif isinstance(value, dict):
        freed = {name: unquoted_plain(each, words, spared, name) for name, each in value.items()}
    elif isinstance(value, list | tuple):
        freed = type(value)(unquoted_plain(each, words, spared, field) for each in value)
    return freed  # type: ignore[no-any-return]


def repeats(value: object, words: Sequence[str]) -> bool:
    """Whether any text in what JSON holds repeats some of the words."""
    return any(without(text, words) != text for text in _texts_in(value))


def texts_of(agenda: Agenda) -> frozenset[str]:
    """Every text of an agenda, and names in it."""
    return frozenset(_texts_in(msgspec.to_builtins(agenda)))


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)
