"""A sentence as a value: English text with named places, and what fills them.

`tr`, `trn`, `trc` and `counted` are what the extraction looks for, so their texts are literals where they are called.
Whole sentences only: what is glued together out of parts cannot be translated, so formatting a message into a string
is refused.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class _Unsaid(Struct, frozen=True):
    """What a translator has to say first: formatting it into a string is an error."""

    def __format__(self, spec: str) -> str:
        raise TypeError(f"this cannot be put into a string, only into a place of a message: {self!r}")


class Quoted(_Unsaid, frozen=True, tag="quoted", tag_field="is", omit_defaults=True):
    """Words that a person wrote, of which the language is known: an agenda's title, the words of an option."""

    text: str
    language: str = ""
    """Its tag, such as "cy"; empty where nobody knows, as for what a phone sent."""
    texts: tuple[tuple[str, str], ...] = ()
    """The same in further languages, as (tag, words): a reader of one of them gets those."""


class Verbatim(_Unsaid, frozen=True, tag="verbatim", tag_field="is"):
    """What is the same in every language: an address, a code, a key's name, a file's name, a time of day."""

    text: str


class Figure(_Unsaid, frozen=True, tag="figure", tag_field="is"):
    """An exact number that is not whole, such as "0.38"; each language has its own decimal mark."""

    value: str
    """Digits with a point, with a minus sign before them where it is negative."""


class Percent(_Unsaid, frozen=True, tag="percent", tag_field="is"):
    """A whole percentage."""

    value: int


class Amount(_Unsaid, frozen=True, tag="amount", tag_field="is", omit_defaults=True):
    """An amount in a unit that an agenda names: "£5", "1,000 coins"."""

    value: int
    unit: str = ""
    """A sign, which stands before the number, or a word in the plural, which stands after it; empty for neither."""
    decimals: int = 0
    """How many of its digits are decimals: 60050 with 2 is 600.50."""


class Day(_Unsaid, frozen=True, tag="day", tag_field="is"):
    """A day of the calendar, told with the month's name: "11 December 2026"."""

    iso: str
    """Such as "2026-12-11"."""


class Listed(_Unsaid, frozen=True, tag="listed", tag_field="is", omit_defaults=True):
    """Several things as a list in a sentence: "A, B and C"."""

    items: tuple[Place, ...]
    style: Literal["and", "or"] = "and"


class Message(_Unsaid, frozen=True, tag="message", tag_field="is", omit_defaults=True):
    """One sentence, heading, label or button of the product.

    `str()` gives it in English, for logs and for tests. Formatting it into a string is an error: the result could not
    be translated any more.
    """

    text: str
    """English, with places in braces: "The vote closes in {minutes} minutes."; the singular where there is a plural."""
    plural: str = ""
    """The same for every number but one; empty where no number decides."""
    n: int = 0
    """The number that decides between the forms."""
    places: tuple[tuple[str, Place], ...] = ()
    """What stands in the places, by name."""
    context: str = ""
    """What tells two equal English texts apart for a translator; empty where one is enough."""

    def __str__(self) -> str:
        from workshop_tui.messages.translator import ENGLISH

        return ENGLISH.text(self)


Place = int | str | Message | Quoted | Verbatim | Figure | Percent | Amount | Day | Listed
"""What can fill a place. A bare string is somebody's words: it is set apart from the sentence around it."""

Text = Message | str
"""What a person reads: a sentence of the product, or (a bare string) somebody's own words."""


Sentences = Text | tuple[Text, ...]
"""One sentence, or several that are read together and yet are translated each for itself."""


def as_tuple(said: Sentences) -> tuple[Text, ...]:
    """Sentences one by one; none for an empty text."""
    return said if isinstance(said, tuple) else (said,) if said else ()


class Counted(Struct, frozen=True):
    """A noun that is counted, for whoever has the number later: "{n} person", "{n} people"."""

    one: str
    many: str

    def of(self, n: int, /, **places: Place) -> Message:
        """So many of them."""
        return trn(self.one, self.many, n, **places)


def tr(text: str, /, **places: Place) -> Message:
    """A sentence.

    Args:
        text: English, a literal, with places in braces.
        **places: What stands in each place, by its name.
    """
    return Message(text, places=tuple(places.items()))


def trn(one: str, many: str, n: int, /, **places: Place) -> Message:
    """A sentence in which a number decides the form of the words.

    Args:
        one: English for 1, a literal.
        many: English for every other number, a literal.
        n: The number; it fills the place {n} unless `places` has another way of saying it, such as "about 30".
        **places: What stands in the other places.
    """
    return Message(one, many, n, tuple({"n": n, **places}.items()))


def trc(context: str, text: str, /, **places: Place) -> Message:
    """A sentence or word that needs to be told apart from an equal one: "Open" as a state and "Open" on a button.

    Args:
        context: Where it stands, in a few words for the translator; a literal.
        text: As for `tr`.
        **places: As for `tr`.
    """
    return Message(text, places=tuple(places.items()), context=context)


def counted(one: str, many: str) -> Counted:
    """A noun to be counted later: `counted("{n} person", "{n} people")`; both are literals."""
    return Counted(one, many)
