"""Turns messages into text, for one reader in one language. This one knows English; `locales` knows the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Literal

from markupsafe import Markup, escape

from workshop_tui.messages.message import (
    Day,
    Figure,
    Listed,
    Message,
    Percent,
    Place,
    Quoted,
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

    def text(self, said: Place) -> str:
        """Plain text, for a terminal, an attribute or a file that knows no markup."""
        if isinstance(said, str):
            return said
        if not isinstance(said, Message):
            return said.text if isinstance(said, Quoted) else self._plain(said)
        template = self.look_up(said)
        return ENGLISH.text(said) if template is None else _filled(template, said.places, self._plain)

    def html(self, said: Place) -> Markup:
        """HTML: people's words set apart, with their language where it is another one than the reader's.

        A message that is not translated yet is English throughout, its numbers too, and marked as that.
        """
        if not isinstance(said, Message):
            return self._marked_up(said)
        template = self.look_up(said)
        if template is None:
            return Markup('<span lang="en" dir="ltr">{}</span>').format(ENGLISH.html(said))
        return Markup(_filled(str(escape(template)), said.places, lambda place: str(self._marked_up(place))))  # noqa: S704 - every part is escaped

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
                return self._isolated(place.text)
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
                return self._apart(place.text, place.language)
            case Message():
                return self.html(place)
            case Listed():
                items = [str(self._marked_up(item)) for item in place.items]
                return Markup(self.listing(items, place.style))  # noqa: S704 - every item is escaped
            case _:
                return escape(self._figures(place))

    def _figures(self, place: int | Verbatim | Figure | Percent | Day) -> str:
        match place:
            case int():
                return self.number(place)
            case Verbatim():
                return place.text
            case Figure():
                return self.figure(place.value)
            case Percent():
                return self.percent(place.value)
            case Day():
                return self.day(date.fromisoformat(place.iso))

    def _apart(self, words: str, language: str = "") -> Markup:
        """Somebody's words: their direction must not turn the sentence around them."""
        if language and language != self.language:
            return Markup('<bdi lang="{}">{}</bdi>').format(language, words)
        return Markup("<bdi>{}</bdi>").format(words)

    def _isolated(self, words: str) -> str:
        """The same where there is no markup: with the signs that Unicode has for it, only where lines run leftwards."""
        return f"\u2068{words}\u2069" if self.direction == "rtl" else words


def _filled(template: str, places: Sequence[tuple[str, Place]], say: Callable[[Place], str]) -> str:
    """The template with each place said; a place nobody filled stays as it is, for a test to find."""
    by_name = dict(places)
    return _PLACE.sub(lambda found: say(by_name[found[1]]) if found[1] in by_name else found[0], template)


ENGLISH: Final = Translator()
"""For logs, tests, and wherever no other language is asked for."""
