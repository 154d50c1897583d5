"""Turns messages into text, for one reader in one language. This one knows English; `locales` knows the others."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal, Self

from markupsafe import Markup, escape

from workshop_tui.messages.calendar import ENGLISH_CALENDAR, MONTHS, WEEKDAYS, Calendar
from workshop_tui.messages.message import Amount, Day, Figure, Listed, Message, Percent, Place, Quoted, Text, Verbatim

_PLACE: Final = re.compile(r"\{(\w+)\}")
LINE_END: Final = r"\u000a"
"""How the end of a line within a name is written."""

_MARK: Final = Markup(' lang="{}" dir="{}"')


class Translator:
    """Says messages in English; a subclass looks them up and knows the numbers, lists and days of its language.

    Args:
        language: The reader's language, as a tag such as "cy" or "pt-BR".
        direction: Which way it is written.
    """

    def __init__(self, language: str = "en", direction: Literal["ltr", "rtl"] = "ltr") -> None:
        self.language = language
        self.direction = direction
        self._known: Mapping[str, Quoted] = {}
        self._instead: Mapping[Message, Place] = {}
        self._second: Translator | None = None

    def knowing(self, words: Mapping[str, Quoted], instead: Mapping[Message, Place] | None = None) -> Self:
        """The same for texts in which somebody's words may be some of these: their language is known, by their text.

        Args:
            words: By their text.
            instead: What is said in place of some of our own messages.
        """
        made = copy.copy(self)
        made._known = words
        made._instead = instead or {}
        return made

    def beside(self, second: Translator) -> Self:
        """The same for a page that says everything twice: `html` sets the text of the second language after ours."""
        made = copy.copy(self)
        made._second = second
        return made

    def text(self, said: Place | tuple[Text, ...]) -> str:
        """Plain text, for a terminal, an attribute or a file that knows no markup; sentences with a space between."""
        match said:
            case Message() if said in self._instead:
                return self.text(self._instead[said])
            case Message():
                template = self.look_up(said)
                return self._english.text(said) if template is None else _filled(template, said.places, self._plain)
            case str() | Quoted():
                return self._found(said)[0]
            case tuple():
                return " ".join(self.text(sentence) for sentence in said)
            case _:
                return self._plain(said)

    def html(self, said: Place | tuple[Place, ...]) -> Markup:
        """HTML: people's words set apart, with their language where it is another one than the reader's.

        A message that is not translated yet is English throughout, its numbers too, and marked as that; several
        sentences are an element each.
        """
        sentences = said if isinstance(said, tuple) else (said,)
        ours, second = self._in_order(sentences), self._second
        theirs = tuple(each for each in sentences if second and second.language_of(each) == second.language)
        if second is None or not theirs:
            return ours
        return Markup('{} <span class="also" lang="{}" dir="{}">{}</span>').format(
            ours, second.language, second.direction, second.html(theirs)
        )

    def language_of(self, said: Place) -> str:
        """The language in which this reader gets a text; empty where nobody knows, or for a number."""
        match said:
            case Message() if said in self._instead:
                return self.language_of(self._instead[said])
            case Message():
                return self.language if self.look_up(said) is not None else "en"
            case str() | Quoted():
                return self._found(said)[1]
            case _:
                return ""

    def lang(self, said: Place) -> Markup:
        """The attribute of an element that can hold a text only bare, where it is not in the reader's language."""
        language = self.language_of(said)
        return Markup() if language in ("", self.language) else Markup(' lang="{}"').format(language)

    def marks(self, said: Place) -> Markup:
        """The same for an element into which a page's script writes; its direction is that of what comes."""
        lang = self.lang(said)
        return lang + Markup(' dir="auto"') if lang else lang

    def whole(self, *said: Place | tuple[Place, ...]) -> Markup:
        """The attributes of an element that holds only these, where none is translated: it is English as a whole.

        On a page that runs leftwards each would else run its own way, and one stand to the left of the other.
        """
        each = [sentence for some in said for sentence in (some if isinstance(some, tuple) else (some,))]
        none = bool(each) and not any(self._says(sentence) for sentence in each)
        return _MARK.format(ENGLISH.language, ENGLISH.direction) if none else Markup()

    # What a language has of its own. -----------------------------------------------------------------

    def look_up(self, message: Message) -> str | None:
        """The message in this language, with its places open; None where it is not translated."""
        return message.plural if message.plural and message.n != 1 else message.text

    def number(self, value: int) -> str:
        """A whole number."""
        return f"{value:,}"

    def figure(self, value: str) -> str:
        """A number that is not whole."""
        return f"{Decimal(value):,}"

    def percent(self, value: int) -> str:
        """A whole percentage."""
        return f"{value}%"

    def day(self, day: date, *, weekday: bool = False) -> str:
        """A day with the name of its month, and that of its weekday where it is asked for."""
        said = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        return f"{WEEKDAYS[day.weekday()]} {said}" if weekday else said

    @property
    def calendar(self) -> Calendar:
        """How days are written, to read one that was typed."""
        return ENGLISH_CALENDAR

    def listing(self, items: Sequence[str], style: Literal["and", "or"]) -> str:
        """Texts as a list in a sentence."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {style} {items[-1]}"

    # Filling in. -------------------------------------------------------------------------------------

    @property
    def _english(self) -> Translator:
        """Who says what is not translated: in English, numbers and all, with the same words known."""
        return ENGLISH.knowing(self._known, self._instead)

    def _in_order(self, sentences: tuple[Place, ...]) -> Markup:
        if len(sentences) > 1 and (whole := self.whole(sentences)):
            return Markup("<span{}>{}</span>").format(whole, self._english._in_order(sentences))
        each = [self._marked_up(sentence, self.language) for sentence in sentences]
        return each[0] if len(each) == 1 else Markup(" ").join(Markup("<span>{}</span>").format(one) for one in each)

    def _says(self, sentence: Place) -> bool:
        return not isinstance(sentence, Message) or sentence in self._instead or self.look_up(sentence) is not None

    def _found(self, words: str | Quoted) -> tuple[str, str]:
        """Somebody's words as this reader sees them, and their language; empty where nobody knows it."""
        given = Quoted(words) if isinstance(words, str) else words
        given = given if given.language else self._known.get(given.text, given)
        return next(((text, tag) for tag, text in given.texts if tag == self.language), (given.text, given.language))

    def _plain(self, place: Place) -> str:
        match place:
            case str() | Quoted():
                return self._isolated(self._found(place)[0])
            case Message():
                return self.text(place)
            case Listed():
                return self.listing([self._plain(item) for item in place.items], place.style)
            case _:
                return self._figures(place)

    def _marked_up(self, place: Place, around: str) -> Markup:
        """A place as HTML, inside text of the language `around`."""
        match place:
            case str() | Quoted():
                return self._apart(place, around)
            case Message() if place in self._instead:
                return self._marked_up(self._instead[place], around)
            case Message():
                template = self.look_up(place)
                if template is None:
                    return self._english._marked_up(place, around)
                said = _filled(str(escape(template)), place.places, lambda it: str(self._marked_up(it, self.language)))
                filled = Markup(said)  # noqa: S704 - every part is escaped
                if self.language == around:
                    return filled
                return Markup("<span{}>{}</span>").format(_MARK.format(self.language, self.direction), filled)
            case Listed():
                items = [str(self._marked_up(item, around)) for item in place.items]
                return Markup(self.listing(items, place.style))  # noqa: S704 - every item is escaped
            case _:
                return escape(self._figures(place))

    def _figures(self, place: int | Verbatim | Figure | Percent | Amount | Day) -> str:
        match place:
            case int():
                return self.number(place)
            case Verbatim():
                # A file may be called anything; it cannot begin a line that looks like ours.
                return place.text.replace("\n", LINE_END)
            case Figure():
                return self.figure(place.value)
            case Percent():
                return self.percent(place.value)
            case Amount():
                return in_unit(self._amount(place), place.unit)
            case Day():
                return self.day(date.fromisoformat(place.iso), weekday=place.weekday)

    def _amount(self, amount: Amount) -> str:
        """The number of an amount, with all the decimals that its unit has, or none where it is whole."""
        parts = 10**amount.decimals
        if amount.value % parts == 0:
            return self.number(amount.value // parts)
        return self.figure(str(Decimal(amount.value).scaleb(-amount.decimals)))

    def _apart(self, words: str | Quoted, around: str) -> Markup:
        """Somebody's words: their direction must not turn the sentence around them."""
        text, language = self._found(words)
        if language and language != around:
            return Markup('<bdi lang="{}">{}</bdi>').format(language, text)
        return Markup("<bdi>{}</bdi>").format(text)

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
    if not places:
        return template
    by_name = dict(places)
    return _PLACE.sub(lambda found: say(by_name[found[1]]) if found[1] in by_name else found[0], template)


ENGLISH: Final = Translator()
"""For logs, tests, and wherever no other language is asked for."""
