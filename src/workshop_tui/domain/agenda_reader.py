"""Takes values out of one table of an agenda file, cleans them, and notes what is wrong with them.

A wrong value is noted and replaced by a harmless one, so that reading goes on and meets the next problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from workshop_tui.domain.agenda_problems import Problems, nearest, shown
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.messages import Message, Sentences, Text, Verbatim, tr, trc, trn

LINE_LETTERS: Final = 200
"""Longest title, option or other single line, in code points."""

TEXT_LETTERS: Final = 4_000
"""Longest paragraph, such as the words to say, in code points."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Reader:
    """One table, its place in the file and the problems met in it.

    Args:
        table: The table as TOML gave it.
        place: Where it is, for messages: "item 4 “Warm-up”"; empty for the head of the file.
        problems: Where problems are noted.
        language: The agenda's own language; a table of languages must have it.
    """

    def __init__(self, table: Mapping[str, object], place: Text, problems: Problems, language: str) -> None:
        self.table = table
        self.place = place
        self.problems = problems
        self.language = language
        self.texts: list[tuple[str, str, str]] = []
        """The texts met in further languages, as (field, language tag, text)."""

    def problem(self, text: Sentences, *hints: Text) -> None:
        """Note one problem of this table, and what leads to the right words."""
        self.problems.add(self.place, text, *hints)

    def only(self, valid: Iterable[str], elsewhere: Mapping[str, Message] | None = None) -> None:
        """Note every key that is not valid here.

        Args:
            valid: The keys that are.
            elsewhere: Where in the file keys belong that are valid in another place.
        """
        known, places_ = tuple(valid), elsewhere or {}
        for key in self.table:
            if key not in known:
                self.problem(
                    tr("the key {key} is not known.", key=shown(key))
                    if key not in places_
                    else tr("the key {key} does not belong here.", key=shown(key)),
                    places_[key] if key in places_ else nearest(key, known),
                )

    def line(self, key: str, *, needed: bool = False, default: str = "", most: int = LINE_LETTERS) -> str:
        """One line of words."""
        return self._words(key, most, needed, default)

    def paragraphs(self, key: str, *, needed: bool = False, most: int = TEXT_LETTERS) -> str:
        """Words that may have several lines."""
        return self._words(key, most, needed, "")

    def count(self, key: str, most: int) -> int | None:
        """A whole number from 0 to `most`; None where it is not given."""
        found = self.table.get(key)
        if found is None or (type(found) is int and 0 <= found <= most):
            return found
        self.problem(
            tr(
                "“{key}” must be a whole number from 0 to {most}, without quotes, not {found}.",
                key=Verbatim(key),
                most=most,
                found=shown(found),
            )
        )
        return None

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of lines; empty where there is none. Further languages are noted under ``key[0]`` and so on."""
        return tuple(
            text
            for number, value in enumerate(self.values(key))
            if (text := self.said(f"{key}[{number}]", value, LINE_LETTERS, _one_of(key, number + 1)))
        )

    def values(self, key: str) -> list[object]:
        """A list that is to be one of texts; empty where there is none."""
        found = self.table.get(key, [])
        if isinstance(found, list):
            return found
        what = tr(
            "“{key}” must be a list of texts in square brackets, not {found}.", key=Verbatim(key), found=shown(found)
        )
        self.problem(what)
        return []

    def word(self, key: str, valid: Iterable[str], default: str) -> str:
        """One of the valid words; the empty default means that it must be given."""
        known = tuple(valid)
        found = self.table.get(key, default)
        if found in known:
            return str(found)
        if found == "":
            self.problem(tr("“{key}” is missing.", key=Verbatim(key)), nearest("", known))
        elif isinstance(found, str):
            self.problem(tr("“{key}” cannot be {found}.", key=Verbatim(key), found=shown(found)), nearest(found, known))
        else:
            self.problem(
                tr("“{key}” must be a word in quotes, not {found}.", key=Verbatim(key), found=shown(found)),
                nearest("", known),
            )
        return default or known[0]

    def words(self, key: str, valid: Iterable[str]) -> tuple[str, ...]:
        """A list of valid words, each at most once; those that are not are noted and left out."""
        known, found, taken = tuple(valid), self.table.get(key, []), dict[str, None]()
        if not isinstance(found, list) or not found:
            self.problem(
                tr(
                    "“{key}” must be a list of words in square brackets, not {found}.",
                    key=Verbatim(key),
                    found=shown(found),
                ),
                nearest("", known),
            )
            return ()
        for value in found:
            if not isinstance(value, str) or value not in known:
                self.problem(
                    tr("“{key}” cannot have {value}.", key=Verbatim(key), value=shown(value)),
                    nearest(str(value), known),
                )
            elif value in taken:
                self.problem(tr("“{key}” has {value} twice.", key=Verbatim(key), value=shown(value)))
            else:
                taken[value] = None
        return tuple(taken)

    def minutes(self, key: str, most: int) -> int:
        """A whole number of minutes from 1 to `most`; it must be given."""
        found = self.table.get(key)
        # TOML's true would pass for 1: bool is a kind of int in Python.
        if type(found) is int and 1 <= found <= most:
            return found
        range_ = tr("a whole number of minutes from 1 to {most}", most=most)
        if found is None:
            self.problem(tr("“{key}” is missing. Please give {range}.", key=Verbatim(key), range=range_))
        elif isinstance(found, str):
            self.problem(
                tr(
                    "“{key}” must be {range}, without quotes, not {found}.",
                    key=Verbatim(key),
                    range=range_,
                    found=shown(found),
                )
            )
        else:
            self.problem(
                tr("“{key}” must be {range}, not {found}.", key=Verbatim(key), range=range_, found=shown(found))
            )
        return 1

    def flag(self, key: str) -> bool:
        """True or false; false where it is not given."""
        found = self.table.get(key, False)
        if isinstance(found, bool):
            return found
        self.problem(
            tr("“{key}” must be true or false, without quotes, not {found}.", key=Verbatim(key), found=shown(found))
        )
        return False

    def said(self, field: str, value: object, most: int, name: Message) -> str:
        """One text in the agenda's language; texts in further languages are noted under `field`.

        Args:
            field: What the text is, for `texts`.
            value: A string, or a table of strings by language.
            most: Longest text, in code points after cleaning.
            name: What to call it in a message.

        Returns:
            The clean text; empty when it was noted as a problem.
        """
        if isinstance(value, str):
            return self._clean(value, most, name)
        if not isinstance(value, dict):
            self.problem(tr("{name} must be a text in quotes, not {value}.", name=name, value=shown(value)))
            return ""
        if self.language not in value:
            self.problem(
                tr(
                    "{name} has no text in the agenda's own language, “{language}”.",
                    name=name,
                    language=Verbatim(self.language),
                )
            )
        own = ""
        for tag, text in value.items():
            if not is_language(tag):
                self.problem(tr("{name}: {tag} is not a language tag such as “en” or “ur”.", name=name, tag=shown(tag)))
            elif not isinstance(text, str):
                self.problem(
                    tr(
                        "{name} in “{tag}” must be a text in quotes, not {text}.",
                        name=name,
                        tag=Verbatim(tag),
                        text=shown(text),
                    )
                )
            elif tag == self.language:
                own = self._clean(text, most, name)
            else:
                inside = tr("{name} in “{tag}”", name=name, tag=Verbatim(tag))
                self.texts.append((field, tag, self._clean(text, most, inside)))
        return own

    def _words(self, key: str, most: int, needed: bool, default: str) -> str:
        if key in self.table:
            return self.said(key, self.table[key], most, _quoted(key))
        if needed:
            self.problem(tr("“{key}” is missing.", key=Verbatim(key)))
        return default

    def _clean(self, raw: str, most: int, name: Message) -> str:
        text = clean_text(raw) if most >= TEXT_LETTERS else clean_line(raw)
        if not has_words(text):
            self.problem(tr("{name} is empty. Please give some words or leave it out.", name=name))
        elif len(text) > most:
            self.problem(
                trn(
                    "{name} is {n} letter too long: there is room for {most}.",
                    "{name} is {n} letters too long: there is room for {most}.",
                    len(text) - most,
                    name=name,
                    most=most,
                )
            )
        else:
            return text
        return ""


def _quoted(key: str) -> Message:
    return trc("the name of a key of the agenda file", "“{key}”", key=Verbatim(key))


def _one_of(key: str, number: int) -> Message:
    return tr("“{key}”, text {number}", key=Verbatim(key), number=number)


def is_language(tag: str) -> bool:
    """Whether a word looks like a language tag: "en", "ur", "zh-Hans"."""
    return _LANGUAGE.fullmatch(tag) is not None


def places(texts: Iterable[tuple[str, str, str]], field: str) -> tuple[tuple[str, str], ...]:
    """The (language, text) pairs of one field."""
    return tuple((tag, text) for name, tag, text in texts if name == field)
