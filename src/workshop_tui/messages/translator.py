"""Turns messages into text, for one reader in one language. This one knows English; `locales` knows the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Literal

from markupsafe import Markup, escape

from workshop_tui.messages.message import (
    Amount,
    Day,
    Figure,
    Listed,
    Message,
    Percent,
    Place,
    Quoted,
    Text,
    Verbatim,
)

_PLACE: Final = re.compile(r"\{(\w+)\}")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Translator:
    """Says messages in English; a subclass looks them up and knows the numbers, lists and days of its language.

    Args:
        language: The reader's language, as a tag such as "cy" or "pt-BR".
        direction: Which way it is written.
    """

    def __init__(self, language: str = "en", direction: Literal["ltr", "rtl"] = "ltr") -> None:
        self.language = language
        self.direction = direction

    def text(self, said: Place | tuple[Text, ...]) -> str:
        """Plain text, for a terminal, an attribute or a file that knows no markup; sentences with a space between."""
        match said:
            case str():
                return said
            case Quoted():
                return self._own(said)[0]
            case Message():
                template = self.look_up(said)
                return ENGLISH.text(said) if template is None else _filled(template, said.places, self._plain)
            case tuple():
                return " ".join(self.text(sentence) for sentence in said)
            case _:
                return self._plain(said)

    def html(self, said: Place | tuple[Text, ...]) -> Markup:
        """HTML: people's words set apart, with their language where it is another one than the reader's.

        A message that is not translated yet is English throughout, its numbers too, and marked as that; several
        sentences are an element each.
        """
        match said:
            case Message():
                template = self.look_up(said)
                if template is None:
                    return Markup('<span lang="en" dir="ltr">{}</span>').format(ENGLISH.html(said))
                return Markup(  # noqa: S704 - every part is escaped
                    _filled(str(escape(template)), said.places, lambda place: str(self._marked_up(place)))
                )
            case tuple() if len(said) != 1:
                return Markup(" ").join(Markup("<span>{}</span>").format(self.html(sentence)) for sentence in said)
            case tuple():
                return self.html(said[0])
            case _:
                return self._marked_up(said)

    # What a language has of its own. -----------------------------------------------------------------

    def look_up(self, message: Message) -> str | None:
        """The message in this language, with its places open; None where it is not translated."""
        return message.plural if message.plural and message.n != 1 else message.text

    def number(self, value: int) -> str:
        """A whole number."""
        return f"{value:,}"

    def figure(self, value: str) -> str:
        """A number that is not whole."""
        return value

    def percent(self, value: int) -> str:
        """A whole percentage."""
        return f"{value}%"

    def day(self, day: date) -> str:
        """A day with the name of its month."""
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def listing(self, items: Sequence[str], style: Literal["and", "or"]) -> str:
        """Texts as a list in a sentence."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {style} {items[-1]}"

    # Filling in. -------------------------------------------------------------------------------------

    def _plain(self, place: Place) -> str:
        match place:
            case str():
                return self._isolated(place)
            case Quoted():
                return self._isolated(self._own(place)[0])
            case Message():
                return self.text(place)
            case Listed():
                return self.listing([self._plain(item) for item in place.items], place.style)
            case _:
                return self._figures(place)

    def _marked_up(self, place: Place) -> Markup:
        match place:
            case str():
                return self._apart(place)
            case Quoted():
                return self._apart(*self._own(place))
            case Message():
                return self.html(place)
            case Listed():
                items = [str(self._marked_up(item)) for item in place.items]
                return Markup(self.listing(items, place.style))  # noqa: S704 - every item is escaped
            case _:
                return escape(self._figures(place))

    def _figures(self, place: int | Verbatim | Figure | Percent | Amount | Day) -> str:
        match place:
            case int():
                return self.number(place)
            case Verbatim():
                return place.text
            case Figure():
                return self.figure(place.value)
            case Percent():
                return self.percent(place.value)
            case Amount():
                return in_unit(self.number(place.value), place.unit)
            case Day():
                return self.day(date.fromisoformat(place.iso))

    def _own(self, quoted: Quoted) -> tuple[str, str]:
        """The words for this reader, and their language where it is not the reader's."""
        if quoted.language == self.language:
            return quoted.text, ""
        found = dict(quoted.others).get(self.language)
        return (quoted.text, quoted.language) if found is None else (found, "")

    def _apart(self, words: str, language: str = "") -> Markup:
        """Somebody's words: their direction must not turn the sentence around them."""
        if language:
            return Markup('<bdi lang="{}">{}</bdi>').format(language, words)
        return Markup("<bdi>{}</bdi>").format(words)

    def _isolated(self, words: str) -> str:
        """The same where there is no markup: with the signs that Unicode has for it, only where lines run leftwards."""
        return f"\u2068{words}\u2069" if self.direction == "rtl" else words


def in_unit(number: str, unit: str) -> str:
    """A number with its unit: "£5" for a sign, "5 points" for a word, the bare number without a unit."""
    if not unit:
        return number
    return f"{number} {unit}" if unit[0].isalpha() else f"{unit}{number}"


def _filled(template: str, places: Sequence[tuple[str, Place]], say: Callable[[Place], str]) -> str:
    """The template with each place said; a place nobody filled stays as it is, for a test to find."""
    by_name = dict(places)
    return _PLACE.sub(lambda found: say(by_name[found[1]]) if found[1] in by_name else found[0], template)


ENGLISH: Final = Translator()
"""For logs, tests, and wherever no other language is asked for."""
