"""A translator for a language other than English."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from msgspec.structs import replace

from workshop_tui.locales.languages import from_special_to_plain
from workshop_tui.messages import Message, Translator
from workshop_tui.messages.calendar import ENGLISH_CALENDAR, Calendar, Order

if TYPE_CHECKING:
    from babel import Locale


_WELSH_AND: Final = re.compile(r"(?<=\s)a\(c\)(?=\s(?:<[^>]*>|[“(])*(?P<vowel>[aeiouwyâêîôûŵŷ])?)", re.IGNORECASE)
"""How Unicode's data joins Welsh lists; people write "ac" before a vowel and "a" before anything else."""


_ORDER: Final[dict[str, Order]] = {"d": "day", "M": "month", "L": "month", "y": "year"}
"""Letters of Unicode's patterns for days."""


def _first(locale: Locale) -> Order:
    return next(_ORDER[letter] for letter in locale.date_formats["short"].pattern if letter in _ORDER)


def _names(known: Mapping[str, Mapping[str, Mapping[int, str]]]) -> dict[str, int]:
    """Names of months or weekdays in small letters, whole and short, as they stand in a day and alone; without dots."""
    found = [known[context][width] for context in ("format", "stand-alone") for width in ("abbreviated", "wide")]
    return {name.casefold().strip("."): number for names in found for number, name in names.items()}


class LocalTranslator(Translator):
    """Looks sentences up in a catalogue; numbers, lists and days are written as Babel knows them.

    Args:
        language: The reader's language, as a tag.
        direction: Which way it is written.
        catalogue: The sentences; one without any makes all of them English.
    """

    def __init__(self, language: str, direction: Literal["ltr", "rtl"], catalogue: gettext.NullTranslations) -> None:
        super().__init__(language, direction)
        catalogue.add_fallback(_Untranslated())
        self._catalogue = catalogue

    def look_up(self, message: Message) -> str | None:
        """The message in this language; None where it is not translated."""
        said, context = self._catalogue, message.context
        match bool(message.plural), bool(context):
            case True, True:
                found = said.npgettext(context, message.text, message.plural, message.n)
            case True, False:
                found = said.ngettext(message.text, message.plural, message.n)
            case False, True:
                found = said.pgettext(context, message.text)
            case _:
                found = said.gettext(message.text)
        return found or None

    def number(self, value: int) -> str:
        """A whole number; its digits are those of the times of day, codes and keys around it."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def figure(self, value: str) -> str:
        """A number that is not whole, with as many decimals as it has."""
        from babel.numbers import format_decimal

        whole = self._locale.decimal_formats[None].pattern.partition(".")[0]
        decimals = "0" * len(value.partition(".")[2])
        pattern = f"{whole}.{decimals}" if decimals else whole
        return format_decimal(Decimal(value), pattern, locale=self._locale)

    def percent(self, value: int) -> str:
        """A whole percentage."""
        from babel.numbers import format_percent

        return format_percent(Decimal(value) / 100, locale=self._locale)

    def day(self, day: date, *, weekday: bool = False) -> str:
        """A day with the name of its month, and that of its weekday where it is asked for."""
        from babel.dates import format_date

        return format_date(day, "full" if weekday else "long", locale=self._locale)

    @cached_property
    def calendar(self) -> Calendar:
        """How days are written, to read one that was typed."""
        return Calendar(
            first=_first(self._locale), months=_names(self._locale.months), weekdays=_names(self._locale.days)
        )

    def listing(self, items: Sequence[str], style: Literal["and", "or"]) -> str:
        """Texts as a list in a sentence."""
        from babel.lists import format_list

        said = format_list(items, style="or" if style == "or" else "standard", locale=self._locale)
        return _WELSH_AND.sub(lambda found: "ac" if found["vowel"] else "a", said)

    @cached_property
    def _locale(self) -> Locale:
        return _locale_of(self.language)


class RegionalEnglish(Translator):
    """English of one country: days of numbers alone are read as it writes them."""

    @cached_property
    def calendar(self) -> Calendar:
        """How days are written there."""
        return replace(ENGLISH_CALENDAR, first=_first(_locale_of(self.language)))


def _locale_of(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    for tag in from_special_to_plain(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")


class _Untranslated(gettext.NullTranslations):
    """Says for each sentence that the catalogue has none."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return ""
