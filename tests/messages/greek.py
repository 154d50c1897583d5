"""Words of people in Greek letters: whatever Latin letter is then seen is one of the product's own."""

from __future__ import annotations

import re
import typing
from typing import Any, Final, Literal

import msgspec

from workshop_tui.domain.activity import AnyKind

_LETTERS: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "αβκδεφγηιξκλμνοπθρστυβωχψζΑΒΚΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΒΩΧΨΖ"
)

LONGEST_KEY: Final = 20

KEYS: Final = frozenset({"key", "keys", "parts", "level", "type", "kind"})
"""Fields that are keys although their type says text."""


def greek(text: str) -> str:
    """The text, letter by letter in Greek ones."""
    return text.translate(_LETTERS)


def greek_words(value: Any, type_: Any = None) -> Any:
    """A value with every word of people in it turned Greek: any text that is neither a key nor one of a few choices."""
    if isinstance(value, str):
        return value if typing.get_origin(type_) is Literal else greek(value)
    if isinstance(value, tuple):
        return tuple(greek_words(each) for each in value)
    if isinstance(value, msgspec.Struct):
        types = typing.get_type_hints(type(value))
        words = {name: getattr(value, name) for name in value.__struct_fields__ if name not in KEYS}
        return msgspec.structs.replace(value, **{name: greek_words(each, types[name]) for name, each in words.items()})
    return value


def greek_config(kind: AnyKind) -> Any:
    """A kind's example, in Greek."""
    return greek_words(kind.examples().config)


def greek_fields(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """What a phone posts, with the words in it turned Greek: whatever is longer or has more words than a key."""
    return {
        name: [greek(each) if " " in each or len(each) > LONGEST_KEY else each for each in values]
        for name, values in fields.items()
    }


_WORDS_OF_AGENDAS: Final = re.compile(
    r"(?m)^(\s*(?:title|question|say|access|purpose|people|venue_access|can_change|cannot_change|baton_in|baton_out|options|extra"
    r"|evaluators|leaders_of|again|moderates|labels|fields)\b[^=\n]*=)([^\n]*(?:\n[^\n]*\},)*)"
)
_IN_QUOTES: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


def greek_agenda(toml: str) -> str:
    """An agenda file with the words that people read in Greek, in the language of the pseudo-locale."""
    words = _WORDS_OF_AGENDAS.sub(
        lambda line: line[1] + _IN_QUOTES.sub(lambda said: greek(said[0]).replace("\\" + greek("n"), "\\n"), line[2]),
        toml,
    )
    return words.replace('language = "en"', 'language = "el"')
