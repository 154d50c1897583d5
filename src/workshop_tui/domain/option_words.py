"""Options without what they repeat of words that were taken back: of the state, and of what is kept of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop_tui.domain.blocks import Option
from workshop_tui.domain.quoting import without


def unquoted(options: tuple[Option, ...], words: Sequence[str]) -> tuple[Option, ...]:
    """The same options; those that repeat nothing are as they were."""
    return tuple(replace(each, text=without(each.text, words)) for each in options)


def unquoted_config(config: dict[str, object], words: Sequence[str]) -> dict[str, object]:
    """The same of the config of a vote."""
    options = config.get("options")
    if not isinstance(options, list | tuple):
        return config
    freed = [unquoted_plain(each, words) for each in options]
    return config if list(options) == freed else {**config, "options": freed}


def unquoted_plain(option: object, words: Sequence[str]) -> object:
    """The same of one option as JSON has it."""
    if not isinstance(option, dict) or not isinstance(option.get("text"), str):
        return option
    return {**option, "text": without(option["text"], words)}
